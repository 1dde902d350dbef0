//! `qss certificate verify`: one verdict on the seals of a file.

use std::fs;
use std::path::{Path, PathBuf};

use quanshengshi::config::TextLanguage;
use quanshengshi::error::QssError;
use quanshengshi::pdf::{FileKind, file_kind};
use quanshengshi::seals::{SealAnchor, SealReport, SealSigner, seal_anchor_names, verify_seals};
use serde::Serialize;

use super::{MAX_BYTES, moment};

const LANGUAGE: TextLanguage = TextLanguage::Zh;

/// What is asked.
pub(super) struct Question<'a> {
    pub(super) file: Option<&'a Path>,
    pub(super) roots: &'a [PathBuf],
    pub(super) revoked: &'a [PathBuf],
    pub(super) at: Option<&'a str>,
}

/// Why there is no verdict.
#[derive(Debug, thiserror::Error)]
pub(super) enum VerifyError {
    #[error("no file is given: qss certificate verify FILE --root CERT…")]
    NoFile,
    #[error("{} cannot be read: {}", .0.display(), .1)]
    Read(PathBuf, #[source] std::io::Error),
    #[error("{} has more than {} MB", .0.display(), MAX_BYTES >> 20)]
    TooLong(PathBuf),
    #[error("{} is no X.509 certificate in DER or PEM", .0.display())]
    Root(PathBuf),
    #[error("{} is no revocation list in DER or PEM", .0.display())]
    RevocationList(PathBuf),
    #[error(
        "--at {0} is no time: 2026-11-23T09:31:00+08:00, 2026-11-23 or seconds since 1970 are read"
    )]
    Time(String),
    #[error("{} is a PDF: its signatures are not judged, `qss certificate show` tells what they are about", .0.display())]
    Pdf(PathBuf),
    #[error(transparent)]
    Core(#[from] QssError),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// The answer as it is printed.
#[derive(Debug, Serialize)]
struct Answer<'a> {
    verdict: &'a str,
    reasons: Vec<&'a str>,
    uncovered: &'a [String],
    signers: Vec<Signature<'a>>,
}

#[derive(Debug, Serialize)]
struct Signature<'a> {
    name: &'a str,
    seal: Option<&'a str>,
    seal_id: Option<&'a str>,
    at: Option<String>,
    pages: &'a [String],
}

impl Question<'_> {
    /// The verdict: one JSON line, or lines for a person.
    pub(super) fn answer(&self, json: bool) -> Result<String, VerifyError> {
        let report = self.report()?;
        if json {
            return Ok(serde_json::to_string(&Answer::of(&report))?);
        }
        Ok(lines(&report).join("\n"))
    }

    fn report(&self) -> Result<SealReport, VerifyError> {
        // `--root A B FILE` reads FILE as one more root: the last one is the file then.
        let (file, roots) = match (self.file, self.roots) {
            (Some(file), roots) => (file, roots),
            (None, [roots @ .., file]) if !roots.is_empty() => (file.as_path(), roots),
            (None, _) => return Err(VerifyError::NoFile),
        };
        let now_ms = match self.at {
            Some(text) => {
                moment::read_ms(text).ok_or_else(|| VerifyError::Time(text.to_owned()))?
            }
            None => moment::now_ms(),
        };
        let roots = anchors(roots, SealAnchor::Roots, VerifyError::Root)?;
        let lists = anchors(
            self.revoked,
            SealAnchor::RevocationList,
            VerifyError::RevocationList,
        )?;
        let bytes = read(file)?;
        if file_kind(&bytes) == FileKind::Pdf {
            return Err(VerifyError::Pdf(file.to_owned()));
        }
        Ok(verify_seals(&bytes, roots, lists, now_ms, LANGUAGE)?)
    }
}

fn anchors(
    files: &[PathBuf],
    kind: SealAnchor,
    fault: fn(PathBuf) -> VerifyError,
) -> Result<Vec<Vec<u8>>, VerifyError> {
    let one = |file: &PathBuf| {
        let bytes = read(file)?;
        seal_anchor_names(&bytes, kind).map_err(|_| fault(file.clone()))?;
        Ok(bytes)
    };
    files.iter().map(one).collect()
}

fn read(file: &Path) -> Result<Vec<u8>, VerifyError> {
    let failed = |error| VerifyError::Read(file.to_owned(), error);
    if fs::metadata(file).map_err(failed)?.len() > MAX_BYTES {
        return Err(VerifyError::TooLong(file.to_owned()));
    }
    fs::read(file).map_err(failed)
}

fn lines(report: &SealReport) -> Vec<String> {
    let mut lines = vec![format!("{}（{}）", report.text, report.word)];
    let reason = |reason: &quanshengshi::seals::SealReason| {
        format!("原因：{}（{}）", reason.text, reason.code)
    };
    lines.extend(report.reasons.iter().map(reason));
    for signer in &report.signers {
        let seal = signer.seal_name.as_deref().unwrap_or("数字签名");
        let at = signer.at_s.map(moment::written).unwrap_or_default();
        lines.push(format!("印章：{seal} · {} · {at}", signer.name));
    }
    let bare = |name: &String| format!("不受印章保护：{name}");
    lines.extend(report.uncovered.iter().map(bare));
    lines
}

impl<'a> Answer<'a> {
    fn of(report: &'a SealReport) -> Self {
        let signature = |signer: &'a SealSigner| Signature {
            name: &signer.name,
            seal: signer.seal_name.as_deref(),
            seal_id: signer.seal_id.as_deref(),
            at: signer.at_s.map(moment::written),
            pages: &signer.pages,
        };
        Self {
            verdict: &report.word,
            reasons: report
                .reasons
                .iter()
                .map(|reason| reason.code.as_str())
                .collect(),
            uncovered: &report.uncovered,
            signers: report.signers.iter().map(signature).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
