//! Videos: in which frame a code is read first, and what the frames after a hit take.

use std::collections::BTreeMap;
use std::path::PathBuf;

use quanshengshi_scan::scanner::Scanner;

use crate::clock::cpu_ms;
use crate::scan::folder::pictures;
use crate::scan::readers::offered;

/// Each folder is the frames of one video.
pub(crate) fn table(folders: &[String]) -> String {
    let (mut firsts, mut tracked) = (BTreeMap::<String, usize>::new(), Vec::new());
    for folder in folders {
        let mut scanner = Scanner::new();
        let (mut first, mut known) = (None, false);
        for (at, picture) in pictures(&[PathBuf::from(folder)]).enumerate() {
            let start = cpu_ms();
            let read = !offered(&mut scanner, &picture.luma).is_empty();
            if known && read {
                tracked.push(cpu_ms() - start);
            }
            known = read;
            first = first.or(read.then_some(at + 1));
        }
        let first = first.map_or_else(|| "never".to_owned(), |first| format!("frame {first}"));
        *firsts.entry(first).or_default() += 1;
    }
    tracked.sort_by(f64::total_cmp);
    let at = |share: usize| {
        let place = tracked.len().saturating_sub(1) * share / 100;
        tracked.get(place).copied().unwrap_or_default()
    };
    format!(
        "first read in: {firsts:?}\n{} frames after a hit: median {:.2} ms, p95 {:.2}, worst {:.2}",
        tracked.len(),
        at(50),
        at(95),
        at(100)
    )
}
