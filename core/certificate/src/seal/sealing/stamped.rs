//! The package around a seal: its XML files, and every other file as it was.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{SealingError, shapes};
use crate::ofd::read::archive::Archive;
use crate::seal::sm;
use crate::seal::verify::Stamp;

/// Where `Signature.xml` lies; the signed value names it.
pub(super) const SIGNATURE_LOCATION: &str = "/Doc_0/Signs/Sign_0/Signature.xml";
const LIST: &str = "Doc_0/Signs/Signatures.xml";
const SEAL: &str = "Doc_0/Signs/Sign_0/Seal.esl";
const VALUE: &str = "Doc_0/Signs/Sign_0/SignedValue.dat";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const SPACE: &str = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";

/// A package that lacks only its signed value.
pub(super) struct Stamped {
    files: Vec<(String, Vec<u8>)>,
    /// `Signature.xml`.
    pub(super) signature_file: String,
}

impl Stamped {
    pub(super) fn new(
        ofd: &[u8],
        seal: &[u8],
        stamps: &[Stamp],
        at_s: i64,
    ) -> Result<Self, SealingError> {
        let archive = Archive::open(ofd).map_err(|_| SealingError::Package)?;
        let mut files = Vec::new();
        for name in archive.names() {
            let bytes = archive.read(name).map_err(|_| SealingError::Package)?;
            files.push((name.to_owned(), bytes));
        }
        let root = files.iter_mut().find(|(name, _)| name == "OFD.xml");
        let (_, root) = root.ok_or(SealingError::Package)?;
        *root = with_signatures(root).ok_or(SealingError::Package)?;
        files.push((SEAL.to_owned(), seal.to_vec()));
        let signature_file = signature_file(&files, stamps, at_s);
        Ok(Self {
            files,
            signature_file,
        })
    }

    pub(super) fn pack(self, value: &[u8]) -> Result<Vec<u8>, SealingError> {
        let list = format!(
            "{HEAD}<ofd:Signatures {SPACE}><ofd:MaxSignId>1</ofd:MaxSignId>\
             <ofd:Signature ID=\"1\" Type=\"Seal\" BaseLoc=\"{SIGNATURE_LOCATION}\"/>\
             </ofd:Signatures>"
        );
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        // One moment for all entries: the bytes depend on the input alone.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        let signature = SIGNATURE_LOCATION.trim_start_matches('/');
        let made = [
            (LIST, list.as_bytes()),
            (signature, self.signature_file.as_bytes()),
            (VALUE, value),
        ];
        let kept = self
            .files
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        for (name, bytes) in kept.chain(made) {
            zip.start_file(name, options)?;
            zip.write_all(bytes)
                .map_err(|error| SealingError::Zip(error.into()))?;
        }
        Ok(zip.finish()?.into_inner())
    }
}

/// `OFD.xml` with the list of signatures in its only document body.
fn with_signatures(root: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(root).ok()?;
    let end = "</ofd:DocBody>";
    if text.contains("Signatures>") || text.matches(end).count() != 1 {
        return None;
    }
    let named = format!("<ofd:Signatures>/{LIST}</ofd:Signatures>{end}");
    Some(text.replace(end, &named).into_bytes())
}

fn signature_file(files: &[(String, Vec<u8>)], stamps: &[Stamp], at_s: i64) -> String {
    let (mut references, mut annotations) = (String::new(), String::new());
    for (name, bytes) in files {
        let digest = STANDARD.encode(sm::digest(bytes));
        let _ = write!(
            references,
            "<ofd:Reference FileRef=\"/{}\"><ofd:CheckValue>{digest}</ofd:CheckValue></ofd:Reference>",
            escaped(name)
        );
    }
    for (at, stamp) in stamps.iter().enumerate() {
        let [left, top, width, height] = stamp.boundary;
        let clip = stamp.clip.map_or_else(String::new, |[x, y, w, h]| {
            format!(" Clip=\"{x} {y} {w} {h}\"")
        });
        let _ = write!(
            annotations,
            "<ofd:StampAnnot ID=\"{}\" Boundary=\"{left} {top} {width} {height}\" PageRef=\"{}\"{clip}/>",
            at + 1,
            escaped(&stamp.page)
        );
    }
    let written = shapes::time(at_s);
    // The element's text is the time itself, after tag and length.
    let when = String::from_utf8_lossy(written.get(2..).unwrap_or_default()).into_owned();
    format!(
        "{HEAD}<ofd:Signature {SPACE}><ofd:SignedInfo>\
         <ofd:Provider ProviderName=\"quanshengshi-certificate\" Company=\"quanshengshi\" Version=\"1\"/>\
         <ofd:SignatureMethod>1.2.156.10197.1.501</ofd:SignatureMethod>\
         <ofd:SignatureDateTime>{when}</ofd:SignatureDateTime>\
         <ofd:References CheckMethod=\"1.2.156.10197.1.401\">{references}</ofd:References>\
         {annotations}<ofd:Seal><ofd:BaseLoc>/{SEAL}</ofd:BaseLoc></ofd:Seal></ofd:SignedInfo>\
         <ofd:SignedValue>/{VALUE}</ofd:SignedValue></ofd:Signature>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}
