//! Signing in with a national account (requirements LG-06, NP-01 to NP-03).

use std::io::Write as _;

use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use quanshengshi_rules::complaint::code::Code;

use crate::accounts::{Account, AccountKind, AccountState, Proof};
use crate::national::NationalError;
use crate::national::claims::NationalPerson;
use crate::national::exchange::Return;
use crate::national::links::{Subject, is_linked, link};
use crate::national::provider::{BACK, National};
use crate::pages::fault::PageFault;
use crate::pages::posted::Fields;
use crate::pages::sign_in_fault::{Authority, SignInFault, not_admitted};
use crate::pages::visitor::Visitor;
use crate::server::App;
use crate::texts::vouched::VouchedTexts;
use crate::vouched::admission::{AdmissionFault, Terms};

/// What stands for the agreement: the person agreed at the national portal.
const AGREEMENT: &str = "national-portal-consent 2026-11";

/// The addresses of this room.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/login/national", get(start))
        .route(BACK, get(back))
}

fn kind_of(fields: &Fields) -> AccountKind {
    AccountKind::from_word(fields.text("kind")).unwrap_or(AccountKind::Legal)
}

/// Sends the person to the national portal; `kind` says whose account they want.
///
/// # Errors
/// [`PageFault::TooMany`], [`PageFault::Internal`]; everything else is a page with ways on.
pub async fn start(
    State(app): State<App>,
    mut visitor: Visitor,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, PageFault> {
    let kind = kind_of(&asked.into_iter().collect());
    let authority = Authority::National(kind);
    let Some(national) = &app.national else {
        return SignInFault::not_connected(&visitor, authority).page(&visitor);
    };
    let session = visitor.ensure_session(&app).await?;
    let network = visitor.pc.network.clone();
    match national.begin(session.digest, &network, kind).await {
        Ok(address) => Ok(visitor.go(&address)),
        Err(error) => refused(&visitor, authority, error),
    }
}

/// The person comes back from the national portal.
///
/// # Errors
/// As [`start`].
pub async fn back(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, PageFault> {
    // Whose account it was is known once the state is; until then a legal one's ways are shown.
    let authority = Authority::National(AccountKind::Legal);
    let Some(national) = &app.national else {
        return SignInFault::not_connected(&visitor, authority).page(&visitor);
    };
    let Some(session) = visitor.session.clone() else {
        return refused(&visitor, authority, NationalError::State);
    };
    let told: Fields = asked.into_iter().collect();
    let back = Return {
        code: told.text("code").to_owned(),
        state: told.text("state").to_owned(),
        error: told.text("error").to_owned(),
        issuer: told.text("iss").to_owned(),
    };
    match national.finish(session.digest, back).await {
        Ok(person) => welcome(&app, visitor, national, person).await,
        Err(error) => refused(&visitor, authority, error),
    }
}

/// Opens the account the person is vouched for, or makes it.
async fn welcome(
    app: &App,
    mut visitor: Visitor,
    national: &National,
    person: NationalPerson,
) -> Result<Response, PageFault> {
    let authority = Authority::National(person.vouched.kind());
    let session = visitor.session.clone().ok_or(PageFault::SignIn)?;
    let subject = Subject {
        issuer: national.issuer().to_owned(),
        name: person.subject.clone(),
    };
    let account = match admit(app, &person, &subject).await {
        Ok(Some(account)) => account,
        Ok(None) => {
            let mut fault = SignInFault::refused(&visitor, authority, Code::FedLevelLow);
            let w = VouchedTexts::of(visitor.preferences.language);
            w.low_text.clone_into(&mut fault.text);
            return fault.page(&visitor);
        }
        Err(Unwelcome::Admission(fault)) => return not_admitted(&visitor, authority, fault),
        Err(Unwelcome::National(error)) => return refused(&visitor, authority, error),
    };
    let now_ms = app.clock.now_ms();
    if let Err(error) = link(&app.store, subject, account.id, now_ms).await {
        return refused(&visitor, authority, error);
    }
    let (signed_in, pending) = match account.state {
        AccountState::Active => (Some(account.id), None),
        AccountState::Pending => (None, Some(account.id)),
    };
    let session = app.sessions.rotate(&session, signed_in, pending).await?;
    visitor.set_session(session);
    if signed_in.is_some() {
        return Ok(visitor.go("/space"));
    }
    let mut fault = SignInFault::refused(&visitor, authority, Code::FedLevelLow);
    fault.prove = true;
    fault.page(&visitor)
}

/// The account of a person, none when their level is too low for one that exists.
///
/// A proven person opens every account that is vouched for; a pending one is replaced. A person
/// of a low level opens only what the same subject opened before, and makes accounts that wait
/// for the face (requirement NP-03).
async fn admit(
    app: &App,
    person: &NationalPerson,
    subject: &Subject,
) -> Result<Option<Account>, Unwelcome> {
    let found = app.admission.find(&person.vouched).await?;
    if let Some(account) = found {
        if person.proven && account.state == AccountState::Active {
            return Ok(Some(account));
        }
        if !person.proven {
            let linked = is_linked(&app.store, subject.clone(), account.id).await?;
            return Ok(linked.then_some(account));
        }
    }
    let terms = Terms {
        proof: if person.proven {
            Proof::National
        } else {
            Proof::Face
        },
        validity: String::new(),
        agreement: AGREEMENT,
    };
    Ok(Some(app.admission.make(&person.vouched, terms).await?))
}

enum Unwelcome {
    Admission(AdmissionFault),
    National(NationalError),
}

impl From<AdmissionFault> for Unwelcome {
    fn from(fault: AdmissionFault) -> Self {
        Self::Admission(fault)
    }
}

impl From<NationalError> for Unwelcome {
    fn from(error: NationalError) -> Self {
        Self::National(error)
    }
}

fn refused(
    visitor: &Visitor,
    authority: Authority,
    error: NationalError,
) -> Result<Response, PageFault> {
    let Some(code) = error.code() else {
        return Err(match error {
            NationalError::TooMany => PageFault::TooMany,
            other => PageFault::internal(other),
        });
    };
    if matches!(
        error,
        NationalError::Unavailable(_) | NationalError::Unverified(_) | NationalError::Claims(_)
    ) {
        let _ = writeln!(std::io::stderr(), "{code}: {error}");
    }
    let mut fault = SignInFault::refused(visitor, authority, code);
    if matches!(error, NationalError::Claims(_)) {
        let w = VouchedTexts::of(visitor.preferences.language);
        w.national_claims.clone_into(&mut fault.text);
    }
    fault.page(visitor)
}
