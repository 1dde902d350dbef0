//! What an annotated copy (加注件) says about itself.

use super::WriteError;
use crate::record::calendar::{Date, Moment};

const MAX_LINES: usize = 3;
const MAX_LINE_CHARACTERS: usize = 48;

/// For whom and what a copy was made; written over the whole page and into the metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyNotice {
    /// What the copy may be used for, such as 投标 (JZJZZSY).
    pub purpose: String,
    /// Who made it, such as the name of the portal (JZJZZZ).
    pub maker: String,
    /// When it was made (JZJZZSJ).
    pub made_at: Moment,
    /// The last day it may be used (JZJYXQJZSJ); `None` if it has none.
    pub valid_to: Option<Date>,
    /// The lines of the watermark, one to three, each at most 48 characters.
    pub watermark: Vec<String>,
}

impl CopyNotice {
    /// The notice of a copy for one use: 仅限…使用, who asked (masked by the caller), the days and
    /// the number of the copy.
    pub fn for_use(
        purpose: &str,
        asked_by: &str,
        maker: &str,
        made_at: Moment,
        valid_to: Option<Date>,
        number: &str,
    ) -> Self {
        let until = valid_to
            .map(|day| format!(" · 至 {day}"))
            .unwrap_or_default();
        Self {
            purpose: purpose.to_owned(),
            maker: maker.to_owned(),
            made_at,
            valid_to,
            watermark: vec![
                format!("仅限{purpose}使用 · {asked_by}"),
                format!("{}{until} · 第 {number} 号", made_at.date()),
            ],
        }
    }

    /// The notice of the copy a handset keeps for its holder.
    pub fn for_handset(asked_by: &str, maker: &str, made_at: Moment, number: &str) -> Self {
        Self {
            purpose: "本人查看".to_owned(),
            maker: maker.to_owned(),
            made_at,
            valid_to: None,
            watermark: vec![
                format!("仅限本人查看 · {asked_by}"),
                format!("{} · 手机副本 · 第 {number} 号", made_at.date()),
            ],
        }
    }

    pub(super) fn check(&self) -> Result<(), WriteError> {
        let said = |text: &str| !text.trim().is_empty();
        let short = |line: &String| said(line) && line.chars().count() <= MAX_LINE_CHARACTERS;
        let holds = said(&self.purpose)
            && said(&self.maker)
            && (1..=MAX_LINES).contains(&self.watermark.len())
            && self.watermark.iter().all(short);
        if holds {
            Ok(())
        } else {
            Err(WriteError::Notice)
        }
    }
}
