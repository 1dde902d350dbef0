//! How a piece was moved: points of time and place, as the page noted them.

/// The longest written track that is kept.
pub const MOST_CHARACTERS: usize = 8192;
const MOST_POINTS: usize = 1000;

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

    /// Whether it is a movement that ends at a place: time never runs back, and a long one is not
    /// as even as only a program moves.
    pub fn leads_to(&self, place: u32) -> bool {
        let forward = self
            .0
            .iter()
            .zip(self.0.iter().skip(1))
            .all(|(earlier, later)| earlier.0 <= later.0);
        let ends = self.0.last().is_some_and(|last| last.1 == place);
        forward && ends && !self.is_ruled()
    }

    fn is_ruled(&self) -> bool {
        let steps: Vec<(i64, i64)> = self
            .0
            .iter()
            .zip(self.0.iter().skip(1))
            .map(|(from, to)| {
                (
                    i64::from(to.0) - i64::from(from.0),
                    i64::from(to.1) - i64::from(from.1),
                )
            })
            .collect();
        steps.len() >= 14 && steps.iter().all(|step| Some(step) == steps.first())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Track;

    #[test]
    fn a_movement_ends_where_it_says_and_time_runs_forward() {
        let track = Track::parse("0:3,40:60,90:141,200:150").expect("reads");
        assert!(track.leads_to(150));
        assert!(!track.leads_to(149));
        assert!(
            !Track::parse("0:3,90:60,40:150")
                .expect("reads")
                .leads_to(150)
        );
        let ruled: Vec<String> = (0..20).map(|i| format!("{}:{}", i * 10, i * 5)).collect();
        assert!(!Track::parse(&ruled.join(",")).expect("reads").leads_to(95));
        assert_eq!(Track::parse(""), None);
    }

    proptest! {
        #[test]
        fn foreign_text_does_no_harm(text in ".{0,200}", place in 0..400_u32) {
            let _ = Track::parse(&text).map(|track| track.leads_to(place));
        }
    }
}
