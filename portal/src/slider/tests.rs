use std::sync::Arc;

use quanshengshi_protocol::ids::Digest;

use super::work::do_work;
use super::{LIFE_MS, Part, Puzzle, Slider, SliderError, TOLERANCE, Tried};
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

impl Room {
    async fn make(&self) -> Puzzle {
        let puzzle = self.slider.make(self.session, "net", 0).await;
        puzzle.expect("makes")
    }

    /// A hand's try of the newest picture, so many units beside the place.
    async fn hand(&self, puzzle: Puzzle, off_by: u32) -> Tried {
        let place = self.slider.newest_place(self.session).await.expect("reads") + off_by;
        Tried {
            place,
            track: format!("0:1,200:50,700:{place}"),
            work: do_work(puzzle.id, puzzle.bits),
        }
    }
}

#[tokio::test]
async fn lg_03_the_place_counts_within_its_tolerance_and_a_picture_is_tried_once() {
    let room = room();
    for (off, held) in [(0, true), (TOLERANCE, true), (TOLERANCE + 1, false)] {
        let puzzle = room.make().await;
        room.clock.advance(900);
        let tried = room.hand(puzzle, off).await;
        let judged = room.slider.judge(puzzle.id, room.session, tried.clone());
        assert_eq!(judged.await.is_ok(), held, "{off}");
        let again = room.slider.judge(puzzle.id, room.session, tried).await;
        assert!(matches!(again, Err(SliderError::Expired)));
        let picture = room.slider.picture(puzzle.id, room.session, Part::Piece);
        assert!(matches!(picture.await, Err(SliderError::Expired)));
    }
}

#[tokio::test]
async fn lg_03_without_a_movement_or_too_fast_or_too_late_nothing_opens() {
    let room = room();
    for (pause, moved) in [(900, false), (100, true), (LIFE_MS, true)] {
        let puzzle = room.make().await;
        room.clock.advance(pause);
        let mut tried = room.hand(puzzle, 0).await;
        if !moved {
            tried.track.clear();
        }
        let judged = room.slider.judge(puzzle.id, room.session, tried).await;
        assert!(judged.is_err(), "{pause}");
    }
}

#[tokio::test]
async fn lg_03_work_that_is_missing_wrong_late_or_of_another_picture_opens_nothing() {
    let room = room();
    let first = room.make().await;
    let reused = do_work(first.id, first.bits);
    for (work, pause) in [
        (Some(String::new()), 900),
        (Some("1".to_owned()), 900),
        (Some(reused), 900),
        (None, LIFE_MS),
    ] {
        let puzzle = room.make().await;
        room.clock.advance(pause);
        let mut tried = room.hand(puzzle, 0).await;
        if let Some(work) = &work {
            tried.work.clone_from(work);
        }
        let judged = room.slider.judge(puzzle.id, room.session, tried).await;
        assert!(judged.is_err(), "{work:?}");
    }
    let puzzle = room.make().await;
    room.clock.advance(900);
    let tried = room.hand(puzzle, 0).await;
    let judged = room.slider.judge(puzzle.id, room.session, tried).await;
    judged.expect("the work of this picture");
}

#[tokio::test]
async fn lg_03_the_work_grows_with_failures_of_the_network_and_of_others_counting() {
    let room = room();
    let usual = room.make().await.bits;
    for _ in 0..3 {
        let puzzle = room.make().await;
        let tried = Tried {
            place: 0,
            track: String::new(),
            work: String::new(),
        };
        let judged = room.slider.judge(puzzle.id, room.session, tried).await;
        assert!(matches!(judged, Err(SliderError::Wrong)));
    }
    assert_eq!(room.make().await.bits, usual + 2);
    let elsewhere = room.slider.make(room.session, "another", 0).await;
    assert_eq!(elsewhere.expect("makes").bits, usual);
    let told = room.slider.make(room.session, "another", 8).await;
    assert_eq!(told.expect("makes").bits, usual + 4);
    room.clock.advance(15 * 60_000);
    assert_eq!(room.make().await.bits, usual, "after a quarter of an hour");
}

#[tokio::test]
async fn lg_03_a_picture_is_of_its_session() {
    let room = room();
    let puzzle = room.make().await;
    let stranger = Digest::of(b"another");
    room.clock.advance(900);
    let tried = room.hand(puzzle, 0).await;
    let judged = room.slider.judge(puzzle.id, stranger, tried.clone()).await;
    assert!(matches!(judged, Err(SliderError::Expired)));
    let png = room
        .slider
        .picture(puzzle.id, room.session, Part::Landscape)
        .await
        .expect("draws");
    assert!(png.starts_with(b"\x89PNG"));
    let judged = room.slider.judge(puzzle.id, room.session, tried).await;
    judged.expect("its own session");
}
