//! Paths from a key certificate up to an anchor (RFC 5280 clause 6, as far as seals need it).

use x509_cert::ext::pkix::KeyUsages;

use super::anchor::{KeyCertificate, Trust};

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
    climb(leaf, others, trust, at_s, MAX_PATH)
}

fn climb(
    below: &KeyCertificate,
    others: &[KeyCertificate],
    trust: &Trust,
    at_s: i64,
    left: usize,
) -> Result<(), Broken> {
    if trust.roots.iter().any(|root| root.raw == below.raw) {
        return Ok(());
    }
    let mut found = Broken::IssuerUnknown;
    if left <= 1 {
        return Err(found);
    }
    for above in trust.roots.iter().chain(others) {
        let may_issue = above.authority && above.allows(&[KeyUsages::KeyCertSign]);
        if !may_issue
            || above.subject != below.issuer
            || above.raw == below.raw
            || !below.is_signed_by(above)
        {
            continue;
        }
        let revoked = trust
            .revocations
            .iter()
            .any(|list| list.issuer == above.subject && list.revokes(above, &below.serial, at_s));
        let step = if revoked {
            Err(Broken::Revoked)
        } else if !above.is_valid_at(at_s) {
            Err(Broken::OutsideValidity)
        } else {
            climb(above, others, trust, at_s, left - 1)
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
