//! The code by message: every press has a visible answer (requirements PR-10, SM-01, SM-02).

use quanshengshi_rules::complaint::code::Code;
use quanshengshi_rules::complaint::field::Field;
use quanshengshi_rules::mobile::Mobile;

use crate::pages::fault::PageFault;
use crate::pages::register::draft::Draft;
use crate::server::App;
use crate::sms::{PAUSE_MS, Purpose, Recipient, SmsError};

/// Whose code is meant.
pub fn recipient(draft: &Draft, mobile: &Mobile) -> Recipient {
    Recipient {
        purpose: Purpose::Registration,
        mobile: mobile.as_str().to_owned(),
        session: draft.session.digest,
    }
}

/// Sends a code and notes what is to be said. Whether the number has an account is not asked
/// here: it is told after the code, to whoever holds the phone (requirements PR-14, SM-06).
///
/// # Errors
/// [`PageFault::Internal`].
pub async fn send(app: &App, draft: &mut Draft, mobile: &Mobile) -> Result<(), PageFault> {
    let w = draft.words();
    let to = recipient(draft, mobile);
    let network = draft.visitor.pc.network.clone();
    match app.sms.send_code(to, &network).await {
        Ok(()) => {
            draft.said = format!("{} {}{}", w.sent_to, mobile.masked(), w.sent_valid);
            draft.wait_ms = PAUSE_MS;
        }
        Err(SmsError::TooOften { wait_ms }) => {
            let t = draft.visitor.texts();
            let wait = wait_words(wait_ms, t.seconds, t.minutes);
            let said = Code::SmsTooOften.text(draft.language());
            draft
                .form
                .fault("sms_code", format!("{said}{}{wait}", w.wait_left));
            draft.wait_ms = wait_ms;
        }
        Err(SmsError::Gateway) => draft.refuse(Code::SmsUnavailable, Field::SmsCode),
        Err(other) => return Err(other.into()),
    }
    Ok(())
}

/// Whether the typed code is the one that was sent; the fault is noted. It stays alive: the form
/// may have another fault.
///
/// # Errors
/// [`PageFault::Internal`].
pub async fn check(app: &App, draft: &mut Draft, mobile: &Mobile) -> Result<bool, PageFault> {
    let to = recipient(draft, mobile);
    let typed = draft.typed("sms_code");
    match app.sms.check_code(to, &typed).await {
        Ok(()) => Ok(true),
        Err(SmsError::Wrong) => {
            draft.refuse(Code::SmsCodeWrong, Field::SmsCode);
            Ok(false)
        }
        Err(SmsError::Expired) => {
            draft.refuse(Code::SmsCodeExpired, Field::SmsCode);
            Ok(false)
        }
        Err(other) => Err(other.into()),
    }
}

/// Uses the code up. The account stands already: a code that died this instant takes nothing
/// from it.
pub async fn spend(app: &App, draft: &Draft, mobile: &Mobile) {
    let to = recipient(draft, mobile);
    let _ = app.sms.spend_code(to, &draft.typed("sms_code")).await;
}

/// A time to wait in words: seconds up to two minutes, then minutes, rounded up.
pub fn wait_words(wait_ms: u64, seconds: &str, minutes: &str) -> String {
    let left = wait_ms.div_ceil(1000);
    if left <= 120 {
        format!("{left} {seconds}")
    } else {
        format!("{} {minutes}", left.div_ceil(60))
    }
}
