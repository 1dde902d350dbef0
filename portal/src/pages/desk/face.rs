//! One face that was left to people: the capture beside the register's photo, and the decision.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use quanshengshi_protocol::ids::TaskId;
use quanshengshi_protocol::prompt::Prompt;

use crate::accounts::AccountKind;
use crate::pages::desk::faces;
use crate::pages::desk::visitor::{AtDesk, DecidingPosted};
use crate::pages::fault::PageFault;
use crate::pages::form::FormState;
use crate::review::ReviewError;
use crate::review::application::State as Stands;
use crate::review::face_case::{FaceCase, Shown, short_number};
use crate::review::face_decide::FaceDecision;
use crate::server::App;
use crate::texts::desk::DeskTexts;
use crate::texts::devices::DeviceTexts;

/// Whether the register's photo can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Photo {
    /// It can.
    There,
    /// The register holds none.
    Missing,
    /// The register did not answer.
    Down,
}

/// A case as its page shows it.
pub struct FaceView {
    /// The task.
    pub task: TaskId,
    /// Its first signs.
    pub number: String,
    /// Whether two must agree.
    pub legal: bool,
    /// Whose face it should be.
    pub who: String,
    /// What is asked for.
    pub what: &'static str,
    /// Why the portal did not decide.
    pub reason: &'static str,
    /// Where it stands.
    pub state: Stands,
    /// Whether the one who looks may decide.
    pub may_decide: bool,
    /// What others said, in words.
    pub opinions: Vec<&'static str>,
    /// The register's photo.
    pub photo: Photo,
    /// Labels of the capture's pictures.
    pub pictures: Vec<&'static str>,
}

/// A case.
///
/// # Errors
/// [`PageFault::NotFound`], [`PageFault::Internal`].
pub async fn show(
    State(app): State<App>,
    at: AtDesk,
    Path(task): Path<String>,
) -> Result<Response, PageFault> {
    page(&app, &at, read(&task)?, FormState::default()).await
}

/// A picture of the capture.
///
/// # Errors
/// As [`show`].
pub async fn picture(
    State(app): State<App>,
    _at: AtDesk,
    Path((task, number)): Path<(String, usize)>,
) -> Result<Response, PageFault> {
    let found = app.review.face_picture(read(&task)?, number).await;
    let jpeg = found.map_err(not_found)?;
    Ok(([(header::CONTENT_TYPE, "image/jpeg")], jpeg).into_response())
}

/// The register's photo of the person whose face it should be.
///
/// # Errors
/// As [`show`]; [`PageFault::NotFound`] also when the register has none or does not answer.
pub async fn photo(
    State(app): State<App>,
    _at: AtDesk,
    Path(task): Path<String>,
) -> Result<Response, PageFault> {
    let document = app.tasks.document_of(read(&task)?).await?;
    let photo = app.registers.reference_photo(&document).await;
    let bytes = photo.ok().flatten().ok_or(PageFault::NotFound)?;
    let kind = if bytes.starts_with(b"\x89PNG") {
        "image/png"
    } else {
        "image/jpeg"
    };
    Ok(([(header::CONTENT_TYPE, kind)], bytes).into_response())
}

/// A decision.
///
/// # Errors
/// As [`show`]; a decision that cannot be taken is told on the case's page.
pub async fn decide(
    State(app): State<App>,
    Path(task): Path<String>,
    posted: DecidingPosted,
) -> Result<Response, PageFault> {
    let DecidingPosted { at, fields } = posted;
    let (task, w) = (read(&task)?, at.desk.words());
    let mut form = FormState::new(fields.clone());
    let approves = match fields.text("verdict") {
        "approve" => Some(true),
        "return" => Some(false),
        _ => None,
    };
    let Some(approves) = approves else {
        form.fault("verdict", w.e_verdict);
        return page(&app, &at, task, form).await;
    };
    if approves && let Some(why) = not_to_be_approved(&app, task, w).await? {
        form.fault("verdict", why);
    }
    if !form.has_errors() {
        let decision = FaceDecision {
            task,
            seen: Stands::from_word(fields.text("seen")).unwrap_or(Stands::Returned),
            approves,
        };
        match app.review.decide_face(at.reviewer.clone(), decision).await {
            Ok(_) => return Ok(at.desk.visitor.go("/desk/faces?said=yes")),
            Err(ReviewError::Moved) => form.fault("verdict", w.e_moved),
            Err(ReviewError::NotYours) => form.fault("verdict", w.e_yours),
            Err(ReviewError::Taken) => form.fault("verdict", w.e_gone),
            Err(other) => return Err(not_found(other)),
        }
    }
    page(&app, &at, task, form).await
}

/// Why nobody can say that a face is the right one: there is no photo to hold it against, the
/// person may no longer act (requirement US-04), or the registers do not answer.
async fn not_to_be_approved(
    app: &App,
    task: TaskId,
    w: &'static DeskTexts,
) -> Result<Option<&'static str>, PageFault> {
    let document = app.tasks.document_of(task).await?;
    let (photo, may_act) = (
        app.registers.reference_photo(&document).await,
        app.tasks.may_still_act(task).await,
    );
    Ok(match (photo, may_act) {
        (Ok(None), _) => Some(w.face_no_photo),
        (_, Ok(false)) => Some(w.e_changed),
        (Err(_), _) | (_, Err(_)) => Some(w.e_register),
        (Ok(Some(_)), Ok(true)) => None,
    })
}

fn read(task: &str) -> Result<TaskId, PageFault> {
    TaskId::parse(task).map_err(|_| PageFault::NotFound)
}

fn not_found(error: ReviewError) -> PageFault {
    match error {
        ReviewError::Unknown => PageFault::NotFound,
        other => other.into(),
    }
}

async fn page(
    app: &App,
    at: &AtDesk,
    task: TaskId,
    form: FormState,
) -> Result<Response, PageFault> {
    let looked = app.review.look_at_face(at.reviewer.clone(), task).await;
    let view = view(app, at, looked.map_err(not_found)?).await?;
    faces::page(app, at, Some(view), form, false).await
}

async fn view(app: &App, at: &AtDesk, case: FaceCase) -> Result<FaceView, PageFault> {
    let w = at.desk.words();
    let language = at.desk.visitor.preferences.language;
    let account = app.accounts.by_id(case.task.account).await?;
    let document = app.tasks.document_of(case.task.id).await?;
    let photo = match app.registers.reference_photo(&document).await {
        Ok(Some(_)) => Photo::There,
        Ok(None) => Photo::Missing,
        Err(_) => Photo::Down,
    };
    let yes_or_no = |approves: &bool| {
        if *approves {
            w.face_approve
        } else {
            w.face_refuse
        }
    };
    Ok(FaceView {
        task: case.task.id,
        number: short_number(case.task.id),
        legal: account.kind == AccountKind::Legal,
        who: account.masked_person(),
        what: faces::kind_words(case.task.kind, DeviceTexts::of(language)),
        reason: case.task.reason.map_or("", |reason| reason.text(language)),
        state: case.state,
        may_decide: case.may_decide,
        opinions: case.opinions.iter().map(yes_or_no).collect(),
        photo,
        pictures: case.pictures.iter().map(|shown| label(*shown, w)).collect(),
    })
}

fn label(shown: Shown, w: &'static DeskTexts) -> &'static str {
    match shown {
        Shown::Neutral | Shown::Peak(Prompt::LookStraight) => w.face_neutral,
        Shown::Peak(Prompt::ComeCloser) => w.face_closer,
        Shown::Peak(Prompt::Blink) => w.face_blink,
        Shown::Peak(Prompt::TurnLeft) => w.face_left,
        Shown::Peak(Prompt::TurnRight) => w.face_right,
        Shown::Peak(Prompt::OpenMouth) => w.face_mouth,
        Shown::Peak(Prompt::Nod) => w.face_nod,
        Shown::Strip(_) => w.face_on_the_way,
    }
}
