//! 法人完善信息: the one detail the electronic licence does not tell (requirements EL-02 to EL-04).

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use quanshengshi_protocol::ids::Digest;
use quanshengshi_rules::complaint::RuleError;
use quanshengshi_rules::complaint::code::Code;
use quanshengshi_rules::complaint::field::Field;
use quanshengshi_rules::date::Date;
use quanshengshi_rules::document::kind::DocumentKind;
use quanshengshi_rules::person_name::PersonName;

use crate::accounts::{Proof, masked_number};
use crate::pages::fault::PageFault;
use crate::pages::form::FormState;
use crate::pages::frame::Frame;
use crate::pages::licence::{read, unreadable};
use crate::pages::posted::Posted;
use crate::pages::sign_in_fault::{Authority, not_admitted};
use crate::pages::visitor::Visitor;
use crate::registers::Representative;
use crate::server::App;
use crate::texts::vouched::VouchedTexts;
use crate::vouched::Vouched;
use crate::vouched::admission::Terms;
use crate::vouched::dates::{self, Dates, DatesFault};

/// Name and version of what is agreed to by finishing.
const AGREEMENT: &str = "user-agreement-and-privacy 2026-11";

#[derive(Template)]
#[template(path = "licence_complete.html")]
struct CompletePage {
    f: Frame,
    w: &'static VouchedTexts,
    form: FormState,
    organisation: String,
    credit_code: String,
    representative: String,
    document: String,
    role: &'static str,
}

#[derive(Template)]
#[template(path = "licence_over.html")]
struct OverPage {
    f: Frame,
    w: &'static VouchedTexts,
}

/// What is to be completed, and by whom.
struct Open {
    vouched: Vouched,
    representative: Representative,
}

/// The form with what the licence told.
///
/// # Errors
/// [`PageFault::Internal`].
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageFault> {
    let Some(session) = &visitor.session else {
        return nothing(&visitor);
    };
    match open(&app, &visitor, session.digest).await? {
        Ok(open) => page(&visitor, &open, FormState::default()),
        Err(response) => Ok(response),
    }
}

/// The filled form: makes the account and shows a fresh code (requirement EL-04).
///
/// # Errors
/// [`PageFault`].
pub async fn submit(State(app): State<App>, posted: Posted) -> Result<Response, PageFault> {
    let visitor = posted.visitor;
    let open = match open(&app, &visitor, posted.session.digest).await? {
        Ok(open) => open,
        Err(response) => return Ok(response),
    };
    let today = Date::in_china(app.clock.now_ms());
    let fields = posted.fields;
    let (start, end) = (fields.text("validity_start"), fields.text("validity_end"));
    let read = dates::read(start, end, &open.representative, today);
    let mut form = FormState::new(fields);
    let language = visitor.preferences.language;
    let dates = match read {
        Ok(dates) => dates,
        Err(DatesFault::Rule(error)) => {
            form.broken(error, language);
            return page(&visitor, &open, form);
        }
        Err(DatesFault::Term) => {
            let w = VouchedTexts::of(language);
            form.fault(Field::ValidityEnd.as_str(), w.term_unfit);
            return page(&visitor, &open, form);
        }
    };
    if let Err(code) = check_register(&app, &open.representative, dates).await {
        form.broken(RuleError::new(code, Field::ValidityStart), language);
        return page(&visitor, &open, form);
    }
    let terms = Terms {
        proof: Proof::ElectronicLicence,
        validity: format!("{}/{}", dates.start, dates.end),
        agreement: AGREEMENT,
    };
    if let Err(fault) = app.admission.make(&open.vouched, terms).await {
        return not_admitted(&visitor, Authority::Licence, fault);
    }
    if let Some(desk) = &app.licence {
        desk.forget(posted.session.digest)
            .await
            .map_err(PageFault::internal)?;
    }
    Ok(visitor.go("/login/licence?registered=yes"))
}

/// Holds the dates against the population register, where it knows the person's document
/// (requirement PR-05). Whom it does not know, the licence vouches for.
async fn check_register(
    app: &App,
    representative: &Representative,
    dates: Dates,
) -> Result<(), Code> {
    let found = app.registers.person(&representative.document_number).await;
    let Some(person) = found.map_err(|_| Code::RegIdentityUnavailable)? else {
        return Ok(());
    };
    let same =
        person.valid_from == dates.start.to_string() && person.valid_to == dates.end.to_string();
    if person.valid_from.is_empty() || same {
        Ok(())
    } else {
        Err(Code::RegIdentityMismatch)
    }
}

/// What this session may complete, or the page that says why it may not.
async fn open(
    app: &App,
    visitor: &Visitor,
    session: Digest,
) -> Result<Result<Open, Response>, PageFault> {
    let kept = match &app.licence {
        Some(desk) => desk.kept(session).await.map_err(PageFault::internal)?,
        None => None,
    };
    let Some(assertion) = kept else {
        return Ok(Err(nothing(visitor)?));
    };
    let vouched = match read(app, &assertion) {
        Ok(vouched) => vouched,
        Err(fault) => return Ok(Err(unreadable(visitor, &fault)?)),
    };
    match app.admission.check(&vouched).await {
        Ok(representative) => Ok(Ok(Open {
            vouched,
            representative,
        })),
        Err(fault) => Ok(Err(not_admitted(visitor, Authority::Licence, fault)?)),
    }
}

fn nothing(visitor: &Visitor) -> Result<Response, PageFault> {
    visitor.page(&OverPage {
        f: visitor.frame(""),
        w: VouchedTexts::of(visitor.preferences.language),
    })
}

fn page(visitor: &Visitor, open: &Open, form: FormState) -> Result<Response, PageFault> {
    let language = visitor.preferences.language;
    let w = VouchedTexts::of(language);
    let enterprise = open.vouched.enterprise.as_ref().ok_or(PageFault::SignIn)?;
    let person = &open.representative;
    let kind = DocumentKind::parse(&person.document_kind);
    let faulty = form.has_errors();
    let page = CompletePage {
        f: visitor.frame(""),
        w,
        form,
        organisation: enterprise.name.as_str().to_owned(),
        credit_code: enterprise.code.as_str().to_owned(),
        representative: PersonName::parse(&person.name)
            .map_or_else(|_| "*".to_owned(), |name| name.masked()),
        document: format!(
            "{} {}",
            kind.map_or("", |kind| kind.label(language)),
            masked_number(&person.document_number)
        ),
        role: w.role(enterprise.role),
    };
    if faulty {
        visitor.page_with_faults(&page)
    } else {
        visitor.page(&page)
    }
}
