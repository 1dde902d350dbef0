//! Whose face opens an enterprise's certificates: always its legal representative's.

use quanshengshi_rules::credit_code::CreditCode;
use quanshengshi_rules::enterprise::EnterpriseType;
use quanshengshi_rules::person_name::PersonName;

use crate::accounts::Account;
use crate::registers::{RegisterUnavailable, Registers, Representative};

/// Today's legal representative of an enterprise's account (requirements US-04, EL-06): as the
/// market regulator's register says. Two kinds of enterprise could never open anything that way:
/// those our register does not keep, such as those of another province (NP-02), and those whose
/// representative is still filed under a 15-digit number (MS-05, MS-06). For them the person of
/// the account stands, whom another authority vouched for.
///
/// # Errors
/// [`RegisterUnavailable`].
///
/// # Cancellation
/// Harmless.
pub async fn representative_of(
    registers: &Registers,
    account: &Account,
) -> Result<Option<Representative>, RegisterUnavailable> {
    let own = || Representative {
        name: account.person_name.clone(),
        document_kind: account.document_kind.clone(),
        document_number: account.document_number.clone(),
    };
    Ok(match registers.legal_representative(&account.name).await? {
        Some(filed) if is_old_form(&filed.document_number, &account.document_number) => {
            Some(if same_name(&filed.name, &account.person_name) {
                own()
            } else {
                filed
            })
        }
        Some(filed) => Some(filed),
        None if is_kept_elsewhere(&account.name) => Some(own()),
        None => None,
    })
}

/// Whether a 15-digit number is the old form of an 18-character one: no century, no check sign.
pub fn is_old_form(old: &str, new: &str) -> bool {
    old.len() == 15
        && new.len() == 18
        && old.is_ascii()
        && new.is_ascii()
        && new.get(..6) == old.get(..6)
        && new.get(8..17) == old.get(6..)
}

/// Whether two written names are the same person's.
pub fn same_name(one: &str, other: &str) -> bool {
    match (PersonName::parse(one), PersonName::parse(other)) {
        (Ok(one), Ok(other)) => one.same_as(&other),
        _ => false,
    }
}

/// Whether another register than the market regulator's of this province keeps an enterprise: one
/// of another province, a social organisation or a public body. A company of ours that our
/// register does not know is none.
pub fn is_kept_elsewhere(code: &str) -> bool {
    CreditCode::parse(code).is_ok_and(|parsed| {
        !matches!(
            parsed.value.class(),
            Ok(EnterpriseType::Enterprise | EnterpriseType::SoleTrader)
        )
    })
}
