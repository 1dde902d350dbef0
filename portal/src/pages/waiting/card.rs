//! The card with the code: one of its faces at a time, in the order of the crossing.

use askama::Template;
use quanshengshi_protocol::ids::TaskId;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::transaction::TaskKind;

use crate::accounts::{Account, AccountKind};
use crate::pages::code_picture::{self, CodePicture};
use crate::pages::fault::PageFault;
use crate::pages::icons::ICONS;
use crate::pages::waiting::ended::{next_words, objects_named};
use crate::tasks::view::TaskView;
use crate::texts::Texts;

/// Seconds a code lives: the whole of the ring.
const RING_S: u64 = 120;

/// The inside of the card.
#[derive(Debug, Template)]
#[template(path = "qr_card.html")]
pub struct Card {
    t: &'static Texts,
    title: &'static str,
    subtitle: String,
    state: &'static str,
    word: &'static str,
    next: String,
    veil: &'static str,
    icon: &'static str,
    /// The code's text; empty when none is shown.
    pub code: String,
    /// Units of a side of the code.
    pub side: usize,
    /// The code's path.
    pub path: String,
    /// Seconds until the state ends.
    pub seconds: u64,
    /// How much of the ring has run out, in hundredths.
    pub offset: u64,
    typed_code: String,
    /// The digits to type, in groups of three; none without a code.
    pub digits: Vec<String>,
    attempts_left: u8,
    second_phone: bool,
    task: TaskId,
    form_token: String,
    kind: &'static str,
    certificates: Vec<String>,
    purpose: String,
    done_action: String,
    done_label: &'static str,
    again_label: &'static str,
    /// The way to people, where a face could not prove who somebody is (requirement SC-08).
    review: Option<String>,
}

/// What is done, for whom and for what.
pub fn subtitle(view: &TaskView, account: &Account, t: &Texts) -> String {
    let name = objects_named(view, t);
    match view.kind {
        TaskKind::CertificateView => format!("{} {name}", t.what_view),
        TaskKind::CertificateDownload => format!(
            "{} {name} {} · {}{}",
            t.what_download, t.copy_word, t.for_purpose, view.purpose
        ),
        TaskKind::RealNamePersonal => {
            format!("{} · {}", t.for_realname_person, account.masked_person())
        }
        // The representative in person, and for which enterprise (requirement LR-19).
        TaskKind::RealNameLegal => format!(
            "{} · {} · {}{}",
            t.for_realname,
            account.organisation,
            t.must_be,
            account.masked_person()
        ),
    }
}

struct Face {
    state: &'static str,
    word: &'static str,
    next: &'static str,
    veil: &'static str,
    icon: &'static str,
}

impl Card {
    /// The card of a task as it stands.
    ///
    /// # Errors
    /// [`PageFault::Internal`] when the code cannot be drawn.
    pub fn of(
        view: &TaskView,
        account: &Account,
        t: &'static Texts,
        form_token: String,
        second_phone: bool,
    ) -> Result<Self, PageFault> {
        let face = face(view, t);
        let code = view.code.clone().unwrap_or_default();
        let drawn = match &view.code {
            Some(text) => code_picture::draw(text)?,
            None => CodePicture::default(),
        };
        let object = view.objects.first();
        let certificate = object.map_or("", |object| object.certificate.as_str());
        let seconds = view.state_ends_in_ms.div_ceil(1000).min(RING_S);
        let left = if view.state == TaskState::Created {
            seconds
        } else {
            RING_S
        };
        let typed_code = view.typed_code.clone().unwrap_or_default();
        let (kind, done_action, done_label) = match view.kind {
            TaskKind::CertificateView => (
                "view",
                format!("/pc/certificates/{certificate}/ticket"),
                t.see_certificate,
            ),
            TaskKind::CertificateDownload => (
                "download",
                format!("/pc/certificates/{certificate}/ticket"),
                t.get_copy,
            ),
            TaskKind::RealNameLegal | TaskKind::RealNamePersonal => (
                "real_name",
                format!("/pc/tasks/{}/finish", view.id),
                t.go_sign_in,
            ),
        };
        Ok(Self {
            t,
            title: match (view.kind.opens_certificates(), account.kind) {
                (true, AccountKind::Legal) => t.card_title_certificate,
                (true, AccountKind::Personal) => t.card_title_self,
                (false, _) => t.card_title_realname,
            },
            subtitle: subtitle(view, account, t),
            state: face.state,
            word: face.word,
            next: next_words(view, face.next, t),
            veil: face.veil,
            icon: face.icon,
            code,
            side: drawn.side,
            path: drawn.path,
            seconds,
            offset: 100 - left * 100 / RING_S,
            digits: groups(&typed_code),
            typed_code,
            attempts_left: view.attempts_left,
            second_phone,
            task: view.id,
            form_token,
            kind,
            certificates: view
                .objects
                .iter()
                .map(|object| object.certificate.clone())
                .collect(),
            purpose: view.purpose.clone(),
            done_action,
            done_label,
            again_label: if face.state == "expired" {
                t.refresh
            } else {
                t.start_again
            },
            review: (!view.kind.opens_certificates()
                && matches!(view.state, TaskState::Failed | TaskState::Review))
            .then(|| format!("/review/apply?kind={}", account.kind.word())),
        })
    }

    /// The name of the face, for the stylesheet; refusals of every kind look alike.
    pub fn shown_as(&self) -> &'static str {
        match self.state {
            "failed" | "cancelled" => "rejected",
            "review" => "expired",
            other => other,
        }
    }
}

fn face(view: &TaskView, t: &'static Texts) -> Face {
    let face = |state, word, next, veil, icon| Face {
        state,
        word,
        next,
        veil,
        icon,
    };
    match view.state {
        TaskState::Created => face("waiting", t.st_waiting, t.nx_waiting, "", ""),
        TaskState::Claimed => face(
            "scanned",
            t.st_scanned,
            t.nx_scanned,
            t.vl_scanned,
            ICONS.phone,
        ),
        TaskState::Consented | TaskState::Challenged => face(
            "confirm",
            t.st_confirm,
            t.nx_confirm,
            t.vl_confirm,
            ICONS.person,
        ),
        TaskState::Submitted => face(
            "verifying",
            t.st_verifying,
            t.nx_verifying,
            t.vl_verifying,
            ICONS.refresh,
        ),
        TaskState::Approved | TaskState::Closed => {
            let next = match view.kind {
                TaskKind::CertificateDownload => t.nx_done_download,
                TaskKind::CertificateView => t.nx_done_view,
                TaskKind::RealNameLegal | TaskKind::RealNamePersonal => t.nx_done_realname,
            };
            face("done", t.st_done, next, t.vl_done, ICONS.done)
        }
        TaskState::Rejected => face(
            "rejected",
            t.st_rejected,
            t.nx_rejected,
            t.vl_rejected,
            ICONS.barred,
        ),
        TaskState::Expired => face(
            "expired",
            t.st_expired,
            t.nx_expired,
            t.vl_expired,
            ICONS.clock,
        ),
        TaskState::Failed => face(
            "failed",
            t.st_failed,
            t.nx_failed,
            t.vl_failed,
            ICONS.barred,
        ),
        TaskState::Cancelled => face(
            "cancelled",
            t.st_cancelled,
            t.nx_cancelled,
            t.vl_rejected,
            ICONS.barred,
        ),
        TaskState::Review => face(
            "review",
            t.st_review,
            t.nx_review,
            t.vl_review,
            ICONS.person,
        ),
    }
}

/// Nine digits in three groups.
fn groups(digits: &str) -> Vec<String> {
    let signs: Vec<char> = digits.chars().collect();
    signs
        .chunks(3)
        .map(|group| group.iter().collect())
        .collect()
}
