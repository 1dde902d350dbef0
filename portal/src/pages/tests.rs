//! Pages, asked as a browser asks them: cookies, forms with their token, one portal in a folder
//! of its own, under a clock that stands.

mod copy_codes;
mod crossing;
mod devices;
mod faces;
mod guards;
mod licence;
mod login;
mod national;
mod outside;
mod password;
mod personal;
mod registration;
mod review;
mod seals;
mod space;
mod waiting;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use quanshengshi_protocol::refusal::RefusalCode;
use tower::ServiceExt as _;

use crate::accounts::registration::NewAccount;
use crate::accounts::{AccountId, AccountKind, Proof};
use crate::clock::SteppedClock;
use crate::outside::settings::OutsideSettings;
use crate::server::App;
use crate::settings::Settings;
use crate::slider::{PuzzleId, SliderError};
use crate::tasks::appraise::{Appraise, Case, Judgement};
use crate::tasks::likeness::Nearest;
use quanshengshi_appraisal::finding::Finding;

pub(super) const ORIGIN: &str = "https://127.0.0.1:8443";
/// 2026-11-23 01:31:00 UTC.
const START_MS: u64 = 1_795_397_460_000;
pub(super) const PASSWORD: &str = "Songhua2026xue";

/// Leaves everything to people.
#[derive(Debug)]
struct Doubt;

impl Appraise for Doubt {
    fn appraise(&self, _: Case<'_>) -> Judgement {
        Finding::Review(RefusalCode::FaceMismatch).into()
    }

    fn likened(&self, finding: Finding, _: Nearest) -> Finding {
        finding
    }

    fn policy(&self) -> &'static str {
        "doubt"
    }
}

/// A portal with samples.
pub(super) struct Portal {
    pub(super) app: App,
    pub(super) clock: SteppedClock,
    _folder: tempfile::TempDir,
}

impl Portal {
    pub(super) async fn open() -> Self {
        Self::open_with(|_, _| {}).await
    }

    /// A portal whose settings a test changes; the folder is there for what they name.
    pub(super) async fn open_with(change: impl FnOnce(&mut Settings, &Path)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = SteppedClock::at(START_MS);
        let mut settings = Settings {
            database: folder.path().join("portal.sqlite3"),
            keys: folder.path().join("keys"),
            font: None,
            origin: ORIGIN.to_owned(),
            oldest_app: crate::tasks::version::OldestApp::default(),
            attestation: None,
            further_prompts: crate::tasks::limits::Further::default(),
            sample: true,
            outside: OutsideSettings::default(),
            national: None,
            licence: None,
            seal: None,
        };
        change(&mut settings, folder.path());
        let app = App::open(settings, Arc::new(clock.clone()), Arc::new(Doubt));
        Self {
            app: app.await.expect("opens"),
            clock,
            _folder: folder,
        }
    }

    pub(super) fn browser(&self) -> Browser {
        Browser {
            app: self.app.clone(),
            cookies: BTreeMap::new(),
        }
    }

    /// Where the piece of a puzzle belongs, which no page tells.
    pub(super) async fn place_of(&self, puzzle: &str) -> i64 {
        let id = PuzzleId::parse(puzzle).expect("a name");
        let read = self.app.store.read(move |connection| {
            let sql = "SELECT x FROM slider_puzzles WHERE id = ?1";
            let x = connection.query_row(sql, [id.as_bytes()], |row| row.get(0))?;
            Ok::<i64, SliderError>(x)
        });
        read.await.expect("reads")
    }

    /// Makes a sample register fall silent.
    pub(super) async fn silence(&self, table: &'static str) {
        self.app
            .store
            .write(move |transaction| {
                transaction.execute_batch(&format!("ALTER TABLE {table} RENAME TO gone"))?;
                Ok::<_, crate::store::StoreError>(())
            })
            .await
            .expect("falls silent");
    }

    /// An active account of a sample enterprise.
    pub(super) async fn active(&self, code: &str, mobile: &str) -> AccountId {
        let account = NewAccount {
            kind: AccountKind::Legal,
            name: code.to_owned(),
            organisation: "样例企业".to_owned(),
            enterprise_type: "enterprise".to_owned(),
            person_name: "林知微".to_owned(),
            document_kind: "resident_id".to_owned(),
            document_number: "230102199705180024".to_owned(),
            validity: String::new(),
            mobile: mobile.to_owned(),
            region: "230100".to_owned(),
            password: Some(PASSWORD.to_owned()),
            proof: Proof::Face,
            agreement: "test".to_owned(),
        };
        let id = self
            .app
            .accounts
            .register(account)
            .await
            .expect("registers");
        self.app.accounts.mark_real_name(id).await.expect("marks");
        id
    }

    /// An active account of the first sample person.
    pub(super) async fn person(&self) -> AccountId {
        let id = self.pending_person().await;
        self.app.accounts.mark_real_name(id).await.expect("marks");
        id
    }

    /// An account of the first sample person that waits for the face.
    pub(super) async fn pending_person(&self) -> AccountId {
        let account = NewAccount {
            kind: AccountKind::Personal,
            name: "230102199705180024".to_owned(),
            organisation: String::new(),
            enterprise_type: String::new(),
            person_name: "林知微".to_owned(),
            document_kind: "resident_id".to_owned(),
            document_number: "230102199705180024".to_owned(),
            validity: String::new(),
            mobile: "13904510037".to_owned(),
            region: "230100".to_owned(),
            password: Some(PASSWORD.to_owned()),
            proof: Proof::Face,
            agreement: "test".to_owned(),
        };
        let id = self.app.accounts.register(account).await;
        id.expect("registers")
    }

    /// A browser in which an account is signed in.
    pub(super) async fn signed_in(&self, code: &str, mobile: &str) -> Browser {
        let id = self.active(code, mobile).await;
        self.signed_in_as(id).await
    }

    /// A browser in which an account is signed in that is there already.
    pub(super) async fn signed_in_as(&self, id: AccountId) -> Browser {
        let mut browser = self.browser();
        let fresh = self.app.sessions.open().await.expect("opens");
        let session = self.app.sessions.rotate(&fresh, Some(id), None).await;
        let cookie = session.expect("rotates").cookie();
        browser.cookies.insert("__Host-qss".to_owned(), cookie);
        browser
    }
}

/// A form with some fields changed, or added.
pub(super) fn changed<'a>(
    form: &[(&'a str, &'a str)],
    changes: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let mut fields = form.to_vec();
    for (name, value) in changes {
        match fields.iter_mut().find(|field| field.0 == *name) {
            Some(field) => field.1 = value,
            None => fields.push((name, value)),
        }
    }
    fields
}

/// An answer.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: axum::http::HeaderMap,
    pub(super) bytes: Vec<u8>,
}

impl Answer {
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(super) fn location(&self) -> &str {
        let location = self.headers.get(header::LOCATION);
        location.map_or("", |value| value.to_str().expect("ascii"))
    }

    /// What stands between two texts.
    pub(super) fn between(&self, before: &str, after: &str) -> String {
        let text = self.text();
        let (_, rest) = text.split_once(before).expect(before);
        rest.split_once(after).expect(after).0.to_owned()
    }

    pub(super) fn token(&self) -> String {
        self.between("name=\"form_token\" value=\"", "\"")
    }
}

/// A browser: keeps cookies.
#[derive(Clone)]
pub(super) struct Browser {
    app: App,
    pub(super) cookies: BTreeMap<String, String>,
}

impl Browser {
    pub(super) async fn get(&mut self, path: &str) -> Answer {
        let request = Request::get(path).body(Body::empty()).expect("a request");
        self.send(request).await
    }

    pub(super) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(form(path, fields)).await
    }

    /// Opens a page, then posts a form with its token.
    pub(super) async fn fill(&mut self, page: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.get(page).await.token();
        let mut all = vec![("form_token", token.as_str())];
        all.extend_from_slice(fields);
        self.post(path, &all).await
    }

    pub(super) async fn send(&mut self, mut request: Request<Body>) -> Answer {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if !cookies.is_empty() {
            let value = cookies.join("; ").parse().expect("ascii");
            request.headers_mut().insert(header::COOKIE, value);
        }
        let response = self.app.router().oneshot(request).await.expect("answers");
        let (parts, body) = response.into_parts();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().expect("ascii");
            let (name, value) = line.split_once('=').expect("a cookie");
            let value = value.split(';').next().unwrap_or_default();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        Answer {
            status: parts.status,
            headers: parts.headers,
            bytes: to_bytes(body, 8 << 20).await.expect("a body").to_vec(),
        }
    }
}

pub(super) fn form(path: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let body: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", escaped(value)))
        .collect();
    Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body.join("&")))
        .expect("a request")
}

fn escaped(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("writes");
        }
    }
    out
}
