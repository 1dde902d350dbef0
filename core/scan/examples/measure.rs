//! Reads folders of pictures with expected texts as a camera would offer them and prints the table
//! of rate and CPU time by kind, with rxing's plain reader beside it.
//!
//! `cargo run --profile demo -p quanshengshi-scan --example measure -- FOLDER…`
//!
//! A picture `x.jpg` has its text in `x.txt`; one without is to give nothing. The kind is the name
//! of its folder. Each picture is offered to a fresh scanner up to four times, a deadline of
//! 25 ms each; times are those of single offers, in CPU time of the thread.
//!
//! `-- --sequences FOLDER…` takes each folder as the frames of one video: in which frame it is read
//! first, and what the frames after a hit take.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement for the desk"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use quanshengshi_frame::luma::{Luma, brightness};
use quanshengshi_scan::deadline::Deadline;
use quanshengshi_scan::scanner::Scanner;

#[derive(Default)]
struct Tally {
    pictures: usize,
    read: usize,
    wrong: usize,
    times: Vec<f64>,
}

fn main() {
    if std::env::args().nth(1).as_deref() == Some("--sequences") {
        return sequences();
    }
    let mut files = Vec::new();
    for folder in std::env::args().skip(1) {
        collect(Path::new(&folder), &mut files);
    }
    files.sort();
    for (reader, offers) in [("ours", 4), ("rxing", 1)] {
        let mut kinds: BTreeMap<String, Tally> = BTreeMap::new();
        for file in &files {
            let (Some(picture), Some(kind)) = (grey(file), kind(file)) else {
                println!("not a picture: {}", file.display());
                continue;
            };
            let expected = std::fs::read_to_string(file.with_extension("txt")).ok();
            for name in [kind, "all".to_owned()] {
                let tally = kinds.entry(name).or_default();
                tally.pictures += 1;
            }
            let mut scanner = Scanner::new();
            let (mut read, mut wrong, mut times) = (false, false, Vec::new());
            for _ in 0..offers {
                let start = cpu_ms();
                let texts = if reader == "ours" {
                    ours(&mut scanner, &picture)
                } else {
                    rxing(&picture)
                };
                times.push(cpu_ms() - start);
                let is_right = |text: &String| {
                    expected
                        .as_ref()
                        .is_some_and(|expected| same(text, expected))
                };
                read |= texts.iter().any(is_right);
                wrong |= texts.iter().any(|text| !is_right(text));
                if !texts.is_empty() {
                    break;
                }
            }
            if !read && reader == "ours" && expected.is_some() || wrong {
                println!(
                    "{reader}: {} {}",
                    if wrong { "wrong" } else { "missed" },
                    file.display()
                );
            }
            for name in [self::kind(file).unwrap(), "all".to_owned()] {
                let tally = kinds.get_mut(&name).unwrap();
                tally.read += usize::from(read);
                tally.wrong += usize::from(wrong);
                tally.times.extend(&times);
            }
        }
        println!(
            "\n| {reader} | read | % | wrong | median ms | p95 | worst |\n|---|---|---|---|---|---|---|"
        );
        for (kind, mut tally) in kinds {
            tally.times.sort_by(f64::total_cmp);
            let last = tally.times.len() - 1;
            let (median, late) = (tally.times[last / 2], tally.times[last * 95 / 100]);
            let percent = tally.read as f64 * 100.0 / tally.pictures as f64;
            println!(
                "| {kind} | {}/{} | {percent:.1} | {} | {median:.1} | {late:.1} | {:.1} |",
                tally.read, tally.pictures, tally.wrong, tally.times[last]
            );
        }
    }
}

fn sequences() {
    let (mut firsts, mut tracked) = (BTreeMap::<String, usize>::new(), Vec::new());
    for folder in std::env::args().skip(2) {
        let mut files = Vec::new();
        collect(Path::new(&folder), &mut files);
        files.sort();
        let mut scanner = Scanner::new();
        let mut first = None;
        let mut known = false;
        for (at, picture) in files.iter().filter_map(|file| grey(file)).enumerate() {
            let start = cpu_ms();
            let read = !ours(&mut scanner, &picture).is_empty();
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
    println!("first read in: {firsts:?}");
    if let Some(last) = tracked.len().checked_sub(1) {
        println!(
            "{} frames after a hit: median {:.2} ms, p95 {:.2}, worst {:.2}",
            tracked.len(),
            tracked[last / 2],
            tracked[last * 95 / 100],
            tracked[last]
        );
    }
}

fn ours(scanner: &mut Scanner, picture: &Luma) -> Vec<String> {
    let start = cpu_ms();
    let spent = || Duration::from_secs_f64((cpu_ms() - start).max(0.0) / 1e3);
    let glance = scanner.look_at(
        picture,
        &Deadline::within(Duration::from_millis(25), &spent),
    );
    glance.codes.into_iter().map(|code| code.text).collect()
}

fn rxing(picture: &Luma) -> Vec<String> {
    use rxing::Reader as _;
    let source =
        rxing::Luma8Source::new_with_slice(&picture.pixels, picture.width, picture.height).unwrap();
    let mut bitmap = rxing::BinaryBitmap::new(rxing::common::HybridBinarizer::new(source));
    let hints = rxing::DecodeHints {
        TryHarder: Some(true),
        ..rxing::DecodeHints::default()
    };
    let read = rxing::qrcode::cpp_port::QrReader.decode_with_hints(&mut bitmap, &hints);
    read.map(|read| read.getText().to_owned())
        .into_iter()
        .collect()
}

fn same(text: &str, expected: &str) -> bool {
    text.replace("\r\n", "\n").trim_end() == expected.replace("\r\n", "\n").trim_end()
}

fn kind(file: &Path) -> Option<String> {
    Some(file.parent()?.file_name()?.to_string_lossy().into_owned())
}

fn grey(file: &Path) -> Option<Luma> {
    let picture = image::open(file).ok()?.to_rgba8();
    let on_white = |value: u8, opaque: u8| {
        let (value, opaque) = (u32::from(value), u32::from(opaque));
        ((value * opaque + 255 * (255 - opaque)) / 255) as u8
    };
    let pixels = picture.pixels().map(|pixel| {
        let [red, green, blue, opaque] = pixel.0;
        brightness(
            on_white(red, opaque),
            on_white(green, opaque),
            on_white(blue, opaque),
        )
    });
    Some(Luma {
        width: picture.width(),
        height: picture.height(),
        pixels: pixels.collect(),
    })
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in std::fs::read_dir(path).unwrap() {
            collect(&entry.unwrap().path(), files);
        }
    } else if path
        .extension()
        .is_some_and(|end| ["jpg", "png", "webp"].iter().any(|known| end == *known))
    {
        files.push(path.to_owned());
    }
}

/// Milliseconds of CPU time this thread has used.
fn cpu_ms() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(time).map_or(0.0, |time| time.as_secs_f64() * 1e3)
}
