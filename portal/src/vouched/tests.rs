//! Assertions, and whose account they open.

use std::sync::Arc;

use async_trait::async_trait;
use quanshengshi_rules::complaint::code::Code;
use quanshengshi_rules::date::Date;

use super::admission::{Admission, AdmissionFault, Terms};
use super::read::{Assertion, AssertionFault};
use super::representative::representative_of;
use super::{Role, Vouched};
use crate::accounts::password::Passwords;
use crate::accounts::registration::NewAccount;
use crate::accounts::sign_in::SignIn;
use crate::accounts::{Account, AccountKind, AccountState, Accounts, Proof};
use crate::clock::SteppedClock;
use crate::outside::fault::OutsideFault;
use crate::random::Random;
use crate::registers::state::RegisteredState;
use crate::registers::{
    Enterprise, MarketRegister, Person, PopulationRegister, Registers, Representative,
};
use crate::store::Store;

const OURS: &str = "91230102MA1B2C3D8J";
const ELSEWHERE: &str = "91110105MA01W0NP38";
const OLD_FILING: &str = "92230102MA1GTHB59J";

/// One enterprise of each kind, or no answer at all.
#[derive(Debug, Clone, Copy)]
struct Filed {
    up: bool,
    active: bool,
}

#[async_trait]
impl MarketRegister for Filed {
    async fn enterprise(&self, code: &str) -> Result<Option<Enterprise>, OutsideFault> {
        if !self.up {
            return Err(OutsideFault::Down);
        }
        let number = match code {
            OURS => "230102199705180024",
            OLD_FILING => "230102970518002",
            _ => return Ok(None),
        };
        Ok(Some(Enterprise {
            credit_code: code.to_owned(),
            name: "样例".to_owned(),
            representative: Representative {
                name: "林知微".to_owned(),
                document_kind: "resident_id".to_owned(),
                document_number: number.to_owned(),
            },
            kind: String::new(),
            contact: String::new(),
            state: if self.active {
                RegisteredState::InBusiness
            } else {
                RegisteredState::Revoked
            },
            active: self.active,
        }))
    }
}

#[async_trait]
impl PopulationRegister for Filed {
    async fn person(&self, _: &str) -> Result<Option<Person>, OutsideFault> {
        Ok(None)
    }

    async fn photo(&self, _: &str) -> Result<Option<Vec<u8>>, OutsideFault> {
        Ok(None)
    }
}

struct Ground {
    accounts: Accounts,
    registers: Registers,
    admission: Admission,
    _folder: tempfile::TempDir,
}

fn ground(filed: Filed) -> Ground {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("portal.sqlite3")).expect("opens");
    let clock = Arc::new(SteppedClock::at(1_795_397_460_000));
    let passwords = Passwords::new(Random::default()).expect("hashes");
    let accounts = Accounts::new(store, clock, passwords);
    let registers = Registers::new(Arc::new(filed), Arc::new(filed));
    Ground {
        admission: Admission::new(accounts.clone(), registers.clone()),
        accounts,
        registers,
        _folder: folder,
    }
}

const UP: Filed = Filed {
    up: true,
    active: true,
};

fn assertion(code: &str, role: Role) -> Assertion {
    Assertion {
        person_name: "林知微".to_owned(),
        document_kind: "resident_id".to_owned(),
        document_number: "230102199705180024".to_owned(),
        mobile: "13904510037".to_owned(),
        credit_code: code.to_owned(),
        organisation_name: "样例（哈尔滨）有限公司".to_owned(),
        role: role.word().to_owned(),
    }
}

fn read(assertion: &Assertion, kind: AccountKind) -> Result<Vouched, AssertionFault> {
    assertion.read(kind, Date::new(2026, 11, 23).expect("a day"))
}

fn vouched(code: &str, role: Role) -> Vouched {
    read(&assertion(code, role), AccountKind::Legal).expect("reads")
}

fn terms() -> Terms {
    Terms {
        proof: Proof::National,
        validity: String::new(),
        agreement: "test",
    }
}

fn refused(result: Result<Account, AdmissionFault>) -> Option<Code> {
    result.err().and_then(|fault| match fault {
        AdmissionFault::Refused(code) => Some(code),
        AdmissionFault::Accounts(_) => None,
    })
}

type Spoil = fn(&mut Assertion);

#[test]
fn np_01_every_claim_is_parsed_and_a_wrong_one_is_named() {
    let good = assertion(OURS, Role::Operator);
    let read_it = read(&good, AccountKind::Legal).expect("reads");
    let enterprise = read_it.enterprise.expect("an enterprise");
    assert_eq!(enterprise.role, Role::Operator);
    assert_eq!(enterprise.name.as_str(), "样例(哈尔滨)有限公司");
    let cases: [(Spoil, Option<Code>); 5] = [
        (
            |it| it.document_number = "230102199705180025".to_owned(),
            Some(Code::RegIdChecksum),
        ),
        (|it| it.person_name.clear(), Some(Code::RegNameLength)),
        (
            |it| it.document_kind = "officer_card".to_owned(),
            Some(Code::RegDocUnsupported),
        ),
        (|it| it.credit_code.truncate(17), Some(Code::UsccLength)),
        (|it| it.role = "owner".to_owned(), None),
    ];
    for (spoil, code) in cases {
        let mut bad = good.clone();
        spoil(&mut bad);
        let fault = read(&bad, AccountKind::Legal).expect_err("refused");
        match (&fault, code) {
            (AssertionFault::Rule(error), Some(code)) => assert_eq!(error.code, code),
            (AssertionFault::Role, None) => {}
            other => panic!("{other:?}"),
        }
        assert!(!fault.to_string().contains("230102"), "nothing personal");
    }
    let mut no_number = good;
    no_number.mobile = "0451-84556677".to_owned();
    let person = read(&no_number, AccountKind::Personal).expect("reads");
    assert_eq!((person.person.mobile, person.enterprise), (None, None));
}

#[tokio::test]
async fn np_02_np_03_an_enterprise_of_another_province_gets_an_account_and_its_own_person() {
    let ground = ground(UP);
    let told = vouched(ELSEWHERE, Role::LegalRepresentative);
    assert!(ground.admission.find(&told).await.expect("reads").is_none());
    let account = ground
        .admission
        .make(&told, terms())
        .await
        .expect("is made");
    assert_eq!(account.state, AccountState::Active);
    assert_eq!(
        (account.region.as_str(), account.mobile.as_str()),
        ("230000", "13904510037")
    );
    let person = representative_of(&ground.registers, &account).await;
    let person = person.expect("answers").expect("somebody");
    assert_eq!(person.document_number, "230102199705180024");
    let again = ground.admission.find(&told).await.expect("reads");
    assert_eq!(again.map(|found| found.id), Some(account.id));
    let administrator = vouched(ELSEWHERE, Role::LicenceAdministrator);
    let result = ground.admission.make(&administrator, terms()).await;
    assert_eq!(
        refused(result),
        Some(Code::RoleNotAllowed),
        "no register names the representative"
    );
}

#[tokio::test]
async fn np_03_a_bound_number_stays_where_it_is_and_the_account_is_made_without() {
    let ground = ground(UP);
    let first = vouched(ELSEWHERE, Role::LegalRepresentative);
    ground.admission.make(&first, terms()).await.expect("made");
    for code in [OURS, OLD_FILING] {
        let told = vouched(code, Role::LegalRepresentative);
        let account = ground.admission.make(&told, terms()).await.expect("made");
        assert_eq!(account.mobile, "", "two accounts may be without a number");
    }
}

#[tokio::test]
async fn ms_06_a_representative_filed_under_an_old_number_is_the_same_person() {
    let ground = ground(UP);
    let told = vouched(OLD_FILING, Role::LegalRepresentative);
    let account = ground.admission.make(&told, terms()).await.expect("made");
    let person = representative_of(&ground.registers, &account).await;
    let person = person.expect("answers").expect("somebody");
    assert_eq!(person.document_number, "230102199705180024");
    let administrator = vouched(OLD_FILING, Role::LicenceAdministrator);
    assert_eq!(
        refused(ground.admission.make(&administrator, terms()).await),
        Some(Code::RoleNotAllowed)
    );
}

#[tokio::test]
async fn el_06_who_may_make_an_account() {
    let ground = ground(UP);
    let operator = vouched(OURS, Role::Operator);
    assert_eq!(
        refused(ground.admission.make(&operator, terms()).await),
        Some(Code::RoleNotAllowed)
    );
    let mut stranger = assertion(OURS, Role::LegalRepresentative);
    stranger.document_number = "230104200403090013".to_owned();
    let stranger = read(&stranger, AccountKind::Legal).expect("reads");
    assert_eq!(
        refused(ground.admission.make(&stranger, terms()).await),
        Some(Code::LegalRepMismatch)
    );
    let mut administrator = assertion(OURS, Role::LicenceAdministrator);
    administrator.person_name = "江云帆".to_owned();
    administrator.document_number = "230104200403090013".to_owned();
    let administrator = read(&administrator, AccountKind::Legal).expect("reads");
    let account = ground.admission.make(&administrator, terms()).await;
    let account = account.expect("an administrator may");
    assert_eq!(
        (account.person_name.as_str(), account.mobile.as_str()),
        ("林知微", ""),
        "the account names the representative, not the administrator"
    );
    let unknown = vouched("91230109MA1WHN150K", Role::LegalRepresentative);
    assert_eq!(
        refused(ground.admission.make(&unknown, terms()).await),
        Some(Code::EntInfoMismatch)
    );
}

#[tokio::test]
async fn ms_07_ms_08_a_register_that_is_down_or_says_no_is_told_apart() {
    let told = vouched(OURS, Role::LegalRepresentative);
    let down = ground(Filed {
        up: false,
        active: true,
    });
    assert_eq!(
        refused(down.admission.make(&told, terms()).await),
        Some(Code::MsaUnavailable)
    );
    let closed = ground(Filed {
        up: true,
        active: false,
    });
    assert_eq!(
        refused(closed.admission.make(&told, terms()).await),
        Some(Code::EntNotActive)
    );
}

/// Whoever registers somebody else's enterprise and waits must not get in when the real person
/// comes by another way.
#[tokio::test]
async fn np_03_a_pending_account_is_replaced_and_its_password_opens_nothing() {
    let ground = ground(UP);
    let planted = NewAccount {
        kind: AccountKind::Legal,
        name: OURS.to_owned(),
        organisation: "样例".to_owned(),
        enterprise_type: "enterprise".to_owned(),
        person_name: "林知微".to_owned(),
        document_kind: "resident_id".to_owned(),
        document_number: "230102199705180024".to_owned(),
        validity: String::new(),
        mobile: "13904510037".to_owned(),
        region: "230100".to_owned(),
        password: Some("Stranger2026xue".to_owned()),
        proof: Proof::Face,
        agreement: "test".to_owned(),
    };
    let planted = ground.accounts.register(planted).await.expect("registers");
    let told = vouched(OURS, Role::LegalRepresentative);
    let account = ground.admission.make(&told, terms()).await.expect("made");
    assert_ne!(account.id, planted);
    assert_eq!(account.mobile, "13904510037", "the number is free again");
    let tried = ground
        .accounts
        .sign_in(AccountKind::Legal, OURS, "Stranger2026xue")
        .await;
    assert_eq!(tried, SignIn::BadCredentials);
    assert_eq!(
        refused(ground.admission.make(&told, terms()).await),
        Some(Code::EntExists),
        "a proven account is never replaced"
    );
}

#[tokio::test]
async fn np_01_a_persons_account_under_another_name_is_not_joined() {
    let ground = ground(UP);
    let told = read(&assertion("", Role::Operator), AccountKind::Personal).expect("reads");
    let account = ground.admission.make(&told, terms()).await.expect("made");
    assert_eq!(
        (account.kind, account.name.as_str()),
        (AccountKind::Personal, "230102199705180024")
    );
    let mut other = assertion("", Role::Operator);
    other.person_name = "江云帆".to_owned();
    let other = read(&other, AccountKind::Personal).expect("reads");
    let found = ground.admission.find(&other).await;
    assert!(matches!(
        found,
        Err(AdmissionFault::Refused(Code::RegIdentityMismatch))
    ));
}
