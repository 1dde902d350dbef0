//! One recording of the right person against every order a portal may draw.

use std::fmt::Write as _;
use std::path::Path;

use quanshengshi_presentations::recorded::{Clip, bytes, word};
use quanshengshi_presentations::walk::{Verdict, WalkError, Walker, challenge};
use quanshengshi_protocol::prompt::Prompt;

use crate::face::comparison::people;
use crate::face::{percent, upper_percent};

/// Acts of a challenge.
const LENGTH: usize = 4;

/// A perfect recording (pixel for pixel the living person) of one order, shown for each order of
/// four movements, none twice in a row: 108.
pub(crate) fn table(walker: &Walker, folder: &Path) -> Result<String, WalkError> {
    let mut text = String::new();
    for person in people(folder)?.into_iter().take(1) {
        let recorded = Prompt::MOVEMENTS.map(word);
        let names = std::iter::once("neutral").chain(recorded);
        let Ok(clips) = names
            .map(|name| Clip::open(&person.join(format!("A_{name}"))))
            .collect::<Result<Vec<Clip>, _>>()
        else {
            continue;
        };
        let photo = bytes(&person.join("id_photo.jpg"))?;
        let (mut count, mut passed) = (0, 0);
        for order in orders() {
            let asked = challenge(&format!("{order:?}"), &order);
            let presented = walker.capture(&asked, &photo, &clips)?;
            count += 1;
            passed += usize::from(presented.verdict == Verdict::Pass);
        }
        let name = person.file_name().unwrap_or_default().to_string_lossy();
        let _ = writeln!(
            text,
            "a perfect recording of one order of {name} against {count} orders: {passed} passed, {}, 95 % bound {}",
            percent(passed, count),
            upper_percent(passed, count),
        );
    }
    Ok(text)
}

/// Every order, none twice in a row.
fn orders() -> Vec<Vec<Prompt>> {
    let mut orders: Vec<Vec<Prompt>> = vec![Vec::new()];
    for _ in 0..LENGTH {
        let longer = |order: &Vec<Prompt>| {
            let last = order.last().copied();
            let order = order.clone();
            Prompt::MOVEMENTS
                .into_iter()
                .filter(move |prompt| Some(*prompt) != last)
                .map(move |prompt| {
                    let mut order = order.clone();
                    order.push(prompt);
                    order
                })
        };
        orders = orders.iter().flat_map(longer).collect();
    }
    orders
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_108_orders_and_each_is_another() {
        let mut orders = orders();
        assert_eq!(orders.len(), 108);
        orders.sort();
        orders.dedup();
        assert_eq!(orders.len(), 108);
    }
}
