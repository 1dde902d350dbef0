use std::sync::Arc;

use super::{IDLE_MS, LIFE_MS, SessionError, Sessions};
use crate::clock::SteppedClock;
use crate::random::Random;
use crate::store::{Store, StoreError};

struct Room {
    sessions: Sessions,
    store: Store,
    clock: SteppedClock,
    _folder: tempfile::TempDir,
}

fn room() -> Room {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("portal.sqlite3")).expect("opens");
    let clock = SteppedClock::at(1_795_397_460_000);
    Room {
        sessions: Sessions::new(store.clone(), Arc::new(clock.clone()), Random::default()),
        store,
        clock,
        _folder: folder,
    }
}

#[tokio::test]
async fn a_rotated_secret_is_dead_and_rotates_once() {
    let Room {
        sessions, _folder, ..
    } = room();
    let old = sessions.open().await.expect("opens");
    let new = sessions.rotate(&old, None, None).await.expect("rotates");
    assert_eq!(sessions.find(&old.cookie()).await.expect("reads"), None);
    assert_eq!(
        sessions.find(&new.cookie()).await.expect("reads"),
        Some(new.clone())
    );
    let twice = sessions.rotate(&old, None, None).await;
    assert!(matches!(twice, Err(SessionError::Gone)));
    assert!(
        !new.holds_form(&old.form_token()),
        "forms of the old secret are dead too"
    );
}

#[tokio::test]
async fn a_session_ends_when_idle_and_after_its_life() {
    let Room {
        sessions,
        clock,
        _folder,
        ..
    } = room();
    let session = sessions.open().await.expect("opens");
    clock.advance(IDLE_MS - 1);
    assert!(
        sessions
            .find(&session.cookie())
            .await
            .expect("reads")
            .is_some()
    );
    clock.advance(IDLE_MS);
    assert!(
        sessions
            .find(&session.cookie())
            .await
            .expect("reads")
            .is_none(),
        "idle"
    );
    let session = sessions.open().await.expect("opens");
    for _ in 0..LIFE_MS.div_ceil(IDLE_MS - 1) - 1 {
        clock.advance(IDLE_MS - 1);
        assert!(
            sessions
                .find(&session.cookie())
                .await
                .expect("reads")
                .is_some()
        );
    }
    let session = sessions
        .rotate(&session, None, None)
        .await
        .expect("rotates");
    clock.advance(IDLE_MS - 1);
    assert!(
        sessions
            .find(&session.cookie())
            .await
            .expect("reads")
            .is_none(),
        "a rotation is no new life"
    );
}

#[tokio::test]
async fn the_database_holds_no_secret() {
    let Room {
        sessions,
        store,
        _folder,
        ..
    } = room();
    let session = sessions.open().await.expect("opens");
    let stored = store
        .read(|connection| {
            Ok::<Vec<u8>, StoreError>(connection.query_row(
                "SELECT digest FROM sessions",
                [],
                |row| row.get(0),
            )?)
        })
        .await
        .expect("reads");
    assert_eq!(stored, session.digest.as_bytes());
    assert_ne!(stored, session.secret.as_bytes());
}
