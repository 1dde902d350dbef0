//! Registration of a person (requirements PR-01 to PR-24).
//!
//! In this order, so that nobody learns about somebody else: the rules, the code by message (a
//! proof of the phone), the population register with its one answer, and only then whether the
//! document or the number has an account.

use axum::extract::State;
use axum::response::Response;

use crate::accounts::registration::NewAccount;
use crate::accounts::{AccountKind, Proof};
use crate::pages::fault::PageFault;
use crate::pages::posted::Posted;
use crate::pages::register::account::{AGREEMENT, Chosen};
use crate::pages::register::draft::{Draft, today};
use crate::pages::register::identity::Identity;
use crate::pages::register::{account, code, identity};
use crate::pages::visitor::Visitor;
use crate::registers::RegisterUnavailable;
use crate::server::App;

/// The empty form.
///
/// # Errors
/// [`PageFault::Internal`].
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageFault> {
    Draft::empty(&app, visitor, AccountKind::Personal)
        .await?
        .page()
}

/// A filled form: either a code is asked for, or the registration itself.
///
/// # Errors
/// [`PageFault`].
pub async fn submit(State(app): State<App>, posted: Posted) -> Result<Response, PageFault> {
    let (by_script, act) = (posted.by_script, posted.fields.text("act").to_owned());
    let mut draft = Draft::of(posted, AccountKind::Personal);
    if act == "code" {
        if let Some(mobile) = account::read_mobile(&mut draft) {
            code::send(&app, &mut draft, &mobile).await?;
        }
        return draft.answer(by_script);
    }
    // From the page of a returned application: the old values, to be looked at before they are judged.
    if act == "again" {
        return draft.page();
    }
    if let Some(way) = draft.manual_review(&app).await? {
        return Ok(way);
    }
    let person = identity::read(&mut draft, today(&app));
    let mobile = account::read_mobile(&mut draft);
    let known = account::known_of(&draft);
    let chosen = account::read(&mut draft, &known.each_ref().map(String::as_str));
    let right = match &mobile {
        Some(mobile) => code::check(&app, &mut draft, mobile).await?,
        None => false,
    };
    let (Some(person), Some(mobile), Some(chosen), true) = (person, mobile, chosen, right) else {
        return draft.page();
    };
    let about = person.number.as_str();
    if !account::may_ask(&app, &mut draft, about).await? {
        return draft.page();
    }
    match app.registers.person(about).await {
        Ok(Some(found)) if person.is(&found) => {}
        Ok(_) => {
            identity::mismatch(&mut draft, person.validity.is_some());
            return draft.page();
        }
        Err(RegisterUnavailable) => {
            identity::unavailable(&mut draft);
            return draft.page();
        }
    }
    let new = new_account(&person, mobile.as_str(), chosen);
    account::finish(&app, draft, new, &mobile).await
}

fn new_account(person: &Identity, mobile: &str, chosen: Chosen) -> NewAccount {
    NewAccount {
        kind: AccountKind::Personal,
        name: person.number.as_str().to_owned(),
        organisation: String::new(),
        enterprise_type: String::new(),
        person_name: person.name.as_str().to_owned(),
        document_kind: person.kind.as_str().to_owned(),
        document_number: person.number.as_str().to_owned(),
        validity: person.written_validity(),
        mobile: mobile.to_owned(),
        region: chosen.region.code().to_owned(),
        password: Some(chosen.password),
        proof: Proof::Face,
        agreement: AGREEMENT.to_owned(),
    }
}
