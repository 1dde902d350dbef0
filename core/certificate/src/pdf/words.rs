//! What a person is told about a PDF's signatures, none of which is judged here.

use quanshengshi_rules::language::Language;

use super::{PdfCoverage, PdfFile};

impl PdfFile {
    /// The sentence beside the pages: how many signatures there are, and that nobody checked them.
    pub fn text(&self, language: Language) -> String {
        let count = self.signatures.len();
        match (count, language) {
            (0, Language::Zh) => "这份 PDF 没有签名，不能证明由谁出具".to_owned(),
            (0, Language::En) => "This PDF has no signature: nothing proves who made it".to_owned(),
            (_, Language::Zh) => {
                format!("这份 PDF 带有 {count} 个签名，本应用不核验 PDF 签名，不能证明由谁出具")
            }
            (_, Language::En) => format!(
                "Signatures in this PDF: {count}. This app does not check those of PDFs: nothing proves who made it"
            ),
        }
    }
}

impl PdfCoverage {
    /// What a coverage means for whoever reads the file; none where there is nothing to beware of.
    pub const fn text(self, language: Language) -> Option<&'static str> {
        match (self, language) {
            (Self::WholeFile, _) => None,
            (Self::UpTo(_), Language::Zh) => Some("签名之后文件又有增添，增添的内容不在签名之内"),
            (Self::UpTo(_), Language::En) => {
                Some("The file was added to after it was signed; what was added is not signed")
            }
            (Self::Senseless, Language::Zh) => Some("签名的范围与这份文件不符"),
            (Self::Senseless, Language::En) => Some("The signature is not about this file"),
        }
    }
}
