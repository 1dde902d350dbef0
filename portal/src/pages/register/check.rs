//! What the rules say to a field that was left: the very readings of the whole form, told for the
//! fields that belong together. No register is asked, so nothing is learnt here about anybody.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use crate::accounts::AccountKind;
use crate::pages::fault::PageFault;
use crate::pages::posted::Posted;
use crate::pages::register::draft::{Draft, today};
use crate::pages::register::enterprise::applicant;
use crate::pages::register::{account, identity};
use crate::server::App;

/// Fields that are right or wrong together.
const GROUPS: [&[&str]; 4] = [
    &["document_kind", "document_number"],
    &["validity_start", "validity_end", "validity_term"],
    &["enterprise_type", "credit_code"],
    &["password", "password_again"],
];

/// What is said to a field.
#[derive(Debug, Serialize)]
struct Said<'a> {
    name: &'a str,
    error: Option<&'a str>,
    remark: Option<&'a str>,
    /// The field is right, in words; only where that is worth a word.
    right: Option<&'a str>,
    /// How the portal reads it, when that differs from what was typed.
    value: Option<&'a str>,
}

/// Checks the field `left` of the form `form`, as far as it is filled in.
///
/// # Errors
/// [`PageFault::Form`] for a form that is none; [`PageFault::Internal`].
pub async fn check(State(app): State<App>, posted: Posted) -> Result<Response, PageFault> {
    let kind = AccountKind::from_word(posted.fields.text("form")).ok_or(PageFault::Form)?;
    let left = posted.fields.text("left").to_owned();
    let typed = posted.fields.clone();
    let mut draft = Draft::of(posted, kind);
    match kind {
        AccountKind::Personal => {
            identity::read(&mut draft, today(&app));
            account::read_mobile(&mut draft);
        }
        AccountKind::Legal => {
            applicant::read(&mut draft, today(&app));
            // A filed number is not typed; it is judged when the register was asked.
            if applicant::types_mobile(&draft) {
                account::read_mobile(&mut draft);
            }
        }
    }
    let known = account::known_of(&draft);
    account::read(&mut draft, &known.each_ref().map(String::as_str));
    let group = GROUPS
        .into_iter()
        .find(|group| group.contains(&left.as_str()))
        .unwrap_or(&[]);
    let alone = [left.as_str()];
    let names = if group.is_empty() { &alone[..] } else { group };
    let w = draft.words();
    let form = &draft.form;
    let advice = draft.advice.as_ref().filter(|advice| {
        names.contains(&advice.at.as_str()) && !typed.text(advice.at.as_str()).is_empty()
    });
    let fields: Vec<Said<'_>> = names
        .iter()
        // What is still empty is not wrong yet.
        .map(|name| {
            let filled = !typed.text(name).is_empty();
            let error = form.error(name).filter(|_| filled);
            Said {
                name,
                error,
                remark: form.remark(name).filter(|_| filled),
                right: match *name {
                    "document_number" => Some(w.number_right),
                    "credit_code" => Some(w.code_right),
                    _ => None,
                }
                .filter(|_| filled && form.error(name).is_none()),
                value: Some(form.value(name))
                    .filter(|value| filled && *value != typed.text(name) && error.is_none()),
            }
        })
        .collect();
    let advice = match advice {
        Some(advice) => Some(askama::Template::render(advice).map_err(PageFault::internal)?),
        None => None,
    };
    let told = serde_json::json!({ "fields": fields, "advice": advice });
    Ok(draft.visitor.answer(Json(told)))
}
