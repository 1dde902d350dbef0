//! Documents made here, sealed here, and then altered in every way that must show.

mod costs;
mod drawn;
mod faults;
mod issued;
mod ofdrw;
mod other_shapes;
mod shared;
mod uncovered;

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::ofd::read::archive::Archive;
use crate::ofd::write::tests::sample;
use crate::seal::anchor::{KeyCertificate, Trust};
use crate::seal::sealing::authority::{Authority, KeyPair, KeyUse, Subject};
use crate::seal::sealing::sealer::{SealFace, Sealer};
use crate::seal::verify::Stamp;

/// 2026-01-01, 2026-06-01, 2026-11-24 and 2036-01-01.
const START_S: u64 = 1_767_225_600;
const SIGNED_S: i64 = 1_780_272_000;
const NOW_S: i64 = 1_795_500_000;
const END_S: u64 = 2_082_758_400;

/// Who is in the play.
struct Cast {
    root: Authority,
    maker: Authority,
    signer: Authority,
}

fn pair(number: u8) -> KeyPair {
    KeyPair::from_secret(&[number; 32]).unwrap()
}

fn subject(name: &str, serial: u64, key_use: KeyUse) -> Subject<'_> {
    Subject {
        name,
        serial,
        valid_s: (START_S, END_S),
        key_use,
    }
}

fn cast() -> Cast {
    let root = subject("CN=样例根,O=样例省,C=CN", 1, KeyUse::Authority);
    let root = Authority::new_root(pair(1), &root).unwrap();
    let maker = subject("CN=样例制章单位,O=样例省,C=CN", 2, KeyUse::Signing);
    let signer = subject("CN=样例登记机关,O=样例省,C=CN", 3, KeyUse::Signing);
    Cast {
        maker: root.issue(pair(2), &maker).unwrap(),
        signer: root.issue(pair(3), &signer).unwrap(),
        root,
    }
}

fn face(picture: &[u8]) -> SealFace<'_> {
    SealFace {
        id: "SAMPLE0001",
        name: "样例登记机关电子专用章",
        picture,
        size_mm: (40, 40),
        valid_s: (START_S.cast_signed(), END_S.cast_signed()),
    }
}

fn stamp() -> Stamp {
    Stamp {
        page: "1".to_owned(),
        boundary: [150.0, 215.0, 40.0, 40.0],
        clip: None,
    }
}

fn picture() -> Vec<u8> {
    let image = image::RgbaImage::from_pixel(8, 8, image::Rgba([200, 20, 20, 180]));
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn trust_in(root: &Authority) -> Trust {
    Trust {
        roots: vec![KeyCertificate::parse(root.certificate()).unwrap()],
        revocations: Vec::new(),
        now_s: NOW_S,
    }
}

fn sealed(cast: &Cast) -> Vec<u8> {
    let sealer = Sealer::new(&cast.maker, cast.signer.clone(), &face(&picture()));
    sealer.seal(&sample(), &[stamp()], SIGNED_S).unwrap()
}

/// The package with one entry changed, added or (`None`) taken away.
fn altered(ofd: &[u8], name: &str, change: impl FnOnce(Vec<u8>) -> Option<Vec<u8>>) -> Vec<u8> {
    let archive = Archive::open(ofd).unwrap();
    let mut files: Vec<(String, Vec<u8>)> = archive
        .names()
        .map(|entry| (entry.to_owned(), archive.read(entry).unwrap()))
        .collect();
    let at = files.iter().position(|(entry, _)| entry == name);
    let old = at.map(|at| files.remove(at).1).unwrap_or_default();
    files.extend(change(old).map(|new| (name.to_owned(), new)));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (entry, bytes) in files {
        zip.start_file(entry, SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn replaced(bytes: Vec<u8>, from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains(from), "{from} is not in {text}");
    text.replace(from, to).into_bytes()
}
