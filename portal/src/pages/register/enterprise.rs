//! Registration of an enterprise (requirements LR-01 to LR-20).
//!
//! A form passes three checks in turn: what the rules can see ([`applicant`]), what the registers
//! say ([`filed`]), and what belongs to the account. A message goes only to the number those
//! registers name, and only once they agree with the form.

pub mod applicant;
pub mod filed;

use axum::extract::State;
use axum::response::Response;
use quanshengshi_rules::mobile::Mobile;

use crate::accounts::registration::NewAccount;
use crate::accounts::{AccountKind, Proof};
use crate::pages::fault::PageFault;
use crate::pages::posted::Posted;
use crate::pages::register::account::{AGREEMENT, Chosen};
use crate::pages::register::draft::{Draft, today};
use crate::pages::register::enterprise::applicant::Applicant;
use crate::pages::register::{account, code};
use crate::pages::visitor::Visitor;
use crate::server::App;

/// The empty form.
///
/// # Errors
/// [`PageFault::Internal`].
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageFault> {
    Draft::empty(&app, visitor, AccountKind::Legal)
        .await?
        .page()
}

/// A filled form: either a code is asked for, or the registration itself.
///
/// # Errors
/// [`PageFault`].
pub async fn submit(State(app): State<App>, posted: Posted) -> Result<Response, PageFault> {
    let (by_script, act) = (posted.by_script, posted.fields.text("act").to_owned());
    let mut draft = Draft::of(posted, AccountKind::Legal);
    // From the page of a returned application: the old values, to be looked at before they are judged.
    if act == "again" {
        return draft.page();
    }
    if act != "code"
        && let Some(way) = draft.manual_review(&app).await?
    {
        return Ok(way);
    }
    let applicant = applicant::read(&mut draft, today(&app));
    let mobile = match &applicant {
        Some(applicant) => filed::check(&app, &mut draft, applicant).await?,
        None => None,
    };
    if act == "code" {
        if let Some(mobile) = &mobile {
            code::send(&app, &mut draft, mobile).await?;
            show_mobile(&mut draft, applicant.as_ref(), mobile);
        }
        return draft.answer(by_script);
    }
    let [number, credit_code, typed] = account::known_of(&draft);
    let bound = mobile.as_ref().map_or("", Mobile::as_str);
    let chosen = account::read(&mut draft, &[&number, &credit_code, &typed, bound]);
    let right = match &mobile {
        Some(mobile) => {
            show_mobile(&mut draft, applicant.as_ref(), mobile);
            code::check(&app, &mut draft, mobile).await?
        }
        None => false,
    };
    let (Some(applicant), Some(mobile), Some(chosen), true) = (applicant, mobile, chosen, right)
    else {
        return draft.page();
    };
    let new = new_account(&applicant, &mobile, chosen);
    account::finish(&app, draft, new, &mobile).await
}

/// The filed number is shown masked and cannot be changed (requirement LR-13); a typed one stays
/// as it is.
fn show_mobile(draft: &mut Draft, applicant: Option<&Applicant>, mobile: &Mobile) {
    if applicant.is_some_and(|applicant| applicant.kind.needs_filed_mobile()) {
        draft.form.set("mobile", mobile.masked());
    }
}

fn new_account(applicant: &Applicant, mobile: &Mobile, chosen: Chosen) -> NewAccount {
    let representative = &applicant.representative;
    NewAccount {
        kind: AccountKind::Legal,
        name: applicant.code.as_str().to_owned(),
        organisation: applicant.name.as_str().to_owned(),
        enterprise_type: applicant.kind.as_str().to_owned(),
        person_name: representative.name.as_str().to_owned(),
        document_kind: representative.kind.as_str().to_owned(),
        document_number: representative.number.as_str().to_owned(),
        validity: representative.written_validity(),
        mobile: mobile.as_str().to_owned(),
        region: chosen.region.code().to_owned(),
        password: Some(chosen.password),
        proof: Proof::Face,
        agreement: AGREEMENT.to_owned(),
    }
}
