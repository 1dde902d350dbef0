//! What is shown when another authority's sign-in did not work: why, and the ways on.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use quanshengshi_rules::complaint::code::Code;

use crate::accounts::AccountKind;
use crate::pages::fault::PageFault;
use crate::pages::frame::Frame;
use crate::pages::visitor::Visitor;
use crate::texts::vouched::VouchedTexts;
use crate::vouched::admission::AdmissionFault;

/// The other authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authority {
    /// The national portal, for an account of a kind.
    National(AccountKind),
    /// The electronic licence.
    Licence,
}

impl Authority {
    const fn address(self) -> &'static str {
        match self {
            Self::National(AccountKind::Personal) => "/login/national?kind=personal",
            Self::National(AccountKind::Legal) => "/login/national?kind=legal",
            Self::Licence => "/login/licence",
        }
    }
}

/// What went wrong, ready for the page.
#[derive(Debug, Clone)]
pub struct SignInFault {
    /// Where the person came from.
    pub authority: Authority,
    /// The code, as it is logged.
    pub code: &'static str,
    /// The heading.
    pub title: &'static str,
    /// What is the matter, and what to do.
    pub text: String,
    /// Whether trying again is the way on.
    pub again: bool,
    /// Whether the account of this session can be proven by face now.
    pub prove: bool,
    status: StatusCode,
}

impl SignInFault {
    /// A refusal by the sentence of a code.
    pub fn refused(visitor: &Visitor, authority: Authority, code: Code) -> Self {
        let language = visitor.preferences.language;
        let passing = matches!(
            code,
            Code::FedUnavailable
                | Code::ElicUnavailable
                | Code::MsaUnavailable
                | Code::RegIdentityUnavailable
        );
        let by_itself = matches!(code, Code::FedState | Code::FedNonce | Code::FedDenied);
        Self {
            authority,
            code: code.as_str(),
            title: VouchedTexts::of(language).cannot,
            text: code.text(language).to_owned(),
            again: passing || by_itself,
            prove: false,
            status: if passing {
                StatusCode::SERVICE_UNAVAILABLE
            } else {
                StatusCode::FORBIDDEN
            },
        }
    }

    /// A site on which this authority is not connected.
    pub fn not_connected(visitor: &Visitor, authority: Authority) -> Self {
        let w = VouchedTexts::of(visitor.preferences.language);
        let (title, text) = match authority {
            Authority::National(_) => (w.national_off, w.national_off_text),
            Authority::Licence => (w.licence_off, w.licence_off_text),
        };
        Self {
            authority,
            code: "NOT_CONNECTED",
            title,
            text: text.to_owned(),
            again: false,
            prove: false,
            status: StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The page.
    ///
    /// # Errors
    /// [`PageFault::Internal`] when the template fails.
    pub fn page(self, visitor: &Visitor) -> Result<Response, PageFault> {
        let w = VouchedTexts::of(visitor.preferences.language);
        let legal = self.authority != Authority::National(AccountKind::Personal);
        let f = visitor.frame("");
        let (scan, password) = (f.i.phone, f.i.person);
        let mut ways = vec![Way {
            address: if legal {
                "/login"
            } else {
                "/login?kind=personal"
            },
            icon: password,
            name: w.way_password,
            text: w.way_password_text,
        }];
        if self.authority == Authority::Licence {
            ways.push(Way {
                address: "/login/national?kind=legal",
                icon: f.i.globe,
                name: w.national,
                text: w.way_national_text,
            });
        } else if legal {
            ways.push(Way {
                address: "/login/licence",
                icon: scan,
                name: w.licence,
                text: w.way_licence_text,
            });
        }
        ways.push(Way {
            address: "/register",
            icon: f.i.building,
            name: w.way_register,
            text: w.way_register_text,
        });
        let page = SignInFaultPage {
            f,
            w,
            code: self.code,
            title: self.title,
            text: self.text,
            again: self.again.then(|| self.authority.address()),
            prove: self.prove,
            ways,
        };
        let mut response = visitor.page(&page)?;
        *response.status_mut() = self.status;
        Ok(response)
    }
}

/// The page of a person who is not admitted.
///
/// # Errors
/// [`PageFault`], for a fault of ours.
pub fn not_admitted(
    visitor: &Visitor,
    authority: Authority,
    fault: AdmissionFault,
) -> Result<Response, PageFault> {
    match fault {
        AdmissionFault::Refused(code) => {
            SignInFault::refused(visitor, authority, code).page(visitor)
        }
        AdmissionFault::Accounts(error) => Err(error.into()),
    }
}

struct Way {
    address: &'static str,
    icon: &'static str,
    name: &'static str,
    text: &'static str,
}

#[derive(Template)]
#[template(path = "sign_in_fault.html")]
struct SignInFaultPage {
    f: Frame,
    w: &'static VouchedTexts,
    code: &'static str,
    title: &'static str,
    text: String,
    again: Option<&'static str>,
    prove: bool,
    ways: Vec<Way>,
}
