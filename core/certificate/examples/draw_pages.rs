//! Draws every page of OFD files and prints what each cost: the table of hostile files, and what
//! the benchmark reads beside its peers.
//!
//! `draw_pages [--unjudged] FONT PX_PER_MM REPEATS OUT_FOLDER FILE…` prints, tab between: file, page, the least
//! milliseconds of CPU to open the file and draw the page, width, height, the most memory the
//! process held so far in MB, and what was left out or why nothing was drawn. `OUT_FOLDER` `-`
//! writes no pictures. With `--unjudged` files are drawn as if they carried no signature: the way
//! the peers draw.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use quanshengshi_certificate::ofd::draw::draw_page_with;
use quanshengshi_certificate::ofd::draw::picture::Picture;
use quanshengshi_certificate::ofd::read::Ofd;
use quanshengshi_certificate::seal::verify::{SealReport, Verdict};

/// The most pages of a file that are drawn.
const MAX_PAGES: usize = 8;

#[expect(clippy::print_stdout, reason = "a command")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1).peekable();
    let judged = arguments.next_if_eq("--unjudged").is_none();
    let usage = "draw_pages [--unjudged] FONT PX_PER_MM REPEATS OUT_FOLDER FILE…";
    let font = fs::read(arguments.next().ok_or(usage)?)?;
    let px_per_mm: f32 = arguments.next().ok_or(usage)?.parse()?;
    let repeats: u32 = arguments.next().ok_or(usage)?.parse()?;
    let out = arguments.next().ok_or(usage)?;
    for path in arguments {
        let bytes = fs::read(&path)?;
        let name = Path::new(&path).file_stem().unwrap_or_default();
        let name = name.to_string_lossy();
        let pages = Ofd::open(&bytes).map_or(1, |ofd| ofd.page_count().min(MAX_PAGES));
        for page in 0..pages {
            let (mut least, mut drawn) = (f64::MAX, Err(String::new()));
            for _ in 0..repeats.max(1) {
                let before = cpu_ms();
                drawn = draw(&bytes, page, px_per_mm, &font, judged);
                least = least.min(cpu_ms() - before);
            }
            let memory = peak_mb();
            match drawn {
                Ok(picture) => {
                    println!(
                        "{name}\t{page}\t{least:.2}\t{}\t{}\t{memory}\t{:?}",
                        picture.width, picture.height, picture.left_out
                    );
                    if out != "-" {
                        let file = format!("{name}-{page}.png");
                        fs::write(Path::new(&out).join(file), picture.to_png()?)?;
                    }
                }
                Err(error) => {
                    println!("{name}\t{page}\t{least:.2}\t0\t0\t{memory}\trefused: {error}");
                }
            }
        }
    }
    Ok(())
}

fn draw(
    bytes: &[u8],
    page: usize,
    px_per_mm: f32,
    font: &[u8],
    judged: bool,
) -> Result<Picture, String> {
    let mut ofd = Ofd::open(bytes).map_err(|error| error.to_string())?;
    if !judged {
        ofd = ofd.judged(&SealReport {
            verdict: Verdict::Unsigned,
            reasons: Vec::new(),
            uncovered: Vec::new(),
            signers: Vec::new(),
        });
    }
    draw_page_with(&ofd, page, px_per_mm, Some(font)).map_err(|error| error.to_string())
}

/// Milliseconds this thread has run on a processor.
#[expect(
    clippy::cast_precision_loss,
    reason = "times of a run, far below 2^52 ns"
)]
fn cpu_ms() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

/// The most memory this process has held; 0 where the system does not say.
fn peak_mb() -> u64 {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    number.unwrap_or(0) / 1024
}
