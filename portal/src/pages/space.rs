//! The user space (requirement US-01).

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use quanshengshi_certificate::record::calendar::Moment;
use quanshengshi_rules::document::kind::DocumentKind;
use quanshengshi_rules::enterprise::EnterpriseType;
use quanshengshi_rules::language::Language;

use crate::accounts::{Account, AccountKind, Proof, masked_number};
use crate::certificates::standing::Standing;
use crate::pages::certificates::today;
use crate::pages::fault::PageFault;
use crate::pages::frame::Frame;
use crate::pages::visitor::Visitor;
use crate::server::App;
use crate::texts::space::SpaceTexts;

/// The routes of this room.
pub fn routes() -> Router<App> {
    Router::new().route("/space", get(show))
}

/// How many certificates there are, and which ends first.
#[derive(Debug, Default)]
struct Counts {
    all: usize,
    ending: usize,
    void: usize,
    soonest: Option<(u64, String)>,
}

#[derive(Template)]
#[template(path = "space.html")]
struct Space {
    f: Frame,
    w: &'static SpaceTexts,
    label: String,
    counts: Counts,
    facts: Vec<(&'static str, String)>,
}

/// The user space of whoever is signed in.
///
/// # Errors
/// [`PageFault::SignIn`], [`PageFault::Internal`].
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageFault> {
    let (_, account) = visitor.signed_in()?;
    let language = visitor.preferences.language;
    let today = today(&app)?;
    let mut counts = Counts::default();
    for record in app.certificates.held_by(&account).await? {
        counts.all += 1;
        match Standing::of(&record, today) {
            Standing::Holds => {}
            Standing::Void => counts.void += 1,
            Standing::Ending(days) => {
                counts.ending += 1;
                if counts
                    .soonest
                    .as_ref()
                    .is_none_or(|(least, _)| days < *least)
                {
                    counts.soonest = Some((days, record.name));
                }
            }
        }
    }
    visitor.page(&Space {
        f: visitor.frame(""),
        w: SpaceTexts::of(language),
        label: account.shown_name(),
        counts,
        facts: facts(&account, language)?,
    })
}

/// What the account says of itself, masked: somebody may look over the shoulder.
fn facts(account: &Account, language: Language) -> Result<Vec<(&'static str, String)>, PageFault> {
    let w = SpaceTexts::of(language);
    let mut facts = match account.kind {
        AccountKind::Legal => {
            let kind = EnterpriseType::parse(&account.enterprise_type)
                .map_or("", |kind| kind.label(language));
            vec![
                (w.kind, kind.to_owned()),
                (w.credit_short, account.name.clone()),
                (w.representative, account.masked_person()),
                (w.filed_mobile, account.masked_mobile()),
            ]
        }
        AccountKind::Personal => {
            let document =
                DocumentKind::parse(&account.document_kind).map_or("", |kind| kind.label(language));
            vec![
                (w.kind, w.personal.to_owned()),
                (w.person_name, account.masked_person()),
                (document, masked_number(&account.document_number)),
                (w.mobile, account.masked_mobile()),
            ]
        }
    };
    let proven_by = match account.proof {
        Proof::Face => w.by_face,
        Proof::Review => w.by_review,
        Proof::National => w.by_national,
        Proof::ElectronicLicence => w.by_licence,
    };
    let since = Moment::from_unix_seconds(account.created_at_ms / 1000);
    let since = since.map_err(PageFault::internal)?.date();
    facts.push((w.proven_by, proven_by.to_owned()));
    facts.push((w.since, since.to_string()));
    Ok(facts)
}
