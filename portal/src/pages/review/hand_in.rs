//! The step that hands an application in, and the code before it.

use axum::Json;
use axum::response::Response;
use quanshengshi_rules::complaint::code::Code;
use quanshengshi_rules::complaint::field::Field;
use quanshengshi_rules::mobile::Mobile;
use quanshengshi_rules::password;
use quanshengshi_rules::region::Region;

use crate::accounts::registration::NewAccount;
use crate::accounts::{AccountError, AccountKind, Proof};
use crate::pages::fault::PageFault;
use crate::pages::posted::Fields;
use crate::pages::review::page::Draft;
use crate::review::ReviewError;
use crate::review::material::Slot;
use crate::review::submit::Refused;
use crate::server::App;
use crate::sms::{PAUSE_MS, Recipient, SmsError};

/// Name and version of what is agreed to; the same as at the registration.
const AGREEMENT: &str = "user-agreement-and-privacy 2026-11";

/// Hands in when nothing is at fault; otherwise the form comes back with every fault at its field.
pub(super) async fn hand_in(
    app: &App,
    mut draft: Draft,
    fields: &Fields,
    mobile: Option<Mobile>,
    to: Option<Recipient>,
) -> Result<Response, PageFault> {
    let w = draft.words();
    let language = draft.visitor.preferences.language;
    let unsupported = draft
        .applicant
        .as_ref()
        .is_some_and(|applicant| applicant.unsupported);
    if !draft.allowed && !unsupported {
        draft.form.fault("document_kind", w.not_open);
        draft.applicant = None;
    }
    let place = check_account(&mut draft, fields, mobile.as_ref());
    note_missing(app, &mut draft).await?;
    let code = fields.text("sms_code");
    if let Some(to) = &to
        && let Err(error) = app.sms.check_code(to.clone(), code).await
    {
        let code = match error {
            SmsError::Wrong => Code::SmsCodeWrong,
            SmsError::Expired => Code::SmsCodeExpired,
            other => return Err(other.into()),
        };
        draft.form.fault("sms_code", code.text(language));
    }
    let (Some(found), Some(mobile), Some(to), Some(place), false) = (
        draft.applicant.clone(),
        mobile,
        to,
        place,
        draft.form.has_errors(),
    ) else {
        return draft.page(app).await;
    };
    let account = NewAccount {
        kind: draft.kind,
        name: found.account_name().to_owned(),
        organisation: found.organisation,
        enterprise_type: found.enterprise_type,
        person_name: found.person,
        document_kind: found.document_kind,
        document_number: found.document,
        validity: found.validity,
        mobile: mobile.as_str().to_owned(),
        region: place.code().to_owned(),
        password: Some(fields.text("password").to_owned()),
        proof: Proof::Review,
        agreement: AGREEMENT.to_owned(),
    };
    let refused = match app.review.submit(to.session, account).await {
        Ok(Ok(_)) => {
            // It stands; a code that died this instant takes nothing from it.
            let _ = app.sms.spend_code(to, code).await;
            return Ok(draft.visitor.go("/review/status"));
        }
        Ok(Err(refused)) => refused,
        Err(ReviewError::Account(AccountError::Busy)) => {
            draft.form.fault("password", w.busy);
            return draft.page(app).await;
        }
        Err(other) => return Err(other.into()),
    };
    let (named, taken) = match draft.kind {
        AccountKind::Personal => (Field::DocumentNumber, Code::RegPersonExists),
        AccountKind::Legal => (Field::CreditCode, Code::EntExists),
    };
    match refused {
        Refused::Pending => draft.refuse(Code::ReviewPending, named),
        Refused::NameTaken => draft.refuse(taken, named),
        Refused::MobileTaken => draft.refuse(Code::RegMobileTaken, Field::Mobile),
        Refused::Missing(slots) => {
            for slot in slots {
                let text = Code::ReviewMaterialMissing.text(language);
                draft.form.fault(slot.word(), text);
            }
        }
    }
    draft.page(app).await
}

/// Notes every picture that was neither sent now nor kept from before.
async fn note_missing(app: &App, draft: &mut Draft) -> Result<(), PageFault> {
    let Some(session) = draft.visitor.session.as_ref().map(|session| session.digest) else {
        return Ok(());
    };
    let kept = app.review.drafts(session, draft.kind).await?;
    let language = draft.visitor.preferences.language;
    for slot in Slot::of(draft.kind) {
        let is_kept = kept.iter().any(|kept| kept.slot == *slot);
        if !is_kept && draft.form.error(slot.word()).is_none() {
            let text = Code::ReviewMaterialMissing.text(language);
            draft.form.fault(slot.word(), text);
        }
    }
    Ok(())
}

fn check_account(
    draft: &mut Draft,
    fields: &Fields,
    mobile: Option<&Mobile>,
) -> Option<&'static Region> {
    let typed = fields.text("password");
    let name = draft
        .applicant
        .as_ref()
        .map(|applicant| applicant.account_name().to_owned());
    let known = [
        name.as_deref().unwrap_or_default(),
        mobile.map_or("", Mobile::as_str),
    ];
    let language = draft.visitor.preferences.language;
    if let Err(error) = password::check(typed, &known) {
        draft.form.broken(error, language);
    } else if typed != fields.text("password_again") {
        let differs = draft.words().password_differs;
        draft.form.fault("password_again", differs);
    }
    if !fields.says("consent", "yes") {
        draft.refuse(Code::RegConsentRequired, Field::Consent);
    }
    Region::parse(fields.text("region"))
        .map_err(|error| draft.form.broken(error, language))
        .ok()
}

/// Sends a code to the number of an application, or says at its field why not.
pub(super) async fn send_code(
    app: &App,
    draft: &mut Draft,
    to: Recipient,
) -> Result<(), PageFault> {
    let w = draft.words();
    let masked = Mobile::parse(&to.mobile).map_or_else(|_| String::new(), |it| it.value.masked());
    let network = draft.visitor.pc.network.clone();
    match app.sms.send_code(to, &network).await {
        Ok(()) => draft.said = format!("{} {masked}{}", w.sent_to, w.sent_valid),
        Err(SmsError::TooOften { wait_ms }) => {
            let code = Code::SmsTooOften.text(draft.visitor.preferences.language);
            let left = wait_ms.div_ceil(1000);
            let (count, unit) = if left <= 120 {
                (left, w.seconds)
            } else {
                (left.div_ceil(60), w.minutes)
            };
            let text = format!("{code}{} {count} {unit} {}", w.wait, w.wait_after);
            draft.form.fault("sms_code", text);
        }
        Err(SmsError::Gateway) => draft.refuse(Code::SmsUnavailable, Field::SmsCode),
        Err(other) => return Err(other.into()),
    }
    Ok(())
}

/// The same for a script.
pub(super) fn told(draft: &Draft) -> Response {
    let errors: Vec<_> = draft.form.errors().iter().collect();
    draft.visitor.answer(Json(serde_json::json!({
        "said": draft.said,
        "wait_s": if draft.said.is_empty() { 0 } else { PAUSE_MS / 1000 },
        "errors": errors,
    })))
}
