use quanshengshi_protocol::ids::{Digest, TaskId};
use quanshengshi_protocol::outcome::{Outcome, Verdict};
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::Signed;
use quanshengshi_rules::language::Language;

use crate::activity::MOST_ENTRIES;
use crate::activity::entry::{Ending, LogEntry};
use crate::confirm::scripted_portal::{Scene, TASK, invitation, ports, prepared, scene};
use crate::handset::Handset;
use crate::portal_client::test_portal::PortalKey;

fn entry() -> LogEntry {
    LogEntry {
        receipt: Signed::from_parts(b"receipt".to_vec(), vec![1; 64]),
        outcome: None,
        ending: Ending::Open,
        kept: false,
    }
}

#[test]
fn the_stored_form_is_frozen_and_read_back() {
    let failed = LogEntry {
        outcome: Some(Signed::from_parts(b"outcome".to_vec(), vec![2; 64])),
        ending: Ending::Failed(Some(RefusalCode::FaceMismatch)),
        kept: true,
        ..entry()
    };
    for (entry, frozen) in [
        (entry(), "SClD7Go1e3J8K8bWcWCGJ_fh7jd585tPw4d8DNJcDY0"),
        (failed, "mGtU9oOnmm8OZIW4vWuYMaX1iMUw1_K4ScCKCT-qpsk"),
    ] {
        let bytes = entry.to_bytes();
        assert_eq!(LogEntry::parse(&bytes).unwrap(), entry);
        assert_eq!(Digest::of(&bytes).to_string(), frozen);
        for cut in 0..bytes.len() {
            assert!(LogEntry::parse(&bytes[..cut]).is_err());
        }
    }
}

#[tokio::test]
async fn a_task_leaves_an_entry_with_the_portals_receipt_that_survives_a_restart() {
    let Scene {
        handset,
        script,
        settings,
        folder,
        _portal,
    } = scene(|_| ());
    handset.claim(&invitation()).await.unwrap();
    let open = handset.activity().await.unwrap();
    assert_eq!((open.len(), open[0].ending), (1, Ending::Open));
    assert!(open[0].proven && open[0].decided_at_ms.is_none());
    handset.confirm(&prepared()).await.unwrap();
    drop(handset);
    let handset = Handset::open(settings.clone(), ports(folder.path())).unwrap();
    let log = handset.activity().await.unwrap();
    assert_eq!(log.len(), 1);
    assert_eq!(log[0].ending, Ending::Approved);
    assert_eq!(log[0].decided_at_ms, Some(5));
    assert!(log[0].proven);
    let text = handset.export_activity(Language::Zh).await.unwrap();
    for fact in ["法定代表人认证", "林*远", "成功", "服务器签名有效"] {
        assert!(text.contains(fact), "{fact} is missing in {text}");
    }
    // With another portal's keys the entry stays, without its proof.
    drop(handset);
    let mut other = settings;
    other.portal_keys = vec![PortalKey::make().public()];
    let handset = Handset::open(other, ports(folder.path())).unwrap();
    let log = handset.activity().await.unwrap();
    assert!(!log[0].proven);
    assert_eq!(log[0].ending, Ending::Approved);
    drop(script);
}

#[tokio::test]
async fn a_retry_keeps_the_outcome_and_stays_open() {
    let reason = RefusalCode::FaceMismatch;
    let scene = scene(|script| script.verdict = Verdict::Retry(reason));
    scene.handset.claim(&invitation()).await.unwrap();
    scene.handset.confirm(&prepared()).await.unwrap();
    let log = scene.handset.activity().await.unwrap();
    assert_eq!(log[0].ending, Ending::Open);
    assert_eq!(log[0].decided_at_ms, Some(5));
}

#[tokio::test]
async fn the_oldest_entries_make_room() {
    let scene = scene(|_| ());
    let claimed = scene.handset.claim(&invitation()).await.unwrap();
    let state = &scene.handset.inner.device.state;
    let kept = state.task(claimed.task()).await.unwrap().unwrap();
    let receipt = kept.receipt.unwrap();
    for number in 0..MOST_ENTRIES {
        let mut name = [9; 16];
        name[..8].copy_from_slice(&number.to_be_bytes());
        let task = TaskId::from_bytes(name);
        state.log_claim(task, receipt.clone()).await.unwrap();
    }
    let log = scene.handset.activity().await.unwrap();
    assert_eq!(log.len(), MOST_ENTRIES);
    // The first one is gone: its outcome changes nothing any more.
    let signed = scene.script.lock().unwrap().key.sign(&Outcome {
        task: TASK,
        evidence: quanshengshi_protocol::ids::EvidenceId::from_bytes([8; 16]),
        transaction: Digest::from_bytes([0; 32]),
        verdict: Verdict::Approved,
        attempts_left: 0,
        decided_at_ms: 1,
    });
    state
        .log_outcome(TASK, Verdict::Approved, signed)
        .await
        .unwrap();
    let log = scene.handset.activity().await.unwrap();
    assert!(log.iter().all(|entry| entry.ending == Ending::Open));
}
