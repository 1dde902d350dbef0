//! `qss wallet list|show|forget`

use std::fs;
use std::path::Path;

use crate::arguments::WalletOrder;
use crate::phone_folder::{PhoneError, PhoneSettings, words_of};

/// Pixels a millimetre of a drawn page: an A4 page of 1680 × 2376.
pub(crate) const PX_PER_MM: f32 = 8.0;

/// Does the order; whether it went well.
pub(crate) fn run(folder: &Path, order: &WalletOrder) -> bool {
    match try_run(folder, order) {
        Ok(lines) => {
            for line in lines {
                println!("{line}");
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

fn try_run(folder: &Path, order: &WalletOrder) -> Result<Vec<String>, PhoneError> {
    let wallet = PhoneSettings::read(folder)?.open(folder)?.wallet();
    match order {
        WalletOrder::List => {
            let lines = wallet.list()?;
            let line = |it: &quanshengshi::wallet::WalletLine| {
                let sample = if it.sample { " 样例" } else { "" };
                format!(
                    "{}\t{}\t{}\t{}{sample}",
                    it.certificate, it.name, it.number, it.holder
                )
            };
            Ok(lines.iter().map(line).collect())
        }
        WalletOrder::Show { id, out } => {
            let shown = wallet.show(id, PX_PER_MM)?;
            fs::write(out, &shown.page_png)
                .map_err(|error| PhoneError::Settings(out.clone(), error))?;
            Ok(vec![
                format!("{} {}", shown.name, shown.number),
                format!("{} · {}", shown.holders.join("、"), shown.issuer),
                format!("{} · {}", shown.standing, shown.mark),
                format!("{}", out.display()),
            ])
        }
        WalletOrder::Forget { id } => {
            wallet.forget(id)?;
            Ok(Vec::new())
        }
    }
}
