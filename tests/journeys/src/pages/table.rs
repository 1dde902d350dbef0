//! The pages, and how one comes to them.
//!
//! A page that another page links to is found by its link; it stands here only when it needs a
//! name, another status, or a press to come to the state that is meant.

/// A page in one of its states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its name in reports and pictures.
    pub name: String,
    /// Its address below the origin.
    pub path: String,
    /// The HTTP status of what is shown in the end.
    pub status: u16,
    /// What is pressed after it has opened.
    pub press: Option<&'static str>,
}

impl Page {
    /// A page that opens well.
    #[must_use]
    pub fn new(name: &str, path: &str) -> Self {
        Self {
            name: name.to_owned(),
            path: path.to_owned(),
            status: 200,
            press: None,
        }
    }

    /// A page that was found by a link.
    #[must_use]
    pub fn found(path: &str) -> Self {
        let name = kind_of(path).trim_matches('/').replace('/', "-");
        Self::new(&name, path)
    }

    /// With another status.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// After a press.
    #[must_use]
    pub fn after_press(mut self, selector: &'static str) -> Self {
        self.press = Some(selector);
        self
    }
}

/// What anybody can open.
#[must_use]
pub fn public() -> Vec<Page> {
    vec![
        Page::new("home", "/"),
        Page::new("register", "/register"),
        Page::new("register-enterprise", "/register/enterprise"),
        Page::new("register-enterprise-faults", "/register/enterprise")
            .with_status(422)
            .after_press("#submit"),
        Page::new("agreement", "/agreement"),
        Page::new("login", "/login"),
        Page::new("login-personal", "/login?kind=personal"),
        Page::new("login-faults", "/login")
            .with_status(422)
            .after_press("#submit"),
        Page::new("login-by-message", "/login").after_press("button[value=by_sms]"),
        Page::new("app", "/app"),
        Page::new("app-from-code", "/q/1.a.b.c"),
        Page::new("outbox", "/sample/outbox"),
        Page::new("review-status", "/review/status"),
        Page::new("desk-login", "/desk/login"),
        Page::new("verify-unknown", "/verify/unknown").with_status(404),
        Page::new("licence", "/login/licence"),
        // A sample site has no national portal, and says so.
        Page::new("login-national", "/login/national").with_status(503),
        Page::new("no-such-page", "/no/such/page").with_status(404),
    ]
}

/// What a signed-in enterprise opens; further pages are found from these.
#[must_use]
pub fn signed_in() -> Vec<Page> {
    vec![
        Page::new("home-signed-in", "/"),
        Page::new("space", "/space"),
        Page::new("certificates", "/space/certificates"),
    ]
}

/// An address with its numbers and identifiers left open: one certificate stands for all.
#[must_use]
pub fn kind_of(path: &str) -> String {
    let part = |part: &str| {
        let is_identifier =
            part.len() > 20 || (!part.is_empty() && part.chars().all(|sign| sign.is_ascii_digit()));
        if is_identifier {
            "one".to_owned()
        } else {
            part.to_owned()
        }
    };
    let parts: Vec<String> = path.split('/').map(part).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_certificate_stands_for_all() {
        let one = kind_of("/space/certificates/1.2.156.3005.2.11100000/download");
        assert_eq!(one, "/space/certificates/one/download");
        assert_eq!(kind_of("/login?kind=personal"), "/login?kind=personal");
    }
}
