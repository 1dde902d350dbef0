//! Parts that need no page: the order of states, reviewers, the release of what was held.

use std::sync::Arc;

use quanshengshi_protocol::ids::Digest;

use super::application::State;
use super::material::redraw;
use super::reviewer::{ReviewerError, Reviewers, Role};
use crate::accounts::password::Passwords;
use crate::clock::SteppedClock;
use crate::random::Random;
use crate::review::ReviewError;
use crate::store::Store;

const PASSWORD: &str = "Songhua2026xue";

fn bench() -> (Reviewers, Store, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("db")).expect("opens");
    let clock = Arc::new(SteppedClock::at(1_795_397_460_000));
    let passwords = Passwords::new(Random::default()).expect("hashes");
    let reviewers = Reviewers::new(store.clone(), clock, passwords);
    (reviewers, store, folder)
}

#[test]
fn mr_09_states_go_forward_only() {
    use State::{Approved, Returned, Second, Senior, Submitted};
    let all = [Submitted, Second, Senior, Approved, Returned];
    for (at, from) in all.iter().enumerate() {
        for to in all.iter().take(at + 1) {
            assert!(!from.may_become(*to), "{from:?} {to:?}");
        }
        assert_eq!(State::from_word(from.word()), Some(*from));
    }
    assert!(!Submitted.may_become(Senior) && !Approved.may_become(Returned));
}

#[tokio::test]
async fn mr_09_reviewers_are_added_once_with_a_strong_password() {
    let (reviewers, _, _folder) = bench();
    let add = |name: &'static str, password: &'static str| {
        let reviewers = reviewers.clone();
        async move { reviewers.add(name, Role::Senior, password).await }
    };
    assert!(matches!(
        add("a b", PASSWORD).await,
        Err(ReviewerError::Name)
    ));
    assert!(matches!(
        add("shenhe-1", "short").await,
        Err(ReviewerError::Weak)
    ));
    assert!(add("shenhe-1", PASSWORD).await.is_ok());
    assert!(matches!(
        add("shenhe-1", PASSWORD).await,
        Err(ReviewerError::Exists)
    ));
    let signed_in = reviewers.sign_in("shenhe-1", PASSWORD, "").await;
    assert_eq!(signed_in.expect("lets in").role, Role::Senior);
}

#[tokio::test]
async fn the_samples_hash_is_the_one_of_their_password() {
    let (reviewers, store, _folder) = bench();
    crate::samples::load(&store, 1_795_397_460_000)
        .await
        .expect("loads");
    for sample in crate::samples::reviewers::ALL {
        let found = reviewers.sign_in(sample.name, PASSWORD, "").await;
        assert_eq!(found.expect("lets in").role, sample.role);
    }
}

#[test]
fn mr_02_a_large_picture_is_kept_smaller() {
    let rgb = quanshengshi_frame::rgb::Rgb {
        width: 3000,
        height: 600,
        pixels: vec![90; 3000 * 600 * 3],
    };
    let jpeg = quanshengshi_frame::still::encode_jpeg(&rgb, 80).expect("encodes");
    let kept = redraw(&jpeg).expect("redraws");
    let size = quanshengshi_frame::still::stored_size(&kept).expect("a picture");
    assert_eq!(size, (2400, 480));
}

#[tokio::test]
async fn a_sealed_picture_opens_nowhere_else() {
    let (_, store, folder) = bench();
    let keys = crate::signing::portal_keys::PortalKeys::open(&folder.path().join("keys"));
    let keys = Arc::new(keys.expect("keys"));
    let sealed = keys.sealing.seal("review_materials.sealed", &[1; 16], b"x");
    let sealed = sealed.expect("seals");
    let session = Digest::of(b"s");
    let write = store.write(move |transaction| {
        transaction.execute(
            "INSERT INTO review_materials VALUES (?1, NULL, ?2, 'personal', 'photo_front', ?3, 1, 1)",
            rusqlite::params![[2u8; 16], session.as_bytes(), sealed],
        )?;
        Ok::<_, ReviewError>(())
    });
    write.await.expect("writes");
    let row = store.read(|connection| {
        let sql = "SELECT id, sealed FROM review_materials";
        let row = connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok::<([u8; 16], Vec<u8>), ReviewError>(row)
    });
    let (id, sealed) = row.await.expect("reads");
    let opened = keys
        .sealing
        .open_sealed("review_materials.sealed", &id, &sealed);
    assert!(opened.is_err());
}
