use quanshengshi_protocol::prompt::Prompt;
use quanshengshi_protocol::variant::Variant;

use super::challenge::make_prompts;
use super::limits::{Further, Limits};
use crate::random::Random;

#[test]
fn prompts_are_random_never_twice_in_a_row_and_hold_a_turn() {
    let random = Random::default();
    let mut orders = std::collections::HashSet::new();
    let mut first = std::collections::HashSet::new();
    for _ in 0..6_000 {
        let prompts = make_prompts(&random, Variant::Usual, 4, Further::default()).unwrap();
        assert_eq!(prompts.len(), 4);
        assert!(prompts.windows(2).all(|pair| pair[0] != pair[1]));
        assert!(
            prompts.contains(&Prompt::TurnLeft) || prompts.contains(&Prompt::TurnRight),
            "{prompts:?}"
        );
        first.insert(prompts[0]);
        orders.insert(prompts);
    }
    assert_eq!(first.len(), 4);
    // 4 · 3 · 3 · 3 orders without a repeat, two of which only nod and open the mouth.
    assert_eq!(orders.len(), 106);
}

#[test]
fn further_prompts_are_drawn_when_the_portal_wants_them_and_never_by_default() {
    let random = Random::default();
    let further = Further {
        closer: true,
        blink: true,
    };
    let mut orders = std::collections::HashSet::new();
    let mut places = std::collections::HashSet::new();
    for _ in 0..12_000 {
        let mut prompts = make_prompts(&random, Variant::Usual, 4, further).unwrap();
        let place = prompts.iter().position(|prompt| *prompt == Prompt::Blink);
        let place = place.expect("a blink");
        places.insert(place);
        prompts.remove(place);
        assert_eq!(prompts.len(), 4);
        assert!(prompts.windows(2).all(|pair| pair[0] != pair[1]));
        assert!(prompts.iter().any(|prompt| prompt.is_turn()));
        assert!(prompts.iter().all(|prompt| !prompt.is_extra()));
        orders.insert(prompts);
    }
    // 5 · 4 · 4 · 4 orders, 3 · 2 · 2 · 2 of them without a turn.
    assert_eq!((orders.len(), places.len()), (296, 5));
    let usual = make_prompts(&random, Variant::Usual, 4, Limits::default().further).unwrap();
    let known = |prompt: &Prompt| Prompt::MOVEMENTS.contains(prompt);
    assert!(usual.iter().all(known), "{usual:?}");
    for variant in [Variant::Seated, Variant::Helper, Variant::NoHead] {
        for _ in 0..200 {
            let prompts = make_prompts(&random, variant, 4, further).unwrap();
            let has = |act: Prompt| prompts.contains(&act);
            assert!(!has(Prompt::ComeCloser) && !has(Prompt::Blink));
        }
    }
}

#[test]
fn sc_06_a_variant_leaves_out_what_the_person_cannot_do() {
    let random = Random::default();
    for variant in Variant::ALL {
        for _ in 0..200 {
            let prompts = make_prompts(&random, variant, 4, Further::default()).unwrap();
            let has = |act: Prompt| prompts.contains(&act);
            let turns = has(Prompt::TurnLeft) || has(Prompt::TurnRight);
            match variant {
                Variant::Usual => assert!(turns),
                Variant::NoHead => assert_eq!(prompts, [Prompt::OpenMouth]),
                Variant::NoMouth => assert!(turns && !has(Prompt::OpenMouth)),
                Variant::Seated | Variant::Helper => assert!(turns && !has(Prompt::Nod)),
            }
        }
    }
}

#[test]
fn the_limits_are_those_of_the_protocol() {
    let limits = Limits::default();
    assert_eq!(limits.code_ms, 5 * 120_000);
    assert_eq!((limits.reading_ms, limits.agreed_ms), (120_000, 30_000));
    assert_eq!((limits.challenge_ms, limits.capture_ms), (90_000, 60_000));
    assert_eq!((limits.appraisal_ms, limits.whole_ms), (60_000, 600_000));
    assert_eq!((limits.approval_ms, limits.attempts), (300_000, 3));
    assert_eq!((limits.claims, limits.claims_ms), (10, 600_000));
    assert_eq!(
        (limits.failures_on_device, limits.failures_of_subject),
        (6, 15)
    );
    assert_eq!(limits.prompt_ms, 8_000);
}
