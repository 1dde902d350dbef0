//! `qss phone activity|devices|disable|check|check-in|sign-out`: what a phone remembers and who acts for its people.

use std::path::Path;

use quanshengshi::handset::Handset;
use serde_json::json;

use crate::arguments::PhoneOrder;
use crate::out;
use crate::phone_check::check;
use crate::phone_folder::{PhoneError, PhoneSettings, words_of};

/// Does the order; whether it went well.
pub(crate) fn run(folder: &Path, order: &PhoneOrder) -> bool {
    let done = tokio::runtime::Runtime::new()
        .map_err(PhoneError::Runtime)
        .and_then(|runtime| runtime.block_on(try_run(folder, order)));
    match done {
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

async fn try_run(folder: &Path, order: &PhoneOrder) -> Result<Vec<String>, PhoneError> {
    let handset = PhoneSettings::read(folder)?.open(folder)?;
    match order {
        PhoneOrder::Activity { json } => activity(&handset, *json).await,
        PhoneOrder::Devices { json } => devices(&handset, *json).await,
        PhoneOrder::Disable { device } => {
            let was_in_use = handset.disable_device(device.clone(), None).await?;
            let said = if was_in_use {
                "已停用；那台手机联网后会清空"
            } else {
                "此前已停用"
            };
            Ok(vec![said.to_owned()])
        }
        PhoneOrder::Check { now, mend } => check(&handset, *now, *mend).await,
        PhoneOrder::CheckIn => {
            handset.check_in(None).await?;
            Ok(vec!["OK".to_owned()])
        }
        PhoneOrder::SignOut => {
            let told = handset.sign_out().await?;
            Ok(vec![if told {
                "已退出，手机上的证照和记录已清空".to_owned()
            } else {
                "已退出并清空；服务器未收到通知，可在电脑“我的手机”停用".to_owned()
            }])
        }
    }
}

async fn activity(handset: &Handset, as_json: bool) -> Result<Vec<String>, PhoneError> {
    if !as_json {
        return Ok(vec![handset.export_activity().await?]);
    }
    let lines = handset.activity().await?;
    Ok(lines
        .iter()
        .map(|line| {
            json!({
                "task": line.task,
                "title": line.title,
                "certificates": line.certificates,
                "purpose": line.purpose,
                "account": line.account,
                "place": line.place,
                "claimed_at_ms": line.claimed_at_ms,
                "decided_at_ms": line.decided_at_ms,
                "outcome": line.outcome,
                "approved": line.approved,
                "reason": line.reason,
                "kept": line.kept,
                "proven": line.proven,
                "receipt": line.receipt,
            })
            .to_string()
        })
        .collect())
}

async fn devices(handset: &Handset, as_json: bool) -> Result<Vec<String>, PhoneError> {
    let lines = handset.devices(None).await?;
    Ok(lines
        .iter()
        .map(|line| {
            if as_json {
                return json!({
                    "device": line.device,
                    "this_phone": line.this_phone,
                    "platform": format!("{:?}", line.platform),
                    "app_version": line.app_version,
                    "account": line.account,
                    "first_at_ms": line.first_at_ms,
                    "last_at_ms": line.last_at_ms,
                })
                .to_string();
            }
            let this = if line.this_phone { " 这台" } else { "" };
            format!(
                "{}\t{:?}\t{}\t{}{this}",
                line.device, line.platform, line.app_version, line.account
            )
        })
        .collect())
}
