//! Where an application stands: for the session that handed it in, or after a code (MR-03, MR-04,
//! MR-07).

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use quanshengshi_rules::complaint::code::Code;
use quanshengshi_rules::normalise;

use crate::accounts::AccountKind;
use crate::notices::Delivery;
use crate::pages::fault::PageFault;
use crate::pages::form::FormState;
use crate::pages::frame::Frame;
use crate::pages::posted::{Fields, Posted};
use crate::pages::review::times;
use crate::pages::visitor::Visitor;
use crate::review::application::{Application, State as Stands};
use crate::server::App;
use crate::sms::{Purpose, Recipient, SmsError};
use crate::texts::review::ReviewTexts;

#[derive(Template)]
#[template(path = "review_find.html")]
struct FindPage {
    f: Frame,
    w: &'static ReviewTexts,
    form: FormState,
    said: &'static str,
}

#[derive(Template)]
#[template(path = "review_status.html")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a template asks yes-or-no questions"
)]
struct StatusPage {
    f: Frame,
    w: &'static ReviewTexts,
    a: Application,
    legal: bool,
    person: String,
    late: bool,
    open: bool,
    approved: bool,
    second: bool,
    submitted: String,
    due: String,
    left: String,
    decided: String,
    /// The message: words, and whether it arrived.
    message: String,
    arrived: bool,
    reasons: String,
    /// What a new registration begins with: names of fields and what they hold.
    again: Vec<(&'static str, String)>,
}

/// The status, or the way to it.
///
/// # Errors
/// [`PageFault::Internal`].
pub async fn show(
    State(app): State<App>,
    mut visitor: Visitor,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, PageFault> {
    let asked: Fields = asked.into_iter().collect();
    let session = visitor.ensure_session(&app).await?;
    let seen = app.review.seen_by(session.digest).await?;
    if let (Some((application, delivery)), false) = (seen, asked.says("other", "yes")) {
        return status(&app, &visitor, application, delivery);
    }
    find_page(&visitor, FormState::default(), "")
}

/// A number that was typed: a code is asked for, or shown again with it.
///
/// # Errors
/// [`PageFault`].
pub async fn submit(State(app): State<App>, posted: Posted) -> Result<Response, PageFault> {
    let language = posted.visitor.preferences.language;
    let w = ReviewTexts::of(language);
    let number = normalise::line(posted.fields.text("number")).to_uppercase();
    let mut form = FormState::new(posted.fields.clone());
    form.set("number", number.clone());
    let found = app.review.by_number(&number).await?;
    let to = found.as_ref().map(|application| Recipient {
        purpose: Purpose::ReviewStatus,
        mobile: application.mobile.clone(),
        session: posted.session.digest,
    });
    if posted.fields.says("act", "code") {
        // The page says the same for every number: which exist stays unsaid.
        if let Some(to) = to {
            let network = posted.visitor.pc.network.clone();
            match app.sms.send_code(to, &network).await {
                Ok(()) | Err(SmsError::TooOften { .. } | SmsError::Gateway) => {}
                Err(other) => return Err(other.into()),
            }
        }
        return find_page(&posted.visitor, form, w.maybe_sent);
    }
    let checked = match to {
        Some(to) => app.sms.spend_code(to, posted.fields.text("sms_code")).await,
        None => Err(SmsError::Expired),
    };
    match (checked, found) {
        (Ok(()), Some(application)) => {
            let session = posted.session.digest;
            app.review.let_see(session, application.id).await?;
            Ok(posted.visitor.go("/review/status"))
        }
        (Ok(()), None) | (Err(SmsError::Wrong | SmsError::Expired), _) => {
            form.fault("sms_code", Code::SmsCodeWrong.text(language));
            find_page(&posted.visitor, form, "")
        }
        (Err(other), _) => Err(other.into()),
    }
}

fn find_page(
    visitor: &Visitor,
    form: FormState,
    said: &'static str,
) -> Result<Response, PageFault> {
    let faulty = form.has_errors();
    let page = FindPage {
        f: visitor.frame(""),
        w: ReviewTexts::of(visitor.preferences.language),
        form,
        said,
    };
    if faulty {
        visitor.page_with_faults(&page)
    } else {
        visitor.page(&page)
    }
}

fn status(
    app: &App,
    visitor: &Visitor,
    a: Application,
    delivery: Option<Delivery>,
) -> Result<Response, PageFault> {
    let language = visitor.preferences.language;
    let w = ReviewTexts::of(language);
    let now_ms = app.clock.now_ms();
    let mobile = a.masked_mobile();
    let (message, arrived) = match delivery {
        Some(Delivery::Sent(at)) => (
            format!(
                "{} {mobile} · {}",
                w.notice_sent,
                times::moment(at, language)
            ),
            true,
        ),
        None | Some(Delivery::Queued { tries: 0 }) => (format!("{} {mobile}", w.notify_to), false),
        Some(Delivery::Queued { .. }) => (format!("{} {mobile}", w.notice_retry), false),
        Some(Delivery::Failed) => (w.notice_failed.to_owned(), false),
    };
    let reasons: Vec<&str> = a
        .reasons
        .iter()
        .map(|reason| reason.label(language))
        .collect();
    visitor.page(&StatusPage {
        f: visitor.frame(""),
        w,
        legal: a.kind == AccountKind::Legal,
        person: a.masked_person(),
        late: a.is_late(now_ms),
        open: a.state.is_open(),
        approved: a.state == Stands::Approved,
        second: matches!(a.state, Stands::Second | Stands::Senior),
        submitted: times::moment(a.submitted_at_ms, language),
        due: times::moment(a.due_at_ms, language),
        left: times::span(
            a.due_at_ms.saturating_sub(now_ms),
            (w.days, w.hours, w.minutes),
        ),
        decided: a
            .decided_at_ms
            .map(|at| times::moment(at, language))
            .unwrap_or_default(),
        message,
        arrived,
        reasons: reasons.join(language.pick("、", ", ")),
        again: again(&a),
        a,
    })
}

/// What a new registration begins with (requirement MR-07).
fn again(a: &Application) -> Vec<(&'static str, String)> {
    let (start, end) = a.validity.split_once('/').unwrap_or_default();
    let end = end.replace("9999-12-31", "长期").replace('-', ".");
    let mut fields = vec![
        ("document_kind", a.document_kind.clone()),
        ("person_name", a.person_name.clone()),
        ("document_number", a.document_number.clone()),
        ("validity_start", start.replace('-', ".")),
        ("validity_end", end),
        ("mobile", a.mobile.clone()),
        ("region", a.region.clone()),
    ];
    if a.kind == AccountKind::Legal {
        fields.extend([
            ("enterprise_type", a.enterprise_type.clone()),
            ("organisation_name", a.organisation.clone()),
            ("credit_code", a.name.clone()),
        ]);
    }
    fields
}
