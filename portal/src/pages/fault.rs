//! What is shown when a page cannot be: whose fault, that nothing is lost, and a way on.

use std::io::Write as _;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_rules::complaint::code::Code;

use crate::accounts::AccountError;
use crate::certificates::CertificateError;
use crate::certificates::tickets::TicketFault;
use crate::devices::refusal::Fault;
use crate::pages::frame::Frame;
use crate::pages::login::destination::Destination;
use crate::pages::said::Said;
use crate::pages::visitor::Visitor;
use crate::registers::RegisterUnavailable;
use crate::review::ReviewError;
use crate::review::reviewer::ReviewerError;
use crate::sessions::SessionError;
use crate::slider::SliderError;
use crate::sms::SmsError;
use crate::store::StoreError;

/// Why a page is not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageFault {
    /// Nobody is signed in.
    SignIn,
    /// Nobody is signed in at the reviewers' desk.
    DeskSignIn,
    /// No such page.
    NotFound,
    /// No such certificate in this account, whether it exists or not (requirement US-02).
    NoCertificate,
    /// The certificate holds no more: it can be viewed, not downloaded (requirement US-03).
    ViewOnly,
    /// No such task in this session, or it is over.
    TaskOver,
    /// The form is not of this session, or of another site.
    Form,
    /// The file was taken.
    TicketUsed,
    /// The ticket's five minutes are over, or it is not of this session.
    TicketExpired,
    /// Too many requests.
    TooMany,
    /// Something of ours failed; the text is for the log only.
    Internal(String),
}

impl PageFault {
    /// A failure of ours, for the log.
    pub fn internal(error: impl std::fmt::Display) -> Self {
        Self::Internal(error.to_string())
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::SignIn | Self::DeskSignIn => StatusCode::SEE_OTHER,
            Self::NotFound | Self::NoCertificate | Self::TaskOver => StatusCode::NOT_FOUND,
            Self::ViewOnly => StatusCode::CONFLICT,
            Self::Form => StatusCode::FORBIDDEN,
            Self::TicketUsed | Self::TicketExpired => StatusCode::GONE,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

impl IntoResponse for PageFault {
    /// Only the mark of a fault; [`crate::pages::shell`] makes the page.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[derive(Template)]
#[template(path = "fault.html")]
struct FaultPage<'a> {
    f: Frame,
    title: &'a str,
    text: &'a str,
    number: String,
    next: &'a str,
    next_label: &'a str,
}

/// The page of a fault. `number` is quoted to the person and written to the log.
pub fn page(fault: &PageFault, visitor: &Visitor, number: String) -> Response {
    let t = visitor.texts();
    let certificates = ("/space/certificates", t.my_certificates);
    let home = ("/", t.home);
    let (title, text, (next, next_label)) = match fault {
        PageFault::SignIn => return sign_in_first(visitor),
        PageFault::DeskSignIn => return visitor.go("/desk/login"),
        PageFault::NotFound => (t.e404, t.e404_text, home),
        PageFault::NoCertificate => (t.e_cert, t.e_cert_text, certificates),
        PageFault::ViewOnly => (t.e_view_only, view_only(visitor), certificates),
        PageFault::TaskOver => (t.e_task, t.e_task_text, certificates),
        PageFault::Form => (t.e_form, t.e_form_text, ("/login", t.sign_in)),
        PageFault::TicketUsed => (t.e_ticket_used, t.e_ticket_used_text, certificates),
        PageFault::TicketExpired => (t.e_ticket_expired, t.e_ticket_expired_text, certificates),
        PageFault::TooMany => (t.e_many, t.e_many_text, home),
        PageFault::Internal(_) => (t.e_fault, t.e_fault_text, home),
    };
    let number = match fault {
        PageFault::Internal(why) => {
            let _ = writeln!(std::io::stderr(), "{number}: {why}");
            number
        }
        _ => String::new(),
    };
    let page = FaultPage {
        f: visitor.frame(""),
        title,
        text,
        number,
        next,
        next_label,
    };
    let mut response = match visitor.page(&page) {
        Ok(response) => response,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    };
    *response.status_mut() = fault.status();
    response
}

fn view_only(visitor: &Visitor) -> &'static str {
    Code::CertViewOnly.text(visitor.preferences.language)
}

/// To the sign-in page, and from there back to where the visitor wanted to go.
fn sign_in_first(visitor: &Visitor) -> Response {
    let mut visitor = visitor.clone();
    if visitor.lapsed {
        visitor.say(Said::SessionExpired);
    }
    let next = Destination::of_path(visitor.path());
    visitor.go(&format!("/login?next={}", next.word()))
}

/// The answer to an address that is no page.
///
/// # Errors
/// Always [`PageFault::NotFound`].
pub async fn no_such_page() -> Result<Response, PageFault> {
    Err(PageFault::NotFound)
}

macro_rules! internal {
    ($($error:ty)*) => { $(impl From<$error> for PageFault {
        fn from(error: $error) -> Self {
            Self::internal(error)
        }
    })* };
}

internal!(StoreError SessionError AccountError SliderError SmsError RegisterUnavailable);
internal!(ReviewError ReviewerError);

impl From<CertificateError> for PageFault {
    fn from(error: CertificateError) -> Self {
        match error {
            CertificateError::NotFound => Self::NoCertificate,
            other => Self::internal(other),
        }
    }
}

impl From<TicketFault> for PageFault {
    fn from(fault: TicketFault) -> Self {
        match fault {
            TicketFault::Foreign | TicketFault::Expired => Self::TicketExpired,
            TicketFault::Used => Self::TicketUsed,
            TicketFault::Store(error) => error.into(),
        }
    }
}

impl From<Fault> for PageFault {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Refused(refusal) => match refusal.code {
                RefusalCode::DeviceLimit | RefusalCode::SubjectLimit => Self::TooMany,
                _ => Self::TaskOver,
            },
            other => Self::internal(other),
        }
    }
}
