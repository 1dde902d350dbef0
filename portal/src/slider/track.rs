//! How a piece was moved: points of time and place, as the page noted them.
//!
//! A track is a browser's word and proves nothing alone. It must look like a hand at a range: by
//! dragging, by tapping and correcting, or by arrow keys.

/// The longest written track that is kept.
pub const MOST_CHARACTERS: usize = 8192;
const MOST_POINTS: usize = 1000;
/// The fewest points: who taps the right place at once still lets go and looks.
const FEWEST_POINTS: usize = 3;
/// Nobody moves a piece in less, milliseconds.
const SHORTEST_MS: u32 = 250;
/// From so many points on a movement may not be a straight line.
const JUDGED_POINTS: usize = 8;
/// How far from the straight line a hand strays at least, in hundredths of the way.
const LEAST_STRAY: i64 = 2;

/// A movement: milliseconds since the first touch, and the piece's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Track(Vec<(u32, u32)>);

impl Track {
    /// Reads `t:x,t:x,…`; none for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > MOST_CHARACTERS {
            return None;
        }
        let points: Option<Vec<(u32, u32)>> = text
            .split(',')
            .take(MOST_POINTS + 1)
            .map(|point| {
                let (at, place) = point.split_once(':')?;
                Some((at.parse().ok()?, place.parse().ok()?))
            })
            .collect();
        points
            .filter(|points| points.len() <= MOST_POINTS)
            .map(Self)
    }

    /// Whether it is a hand's movement that ends at a place, in a picture that was shown for so
    /// many milliseconds: time never runs back and not longer than the picture was there, no
    /// piece flies there at once, and nobody moves as evenly as a program.
    pub fn leads_to(&self, place: u32, shown_ms: u64) -> bool {
        let (Some(first), Some(last)) = (self.0.first(), self.0.last()) else {
            return false;
        };
        let forward = self
            .0
            .iter()
            .zip(self.0.iter().skip(1))
            .all(|(earlier, later)| earlier.0 <= later.0);
        let took = last.0.saturating_sub(first.0);
        forward
            && last.1 == place
            && self.0.len() >= FEWEST_POINTS
            && took >= SHORTEST_MS
            && u64::from(took) <= shown_ms
            && !self.is_straight()
    }

    /// Whether no point is away from the straight line between first touch and end. Held keys
    /// are: they wait before they repeat.
    fn is_straight(&self) -> bool {
        if self.0.len() < JUDGED_POINTS {
            return false;
        }
        let (Some(first), Some(last)) = (self.0.first(), self.0.last()) else {
            return false;
        };
        let way = i64::from(last.1) - i64::from(first.1);
        let took = i64::from(last.0) - i64::from(first.0);
        // Both sides times the duration, so that nothing is rounded.
        self.0.iter().all(|(at, place)| {
            let gone = (i64::from(*place) - i64::from(first.1)) * took;
            let due = (i64::from(*at) - i64::from(first.0)) * way;
            (gone - due).abs() * 100 <= LEAST_STRAY * (way * took).abs()
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Track;

    fn leads(text: &str, place: u32, shown_ms: u64) -> bool {
        Track::parse(text).is_some_and(|track| track.leads_to(place, shown_ms))
    }

    /// A track of points made by a rule.
    fn made(points: u32, point: impl Fn(u32) -> (u32, u32)) -> String {
        let points: Vec<String> = (0..points)
            .map(point)
            .map(|(at, place)| format!("{at}:{place}"))
            .collect();
        points.join(",")
    }

    #[test]
    fn lg_03_a_movement_ends_where_it_says_and_time_runs_forward() {
        let track = "0:3,40:60,90:141,290:150";
        assert!(leads(track, 150, 1000));
        assert!(!leads(track, 149, 1000));
        assert!(!leads("0:3,90:60,40:100,300:150", 150, 1000));
        assert_eq!(Track::parse(""), None);
    }

    #[test]
    fn lg_03_a_piece_that_flies_or_moves_longer_than_it_was_shown_is_no_hand() {
        assert!(!leads("0:150", 150, 1000), "at once");
        assert!(!leads("0:0,900:150", 150, 1000), "in one jump");
        assert!(!leads("0:3,10:60,20:141,60:150", 150, 1000), "too fast");
        assert!(
            !leads("0:3,400:60,900:141,1100:150", 150, 1000),
            "longer than shown"
        );
    }

    #[test]
    fn lg_03_an_even_movement_is_a_program() {
        let even = made(20, |i| (i * 20, i * 5));
        assert!(!leads(&even, 95, 1000));
        let trembling = made(20, |i| (i * 20 + i % 3, i * 5));
        assert!(!leads(&trembling, 95, 1000));
        let slowing = made(20, |i| (i * 20, i * 10 - i * i / 4));
        let end = 19 * 10 - 19 * 19 / 4;
        assert!(leads(&slowing, end, 1000));
    }

    #[test]
    fn lg_03_keys_and_corrected_taps_are_hands_too() {
        let held = made(120, |i| (if i == 0 { 0 } else { 250 + i * 30 }, i + 1));
        assert!(leads(&held, 120, 5000), "a held key waits, then repeats");
        assert!(leads("0:140,600:141,900:142", 142, 2000), "tap and keys");
    }

    proptest! {
        #[test]
        fn foreign_text_does_no_harm(text in ".{0,200}", place in 0..400_u32) {
            let _ = Track::parse(&text).map(|track| track.leads_to(place, 1000));
        }

        #[test]
        fn huge_numbers_do_no_harm(points in prop::collection::vec(any::<(u32, u32)>(), 0..20)) {
            let text: Vec<String> = points.iter().map(|(t, x)| format!("{t}:{x}")).collect();
            let _ = Track::parse(&text.join(",")).map(|track| track.leads_to(7, u64::MAX));
        }
    }
}
