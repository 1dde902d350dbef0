//! Checks of what people type, a second and core: a goal of its own, for there is no peer that
//! knows all eleven kinds.

use std::fmt::Write as _;

use quanshengshi_certificate::identifier::CertificateId;
use quanshengshi_rules::credit_code::CreditCode;
use quanshengshi_rules::date::Date;
use quanshengshi_rules::document::kind::DocumentKind;
use quanshengshi_rules::document::number::DocumentNumber;
use quanshengshi_rules::mobile::Mobile;
use quanshengshi_rules::organisation_name::OrganisationName;
use quanshengshi_rules::person_name::PersonName;

use crate::clock::cpu_ms;

/// Checks of a kind.
const CHECKS: u32 = 200_000;

/// A right and a wrong value of a kind, and whether it is accepted.
type Check = (&'static str, [&'static str; 2], fn(&str, Date) -> bool);

fn document(kind: DocumentKind, typed: &str, today: Date) -> bool {
    DocumentNumber::parse(kind, typed, today).is_ok()
}

const KINDS: [Check; 7] = [
    (
        "resident-id",
        ["230102199003070015", "230102199003070016"],
        |typed, today| document(DocumentKind::ResidentId, typed, today),
    ),
    ("passport", ["E12345678", "SE1234567"], |typed, today| {
        document(DocumentKind::OrdinaryPassport, typed, today)
    }),
    (
        "foreigner-card",
        ["911398199012310021", "911999199012310021"],
        |typed, today| document(DocumentKind::ForeignPermanentResident, typed, today),
    ),
    (
        "credit-code",
        ["91230102MA1B2C3D8J", "91330106MA27Y4U47Y"],
        |typed, _| CreditCode::parse(typed).is_ok(),
    ),
    (
        "mobile",
        ["+86 138-0013-8000", "12345678901"],
        |typed, _| Mobile::parse(typed).is_ok(),
    ),
    (
        "names",
        ["阿不都·热合曼", "样例（哈尔滨）有限公司"],
        |typed, _| PersonName::parse(typed).is_ok() || OrganisationName::parse(typed).is_ok(),
    ),
    (
        "certificate-id",
        [
            "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U",
            "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.V",
        ],
        |typed, _| CertificateId::parse(typed).is_ok(),
    ),
];

/// The table; half of the values of every kind but names are wrong.
pub(crate) fn table() -> String {
    let today = Date::in_china(1_795_397_460_000);
    let mut text = "| kind | accepted | million checks a second |\n|---|---|---|\n".to_owned();
    let (mut all_ms, mut all) = (0.0, 0);
    for (kind, values, accepts) in KINDS {
        let start = cpu_ms();
        let mut accepted = 0;
        for at in 0..CHECKS {
            let typed = std::hint::black_box(values[at as usize % 2]);
            accepted += u32::from(accepts(typed, today));
        }
        let ms = cpu_ms() - start;
        all_ms += ms;
        all += CHECKS;
        let _ = writeln!(
            text,
            "| {kind} | {accepted} of {CHECKS} | {:.2} |",
            rate(CHECKS, ms)
        );
    }
    let _ = writeln!(text, "| all of them in turn | | {:.2} |", rate(all, all_ms));
    text
}

/// Millions a second.
fn rate(checks: u32, ms: f64) -> f64 {
    f64::from(checks) / ms.max(1.0) / 1000.0
}
