//! `qss phone check`: whether everything kept is whole, and what to fetch again.

use quanshengshi::handset::Handset;
use quanshengshi::keeping::KeptState;

use crate::phone_folder::PhoneError;

/// Looks at everything; removes what is broken when `mend` is set.
pub(crate) async fn check(
    handset: &Handset,
    now: bool,
    mend: bool,
) -> Result<Vec<String>, PhoneError> {
    let mut lines = match handset.check_kept(now, None).await? {
        KeptState::NotDue => vec!["今天已检查，未发现问题".to_owned()],
        KeptState::Sound {
            certificates,
            files,
        } => vec![format!("完好：{certificates} 份证照，{files} 个文件")],
        KeptState::Damaged { certificates, more } => {
            let mut lines = damaged(&certificates, more);
            if !mend {
                lines.push("清除损坏部分：qss phone check --mend".to_owned());
            }
            lines
        }
    };
    if mend {
        let mended = handset.mend_kept().await?;
        let removed = mended.certificates.iter();
        lines.extend(removed.map(|id| format!("已清除，请重新下载：{id}")));
        if mended.unnamed {
            lines.push("另有证照已丢失，请核对后重新下载".to_owned());
        }
        if mended.state_lost {
            lines.push("部分记录已丢失".to_owned());
        }
    }
    Ok(lines)
}

fn damaged(certificates: &[String], more: bool) -> Vec<String> {
    let mut lines: Vec<String> = certificates
        .iter()
        .map(|id| format!("已损坏：{id}"))
        .collect();
    if more {
        lines.push("还有其他损坏".to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_told_a_line_a_certificate() {
        let told = damaged(&["1.2.156".to_owned()], true);
        assert_eq!(told, ["已损坏：1.2.156", "还有其他损坏"]);
        assert!(damaged(&[], false).is_empty());
    }
}
