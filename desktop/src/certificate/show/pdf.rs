//! `qss certificate show` of a PDF: what stands in the file, and which bytes its signatures are about.

use std::fmt::Write as _;

use quanshengshi::config::TextLanguage;
use quanshengshi::pdf::{PdfCoverage, PdfFacts, PdfSignature, pdf_facts};
use serde::Serialize;

use crate::certificate::ViewError;

#[derive(Debug, Serialize)]
struct Shown {
    format: &'static str,
    version: String,
    bytes: u64,
    sm3: String,
    pages: Option<u32>,
    signatures: Vec<Signature>,
}

#[derive(Debug, Serialize)]
struct Signature {
    filter: String,
    sub_filter: String,
    /// `whole_file`, `up_to` or `senseless`.
    coverage: &'static str,
    /// With `up_to`: so many bytes from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    covered_bytes: Option<u64>,
}

impl From<PdfSignature> for Signature {
    fn from(found: PdfSignature) -> Self {
        let (coverage, covered_bytes) = match found.coverage {
            PdfCoverage::WholeFile => ("whole_file", None),
            PdfCoverage::UpTo { bytes } => ("up_to", Some(bytes)),
            PdfCoverage::Senseless => ("senseless", None),
        };
        Self {
            filter: found.filter,
            sub_filter: found.sub_filter,
            coverage,
            covered_bytes,
        }
    }
}

pub(super) fn answer(file: &[u8], json: bool) -> Result<String, ViewError> {
    let facts = pdf_facts(file, TextLanguage::Zh)?;
    if !json {
        return Ok(in_words(&facts));
    }
    Ok(serde_json::to_string(&Shown {
        format: "pdf",
        version: facts.version,
        bytes: facts.bytes,
        sm3: facts.sm3,
        pages: facts.pages,
        signatures: facts.signatures.into_iter().map(Signature::from).collect(),
    })?)
}

fn in_words(facts: &PdfFacts) -> String {
    let pages = facts
        .pages
        .map_or_else(|| "?".to_owned(), |pages| pages.to_string());
    let mut text = format!(
        "PDF {}\t{} 字节，{pages} 页\nSM3\t{}\n{}",
        facts.version, facts.bytes, facts.sm3, facts.text
    );
    for found in &facts.signatures {
        let beware = found.text.as_deref().unwrap_or("范围为整个文件");
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "\n签名\t{} {}：{beware}",
            found.filter, found.sub_filter
        );
    }
    text
}

#[cfg(test)]
mod tests;
