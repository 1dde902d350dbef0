//! Which portal is believed: own roots, and among what they vouch for only pinned keys.
//!
//! A government portal often stands behind a private or state authority, so the app brings the
//! roots with it. Pins narrow that down: some key on the *verified* path from the server's
//! certificate to the root must be pinned. Certificates that the server sends beside the path
//! count for nothing, so an attacker with another certificate of the same root gains nothing by
//! attaching the portal's.

use std::sync::Arc;

use quanshengshi_protocol::ids::Digest;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
};
use webpki::{EndEntityCert, KeyUsage, VerifiedPath, spki_for_anchor};

/// Why the settings of trust cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TrustError {
    /// The PEM text holds no certificate, or one that is no trust anchor.
    #[error("no usable trust anchor in the PEM text")]
    Roots,
    /// The TLS library does not accept the settings.
    #[error("unusable TLS settings")]
    Settings,
}

/// Makes the TLS side of the client: TLS 1.2 and 1.3, these trust anchors and no other, and when
/// `pins` is not empty one of these keys (SHA-256 of the `SubjectPublicKeyInfo`) on the verified
/// path. Keep at least two pins, one of them of a spare key.
///
/// # Errors
/// [`TrustError`] by variant.
pub fn make_tls(roots_pem: &str, pins: Vec<Digest>) -> Result<ClientConfig, TrustError> {
    let provider = Arc::new(ring::default_provider());
    let mut roots = RootCertStore::empty();
    for root in CertificateDer::pem_slice_iter(roots_pem.as_bytes()) {
        let root = root.map_err(|_| TrustError::Roots)?;
        roots.add(root).map_err(|_| TrustError::Roots)?;
    }
    let roots = Arc::new(roots);
    let chain =
        WebPkiServerVerifier::builder_with_provider(Arc::clone(&roots), Arc::clone(&provider))
            .build()
            .map_err(|_| TrustError::Roots)?;
    let verifier = PinnedVerifier {
        chain,
        roots,
        provider: Arc::clone(&provider),
        pins,
    };
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| TrustError::Settings)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// `WebPKI` first, pins second: a pin never makes up for a broken chain.
#[derive(Debug)]
struct PinnedVerifier {
    chain: Arc<WebPkiServerVerifier>,
    roots: Arc<RootCertStore>,
    provider: Arc<CryptoProvider>,
    pins: Vec<Digest>,
}

impl PinnedVerifier {
    fn is_pinned(&self, path: &VerifiedPath<'_>) -> bool {
        let holds = |spki: &[u8]| self.pins.contains(&Digest::of(spki));
        holds(&path.end_entity().subject_public_key_info())
            || holds(&spki_for_anchor(path.anchor()))
            || path
                .intermediate_certificates()
                .any(|issuer| holds(&issuer.subject_public_key_info()))
    }

    fn check_pins(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<(), webpki::Error> {
        EndEntityCert::try_from(end_entity)?
            .verify_for_usage(
                self.provider.signature_verification_algorithms.all,
                &self.roots.roots,
                intermediates,
                now,
                KeyUsage::server_auth(),
                None,
                Some(&|path| {
                    if self.is_pinned(path) {
                        Ok(())
                    } else {
                        Err(webpki::Error::UnknownIssuer)
                    }
                }),
            )
            .map(|_| ())
    }
}

impl ServerCertVerifier for PinnedVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verified = self.chain.verify_server_cert(
            end_entity,
            intermediates,
            server_name,
            ocsp_response,
            now,
        )?;
        if !self.pins.is_empty() {
            self.check_pins(end_entity, intermediates, now)
                .map_err(|_| {
                    Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure)
                })?;
        }
        Ok(verified)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.chain.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.chain.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.chain.supported_verify_schemes()
    }
}
