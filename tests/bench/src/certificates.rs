//! Drawing OFD files beside ofdrw, sofd and ofd-core: what a page costs, and how like ofdrw's it is.

mod likeness;
mod peers;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use quanshengshi_certificate::ofd::draw::draw_page_with;
use quanshengshi_certificate::ofd::draw::picture::Picture;
use quanshengshi_certificate::ofd::read::Ofd;
use quanshengshi_certificate::seal::verify::{SealReport, Verdict};

use crate::clock::cpu_ms;

/// As in print.
const PX_PER_MM: f32 = 8.0;
/// A picture in a list.
const THUMBNAIL_PX_PER_MM: f32 = 1.0;
const REPEATS: u32 = 7;
const MAX_PAGES: usize = 8;
/// Debian's `fonts-wqy-microhei`.
const FONT: &str = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc";
/// Files where ofdrw's picture is wrong: it fills patterns black, and thickens every text that names
/// a colour for lines (`docs/decisions/0037`).
const OFDRW_IS_WRONG: [&str; 3] = ["pattern类型", "1", "999"];

/// File and page.
pub(crate) type PageOf = (String, usize);

/// The table; only ours where the files, the font or the peers are not here.
pub(crate) fn table() -> String {
    let files = files();
    let Ok(font) = fs::read(FONT) else {
        return format!("{FONT} is not here: apt-get install fonts-wqy-microhei");
    };
    let out = env::temp_dir().join("qss-bench-ofdrw");
    let peers = peers::run(&files, PX_PER_MM, REPEATS, FONT, &out);
    let mut text = peers.notes.join("\n");
    text.push_str(
        "\n| page | ours ms | and judged | 1 px/mm | ofdrw | sofd | ofd-core | ratio | and judged | SSIM to ofdrw |\n\
         |---|---|---|---|---|---|---|---|---|---|\n",
    );
    let (mut behind, mut unlike) = (Vec::new(), Vec::new());
    for file in &files {
        let name = stem(file);
        let Ok(bytes) = fs::read(file) else { continue };
        let pages = Ofd::open(&bytes).map_or(1, |ofd| ofd.page_count().min(MAX_PAGES));
        for page in 0..pages {
            let (ours, picture) = timed(&bytes, page, PX_PER_MM, &font, Seals::NotJudged);
            let (judged, _) = timed(&bytes, page, PX_PER_MM, &font, Seals::Judged);
            let (small, _) = timed(&bytes, page, THUMBNAIL_PX_PER_MM, &font, Seals::Judged);
            let key = (name.clone(), page);
            let of = |reader: &str| peers.times.get(reader).and_then(|times| times.get(&key));
            let cell = |reader: &str| match of(reader) {
                Some(Ok(ms)) => format!("{ms:.2}"),
                Some(Err(_)) => "refused".to_owned(),
                None => "–".to_owned(),
            };
            let times = peers::READERS.iter().filter_map(|reader| match of(reader) {
                Some(Ok(ms)) => Some(*ms),
                _ => None,
            });
            let best = times.reduce(f64::min);
            let ratio = |ours: f64| {
                best.map_or_else(|| "–".to_owned(), |best| format!("{:.2}", ours / best))
            };
            let label = format!("{name}-{page}");
            if best.is_some_and(|best| best < ours) {
                behind.push(label.clone());
            }
            let like = picture
                .as_ref()
                .and_then(|picture| likeness::to_file(picture, &out.join(format!("{label}.png"))));
            let wrong = OFDRW_IS_WRONG.contains(&name.as_str());
            if like.is_some_and(|like| like < 0.98) && !wrong {
                unlike.push(label.clone());
            }
            let like = like.map_or_else(|| "–".to_owned(), |like| format!("{like:.3}"));
            // Writing to a string cannot fail.
            let _ = writeln!(
                text,
                "| {label} | {ours:.2} | {judged:.2} | {small:.2} | {} | {} | {} | {} | {} | {like}{} |",
                cell("ofdrw"),
                cell("sofd"),
                cell("ofd-core"),
                ratio(ours),
                ratio(judged),
                if wrong { " (theirs is wrong)" } else { "" },
            );
        }
    }
    let _ = writeln!(
        text,
        "\nslower than a peer: {behind:?}\nbelow 0.98: {unlike:?}"
    );
    text
}

/// The samples beside the checkout, then those of our own.
fn files() -> Vec<PathBuf> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/certificates");
    let mut files = Vec::new();
    for folder in [data.join("ofdrw_samples"), data.join("generated")] {
        let found = fs::read_dir(folder).into_iter().flatten().flatten();
        let found = found.map(|entry| entry.path());
        let wanted = |path: &PathBuf| {
            path.extension().is_some_and(|ending| ending == "ofd")
                && (path.starts_with(data.join("ofdrw_samples"))
                    || ["good", "licence", "licence_sysfont"].contains(&stem(path).as_str()))
        };
        files.extend(found.filter(wanted));
    }
    files.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/certificates/sample.ofd"));
    files.sort();
    files
}

pub(crate) fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

/// Whether the seals of a file are judged before it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seals {
    /// As every viewer of ours does.
    Judged,
    /// Drawn as if the file carried no signature, which is all the peers do.
    NotJudged,
}

/// The least milliseconds to open a file and draw a page, and the picture.
fn timed(
    bytes: &[u8],
    page: usize,
    px_per_mm: f32,
    font: &[u8],
    seals: Seals,
) -> (f64, Option<Picture>) {
    let unsigned = SealReport {
        verdict: Verdict::Unsigned,
        reasons: Vec::new(),
        uncovered: Vec::new(),
        signers: Vec::new(),
    };
    let (mut least, mut picture) = (f64::MAX, None);
    for _ in 0..REPEATS {
        let before = cpu_ms();
        let ofd = Ofd::open(bytes).ok().map(|ofd| match seals {
            Seals::Judged => ofd,
            Seals::NotJudged => ofd.judged(&unsigned),
        });
        picture = ofd.and_then(|ofd| draw_page_with(&ofd, page, px_per_mm, Some(font)).ok());
        least = least.min(cpu_ms() - before);
    }
    (least, picture)
}

/// Milliseconds or a refusal, by reader and page.
pub(crate) type Times = BTreeMap<String, BTreeMap<PageOf, Result<f64, String>>>;
