//! Paths from a key certificate up to an anchor (RFC 5280 clause 6, as far as seals need it).

use x509_cert::ext::pkix::KeyUsages;

use super::anchor::{KeyCertificate, Trust};
use crate::ofd::limits::MAX_PATH_CHECKS;

/// The longest path, the certificate in question and the anchor included.
const MAX_PATH: usize = 6;

/// Why no path to an anchor holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    /// No path of authorities ends at an anchor.
    IssuerUnknown,
    /// Something on the way was not valid at that time.
    OutsideValidity,
    /// The key may not sign.
    Usage,
    /// Something on the way had been revoked.
    Revoked,
}

/// Whether `leaf` was trusted at `at_s`; `others` are key certificates that came with the file.
pub(super) fn check(
    leaf: &KeyCertificate,
    others: &[KeyCertificate],
    trust: &Trust,
    at_s: i64,
) -> Result<(), Broken> {
    if !leaf.is_valid_at(at_s) {
        return Err(Broken::OutsideValidity);
    }
    if !leaf.allows(&[KeyUsages::DigitalSignature, KeyUsages::NonRepudiation]) {
        return Err(Broken::Usage);
    }
    let mut climb = Climb {
        others,
        trust,
        at_s,
        checks: MAX_PATH_CHECKS,
    };
    climb.from(leaf, MAX_PATH)
}

/// A search for a path. Anchors are tried before what came with the file, so that nothing a file
/// brings can use up the checks that lead to an anchor in one step.
struct Climb<'a> {
    others: &'a [KeyCertificate],
    trust: &'a Trust,
    at_s: i64,
    /// How many more signatures are checked: authorities of one name that vouch for each other
    /// make more paths than anybody can walk.
    checks: usize,
}

impl Climb<'_> {
    fn from(&mut self, below: &KeyCertificate, left: usize) -> Result<(), Broken> {
        let (trust, others, at_s) = (self.trust, self.others, self.at_s);
        if trust.roots.iter().any(|root| root.raw == below.raw) {
            return Ok(());
        }
        let mut found = Broken::IssuerUnknown;
        if left <= 1 {
            return Err(found);
        }
        for above in trust.roots.iter().chain(others) {
            let may_issue = above.authority && above.allows(&[KeyUsages::KeyCertSign]);
            if !may_issue || above.subject != below.issuer || above.raw == below.raw {
                continue;
            }
            let Some(checks) = self.checks.checked_sub(1) else {
                break;
            };
            self.checks = checks;
            if !below.is_signed_by(above) {
                continue;
            }
            let revoked = trust.revocations.iter().any(|list| {
                list.issuer == above.subject && list.revokes(above, &below.serial, at_s)
            });
            let step = if revoked {
                Err(Broken::Revoked)
            } else if !above.is_valid_at(at_s) {
                Err(Broken::OutsideValidity)
            } else {
                self.from(above, left - 1)
            };
            match step {
                Ok(()) => return Ok(()),
                // A reason that is more than "nobody known" says more.
                Err(why) if why != Broken::IssuerUnknown => found = why,
                Err(_) => {}
            }
        }
        Err(found)
    }
}
