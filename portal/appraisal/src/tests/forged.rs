//! Evidence changed after the capture; where it helps the forger, with digests made right again.

#![expect(clippy::type_complexity, reason = "tables of named changes")]

use super::*;

fn finding(appraiser: &Appraiser, sent: &Sent, prompts: &[Prompt]) -> Finding {
    sent.appraised(
        appraiser,
        &challenge(prompts),
        &person("p01").join("id_photo.jpg"),
    )
}

#[test]
fn a_changed_left_out_or_added_picture_is_refused() {
    let appraiser = Appraiser::load(policy()).unwrap();
    let prompts = [Prompt::TurnLeft];
    let sent = honest("p01", &prompts);
    let refused = |change: &dyn Fn(&mut Sent), code| {
        let mut forged = sent.clone();
        change(&mut forged);
        assert_eq!(finding(&appraiser, &forged, &prompts), Finding::Retry(code));
    };
    for at in 0..sent.pictures.len() {
        refused(
            &|forged| {
                let last = forged.pictures[at].len() - 3;
                forged.pictures[at][last] ^= 1;
            },
            RefusalCode::EvidenceDigest,
        );
    }
    refused(
        &|forged| forged.pictures.swap(2, 3),
        RefusalCode::EvidenceDigest,
    );
    refused(
        &|forged| drop(forged.pictures.pop()),
        RefusalCode::EvidenceMalformed,
    );
    refused(
        &|forged| forged.pictures.push(Vec::new()),
        RefusalCode::EvidenceMalformed,
    );
}

#[test]
fn another_nonce_challenge_device_task_or_transaction_is_a_replay() {
    let appraiser = Appraiser::load(policy()).unwrap();
    let prompts = [Prompt::TurnLeft];
    let sent = honest("p01", &prompts);
    let photo = std::fs::read(person("p01").join("id_photo.jpg")).unwrap();
    let against = |challenge: &Challenge, header: &EvidenceHeader| {
        appraiser
            .appraise(Case {
                header,
                pictures: &sent.pictures,
                challenge,
                reference_photo: Some(&photo),
                device: Device::default(),
            })
            .unwrap()
    };
    let fresh = Challenge {
        nonce: Nonce::from_bytes([44; 32]),
        ..challenge(&prompts)
    };
    assert_eq!(
        against(&fresh, &sent.header),
        Finding::Retry(RefusalCode::EvidenceReplayed)
    );
    // The new nonce written over the old frames: the chain does not start there.
    let rewritten = EvidenceHeader {
        nonce: fresh.nonce,
        ..sent.header.clone()
    };
    assert_eq!(
        against(&fresh, &rewritten),
        Finding::Retry(RefusalCode::EvidenceDigest)
    );
    let replayed = Finding::Retry(RefusalCode::EvidenceReplayed);
    let other = Challenge {
        id: ChallengeId::from_bytes([7; 16]),
        ..challenge(&prompts)
    };
    assert_eq!(against(&other, &sent.header), replayed);
    let other = Challenge {
        device: DeviceId::from_bytes([7; 16]),
        ..challenge(&prompts)
    };
    assert_eq!(against(&other, &sent.header), replayed);
    let other = Challenge {
        task: TaskId::from_bytes([7; 16]),
        ..challenge(&prompts)
    };
    assert_eq!(against(&other, &sent.header), replayed);
    let other = Challenge {
        transaction: Digest::from_bytes([7; 32]),
        ..challenge(&prompts)
    };
    assert_eq!(
        against(&other, &sent.header),
        Finding::Retry(RefusalCode::TxnMismatch)
    );
}

#[test]
fn a_changed_dropped_or_exchanged_frame_breaks_the_chain() {
    let appraiser = Appraiser::load(policy()).unwrap();
    let prompts = [Prompt::TurnLeft];
    let sent = honest("p01", &prompts);
    let changes: [&dyn Fn(&mut EvidenceHeader); 4] = [
        &|header| header.links[5].digest = Digest::of(b"other"),
        &|header| {
            header.links.remove(5);
        },
        &|header| header.links.swap(5, 6),
        &|header| header.links[5].t_ms += 1,
    ];
    for change in changes {
        let mut forged = sent.clone();
        change(&mut forged.header);
        let found = finding(&appraiser, &forged, &prompts);
        assert_eq!(found, Finding::Retry(RefusalCode::EvidenceDigest));
    }
}

#[test]
fn reordered_prompts_strips_and_times_are_refused_though_signed_anew() {
    let appraiser = Appraiser::load(policy()).unwrap();
    let prompts = [Prompt::TurnLeft, Prompt::OpenMouth];
    let sent = honest("p01", &prompts);
    let changes: [(&str, &dyn Fn(&mut Sent)); 10] = [
        ("spans exchanged", &|sent| sent.header.spans.swap(0, 1)),
        ("a span missing", &|sent| drop(sent.header.spans.pop())),
        ("a prompt renamed", &|sent| {
            sent.header.spans[1].prompt = Prompt::Nod;
        }),
        ("a strip reversed", &|sent| {
            sent.header.spans[0].strip.reverse();
        }),
        ("a peak at another frame", &|sent| {
            sent.header.spans[0].peak.frame += 1;
        }),
        ("a frame that is not there", &|sent| {
            sent.header.spans[0].strip[0].frame = 9999;
        }),
        ("a peak after the end", &|sent| {
            sent.header.spans[0].peak_ms = sent.header.spans[0].end_ms + 1;
        }),
        ("a window too long", &|sent| {
            for link in sent.header.links.iter_mut().skip(20) {
                link.t_ms += 7000;
            }
            for span in &mut sent.header.spans {
                span.peak_ms = sent.header.links[span.peak.frame as usize].t_ms;
                span.end_ms =
                    sent.header.links[span.strip[span.strip.len() - 1].frame as usize].t_ms;
            }
        }),
        ("frames at one time", &|sent| {
            sent.header.links[3].t_ms = sent.header.links[4].t_ms;
        }),
        ("no frames", &|sent| sent.header.links.clear()),
    ];
    for (what, change) in changes {
        let mut forged = sent.clone();
        change(&mut forged);
        // The pictures follow their marks, so only the order is wrong.
        let marks = forged.header.marks().map(|mark| mark.digest);
        let find = |digest| {
            sent.pictures
                .iter()
                .find(|jpeg| Digest::of(jpeg) == digest)
                .unwrap()
                .clone()
        };
        forged.pictures = marks.map(find).collect();
        let found = finding(&appraiser, &forged.resigned(), &prompts);
        assert!(matches!(found, Finding::Retry(_)), "{what}: {found:?}");
    }
}

#[test]
fn pictures_that_do_not_show_what_the_header_says_are_refused() {
    let appraiser = Appraiser::load(policy()).unwrap();
    let prompts = [Prompt::TurnLeft, Prompt::TurnRight];
    let sent = honest("p01", &prompts);
    let other = honest("p09", &prompts);
    let peak = |span: usize| {
        1 + sent
            .header
            .spans
            .iter()
            .take(span)
            .map(|span| 1 + span.strip.len())
            .sum::<usize>()
    };
    let (left, right) = (peak(0), peak(1));
    let strip = sent.header.spans[0].strip.len();
    let small_black = still::encode_jpeg(
        &Rgb {
            width: 240,
            height: 320,
            pixels: vec![0; 240 * 320 * 3],
        },
        80,
    )
    .unwrap();
    let huge = still::encode_jpeg(
        &Rgb {
            width: 1200,
            height: 1600,
            pixels: vec![90; 1200 * 1600 * 3],
        },
        40,
    )
    .unwrap();
    let changes: [(&str, RefusalCode, &dyn Fn(&mut Sent)); 8] = [
        ("peaks exchanged", RefusalCode::LivenessOrder, &|sent| {
            sent.pictures.swap(left, right);
        }),
        (
            "a peak that is neutral",
            RefusalCode::LivenessActionMissed,
            &|sent| {
                sent.pictures[left] = sent.pictures[0].clone();
            },
        ),
        (
            "a neutral still that is turned",
            RefusalCode::QualityTilt,
            &|sent| {
                sent.pictures[0] = sent.pictures[left].clone();
            },
        ),
        (
            "a strip that does not move",
            RefusalCode::LivenessActionMissed,
            &|sent| {
                for at in 1..=strip {
                    sent.pictures[left + at] = sent.pictures[left + 1].clone();
                }
            },
        ),
        (
            "another person at the peak",
            RefusalCode::LivenessSwapped,
            &|sent| {
                sent.pictures[left] = other.pictures[left].clone();
            },
        ),
        (
            "another person after the turn",
            RefusalCode::LivenessSwapped,
            &|sent| {
                sent.pictures[left + strip] = other.pictures[left + 1].clone();
            },
        ),
        ("nobody", RefusalCode::QualityNone, &|sent| {
            sent.pictures[left + 2].clone_from(&small_black);
        }),
        (
            "a picture too large",
            RefusalCode::EvidenceMalformed,
            &|sent| sent.pictures[0].clone_from(&huge),
        ),
    ];
    for (what, code, change) in changes {
        let mut forged = sent.clone();
        change(&mut forged);
        let found = finding(&appraiser, &forged.resigned(), &prompts);
        assert_eq!(found, Finding::Retry(code), "{what}");
    }
}

#[test]
fn everything_still_is_static() {
    let appraiser = Appraiser::load(policy()).unwrap();
    let prompts = [Prompt::TurnLeft];
    let mut sent = honest("p01", &prompts);
    let small = sent.pictures[2].clone();
    let neutral = sent.pictures[0].clone();
    sent.pictures[1] = neutral;
    for picture in sent.pictures.iter_mut().skip(2) {
        picture.clone_from(&small);
    }
    let found = finding(&appraiser, &sent.resigned(), &prompts);
    assert_eq!(found, Finding::Retry(RefusalCode::LivenessStatic));
}
