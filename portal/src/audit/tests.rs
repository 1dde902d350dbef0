use quanshengshi_protocol::ids::{DeviceId, Digest, TaskId};
use quanshengshi_protocol::refusal::RefusalCode;
use rusqlite::Connection;

use super::chain::{AuditError, append, head, verify_chain};
use super::entry::{Actor, AuditEntry, AuditEvent};

fn chain(entries: u64) -> Connection {
    let mut connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(super::SCHEMA).unwrap();
    connection.execute_batch(super::SCHEMA_2).unwrap();
    let transaction = connection.transaction().unwrap();
    for at in 0..entries {
        let entry = AuditEntry {
            task: Some(TaskId::from_bytes([1; 16])),
            transaction: Some(Digest::from_bytes([2; 32])),
            device: Some(DeviceId::from_bytes([3; 16])),
            decision: "retry",
            reason: Some(RefusalCode::FaceMismatch),
            policy: "test 1",
            ..AuditEntry::new(Actor::Portal, AuditEvent::Decided)
        };
        append(&transaction, 1_790_000_000_000 + at, &entry).unwrap();
    }
    transaction.commit().unwrap();
    connection
}

#[test]
fn the_hash_of_an_entry_is_frozen() {
    assert_eq!(
        head(&chain(1)).unwrap().hash.to_string(),
        "5RKQWBwYypQjX_AeiXLzjx8URykhUXa_uJjgL26Su2A"
    );
}

/// Who looked at which application is in the hash too.
#[test]
fn mr_09_an_entry_about_a_review_is_chained_with_its_reviewer() {
    let mut connection = chain(1);
    let transaction = connection.transaction().unwrap();
    let entry = AuditEntry {
        application: Some(7),
        reviewer: Some(3),
        ..AuditEntry::new(Actor::Reviewer, AuditEvent::ReviewRead)
    };
    append(&transaction, 1_790_000_000_001, &entry).unwrap();
    transaction.commit().unwrap();
    verify_chain(&connection).unwrap();
    connection
        .execute_batch(
            "DROP TRIGGER audit_is_not_changed; UPDATE audit SET reviewer = 4 WHERE seq = 2;",
        )
        .unwrap();
    assert!(matches!(
        verify_chain(&connection),
        Err(AuditError::Broken { seq: 2 })
    ));
}

#[test]
fn a_chain_that_nobody_touched_holds() {
    let connection = chain(5);
    let checked = verify_chain(&connection).unwrap();
    assert_eq!(checked, head(&connection).unwrap());
    assert_eq!(checked.seq, 5);
    assert_eq!(verify_chain(&chain(0)).unwrap().seq, 0);
}

#[test]
fn the_database_refuses_changes() {
    let connection = chain(2);
    assert!(connection.execute("DELETE FROM audit", []).is_err());
    let changed = connection.execute("UPDATE audit SET decision = 'approved'", []);
    assert!(changed.is_err());
}

#[test]
fn whoever_goes_around_the_database_breaks_the_chain() {
    for change in [
        "UPDATE audit SET decision = 'approved' WHERE seq = 3",
        "UPDATE audit SET device = NULL WHERE seq = 3",
        "UPDATE audit SET time_ms = time_ms + 1 WHERE seq = 3",
        "DELETE FROM audit WHERE seq = 3",
        "UPDATE audit SET seq = seq + 10 WHERE seq >= 3",
    ] {
        let connection = chain(5);
        connection
            .execute_batch("DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_deleted")
            .unwrap();
        connection.execute(change, []).unwrap();
        assert!(
            matches!(verify_chain(&connection), Err(AuditError::Broken { .. })),
            "{change}"
        );
    }
}

#[test]
fn the_words_are_different() {
    let mut words: Vec<_> = AuditEvent::ALL.iter().map(|event| event.word()).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), AuditEvent::ALL.len());
}
