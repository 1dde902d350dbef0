//! Registration of an enterprise (requirements LR-01 to LR-20).
//!
//! A form passes three checks in turn: what the rules can see ([`applicant`]), what the registers
//! say ([`filed`]), and what belongs to the account (code, password, agreement). A message goes
//! only to the number those registers name, and only once they agree with the form.

pub mod applicant;
pub mod filed;

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use quanshengshi_protocol::transaction::TaskKind;
use quanshengshi_rules::complaint::RuleError;
use quanshengshi_rules::complaint::code::Code;
use quanshengshi_rules::complaint::field::Field;
use quanshengshi_rules::document::kind::DocumentKind;
use quanshengshi_rules::enterprise::EnterpriseType;
use quanshengshi_rules::mobile::Mobile;
use quanshengshi_rules::password;
use quanshengshi_rules::validity::term::Term;

use crate::accounts::registration::NewAccount;
use crate::accounts::{AccountError, AccountId, AccountKind, Proof};
use crate::pages::enterprise::applicant::Applicant;
use crate::pages::fault::PageFault;
use crate::pages::form::FormState;
use crate::pages::frame::Frame;
use crate::pages::posted::{Fields, Posted};
use crate::pages::visitor::Visitor;
use crate::pages::waiting;
use crate::server::App;
use crate::sms::{PAUSE_MS, Purpose, Recipient, SmsError};

/// Name and version of what is agreed to.
const AGREEMENT: &str = "user-agreement-and-privacy 2026-11";

/// Heilongjiang and its prefectures (requirement PR-13).
pub const REGIONS: [(&str, &str, &str); 14] = [
    ("230000", "黑龙江省", "Heilongjiang province"),
    ("230100", "哈尔滨市", "Harbin"),
    ("230200", "齐齐哈尔市", "Qiqihar"),
    ("230300", "鸡西市", "Jixi"),
    ("230400", "鹤岗市", "Hegang"),
    ("230500", "双鸭山市", "Shuangyashan"),
    ("230600", "大庆市", "Daqing"),
    ("230700", "伊春市", "Yichun"),
    ("230800", "佳木斯市", "Jiamusi"),
    ("230900", "七台河市", "Qitaihe"),
    ("231000", "牡丹江市", "Mudanjiang"),
    ("231100", "黑河市", "Heihe"),
    ("231200", "绥化市", "Suihua"),
    ("232700", "大兴安岭地区", "Da Hinggan Ling"),
];

#[derive(Template)]
#[template(path = "register_enterprise.html")]
struct EnterprisePage {
    f: Frame,
    form: FormState,
    advice: Option<(&'static str, &'static str)>,
    said: String,
    types: [EnterpriseType; 4],
    documents: [DocumentKind; 6],
    terms: [Term; 4],
    regions: [(&'static str, &'static str, &'static str); 14],
}

/// A form in the making: its page, and what was found out on the way.
pub struct Draft {
    /// Who fills it in.
    pub visitor: Visitor,
    /// The form.
    pub form: FormState,
    /// Heading and text of the advice, when the filed number cannot be used.
    pub advice: Option<(&'static str, &'static str)>,
}

impl Draft {
    fn page(self, said: String) -> Result<Response, PageFault> {
        let faulty = self.form.has_errors();
        let page = EnterprisePage {
            f: self.visitor.frame(""),
            form: self.form,
            advice: self.advice,
            said,
            types: EnterpriseType::ALL,
            documents: DocumentKind::ALL,
            terms: Term::ALL,
            regions: REGIONS,
        };
        if faulty {
            self.visitor.page_with_faults(&page)
        } else {
            self.visitor.page(&page)
        }
    }

    /// Notes a broken rule.
    pub fn broken(&mut self, error: RuleError) {
        self.form.broken(error, self.visitor.preferences.language);
    }

    /// Notes a rule that only the portal can judge.
    pub fn refuse(&mut self, code: Code, field: Field) {
        self.broken(RuleError::new(code, field));
    }
}

/// The empty form.
///
/// # Errors
/// [`PageFault::Internal`].
pub async fn show(State(app): State<App>, mut visitor: Visitor) -> Result<Response, PageFault> {
    visitor.ensure_session(&app).await?;
    let draft = Draft {
        visitor,
        form: FormState::default(),
        advice: None,
    };
    draft.page(String::new())
}

/// A filled form: either a code is asked for, or the registration itself.
///
/// # Errors
/// [`PageFault`].
pub async fn submit(State(app): State<App>, posted: Posted) -> Result<Response, PageFault> {
    let wants_code = posted.fields.says("act", "code");
    let mut draft = Draft {
        visitor: posted.visitor,
        form: FormState::new(posted.fields.clone()),
        advice: None,
    };
    let applicant = applicant::read(&mut draft, &posted.fields, app.clock.now_ms());
    let mobile = match &applicant {
        Some(applicant) => filed::check(&app, &mut draft, applicant, &posted.fields).await?,
        None => None,
    };
    let to = mobile.as_ref().map(|mobile| Recipient {
        purpose: Purpose::Registration,
        mobile: mobile.as_str().to_owned(),
        session: posted.session.digest,
    });
    if wants_code {
        let said = match to {
            Some(to) => send_code(&app, &mut draft, to).await?,
            None => String::new(),
        };
        if let Some(mobile) = &mobile {
            draft.form.set("mobile", mobile.masked());
        }
        if posted.by_script {
            return Ok(told(&draft, &said));
        }
        return draft.page(said);
    }
    let code = posted.fields.text("sms_code");
    check_account(&mut draft, &posted.fields, mobile.as_ref());
    if let Some(to) = &to
        && let Err(error) = app.sms.check_code(to.clone(), code).await
    {
        let t = draft.visitor.texts();
        match error {
            SmsError::Wrong => draft.form.fault("sms_code", t.code_wrong),
            SmsError::Expired => draft.form.fault("sms_code", t.code_expired),
            other => return Err(other.into()),
        }
    }
    let (Some(applicant), Some(mobile), Some(to), false) =
        (applicant, mobile, to, draft.form.has_errors())
    else {
        return draft.page(String::new());
    };
    let account = new_account(&applicant, &mobile, &posted.fields);
    match register(&app, account, to, code).await? {
        Err((code, field)) => {
            draft.refuse(code, field);
            draft.page(String::new())
        }
        Ok(account) => {
            let mut visitor = draft.visitor;
            let session = app
                .sessions
                .rotate(&posted.session, None, Some(account))
                .await?;
            visitor.set_session(session);
            waiting::open_kind(&app, visitor, TaskKind::RealNameLegal, None).await
        }
    }
}

async fn send_code(app: &App, draft: &mut Draft, to: Recipient) -> Result<String, PageFault> {
    let t = draft.visitor.texts();
    let masked = Mobile::parse(&to.mobile).map(|parsed| parsed.value.masked());
    let network = draft.visitor.pc.network.clone();
    match app.sms.send_code(to, &network).await {
        Ok(()) => Ok(format!(
            "{} {}{}",
            t.sent_to,
            masked.unwrap_or_default(),
            t.sent_valid
        )),
        Err(SmsError::TooOften { wait_ms }) => {
            let wait = wait_words(wait_ms, t.seconds, t.minutes);
            let text = format!("{} {} {wait} {}", t.field_wait, t.wait_before, t.wait_after);
            draft.form.fault("sms_code", text);
            Ok(String::new())
        }
        Err(other) => Err(other.into()),
    }
}

/// A time to wait in words: seconds up to two minutes, then minutes, rounded up.
pub fn wait_words(wait_ms: u64, seconds: &str, minutes: &str) -> String {
    let left = wait_ms.div_ceil(1000);
    if left <= 120 {
        format!("{left} {seconds}")
    } else {
        format!("{} {minutes}", left.div_ceil(60))
    }
}

fn told(draft: &Draft, said: &str) -> Response {
    let errors: Vec<_> = draft.form.errors().iter().collect();
    draft.visitor.answer(Json(serde_json::json!({
        "said": said,
        "mobile": draft.form.value("mobile"),
        "wait_s": if said.is_empty() { 0 } else { PAUSE_MS / 1000 },
        "advice": draft.advice,
        "errors": errors,
    })))
}

fn check_account(draft: &mut Draft, fields: &Fields, mobile: Option<&Mobile>) {
    let typed = fields.text("password");
    let known = [
        fields.text("credit_code"),
        mobile.map_or("", Mobile::as_str),
    ];
    if let Err(error) = password::check(typed, &known) {
        draft.broken(error);
    } else if typed != fields.text("password_again") {
        let t = draft.visitor.texts();
        draft.form.fault("password_again", t.password_differs);
    }
    let region = fields.text("region");
    if !REGIONS.iter().any(|(code, ..)| *code == region) {
        draft.refuse(Code::RegRegionNotHlj, Field::Region);
    }
    if !fields.says("consent", "yes") {
        draft.refuse(Code::RegConsentRequired, Field::Consent);
    }
}

fn new_account(applicant: &Applicant, mobile: &Mobile, fields: &Fields) -> NewAccount {
    NewAccount {
        kind: AccountKind::Legal,
        name: applicant.code.as_str().to_owned(),
        organisation: applicant.name.as_str().to_owned(),
        enterprise_type: applicant.kind.as_str().to_owned(),
        person_name: applicant.representative.as_str().to_owned(),
        document_kind: applicant.document_kind.as_str().to_owned(),
        document_number: applicant.document.as_str().to_owned(),
        validity: applicant
            .validity
            .map(|period| format!("{}/{}", period.start(), period.end()))
            .unwrap_or_default(),
        mobile: mobile.as_str().to_owned(),
        region: fields.text("region").to_owned(),
        password: Some(fields.text("password").to_owned()),
        proof: Proof::Face,
        agreement: AGREEMENT.to_owned(),
    }
}

/// Registers, or says what is taken. The code is spent only when nothing else is in the way.
async fn register(
    app: &App,
    account: NewAccount,
    to: Recipient,
    code: &str,
) -> Result<Result<AccountId, (Code, Field)>, PageFault> {
    let taken = Ok(Err((Code::EntExists, Field::CreditCode)));
    if app
        .accounts
        .by_name(account.kind, &account.name)
        .await?
        .is_some()
    {
        return taken;
    }
    let made = app.accounts.register(account).await;
    match made {
        Ok(id) => {
            // The account stands; a code that died this instant takes nothing from it.
            let _ = app.sms.spend_code(to, code).await;
            Ok(Ok(id))
        }
        Err(AccountError::NameTaken) => taken,
        Err(AccountError::MobileTaken) => Ok(Err((Code::RegMobileTaken, Field::Mobile))),
        Err(other) => Err(other.into()),
    }
}
