use std::sync::Arc;

use quanshengshi_protocol::ids::Digest;

use super::{LIFE_MS, Part, Slider, SliderError, TOLERANCE};
use crate::clock::SteppedClock;
use crate::random::Random;
use crate::store::Store;

struct Room {
    slider: Slider,
    clock: SteppedClock,
    session: Digest,
    _folder: tempfile::TempDir,
}

fn room() -> Room {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("portal.sqlite3")).expect("opens");
    let clock = SteppedClock::at(1_795_397_460_000);
    Room {
        slider: Slider::new(store, Arc::new(clock.clone()), Random::default()),
        clock,
        session: Digest::of(b"session"),
        _folder: folder,
    }
}

fn track(place: u32) -> String {
    format!("0:1,200:50,700:{place}")
}

#[tokio::test]
async fn lg_03_the_place_counts_within_its_tolerance_and_a_picture_is_tried_once() {
    let Room {
        slider,
        clock,
        session,
        _folder,
    } = room();
    for (off, held) in [(0, true), (TOLERANCE, true), (TOLERANCE + 1, false)] {
        let puzzle = slider.make(session).await.expect("makes");
        clock.advance(900);
        let place = slider.newest_place(session).await.expect("reads") + off;
        let tried = slider.judge(puzzle.id, session, place, &track(place)).await;
        assert_eq!(tried.is_ok(), held, "{off}");
        let again = slider.judge(puzzle.id, session, place, &track(place)).await;
        assert!(matches!(again, Err(SliderError::Expired)));
        let picture = slider.picture(puzzle.id, session, Part::Piece).await;
        assert!(matches!(picture, Err(SliderError::Expired)));
    }
}

#[tokio::test]
async fn lg_03_without_a_movement_or_too_fast_or_too_late_nothing_opens() {
    let Room {
        slider,
        clock,
        session,
        _folder,
    } = room();
    for (pause, moved) in [(900, false), (100, true), (LIFE_MS, true)] {
        let puzzle = slider.make(session).await.expect("makes");
        clock.advance(pause);
        let place = slider.newest_place(session).await.expect("reads");
        let track = if moved { track(place) } else { String::new() };
        assert!(
            slider
                .judge(puzzle.id, session, place, &track)
                .await
                .is_err(),
            "{pause}"
        );
    }
}

#[tokio::test]
async fn lg_03_a_picture_is_of_its_session() {
    let Room {
        slider,
        clock,
        session,
        _folder,
    } = room();
    let puzzle = slider.make(session).await.expect("makes");
    let stranger = Digest::of(b"another");
    clock.advance(900);
    let place = slider.newest_place(session).await.expect("reads");
    let tried = slider
        .judge(puzzle.id, stranger, place, &track(place))
        .await;
    assert!(matches!(tried, Err(SliderError::Expired)));
    let png = slider
        .picture(puzzle.id, session, Part::Landscape)
        .await
        .expect("draws");
    assert!(png.starts_with(b"\x89PNG"));
    slider
        .judge(puzzle.id, session, place, &track(place))
        .await
        .expect("its own session");
}
