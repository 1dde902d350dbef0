use std::sync::Arc;

use super::password::Passwords;
use super::registration::NewAccount;
use super::sign_in::SignIn;
use super::sign_in_name::SignInName;
use super::{
    AccountError, AccountKind, AccountState, Accounts, PENDING_LIFE_MS, Proof, masked_number,
};
use crate::clock::SteppedClock;
use crate::random::Random;
use crate::store::Store;

fn account(name: &str, mobile: &str) -> NewAccount {
    NewAccount {
        kind: AccountKind::Legal,
        name: name.to_owned(),
        organisation: "样例企业".to_owned(),
        enterprise_type: "enterprise".to_owned(),
        person_name: "林知微".to_owned(),
        document_kind: "resident_id".to_owned(),
        document_number: "230102199705180024".to_owned(),
        validity: String::new(),
        mobile: mobile.to_owned(),
        region: "230100".to_owned(),
        password: Some("Songhua2026xue".to_owned()),
        proof: Proof::Face,
        agreement: "test".to_owned(),
    }
}

#[tokio::test]
async fn pr_14_pr_24_names_and_numbers_are_taken_until_a_pending_account_expires() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("portal.sqlite3")).expect("opens");
    let clock = SteppedClock::at(1_795_397_460_000);
    let passwords = Passwords::new(Random::default()).expect("hashes");
    let accounts = Accounts::new(store, Arc::new(clock.clone()), passwords);
    let first = accounts
        .register(account("A", "1"))
        .await
        .expect("registers");
    let taken = accounts.register(account("A", "2")).await;
    assert!(matches!(taken, Err(AccountError::NameTaken)));
    let taken = accounts.register(account("B", "1")).await;
    assert!(matches!(taken, Err(AccountError::MobileTaken)));
    clock.advance(PENDING_LIFE_MS + 1);
    let second = accounts
        .register(account("A", "1"))
        .await
        .expect("registers");
    assert!(matches!(
        accounts.mark_real_name(first).await,
        Err(AccountError::Unknown)
    ));
    accounts.mark_real_name(second).await.expect("marks");
    accounts.mark_real_name(second).await.expect("marks twice");
    clock.advance(PENDING_LIFE_MS + 1);
    let taken = accounts.register(account("A", "3")).await;
    assert!(
        matches!(taken, Err(AccountError::NameTaken)),
        "active for good"
    );
    let found = accounts.by_id(second).await.expect("reads");
    assert_eq!(found.state, AccountState::Active);
}

#[tokio::test]
async fn mr_08_np_03_an_account_proven_elsewhere_is_active_and_opens_to_no_password() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("portal.sqlite3")).expect("opens");
    let clock = Arc::new(SteppedClock::at(1_795_397_460_000));
    let passwords = Passwords::new(Random::default()).expect("hashes");
    let accounts = Accounts::new(store, clock, passwords);
    let proven = NewAccount {
        password: None,
        proof: Proof::National,
        ..account("A", "1")
    };
    let id = accounts.register(proven).await.expect("registers");
    let found = accounts.by_id(id).await.expect("reads");
    assert_eq!(
        (found.state, found.proof),
        (AccountState::Active, Proof::National)
    );
    let name = SignInName::read(AccountKind::Legal, "A");
    let trial = accounts.knock(&name, "127.0.0", false).await;
    let trial = trial.expect("counts").expect("is free");
    let tried = accounts.judge(trial, "").await.expect("judges");
    assert_eq!(tried, SignIn::BadCredentials);
    assert!(!accounts.has_password(&found).await.expect("reads"));
}

#[tokio::test]
async fn lg_10_both_names_of_a_person_are_one_account_and_count_as_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("portal.sqlite3")).expect("opens");
    let clock = Arc::new(SteppedClock::at(1_795_397_460_000));
    let passwords = Passwords::new(Random::default()).expect("hashes");
    let accounts = Accounts::new(store, clock, passwords);
    let person = NewAccount {
        kind: AccountKind::Personal,
        ..account("230102199705180024", "13904510037")
    };
    let id = accounts.register(person).await.expect("registers");
    let names = ["230102199705180024", "139 0451 0037"];
    for typed in [names, names].concat() {
        let name = SignInName::read(AccountKind::Personal, typed);
        let trial = accounts.knock(&name, "net", false).await.expect("counts");
        assert_eq!(trial.expect("is free").account.expect(typed).id, id);
    }
    let legal = SignInName::read(AccountKind::Legal, "13904510037");
    assert_eq!(accounts.by_sign_in_name(&legal).await.expect("reads"), None);
    let name = SignInName::read(AccountKind::Personal, names[0]);
    let fifth = accounts.knock(&name, "net", false).await.expect("counts");
    assert!(fifth.is_ok());
    let name = SignInName::read(AccountKind::Personal, names[1]);
    let sixth = accounts.knock(&name, "net", false).await.expect("counts");
    assert_eq!(sixth.expect_err("waits"), 1000);
}

#[test]
fn numbers_show_their_first_and_last_four() {
    assert_eq!(masked_number("91230102MA1B2C3D8J"), "9123**********3D8J");
    assert_eq!(masked_number("E1234567"), "********");
}
