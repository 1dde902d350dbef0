//! What belongs to the account itself: mobile, password, usual place, agreement; and the making
//! of it.

use axum::response::Response;
use quanshengshi_rules::complaint::RuleError;
use quanshengshi_rules::complaint::code::Code;
use quanshengshi_rules::complaint::field::Field;
use quanshengshi_rules::mobile::Mobile;
use quanshengshi_rules::password;
use quanshengshi_rules::region::Region;

use crate::accounts::registration::NewAccount;
use crate::accounts::{Account, AccountError, AccountKind, AccountState, Proof};
use crate::pages::fault::PageFault;
use crate::pages::register::code;
use crate::pages::register::draft::Draft;
use crate::pages::waiting;
use crate::registers::tries;
use crate::server::App;
use crate::store::StoreError;

/// Name and version of what is agreed to (requirement PR-07).
pub const AGREEMENT: &str = "user-agreement-and-privacy 2026-11";

/// What a person chose for the account.
#[derive(Debug)]
pub struct Chosen {
    /// The password as typed.
    pub password: String,
    /// The usual place.
    pub region: &'static Region,
}

/// Reads the mobile number that is typed.
pub fn read_mobile(draft: &mut Draft) -> Option<Mobile> {
    let mobile = draft.noted_parsed(Mobile::parse(&draft.typed("mobile")))?;
    draft.form.set("mobile", mobile.as_str());
    Some(mobile)
}

/// Reads password, usual place and agreement; `known` is what the password must not hold.
pub fn read(draft: &mut Draft, known: &[&str]) -> Option<Chosen> {
    let typed = draft.typed("password");
    let strong = draft.noted(password::check(&typed, known)).is_some();
    let same = typed == draft.typed("password_again");
    if strong && !same {
        let text = draft.words().password_differs;
        draft.form.fault("password_again", text);
    }
    let region = draft.noted(Region::parse(&draft.typed("region")));
    let agreed = draft.form.value("consent") == "yes";
    if !agreed {
        draft.refuse(Code::RegConsentRequired, Field::Consent);
    }
    (strong && same && agreed).then_some(Chosen {
        password: typed,
        region: region?,
    })
}

/// What a password must not hold: the account's names and its number.
pub fn known_of(draft: &Draft) -> [String; 3] {
    ["document_number", "credit_code", "mobile"].map(|field| draft.typed(field))
}

/// Whether the registers may be asked about a document or enterprise once more; the wait is noted
/// when not.
///
/// # Errors
/// [`PageFault::Internal`].
pub async fn may_ask(app: &App, draft: &mut Draft, about: &str) -> Result<bool, PageFault> {
    let (about, network) = (about.to_owned(), draft.visitor.pc.network.clone());
    let now_ms = app.clock.now_ms();
    let wait = app
        .store
        .write(move |transaction| {
            tries::take(transaction, &about, &network, now_ms).map_err(StoreError::from)
        })
        .await?;
    if let Some(wait_ms) = wait {
        let t = draft.visitor.texts();
        let wait = code::wait_words(wait_ms, t.seconds, t.minutes);
        let said = format!("{}{wait}", draft.words().too_many_checks);
        draft.form.fault("submit", said);
    }
    Ok(wait.is_none())
}

/// Makes the account and leads on: to the page with the two codes, or, when the person was seen
/// by face before, to the sign-in.
///
/// # Errors
/// [`PageFault`].
pub async fn finish(
    app: &App,
    mut draft: Draft,
    new: NewAccount,
    mobile: &Mobile,
) -> Result<Response, PageFault> {
    let kind = new.kind;
    // Whoever is signed in and was seen as the same person is not asked again (PR-19).
    let seen = draft
        .visitor
        .account
        .as_ref()
        .is_some_and(|known| is_seen(known, &new));
    let account = match app.accounts.register(new).await {
        Ok(account) => account,
        Err(error) => {
            draft.broken(taken(kind, error)?);
            return draft.page();
        }
    };
    code::spend(app, &draft, mobile).await;
    if seen {
        app.accounts.mark_real_name(account).await?;
        let tab = kind.word();
        return Ok(draft.visitor.go(&format!("/login?kind={tab}")));
    }
    let mut visitor = draft.visitor;
    let session = app
        .sessions
        .rotate(&draft.session, None, Some(account))
        .await?;
    visitor.set_session(session);
    waiting::open_real_name(app, visitor).await
}

/// The complaint about what somebody else has already.
fn taken(kind: AccountKind, error: AccountError) -> Result<RuleError, PageFault> {
    match (error, kind) {
        (AccountError::NameTaken, AccountKind::Personal) => {
            Ok(RuleError::new(Code::RegPersonExists, Field::DocumentNumber))
        }
        (AccountError::NameTaken, AccountKind::Legal) => {
            Ok(RuleError::new(Code::EntExists, Field::CreditCode))
        }
        (AccountError::UnderReview, AccountKind::Personal) => {
            Ok(RuleError::new(Code::ReviewPending, Field::DocumentNumber))
        }
        (AccountError::UnderReview, AccountKind::Legal) => {
            Ok(RuleError::new(Code::ReviewPending, Field::CreditCode))
        }
        (AccountError::MobileTaken, _) => Ok(RuleError::new(Code::RegMobileTaken, Field::Mobile)),
        (other, _) => Err(other.into()),
    }
}

fn is_seen(known: &Account, new: &NewAccount) -> bool {
    known.state == AccountState::Active
        && known.proof == Proof::Face
        && known.document_number == new.document_number
        && known.person_name == new.person_name
}
