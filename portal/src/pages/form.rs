//! A form that goes out: what was typed is kept, and every fault stands at its field.

use quanshengshi_rules::complaint::{RuleError, Warning};
use quanshengshi_rules::language::Language;

use crate::pages::posted::Fields;

/// A fault of the form as a whole: what is wrong, and where to look, in that order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// What is wrong.
    pub text: &'static str,
    /// Fields and what to hold them against.
    pub look_at: Vec<(&'static str, &'static str)>,
}

/// The state of a form on its page.
#[derive(Debug, Default)]
pub struct FormState {
    fields: Fields,
    whole: Option<Whole>,
    errors: Vec<(&'static str, String)>,
    remarks: Vec<(&'static str, String)>,
}

impl FormState {
    /// With what was typed.
    pub fn new(fields: Fields) -> Self {
        Self {
            fields,
            ..Self::default()
        }
    }

    /// Notes a fault at a field.
    pub fn fault(&mut self, field: &'static str, text: impl Into<String>) {
        self.errors.push((field, text.into()));
    }

    /// Notes a broken rule at its field, in its own words.
    pub fn broken(&mut self, error: RuleError, language: Language) {
        self.fault(error.field.as_str(), error.text(language));
    }

    /// Notes a fault of the form as a whole, and the fields to look at.
    pub fn whole(&mut self, text: &'static str, look_at: &[(&'static str, &'static str)]) {
        self.whole = Some(Whole {
            text,
            look_at: look_at.to_vec(),
        });
    }

    /// The fault of the form as a whole.
    pub fn whole_fault(&self) -> Option<&Whole> {
        self.whole.as_ref()
    }

    /// Notes what is unusual but accepted.
    pub fn remarks(&mut self, warnings: &[Warning], language: Language) {
        for warning in warnings {
            let said = (warning.field.as_str(), warning.text(language));
            self.remarks.push(said);
        }
    }

    /// Writes a field anew.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.fields.set(name, value);
    }

    /// What stands in a field.
    pub fn value(&self, name: &str) -> &str {
        self.fields.text(name)
    }

    /// Whether a value is among those chosen in a field.
    pub fn chose(&self, name: &str, value: &str) -> bool {
        self.fields.all(name).iter().any(|chosen| chosen == value)
    }

    /// The first fault of a field.
    pub fn error(&self, name: &str) -> Option<&str> {
        said(&self.errors, name)
    }

    /// The first remark of a field.
    pub fn remark(&self, name: &str) -> Option<&str> {
        said(&self.remarks, name)
    }

    /// Whether one of the three inputs of the validity is at fault.
    pub fn has_validity_error(&self) -> bool {
        ["validity_start", "validity_end", "validity_term"]
            .into_iter()
            .any(|name| self.error(name).is_some())
    }

    /// Whether anything is at fault.
    pub fn has_errors(&self) -> bool {
        self.whole.is_some() || !self.errors.is_empty()
    }

    /// Puts the faults into the order in which the fields stand on the page.
    pub fn sort(&mut self, fields: &[&str]) {
        let place = |name: &str| fields.iter().position(|field| *field == name);
        self.errors
            .sort_by_key(|(name, _)| place(name).unwrap_or(fields.len()));
    }

    /// Every fault with its field, in the order of checking until [`FormState::sort`] is called.
    pub fn errors(&self) -> &[(&'static str, String)] {
        &self.errors
    }
}

fn said<'a>(list: &'a [(&'static str, String)], name: &str) -> Option<&'a str> {
    list.iter()
        .find(|(field, _)| *field == name)
        .map(|(_, text)| text.as_str())
}
