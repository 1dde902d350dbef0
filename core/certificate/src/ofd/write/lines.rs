//! Breaking Chinese text into lines.
//!
//! Between any two characters, except: words and numbers of Latin signs stay together, closing
//! signs never begin a line, opening signs never end one (GB/T 15834 5.1).

use super::WriteError;
use super::typeface::Typeface;

const NEVER_FIRST: &str = "，。、；：？！）》〉」』】〕”’·…—～％,.;:?!)]}%";
const NEVER_LAST: &str = "（《〈「『【〔“‘([{";

/// The lines of a text that are at most `width_em` em squares wide.
pub(super) fn break_lines(
    typeface: &mut Typeface<'_>,
    text: &str,
    width_em: f32,
) -> Result<Vec<String>, WriteError> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut filled = 0.0;
    for unit in units(text) {
        let mut width = typeface.width(&unit)?;
        if filled + width > width_em && !line.is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            filled = 0.0;
        }
        let mut unit = if line.is_empty() {
            unit.trim_start()
        } else {
            &unit
        };
        // A unit wider than a line is broken anywhere.
        while width > width_em {
            let mut end = 0;
            let mut taken = 0.0;
            for (at, character) in unit.char_indices() {
                let step = typeface.advance(character)?;
                if taken + step > width_em && end > 0 {
                    break;
                }
                taken += step;
                end = at + character.len_utf8();
            }
            let (head, tail) = unit.split_at(end);
            if tail.is_empty() {
                break;
            }
            lines.push(head.to_owned());
            unit = tail;
            width = typeface.width(unit)?;
        }
        line.push_str(unit);
        filled += typeface.width(unit)?;
    }
    if !line.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    Ok(lines)
}

/// The pieces of a text between which a line may break.
fn units(text: &str) -> Vec<String> {
    let latin = |c: char| c.is_ascii_graphic();
    let mut units: Vec<String> = Vec::new();
    for character in text.chars() {
        let before = units.last().and_then(|unit| unit.chars().last());
        let joined = before.is_some_and(|before| {
            NEVER_FIRST.contains(character)
                || NEVER_LAST.contains(before)
                || (latin(before) && latin(character))
        });
        match units.last_mut() {
            Some(unit) if joined => unit.push(character),
            _ => units.push(character.to_string()),
        }
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_stay_with_their_words() {
        assert_eq!(
            units("住所（北疆）18号、B座"),
            ["住", "所", "（北", "疆）", "18", "号、", "B", "座"]
        );
        assert_eq!(units(""), Vec::<String>::new());
    }
}
