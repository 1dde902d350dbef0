//! Draws OFD files with the other Rust readers and prints what it cost.
//!
//! `certificate-peers PX_PER_MM REPEATS FILE…` prints, tab between: reader, file, page, the least
//! milliseconds of CPU to open the file and draw the page, or why it was not drawn. Both readers
//! look their fonts up in the system, once for the process: that first search is not counted.

use std::path::Path;
use std::{env, fs};

use ofd_core::render::RenderOptions as OfdCoreOptions;
use sofd::{Document, RenderOptions as SofdOptions};

/// The most pages of a file that are drawn.
const MAX_PAGES: usize = 8;

fn main() {
    let mut arguments = env::args().skip(1);
    let mut number = || arguments.next().and_then(|word| word.parse::<f64>().ok());
    let (Some(px_per_mm), Some(repeats)) = (number(), number()) else {
        eprintln!("certificate-peers PX_PER_MM REPEATS FILE…");
        std::process::exit(2);
    };
    let dpi = px_per_mm * 25.4;
    let files: Vec<String> = arguments.collect();
    // Warms the search for fonts.
    if let Some(first) = files.first() {
        let _ = (sofd_page(first, 0, dpi), ofd_core_page(first, 0, dpi));
    }
    type Draw = fn(&str, usize, f64) -> Result<usize, String>;
    let readers: [(&str, Draw); 2] = [("sofd", sofd_page), ("ofd-core", ofd_core_page)];
    for file in &files {
        let name = Path::new(file).file_stem().unwrap_or_default().to_string_lossy();
        for (reader, draw) in readers {
            let mut page = 0;
            loop {
                let (mut least, mut drawn) = (f64::MAX, Err(String::new()));
                for _ in 0..repeats as u32 {
                    let before = cpu_ms();
                    drawn = draw(file, page, dpi);
                    least = least.min(cpu_ms() - before);
                }
                match &drawn {
                    Ok(_) => println!("{reader}\t{name}\t{page}\t{least:.2}"),
                    Err(error) => {
                        println!("{reader}\t{name}\t{page}\trefused: {}", error.replace(['\n', '\t'], " "));
                    }
                }
                page += 1;
                if page >= drawn.unwrap_or(0).min(MAX_PAGES) {
                    break;
                }
            }
        }
    }
}

/// How many pages the file has.
fn sofd_page(file: &str, page: usize, dpi: f64) -> Result<usize, String> {
    let bytes = fs::read(file).map_err(|error| error.to_string())?;
    let document = Document::open_bytes(&bytes).map_err(|error| error.to_string())?;
    let options = SofdOptions { dpi, ..SofdOptions::default() };
    document.render_page(page, &options).map_err(|error| error.to_string())?;
    Ok(document.page_count())
}

fn ofd_core_page(file: &str, page: usize, dpi: f64) -> Result<usize, String> {
    let mut reader = ofd_core::OfdReader::open(file).map_err(|error| error.to_string())?;
    let body = reader.ofd().doc_bodies.first().cloned().ok_or("no document")?;
    let document = reader.load_document(&body).map_err(|error| error.to_string())?;
    let options = OfdCoreOptions::with_dpi(dpi);
    reader.render_page(&document, page, &options).map_err(|error| error.to_string())?;
    Ok(document.pages().len())
}

/// Milliseconds all threads of this process have run, to the nanosecond: a reader may use several.
fn cpu_ms() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}
