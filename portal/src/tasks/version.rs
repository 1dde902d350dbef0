//! The oldest app that may still do a task (requirement SC-02).

use std::str::FromStr;

use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::transaction::TaskKind;

/// A version of the app: three numbers, compared in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct AppVersion(u32, u32, u32);

/// A text that is not three numbers with points between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a version such as 0.1.0 is needed")]
pub struct NoVersion;

impl FromStr for AppVersion {
    type Err = NoVersion;

    /// Reads `0.1.0`; what follows a `-` or `+` is not compared.
    fn from_str(text: &str) -> Result<Self, NoVersion> {
        let plain = text.split(['-', '+']).next().unwrap_or_default();
        let mut numbers = plain.split('.').map(|part| {
            let digits = !part.is_empty() && part.bytes().all(|sign| sign.is_ascii_digit());
            digits.then(|| part.parse().ok()).flatten().ok_or(NoVersion)
        });
        let mut next = || numbers.next().unwrap_or(Err(NoVersion));
        let version = Self(next()?, next()?, next()?);
        match numbers.next() {
            None => Ok(version),
            Some(_) => Err(NoVersion),
        }
    }
}

/// The oldest app by what is at stake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OldestApp {
    /// For proving who somebody is.
    pub real_name: AppVersion,
    /// For opening certificates.
    pub certificates: AppVersion,
}

impl OldestApp {
    /// Whether an app may do a task. A version that cannot be read is older than every other.
    ///
    /// # Errors
    /// `APP_TOO_OLD`.
    pub fn check(&self, kind: TaskKind, app_version: &str) -> Result<(), RefusalCode> {
        let oldest = if kind.opens_certificates() {
            self.certificates
        } else {
            self.real_name
        };
        match app_version.parse::<AppVersion>() {
            Ok(version) if version >= oldest => Ok(()),
            Err(NoVersion) if oldest == AppVersion::default() => Ok(()),
            _ => Err(RefusalCode::AppTooOld),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sc_02_versions_are_compared_by_number_and_by_kind_of_task() {
        let oldest = OldestApp {
            real_name: "0.2.0".parse().unwrap(),
            certificates: "0.10.1".parse().unwrap(),
        };
        for (version, real_name, certificates) in [
            ("0.1.9", false, false),
            ("0.2.0", true, false),
            ("0.9.9", true, false),
            ("0.10.0", true, false),
            ("0.10.1", true, true),
            ("1.0.0-beta", true, true),
            ("", false, false),
            ("1.0", false, false),
            ("1.0.0.0", false, false),
            ("+1.0.0", false, false),
        ] {
            let may = |kind| oldest.check(kind, version).is_ok();
            assert_eq!(may(TaskKind::RealNameLegal), real_name, "{version}");
            assert_eq!(may(TaskKind::CertificateView), certificates, "{version}");
        }
        assert!(
            OldestApp::default()
                .check(TaskKind::RealNameLegal, "x")
                .is_ok()
        );
    }
}
