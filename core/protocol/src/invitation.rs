//! What the QR code says: which portal, which task, which step (protocol 5.5).
//!
//! `https://<portal host>/q/1.<task>.<step>.<mac>`: the step is three seconds long, the mac binds
//! it to the task with a key that never leaves the portal. The phone cannot check the mac; it
//! checks that the host is one it trusts, and hands the code to that portal.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;

use crate::ids::TaskId;

/// Milliseconds of one step.
pub const STEP_MS: u64 = 3_000;
/// How many steps back a code is still accepted: up to 9 s old.
pub const STEPS_ACCEPTED: u64 = 3;
/// The path of the link that offers the app: the small code at the lower left.
pub const DOWNLOAD_PATH: &str = "/app";

/// The portal's key of one task's code.
#[derive(Clone)]
pub struct InvitationKey(hmac::Key);

impl InvitationKey {
    /// From 32 random bytes.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, bytes))
    }

    /// The code of a task at a step.
    pub fn derive_code(&self, task: TaskId, step: u64) -> Code {
        let tag = hmac::sign(&self.0, &message(&task, step));
        let mut mac = [0; 16];
        for (to, from) in mac.iter_mut().zip(tag.as_ref()) {
            *to = *from;
        }
        Code { task, step, mac }
    }

    /// Whether this key made the code and the code is fresh: `now_step` or up to
    /// [`STEPS_ACCEPTED`] − 1 before it.
    ///
    /// # Errors
    /// [`CodeError::Altered`] before [`CodeError::Expired`], so that age is only told of real
    /// codes.
    pub fn check(&self, code: &Code, now_step: u64) -> Result<(), CodeError> {
        let expected = self.derive_code(code.task, code.step);
        // Constant time: the tag of the code's own mac under a throw-away comparison key.
        let compare = hmac::Key::new(hmac::HMAC_SHA256, b"compare");
        let tag = hmac::sign(&compare, &expected.mac);
        hmac::verify(&compare, &code.mac, tag.as_ref()).map_err(|_| CodeError::Altered)?;
        if code.step > now_step || now_step - code.step >= STEPS_ACCEPTED {
            return Err(CodeError::Expired);
        }
        Ok(())
    }
}

fn message(task: &TaskId, step: u64) -> Vec<u8> {
    format!("HLJQR1\0{task}\0{step}").into_bytes()
}

/// The rotating part of an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The task.
    pub task: TaskId,
    /// Three-second steps since the task was created.
    pub step: u64,
    mac: [u8; 16],
}

impl Code {
    /// The written form `1.<task>.<step>.<mac>`.
    pub fn written(&self) -> String {
        format!(
            "1.{}.{}.{}",
            self.task,
            self.step,
            URL_SAFE_NO_PAD.encode(self.mac)
        )
    }

    /// Reads the written form.
    ///
    /// # Errors
    /// [`CodeError::Malformed`].
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let mut parts = text.split('.');
        let (Some("1"), Some(task), Some(step), Some(mac), None) = (
            parts.next(),
            parts.next(),
            parts.next(),
            parts.next(),
            parts.next(),
        ) else {
            return Err(CodeError::Malformed);
        };
        let task = TaskId::parse(task).map_err(|_| CodeError::Malformed)?;
        let number: u64 = step.parse().map_err(|_| CodeError::Malformed)?;
        if number.to_string() != step {
            return Err(CodeError::Malformed);
        }
        let mac = URL_SAFE_NO_PAD
            .decode(mac)
            .map_err(|_| CodeError::Malformed)?;
        let mac = mac.try_into().map_err(|_| CodeError::Malformed)?;
        Ok(Self {
            task,
            step: number,
            mac,
        })
    }
}

/// Why a code is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Not in the written form.
    #[error("malformed code")]
    Malformed,
    /// The mac is not this task's.
    #[error("altered code")]
    Altered,
    /// Too old, or from the future.
    #[error("expired code")]
    Expired,
}

/// A scanned code of a portal that the app trusts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The portal's address, scheme and host and port.
    pub origin: String,
    /// The code to claim.
    pub code: Code,
}

/// Why a scanned text is not an invitation. Maps to the codes of the same names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvitationError {
    /// `QR_NOT_OURS`: not a link of a trusted portal, or nothing of ours behind it.
    #[error("not a code of a trusted portal")]
    NotOurs,
    /// `QR_IS_DOWNLOAD_LINK`: the small code that offers the app.
    #[error("the download code")]
    DownloadLink,
    /// `QR_TAMPERED`: our path, but not the written form.
    #[error("a malformed code of a trusted portal")]
    Tampered,
}

impl Invitation {
    /// The text of the QR code.
    pub fn written(origin: &str, code: &Code) -> String {
        format!("{origin}/q/{}", code.written())
    }

    /// Reads a scanned text, believing only these origins (such as
    /// `https://www.zwfw.hlj.gov.cn`). The text is hostile until proven otherwise: no URL is
    /// fetched, nothing is normalised.
    ///
    /// # Errors
    /// [`InvitationError`] by variant.
    pub fn parse(text: &str, trusted_origins: &[String]) -> Result<Self, InvitationError> {
        let text = text.trim();
        for origin in trusted_origins {
            let Some(path) = text.strip_prefix(origin.as_str()) else {
                continue;
            };
            if path == DOWNLOAD_PATH || path.starts_with(&format!("{DOWNLOAD_PATH}?")) {
                return Err(InvitationError::DownloadLink);
            }
            if let Some(code) = path.strip_prefix("/q/") {
                let code = Code::parse(code).map_err(|_| InvitationError::Tampered)?;
                return Ok(Self {
                    origin: origin.clone(),
                    code,
                });
            }
        }
        Err(InvitationError::NotOurs)
    }

    /// Reads the texts of all codes in sight and gives the invitation among them; none for no text.
    ///
    /// # Errors
    /// [`InvitationError`] when none is an invitation, the most telling one: `Tampered` before
    /// `DownloadLink` before `NotOurs`.
    pub fn pick(
        texts: &[String],
        trusted_origins: &[String],
    ) -> Result<Option<Self>, InvitationError> {
        let mut worst: Option<InvitationError> = None;
        for text in texts {
            match (Self::parse(text, trusted_origins), worst) {
                (Ok(invitation), _) => return Ok(Some(invitation)),
                (Err(InvitationError::NotOurs), Some(_))
                | (Err(_), Some(InvitationError::Tampered)) => {}
                (Err(error), _) => worst = Some(error),
            }
        }
        worst.map_or(Ok(None), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ORIGIN: &str = "https://www.zwfw.hlj.gov.cn";

    fn key() -> InvitationKey {
        InvitationKey::from_bytes(&std::array::from_fn(|at| u8::try_from(at).unwrap()))
    }

    fn task() -> TaskId {
        TaskId::parse("AAECAwQFBgcICQoLDA0ODw").unwrap()
    }

    fn trusted() -> Vec<String> {
        vec![ORIGIN.to_owned()]
    }

    #[test]
    fn the_vectors_of_the_protocol_hold() {
        assert_eq!(
            Invitation::written(ORIGIN, &key().derive_code(task(), 0)),
            "https://www.zwfw.hlj.gov.cn/q/1.AAECAwQFBgcICQoLDA0ODw.0.j6Am7MmeBvx1H8ZsVqnKhg"
        );
        assert!(
            key()
                .derive_code(task(), 1)
                .written()
                .ends_with(".1.EZf-5IC7afOlMFyQkN_SFw")
        );
        assert!(
            key()
                .derive_code(task(), 41)
                .written()
                .ends_with(".41.JnTnYMTVqT_biHk9fyV1vA")
        );
    }

    #[test]
    fn a_code_lives_nine_seconds() {
        let code = key().derive_code(task(), 10);
        for (now, expected) in [
            (9, Err(CodeError::Expired)),
            (10, Ok(())),
            (12, Ok(())),
            (13, Err(CodeError::Expired)),
        ] {
            assert_eq!(key().check(&code, now), expected, "at step {now}");
        }
    }

    #[test]
    fn an_altered_code_is_altered_even_when_it_is_old() {
        let code = key().derive_code(task(), 10);
        let moved = Code { step: 500, ..code };
        assert_eq!(key().check(&moved, 500), Err(CodeError::Altered));
        let other = Code {
            task: TaskId::from_bytes([7; 16]),
            ..code
        };
        assert_eq!(key().check(&other, 10), Err(CodeError::Altered));
        let mut mac = code.mac;
        mac[15] ^= 1;
        assert_eq!(
            key().check(&Code { mac, ..code }, 999),
            Err(CodeError::Altered)
        );
    }

    #[test]
    fn sc_04_only_codes_of_trusted_portals_are_invitations() {
        let good = Invitation::written(ORIGIN, &key().derive_code(task(), 3));
        assert_eq!(Invitation::parse(&good, &trusted()).unwrap().code.step, 3);
        let cases = [
            ("https://example.com/q/1.x", InvitationError::NotOurs),
            (
                "https://www.zwfw.hlj.gov.cn.evil.example/q/1.a.0.b",
                InvitationError::NotOurs,
            ),
            (
                "http://www.zwfw.hlj.gov.cn/q/1.a.0.b",
                InvitationError::NotOurs,
            ),
            ("WIFI:S:net;;", InvitationError::NotOurs),
            ("", InvitationError::NotOurs),
            (
                "https://www.zwfw.hlj.gov.cn/other",
                InvitationError::NotOurs,
            ),
            (
                "https://www.zwfw.hlj.gov.cn/q/1.AAECAwQFBgcICQoLDA0ODw.0",
                InvitationError::Tampered,
            ),
            (
                "https://www.zwfw.hlj.gov.cn/q/2.AAECAwQFBgcICQoLDA0ODw.0.j6Am7MmeBvx1H8ZsVqnKhg",
                InvitationError::Tampered,
            ),
            (
                "https://www.zwfw.hlj.gov.cn/q/1.AAECAwQFBgcICQoLDA0ODw.+0.j6Am7MmeBvx1H8ZsVqnKhg",
                InvitationError::Tampered,
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(Invitation::parse(text, &trusted()), Err(expected), "{text}");
        }
    }

    #[test]
    fn sc_01_the_download_code_is_told_apart() {
        for text in [
            "https://www.zwfw.hlj.gov.cn/app",
            "https://www.zwfw.hlj.gov.cn/app?from=pc",
        ] {
            assert_eq!(
                Invitation::parse(text, &trusted()),
                Err(InvitationError::DownloadLink)
            );
        }
    }

    proptest! {
        #[test]
        fn junk_never_panics_and_is_never_an_invitation(junk in ".{0,120}") {
            prop_assert!(Invitation::parse(&junk, &trusted()).is_err());
            let _ = Code::parse(&junk);
        }

        #[test]
        fn what_is_written_is_read_back(task: [u8; 16], step: u64) {
            let code = key().derive_code(TaskId::from_bytes(task), step);
            let text = Invitation::written(ORIGIN, &code);
            prop_assert_eq!(Invitation::parse(&text, &trusted()).unwrap().code, code);
        }
    }

    #[test]
    fn the_invitation_is_picked_among_all_codes_in_sight() {
        let trusted = [ORIGIN.to_owned()];
        let invitation = Invitation::written(ORIGIN, &key().derive_code(task(), 3));
        let download = format!("{ORIGIN}{DOWNLOAD_PATH}");
        let tampered = format!("{ORIGIN}/q/1.x");
        let pick = |texts: &[&str]| {
            let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
            Invitation::pick(&texts, &trusted).map(|picked| picked.map(|picked| picked.code.step))
        };
        assert_eq!(pick(&[]), Ok(None));
        assert_eq!(pick(&["hello", &download, &invitation]), Ok(Some(3)));
        assert_eq!(
            pick(&["hello", &download]),
            Err(InvitationError::DownloadLink)
        );
        assert_eq!(
            pick(&[&download, "hello"]),
            Err(InvitationError::DownloadLink)
        );
        assert_eq!(
            pick(&[&tampered, &download]),
            Err(InvitationError::Tampered)
        );
        assert_eq!(pick(&["hello"]), Err(InvitationError::NotOurs));
    }
}
