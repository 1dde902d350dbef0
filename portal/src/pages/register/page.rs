//! A draft as a page, and as an answer to the script: the same parts either way.

use askama::Template;
use axum::Json;
use axum::response::Response;
use quanshengshi_rules::complaint::code::Code;
use quanshengshi_rules::complaint::field::Field;
use quanshengshi_rules::document::kind::DocumentKind;
use quanshengshi_rules::enterprise::EnterpriseType;
use quanshengshi_rules::region::{self, Region};
use quanshengshi_rules::validity::term::Term;

use crate::accounts::AccountKind;
use crate::pages::fault::PageFault;
use crate::pages::form::FormState;
use crate::pages::frame::Frame;
use crate::pages::register::account::AGREEMENT;
use crate::pages::register::draft::Draft;
use crate::pages::register::identity::asks_validity;
use crate::texts::register::RegisterTexts;

/// The fields down the page, as far as they are judged before the account itself: password and
/// agreement stand at the end.
const ORDER: [Field; 12] = [
    Field::EnterpriseType,
    Field::OrganisationName,
    Field::CreditCode,
    Field::DocumentKind,
    Field::PersonName,
    Field::DocumentNumber,
    Field::ValidityStart,
    Field::ValidityEnd,
    Field::ValidityTerm,
    Field::Region,
    Field::Mobile,
    Field::SmsCode,
];

#[derive(Template)]
#[template(path = "register.html")]
struct RegisterPage {
    f: Frame,
    w: &'static RegisterTexts,
    form: FormState,
    legal: bool,
    path: &'static str,
    title: &'static str,
    lead: &'static str,
    summary: String,
    advice_at: &'static str,
    advice: String,
    review: String,
    said: String,
    browser_hint: &'static str,
    agreement: &'static str,
    locked: bool,
    asks_validity: bool,
    types: [EnterpriseType; 4],
    documents: Vec<(DocumentKind, bool)>,
    terms: [Term; 4],
    province: Option<&'static Region>,
    prefectures: Vec<(&'static Region, Vec<&'static Region>)>,
}

/// What is wrong, on top of the form.
#[derive(Template)]
#[template(path = "register_summary.html")]
struct Summary<'a> {
    f: &'a Frame,
    form: &'a FormState,
}

/// The red box of the manual; nothing before a check has failed.
#[derive(Template)]
#[template(path = "register_review.html")]
struct ReviewBox {
    w: &'static RegisterTexts,
    legal: bool,
    mark: String,
    ticked: bool,
}

/// The parts of a draft that come and go.
struct Parts {
    frame: Frame,
    summary: String,
    advice_at: &'static str,
    advice: String,
    review: String,
}

impl Draft {
    fn parts(&mut self) -> Result<Parts, PageFault> {
        let order: Vec<&str> = ORDER.iter().map(|field| field.as_str()).collect();
        self.form.sort(&order);
        let frame = self.visitor.frame("");
        let summary = Summary {
            f: &frame,
            form: &self.form,
        };
        let review = ReviewBox {
            w: self.words(),
            legal: self.kind == AccountKind::Legal,
            mark: self.failed_mark(),
            ticked: self.form.value("manual_review") == "yes",
        };
        let drawn = |part: Result<String, askama::Error>| part.map_err(PageFault::internal);
        Ok(Parts {
            summary: drawn(summary.render())?,
            review: if self.check_failed {
                drawn(review.render())?
            } else {
                String::new()
            },
            advice_at: self.advice.as_ref().map_or("", |advice| advice.at.as_str()),
            advice: match &self.advice {
                Some(advice) => drawn(advice.render())?,
                None => String::new(),
            },
            frame,
        })
    }

    /// The page.
    ///
    /// # Errors
    /// [`PageFault::Internal`].
    pub fn page(mut self) -> Result<Response, PageFault> {
        let parts = self.parts()?;
        let w = self.words();
        let legal = self.kind == AccountKind::Legal;
        let faulty = self.form.has_errors();
        let chosen = DocumentKind::parse(self.form.value("document_kind"));
        let page = RegisterPage {
            f: parts.frame,
            w,
            legal,
            path: match self.kind {
                AccountKind::Personal => "/register/personal",
                AccountKind::Legal => "/register/enterprise",
            },
            title: if legal { w.ent_title } else { w.person_title },
            lead: if legal { w.ent_text } else { w.person_text },
            summary: parts.summary,
            advice_at: parts.advice_at,
            advice: parts.advice,
            review: parts.review,
            browser_hint: Code::SmsBrowserHint.text(self.language()),
            agreement: AGREEMENT.rsplit(' ').next().unwrap_or_default(),
            locked: self.is_locked(),
            asks_validity: chosen.is_ok_and(|kind| asks_validity(self.kind, kind))
                || self.form.value("document_kind").is_empty(),
            types: EnterpriseType::ALL,
            documents: DocumentKind::ALL
                .iter()
                .map(|kind| (*kind, asks_validity(self.kind, *kind)))
                .collect(),
            terms: Term::ALL,
            province: region::province(),
            prefectures: region::prefectures()
                .map(|prefecture| {
                    let counties = region::counties_of(prefecture.code());
                    (prefecture, counties.collect())
                })
                .collect(),
            said: self.said,
            form: self.form,
        };
        if faulty {
            self.visitor.page_with_faults(&page)
        } else {
            self.visitor.page(&page)
        }
    }

    /// Whether the mobile number is the filed one, shown masked and not to be changed
    /// (requirement LR-13).
    fn is_locked(&self) -> bool {
        self.kind == AccountKind::Legal && self.form.value(Field::Mobile.as_str()).contains('*')
    }

    /// The answer to a press of the button of the code: to the script, or as the whole page.
    ///
    /// # Errors
    /// [`PageFault::Internal`].
    pub fn answer(mut self, by_script: bool) -> Result<Response, PageFault> {
        if !by_script {
            return self.page();
        }
        let parts = self.parts()?;
        let told = serde_json::json!({
            "said": self.said,
            "wait_s": self.wait_ms.div_ceil(1000),
            "mobile": self.form.value("mobile"),
            "locked": self.is_locked(),
            "judged": judged(self.kind),
            "errors": self.form.errors(),
            "summary": if self.form.whole_fault().is_some() { &parts.summary } else { "" },
            "advice_at": parts.advice_at,
            "advice": parts.advice,
            "review": parts.review,
        });
        Ok(self.visitor.answer(Json(told)))
    }
}

/// The fields a press of the button of the code judges: a person's number alone, or everything the
/// registers are asked about.
fn judged(kind: AccountKind) -> Vec<&'static str> {
    ORDER
        .iter()
        .filter(|field| match kind {
            AccountKind::Personal => matches!(field, Field::Mobile | Field::SmsCode),
            AccountKind::Legal => **field != Field::Region,
        })
        .map(|field| field.as_str())
        .collect()
}
