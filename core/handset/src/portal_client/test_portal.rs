//! A loopback server with a real TLS side, and what tests of the flows sign with.

use std::net::{SocketAddr, TcpListener as StdListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use quanshengshi_protocol::ids::Digest;
use quanshengshi_protocol::keys::{PublicKey, Signature};
use quanshengshi_protocol::statement::{Signed, Statement};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, PublicKeyData};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::portal_client::client::{PortalClient, PortalSettings};
use crate::portal_client::pacing::Pacing;

/// A portal's signing key.
pub(crate) struct PortalKey(EcdsaKeyPair);

impl PortalKey {
    pub(crate) fn make() -> Self {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let der = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        Self(EcdsaKeyPair::from_pkcs8(algorithm, der.as_ref(), &random).unwrap())
    }

    pub(crate) fn public(&self) -> PublicKey {
        PublicKey::from_bytes(self.0.public_key().as_ref()).unwrap()
    }

    pub(crate) fn sign<S: Statement>(&self, statement: &S) -> Signed<S> {
        let raw = self
            .0
            .sign(&SystemRandom::new(), &statement.signing_bytes())
            .unwrap();
        Signed::new(statement, &Signature::from_fixed(raw.as_ref()).unwrap())
    }
}

/// A certificate authority with one server certificate for 127.0.0.1.
pub(crate) struct Authority {
    pub(crate) root_pem: String,
    pub(crate) root_pin: Digest,
    pub(crate) leaf_pin: Digest,
    chain: Vec<CertificateDer<'static>>,
    key: Vec<u8>,
}

impl Authority {
    pub(crate) fn make() -> Self {
        let ca_key = KeyPair::generate().unwrap();
        let mut ca = CertificateParams::new(Vec::<String>::new()).unwrap();
        ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let root = ca.self_signed(&ca_key).unwrap();
        let root_pin = Digest::of(&ca_key.subject_public_key_info());
        let issuer = Issuer::new(ca, ca_key);
        let leaf_key = KeyPair::generate().unwrap();
        let leaf = CertificateParams::new(vec!["127.0.0.1".to_owned()])
            .unwrap()
            .signed_by(&leaf_key, &issuer)
            .unwrap();
        Self {
            root_pem: root.pem(),
            root_pin,
            leaf_pin: Digest::of(&leaf_key.subject_public_key_info()),
            chain: vec![leaf.der().clone()],
            key: leaf_key.serialize_der(),
        }
    }

    /// Sends another authority's certificates after its own, as an attacker would who hopes that
    /// a pin is looked for anywhere.
    pub(crate) fn attach(&mut self, other: &Self) {
        self.chain.extend(other.chain.iter().cloned());
    }

    fn tls(&self) -> RustlsConfig {
        let key = PrivateKeyDer::try_from(self.key.clone()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(self.chain.clone(), key)
            .unwrap();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        RustlsConfig::from_config(Arc::new(config))
    }
}

/// A running server; stops when dropped.
pub(crate) struct TestPortal {
    pub(crate) address: SocketAddr,
    handle: Handle<SocketAddr>,
}

impl TestPortal {
    pub(crate) fn start(authority: &Authority, router: Router) -> Self {
        let listener = StdListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let handle = Handle::new();
        let server = axum_server::from_tcp_rustls(listener, authority.tls())
            .unwrap()
            .handle(handle.clone());
        tokio::spawn(server.serve(router.into_make_service()));
        Self { address, handle }
    }
}

impl Drop for TestPortal {
    fn drop(&mut self) {
        self.handle.shutdown();
    }
}

/// Settings for a server at an address, without long pauses.
pub(crate) fn settings(authority: &Authority, address: SocketAddr) -> PortalSettings {
    PortalSettings {
        origin: format!("https://{address}"),
        roots_pem: authority.root_pem.clone(),
        pins: Vec::new(),
        pacing: Pacing {
            tries: 4,
            first: Duration::from_millis(2),
            most: Duration::from_millis(50),
        },
    }
}

pub(crate) fn client(authority: &Authority, address: SocketAddr) -> PortalClient {
    PortalClient::new(&settings(authority, address)).unwrap()
}

/// A TCP proxy that cuts each of its first connections after so many bytes of the answer.
pub(crate) struct CuttingProxy {
    pub(crate) address: SocketAddr,
    pub(crate) connections: Arc<AtomicUsize>,
}

impl CuttingProxy {
    /// `cuts[n]` is the number of bytes of the answer that connection `n` lets through; later
    /// connections are whole.
    pub(crate) async fn start(to: SocketAddr, cuts: Vec<usize>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&connections);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let number = counter.fetch_add(1, Ordering::SeqCst);
                let limit = cuts.get(number).copied().unwrap_or(usize::MAX);
                tokio::spawn(pass(client, to, limit));
            }
        });
        Self {
            address,
            connections,
        }
    }
}

async fn pass(client: TcpStream, to: SocketAddr, limit: usize) {
    let Ok(server) = TcpStream::connect(to).await else {
        return;
    };
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let up = async { tokio::io::copy(&mut from_client, &mut to_server).await };
    let down = async {
        let (mut left, mut buffer) = (limit, vec![0; 16 << 10]);
        while left > 0 {
            let room = left.min(buffer.len());
            match from_server.read(&mut buffer[..room]).await {
                Ok(0) | Err(_) => break,
                Ok(count) => {
                    left -= count;
                    if to_client.write_all(&buffer[..count]).await.is_err() {
                        break;
                    }
                }
            }
        }
    };
    // Whoever ends first ends the connection: both halves are dropped together.
    tokio::select! { _ = up => {}, () = down => {} }
}
