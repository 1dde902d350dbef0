//! `qss wallet list|subjects|show|forget|forget-subject|refresh|code`

use std::fs;
use std::path::Path;

use quanshengshi::seals::SealReport;
use quanshengshi::wallet::{SubjectLine, WalletLine};
use serde_json::json;

use crate::arguments::WalletOrder;
use crate::out;
use crate::phone_folder::{PhoneError, PhoneSettings, words_of};

/// Pixels a millimetre of a drawn page: an A4 page of 1680 × 2376.
pub(crate) const PX_PER_MM: f32 = 8.0;

/// Does the order; whether it went well.
pub(crate) fn run(folder: &Path, order: &WalletOrder) -> bool {
    match try_run(folder, order) {
        Ok(lines) => {
            for line in lines {
                out::line(line);
            }
            true
        }
        Err(PhoneError::Core(error)) => {
            eprintln!("{}", words_of(error.code()));
            false
        }
        Err(error) => {
            eprintln!("{error}");
            false
        }
    }
}

/// One line of the list.
fn words(line: &WalletLine, as_json: bool) -> String {
    if as_json {
        return json!({
            "certificate": line.certificate,
            "name": line.name,
            "number": line.number,
            "holder": line.holder,
            "subject": line.subject,
            "issuer": line.issuer,
            "holds": line.holds,
            "standing": line.standing,
            "mark": line.mark,
            "days_left": line.days_left,
            "banner": line.banner,
            "successor": line.successor,
            "as_of_ms": line.as_of_ms,
            "sample": line.sample,
        })
        .to_string();
    }
    let sample = if line.sample { " 样例" } else { "" };
    let banner = line.banner.as_deref().unwrap_or(&line.standing);
    format!(
        "{}\t{}\t{}\t{}\t{banner}{sample}",
        line.certificate, line.name, line.number, line.holder
    )
}

/// The verdict on the seal, and whose it is.
fn seal_words(seal: &SealReport) -> String {
    let named = seal.signers.iter().filter_map(|by| by.seal_name.as_deref());
    let mut words = vec![seal.text.as_str()];
    words.extend(named);
    words.join(" · ")
}

fn runtime() -> Result<tokio::runtime::Runtime, PhoneError> {
    tokio::runtime::Runtime::new().map_err(PhoneError::Runtime)
}

fn try_run(folder: &Path, order: &WalletOrder) -> Result<Vec<String>, PhoneError> {
    let wallet = PhoneSettings::read(folder)?.open(folder)?.wallet();
    match order {
        WalletOrder::List { search, json } => {
            let lines = wallet.search(search)?;
            Ok(lines.iter().map(|line| words(line, *json)).collect())
        }
        WalletOrder::Subjects => {
            let subjects = wallet.subjects()?;
            let line =
                |it: &SubjectLine| format!("{}\t{}\t{}", it.subject, it.name, it.certificates);
            Ok(subjects.iter().map(line).collect())
        }
        WalletOrder::ForgetSubject { subject } => {
            Ok(vec![wallet.forget_subject(subject)?.to_string()])
        }
        WalletOrder::Refresh => {
            let confirmed = runtime()?.block_on(wallet.refresh(None))?;
            Ok(vec![confirmed.to_string()])
        }
        WalletOrder::Code { id } => {
            let code = runtime()?.block_on(wallet.verification_code(id.clone(), None))?;
            let mut lines = vec![code.address, format!("{} s", code.ends_in_ms / 1000)];
            let drawn = |row: String| row.replace('1', "██").replace('0', "  ");
            lines.extend(code.rows.into_iter().map(drawn));
            Ok(lines)
        }
        WalletOrder::Show { id, out, page } => {
            let opened = wallet.open(id)?;
            let shown = opened.about();
            // 0 is no page, and is told as one that is not there.
            let drawn = opened.draw_page(page.wrapping_sub(1), PX_PER_MM)?;
            fs::write(out, &drawn.png).map_err(|error| PhoneError::Settings(out.clone(), error))?;
            let mut lines = vec![
                format!("{} {}", shown.name, shown.number),
                format!("{} · {}", shown.holders.join("、"), shown.issuer),
                format!("{} · {}", shown.standing, shown.mark),
                seal_words(&shown.seal),
            ];
            lines.extend(shown.banner);
            lines.extend(shown.seal.uncovered_text);
            lines.push(format!("{} · {page}/{}", out.display(), shown.pages));
            Ok(lines)
        }
        WalletOrder::Forget { id } => {
            wallet.forget(id)?;
            Ok(Vec::new())
        }
    }
}
