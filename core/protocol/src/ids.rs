//! Names of things that cross: random bytes, written as base64url without padding.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Text that is not the base64url form of the expected number of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a well-formed identifier")]
pub struct IdError;

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident, $bytes:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name([u8; $bytes]);

        impl $name {
            /// From bytes drawn by the caller's random source.
            pub const fn from_bytes(bytes: [u8; $bytes]) -> Self {
                Self(bytes)
            }

            /// The bytes.
            pub const fn as_bytes(&self) -> &[u8; $bytes] {
                &self.0
            }

            /// Reads the written form.
            ///
            /// # Errors
            /// [`IdError`] unless it is the one base64url form of the right length.
            pub fn parse(text: &str) -> Result<Self, IdError> {
                let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| IdError)?;
                bytes.try_into().map(Self).map_err(|_| IdError)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&URL_SAFE_NO_PAD.encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, "{}({self})", stringify!($name))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                out.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}

identifier!(
    /// A task: one crossing from the PC to the phone and back. 22 characters in the QR code.
    TaskId, 16
);
identifier!(
    /// An enrolled device, named by the portal.
    DeviceId, 16
);
identifier!(
    /// An installation of the app, named by the phone; makes enrolment repeatable.
    InstallId, 16
);
identifier!(
    /// One liveness challenge; an attempt uses one.
    ChallengeId, 16
);
identifier!(
    /// One submission of evidence; also its idempotency key.
    EvidenceId, 16
);
identifier!(
    /// A code by which somebody else checks a certificate.
    VerificationId, 16
);
identifier!(
    /// A random value used once.
    Nonce, 32
);
identifier!(
    /// SHA-256 of something.
    Digest, 32
);

impl Digest {
    /// SHA-256 of bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
        let mut out = [0; 32];
        for (to, from) in out.iter_mut().zip(digest.as_ref()) {
            *to = *from;
        }
        Self(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_written_form_is_frozen_and_read_back() {
        let id = TaskId::from_bytes(std::array::from_fn(|at| u8::try_from(at).unwrap()));
        assert_eq!(id.to_string(), "AAECAwQFBgcICQoLDA0ODw");
        assert_eq!(TaskId::parse("AAECAwQFBgcICQoLDA0ODw"), Ok(id));
    }

    #[test]
    fn padding_other_lengths_and_loose_last_bits_are_refused() {
        for text in [
            "",
            "AAECAwQFBgcICQoLDA0ODw==",
            "AAECAwQFBgcICQoLDA0O",
            "AAECAwQFBgcICQoLDA0ODx",
        ] {
            assert_eq!(TaskId::parse(text), Err(IdError), "{text}");
        }
    }

    #[test]
    fn the_digest_is_sha_256() {
        assert_eq!(
            Digest::of(b"abc").to_string(),
            "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0"
        );
    }
}
