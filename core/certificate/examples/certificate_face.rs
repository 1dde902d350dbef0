//! Draws certificates to PNG files and says what it cost.
//!
//! `certificate_face FONT OUT_FOLDER [FILE.ofd…]` writes `sample.ofd` and `sample.png` of an
//! invented enterprise, then `NAME.png` for the first page of each file given.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use quanshengshi_certificate::ofd::draw::draw_page_with;
use quanshengshi_certificate::ofd::read::Ofd;
use quanshengshi_certificate::ofd::write::notice::CopyNotice;
use quanshengshi_certificate::ofd::write::write_ofd;
use quanshengshi_certificate::record::CertificateRecord;

const PX_PER_MM: f32 = 8.0;
const RECORD: &str = include_str!("sample_record.json");

#[expect(clippy::print_stdout, reason = "a command")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let usage = "certificate_face FONT OUT_FOLDER [FILE.ofd…]";
    let font = fs::read(arguments.next().ok_or(usage)?)?;
    let out = arguments.next().ok_or(usage)?;
    let out = Path::new(&out);
    fs::create_dir_all(out)?;

    let record = CertificateRecord::from_bytes(RECORD.trim_end().as_bytes())?;
    let notice = CopyNotice::for_use(
        "投标",
        "林*远",
        "黑龙江政务服务平台（样例）",
        "2026-11-23T09:31:00+08:00".parse()?,
        Some("2026-12-23".parse()?),
        "0417",
    );
    let before = cpu_ms();
    let file = write_ofd(&record, &notice, None, &font)?;
    println!(
        "sample.ofd: {} bytes, written in {:.1} ms CPU",
        file.len(),
        cpu_ms() - before
    );
    fs::write(out.join("sample.ofd"), &file)?;
    draw("sample", &file, &font, out)?;
    for path in arguments {
        let name = Path::new(&path)
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if let Err(error) = draw(&name, &fs::read(&path)?, &font, out) {
            println!("{name}: refused: {error}");
        }
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a command")]
fn draw(name: &str, file: &[u8], font: &[u8], out: &Path) -> Result<(), Box<dyn Error>> {
    let start = cpu_ms();
    let ofd = Ofd::open(file)?;
    let opened = cpu_ms();
    let mut best = f64::MAX;
    let mut picture = draw_page_with(&ofd, 0, PX_PER_MM, Some(font))?;
    for _ in 0..5 {
        let before = cpu_ms();
        picture = draw_page_with(&ofd, 0, PX_PER_MM, Some(font))?;
        best = best.min(cpu_ms() - before);
    }
    let before = cpu_ms();
    let png = picture.to_png()?;
    println!(
        "{name}: opened {:.2} ms, drawn {best:.1} ms at {} x {}, PNG {:.1} ms and {} bytes, left out {:?}",
        opened - start,
        picture.width,
        picture.height,
        cpu_ms() - before,
        png.len(),
        picture.left_out,
    );
    fs::write(out.join(format!("{name}.png")), png)?;
    Ok(())
}

/// Milliseconds this thread has run on a processor; 0 where the system does not say.
fn cpu_ms() -> f64 {
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text
        .split_whitespace()
        .next()
        .and_then(|word| word.parse::<f64>().ok());
    nanoseconds.unwrap_or(0.0) / 1e6
}
