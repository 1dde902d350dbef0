//! A stand-in for the service and its mini-program: for sample sites, tests and the stand-alone
//! simulator.
//!
//! It keeps its codes in memory. The text of a code is the address of a page where a person plays
//! the mini-program: chooses one of the sample enterprises and a role, and confirms or declines.
//! [`StandIn`] is the port itself, for a portal that embeds it; [`router`] is the interface of
//! `openapi/electronic-licence.json` with that page, for a program of its own.

mod interface;
mod page;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use axum::Router;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::clock::Clock;
use crate::electronic_licence::{
    ElectronicLicence, LicenceAnswer, LicenceCode, LicenceUnavailable,
};
use crate::random::Random;
use crate::samples::enterprises;
use crate::samples::people::{BAI_SONGNIAN, JIANG_YUNFAN, SamplePerson, ZHOU_XUEQING};
use crate::vouched::Role;
use crate::vouched::read::Assertion;

/// Milliseconds a code lives.
pub const LIFE_MS: u64 = 180_000;
/// Codes that are kept at once.
const MOST: usize = 10_000;

/// An enterprise that holds an electronic licence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenceHolder {
    /// Its unified social credit code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Name, document kind and number of its legal representative.
    pub representative: [String; 3],
}

impl LicenceHolder {
    /// The holder with a representative of the samples.
    pub fn new(code: &str, name: &str, representative: SamplePerson) -> Self {
        Self {
            code: code.to_owned(),
            name: name.to_owned(),
            representative: triple(representative),
        }
    }

    /// The holders of the samples: the enterprises of our register, and one of another province.
    pub fn samples() -> Vec<Self> {
        let mut all: Vec<_> = enterprises::ALL
            .into_iter()
            .map(|sample| Self::new(sample.code, sample.name, sample.representative))
            .collect();
        all.push(Self::new(
            "91310115MA1K4ELW2U",
            "申浦样例数据服务(上海)有限公司",
            JIANG_YUNFAN,
        ));
        all
    }
}

fn triple(person: SamplePerson) -> [String; 3] {
    [person.name, person.kind, person.number].map(str::to_owned)
}

#[derive(Debug, Clone)]
struct Entry {
    made_at_ms: u64,
    answer: LicenceAnswer,
}

/// The stand-in. Clones are one.
#[derive(Debug, Clone)]
pub struct StandIn {
    clock: Arc<dyn Clock>,
    random: Random,
    /// The address its page is reached at.
    origin: Arc<str>,
    holders: Arc<[LicenceHolder]>,
    entries: Arc<Mutex<HashMap<String, Entry>>>,
}

impl StandIn {
    /// A stand-in whose page is reached at an address, such as `https://127.0.0.1:8443`.
    pub fn new(clock: Arc<dyn Clock>, origin: &str, holders: Vec<LicenceHolder>) -> Self {
        Self {
            clock,
            random: Random::default(),
            origin: origin.into(),
            holders: holders.into(),
            entries: Arc::default(),
        }
    }

    /// The holders, in the order of the page.
    pub fn holders(&self) -> &[LicenceHolder] {
        &self.holders
    }

    /// Confirms a code for a holder in a role. Administrator and operator are people of the
    /// samples.
    pub fn confirm(&self, id: &str, holder: &LicenceHolder, role: Role) -> bool {
        let [person_name, document_kind, document_number] = match role {
            Role::LegalRepresentative => holder.representative.clone(),
            Role::LicenceAdministrator => triple(BAI_SONGNIAN),
            Role::Operator => triple(ZHOU_XUEQING),
        };
        let assertion = Assertion {
            person_name,
            document_kind,
            document_number,
            mobile: String::new(),
            credit_code: holder.code.clone(),
            organisation_name: holder.name.clone(),
            role: role.word().to_owned(),
        };
        self.decide(id, LicenceAnswer::Confirmed(Box::new(assertion)))
    }

    /// Declines a code.
    pub fn decline(&self, id: &str) -> bool {
        self.decide(id, LicenceAnswer::Denied)
    }

    /// Decides a code that waits; whether it did.
    fn decide(&self, id: &str, answer: LicenceAnswer) -> bool {
        let now_ms = self.clock.now_ms();
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        match entries.get_mut(id) {
            Some(entry) if entry.now(now_ms) == LicenceAnswer::Waiting => {
                entry.answer = answer;
                true
            }
            _ => false,
        }
    }

    fn make(&self) -> Result<LicenceCode, LicenceUnavailable> {
        let bytes: [u8; 16] = self
            .random
            .make_bytes()
            .map_err(|error| LicenceUnavailable(error.to_string()))?;
        let id = URL_SAFE_NO_PAD.encode(bytes);
        let now_ms = self.clock.now_ms();
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.retain(|_, entry| now_ms.saturating_sub(entry.made_at_ms) < 2 * LIFE_MS);
        if entries.len() >= MOST {
            return Err(LicenceUnavailable("too many codes".to_owned()));
        }
        let entry = Entry {
            made_at_ms: now_ms,
            answer: LicenceAnswer::Waiting,
        };
        entries.insert(id.clone(), entry);
        drop(entries);
        Ok(LicenceCode {
            text: format!("{}{}", self.origin, page::path(&id)),
            id,
            life_ms: LIFE_MS,
        })
    }

    /// What became of a code; none when it is unknown.
    fn answer(&self, id: &str) -> Option<LicenceAnswer> {
        let now_ms = self.clock.now_ms();
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.get(id).map(|entry| entry.now(now_ms))
    }
}

impl Entry {
    fn now(&self, now_ms: u64) -> LicenceAnswer {
        let old = now_ms.saturating_sub(self.made_at_ms) >= LIFE_MS;
        match &self.answer {
            LicenceAnswer::Waiting if old => LicenceAnswer::Expired,
            other => other.clone(),
        }
    }
}

#[async_trait]
impl ElectronicLicence for StandIn {
    async fn begin(&self) -> Result<LicenceCode, LicenceUnavailable> {
        self.make()
    }

    async fn poll(&self, id: &str) -> Result<LicenceAnswer, LicenceUnavailable> {
        Ok(self.answer(id).unwrap_or(LicenceAnswer::Expired))
    }
}

/// The page of the mini-program, for a portal that embeds the stand-in.
pub fn pages<S: Clone + Send + Sync + 'static>(stand_in: StandIn) -> Router<S> {
    page::routes().with_state(stand_in)
}

/// The whole service: the interface, under a bearer token if there is one, and the page with its
/// stylesheet.
pub fn router(stand_in: StandIn, token: Option<&str>) -> Router {
    interface::routes(token)
        .merge(page::routes())
        .merge(page::assets())
        .with_state(stand_in)
}
