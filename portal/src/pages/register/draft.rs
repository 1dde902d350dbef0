//! A form in the making: what was typed, and what was found out on the way.

use axum::response::{IntoResponse, Redirect, Response};
use quanshengshi_rules::complaint::code::Code;
use quanshengshi_rules::complaint::field::Field;
use quanshengshi_rules::complaint::{Parsed, RuleError, Warning};
use quanshengshi_rules::date::Date;
use quanshengshi_rules::language::Language;

use crate::accounts::AccountKind;
use crate::pages::fault::PageFault;
use crate::pages::form::FormState;
use crate::pages::posted::{Fields, Posted};
use crate::pages::register::advice::Advice;
use crate::pages::visitor::Visitor;
use crate::server::App;
use crate::sessions::Session;
use crate::texts::register::RegisterTexts;

/// A form in the making.
#[derive(Debug)]
pub struct Draft {
    /// Who fills it in.
    pub visitor: Visitor,
    /// Their session.
    pub session: Session,
    /// Whose account it is for.
    pub kind: AccountKind,
    /// The form.
    pub form: FormState,
    /// Ways on, where the form alone leads nowhere.
    pub advice: Option<Advice>,
    /// Whether an automatic check failed in this session: only then people may be asked
    /// (requirements PR-16, LR-17).
    pub check_failed: bool,
    /// What the button of the code answers.
    pub said: String,
    /// Milliseconds until it may be pressed again.
    pub wait_ms: u64,
}

impl Draft {
    /// The empty form.
    ///
    /// # Errors
    /// [`PageFault::Internal`] when no session can be made.
    pub async fn empty(
        app: &App,
        mut visitor: Visitor,
        kind: AccountKind,
    ) -> Result<Self, PageFault> {
        let session = visitor.ensure_session(app).await?;
        Ok(Self::with(visitor, session, kind, Fields::default()))
    }

    /// A form that came in.
    pub fn of(posted: Posted, kind: AccountKind) -> Self {
        Self::with(posted.visitor, posted.session, kind, posted.fields)
    }

    fn with(visitor: Visitor, session: Session, kind: AccountKind, fields: Fields) -> Self {
        let check_failed = session.holds_mark(&failed_label(kind), fields.text("failed_check"));
        Self {
            visitor,
            session,
            kind,
            form: FormState::new(fields),
            advice: None,
            check_failed,
            said: String::new(),
            wait_ms: 0,
        }
    }

    /// The language of the visitor.
    pub fn language(&self) -> Language {
        self.visitor.preferences.language
    }

    /// The words of this room.
    pub fn words(&self) -> &'static RegisterTexts {
        RegisterTexts::of(self.language())
    }

    /// What stands in a field.
    pub fn typed(&self, field: &str) -> String {
        self.form.value(field).to_owned()
    }

    /// A value, or its fault noted at the form.
    pub fn noted<T>(&mut self, read: Result<T, RuleError>) -> Option<T> {
        read.map_err(|error| self.broken(error)).ok()
    }

    /// A value with its remarks noted, or its fault.
    pub fn noted_parsed<T>(&mut self, read: Result<Parsed<T>, RuleError>) -> Option<T> {
        let parsed = self.noted(read)?;
        self.remark(&parsed.warnings);
        Some(parsed.value)
    }

    /// Notes what is unusual but accepted.
    pub fn remark(&mut self, warnings: &[Warning]) {
        self.form.remarks(warnings, self.language());
    }

    /// Notes a broken rule.
    pub fn broken(&mut self, error: RuleError) {
        self.form.broken(error, self.language());
    }

    /// Notes a rule that only the portal can judge.
    pub fn refuse(&mut self, code: Code, field: Field) {
        self.broken(RuleError::new(code, field));
    }

    /// Notes a fault of the form as a whole, with the places to look at in their order. No single
    /// field is marked: which one differs is not told (A19).
    pub fn refuse_whole(&mut self, code: Code, look_at: &[(&'static str, &'static str)]) {
        self.form.whole(code.text(self.language()), look_at);
    }

    /// The way to the reviewers with the filled form, when it was ticked and may be
    /// (requirements PR-16, LR-17). The browser sends the same form again to that page.
    ///
    /// # Errors
    /// [`PageFault::Internal`].
    pub async fn manual_review(&self, app: &App) -> Result<Option<Response>, PageFault> {
        if !self.check_failed || self.form.value("manual_review") != "yes" {
            return Ok(None);
        }
        app.review.allow(self.session.digest, self.kind).await?;
        let path = format!("/review/apply?kind={}", self.kind.word());
        let way = Redirect::temporary(&path).into_response();
        Ok(Some(self.visitor.answer(way)))
    }

    /// What the form carries on after an automatic check failed; empty before.
    pub fn failed_mark(&self) -> String {
        if self.check_failed {
            self.session.mark(&failed_label(self.kind))
        } else {
            String::new()
        }
    }
}

/// Today at the portal.
pub fn today(app: &App) -> Date {
    Date::in_china(app.clock.now_ms())
}

fn failed_label(kind: AccountKind) -> Vec<u8> {
    [b"HLJFAIL1\0", kind.word().as_bytes()].concat()
}
