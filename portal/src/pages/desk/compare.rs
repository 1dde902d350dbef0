//! What was typed beside what the registers say, sign by sign (requirement LR-20).

use crate::accounts::masked_number;

/// A run of signs that are the same on both sides, or differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The signs as they are shown.
    pub text: String,
    /// Whether they differ from the other side.
    pub differs: bool,
}

/// What a register says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// This.
    Value(String),
    /// It knows nobody of this number.
    Nothing,
    /// It does not answer.
    Down,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is about.
    pub label: &'static str,
    /// What was typed.
    pub typed: Vec<Run>,
    /// What the register says; nothing to compare otherwise.
    pub known: Option<Vec<Run>>,
    /// Whether the register did not answer, rather than know nothing.
    pub down: bool,
    /// Whether both are known and differ.
    pub differs: bool,
}

impl Line {
    /// Compares; `hidden` shows numbers only by their ends, with differences still marked.
    pub fn new(label: &'static str, typed: &str, known: &Known, hidden: bool) -> Self {
        let shown = |text: &str| {
            if hidden {
                masked_number(text)
            } else {
                text.to_owned()
            }
        };
        let (known, down) = match known {
            Known::Value(value) => (Some(value), false),
            Known::Nothing => (None, false),
            Known::Down => (None, true),
        };
        let Some(value) = known else {
            let text = shown(typed);
            let differs = false;
            return Self {
                label,
                typed: vec![Run { text, differs }],
                known: None,
                down,
                differs,
            };
        };
        Self {
            label,
            typed: runs(typed, value, &shown(typed)),
            known: Some(runs(value, typed, &shown(value))),
            down,
            differs: typed != value,
        }
    }
}

fn runs(of: &str, against: &str, shown: &str) -> Vec<Run> {
    let mut other = against.chars();
    let mut runs: Vec<Run> = Vec::new();
    for (sign, shown) in of.chars().zip(shown.chars()) {
        let differs = other.next() != Some(sign);
        match runs.last_mut() {
            Some(last) if last.differs == differs => last.text.push(shown),
            _ => runs.push(Run {
                text: shown.to_string(),
                differs,
            }),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::{Known, Line, Run};

    fn run(text: &str, differs: bool) -> Run {
        Run {
            text: text.to_owned(),
            differs,
        }
    }

    #[test]
    fn lr_20_the_sign_that_differs_is_marked_also_when_it_is_hidden() {
        let known = Known::Value("2036.03.01".to_owned());
        let line = Line::new("x", "2036.03.07", &known, false);
        assert_eq!(line.typed, [run("2036.03.0", false), run("7", true)]);
        assert_eq!(
            line.known.expect("known"),
            [run("2036.03.0", false), run("1", true)]
        );
        let known = Known::Value("13904510038".to_owned());
        let line = Line::new("x", "13904610038", &known, true);
        assert!(line.differs);
        assert_eq!(
            line.typed,
            [run("1390*", false), run("*", true), run("*0038", false)]
        );
    }

    #[test]
    fn lr_20_nothing_is_marked_where_a_register_knows_nothing() {
        for (known, down) in [(Known::Nothing, false), (Known::Down, true)] {
            let line = Line::new("x", "13904610038", &known, false);
            assert!(!line.differs && line.known.is_none());
            assert_eq!(line.down, down);
        }
    }
}
