//! What all rooms share, and the server around them.

pub mod tls;

use std::net::{SocketAddr, TcpListener};
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum_server::Handle;

use crate::accounts::password::Passwords;
use crate::accounts::{AccountError, Accounts};
use crate::certificates::handed::CopyCodes;
use crate::certificates::tickets::Tickets;
use crate::certificates::{CertificateError, Certificates};
use crate::clock::Clock;
use crate::devices::attested::AttestationError;
use crate::electronic_licence::ElectronicLicence;
use crate::electronic_licence::desk::LicenceDesk;
use crate::electronic_licence::http::HttpLicence;
use crate::electronic_licence::stand_in::{LicenceHolder, StandIn};
use crate::national::NationalSetupError;
use crate::national::provider::{National, NationalParts};
use crate::notices::Notices;
use crate::outbound::OutboundError;
use crate::random::Random;
use crate::registers::{self, Registers};
use crate::review::Review;
use crate::review::desk_session::DeskSessions;
use crate::review::reviewer::Reviewers;
use crate::samples::Parts as SampleParts;
use crate::seals::{SealError, Seals, test_authority};
use crate::server::tls::{TlsError, TlsFiles};
use crate::sessions::Sessions;
use crate::settings::Settings;
use crate::signing::SigningError;
use crate::signing::portal_keys::PortalKeys;
use crate::slider::Slider;
use crate::sms::http::HttpGateway;
use crate::sms::outbox::SampleGateway;
use crate::sms::{Sms, SmsError, SmsGateway};
use crate::store::{Store, StoreError};
use crate::tasks::appraise::Appraise;
use crate::tasks::desk::{DeskParts, TaskDesk};
use crate::tasks::limits::Limits;
use crate::vouched::admission::Admission;
use crate::{pages, phone, samples};

/// The font of copies that comes along (OFL, see `fonts/README.md`).
static FONT: &[u8] = include_bytes!("../fonts/NotoSerifCJKsc-Certificate.otf");

/// How often time is applied to what nobody looks at.
const SWEEP_EVERY: Duration = Duration::from_secs(5);
/// How long open requests may take after a stop.
const STOP_WITHIN: Duration = Duration::from_secs(3);

/// Why a portal does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database.
    #[error("the database {path} cannot be used: {source}")]
    Database {
        /// Its file.
        path: PathBuf,
        /// Why.
        source: StoreError,
    },
    /// The keys.
    #[error("the folder of keys {path} cannot be used: {source}")]
    Keys {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: SigningError,
    },
    /// The font.
    #[error("the font {path} cannot be read: {source}")]
    Font {
        /// Its file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The certificate of the server.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The address.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// Whom to believe about device keys.
    #[error("device keys cannot be judged: {0}")]
    Attestation(#[from] AttestationError),
    /// The seal of the copies.
    #[error("copies cannot be sealed: {0}")]
    Seal(#[from] SealError),
    /// The samples.
    #[error("the samples cannot be loaded: {0}")]
    Samples(#[from] CertificateError),
    /// The national portal's sign-in.
    #[error(transparent)]
    National(#[from] NationalSetupError),
    /// The pool of password hashes.
    #[error("passwords cannot be hashed: {0}")]
    Passwords(#[from] AccountError),
    /// The SMS codes.
    #[error("codes cannot be made: {0}")]
    Sms(#[from] SmsError),
    /// A register, the gateway or the electronic licence's service.
    #[error(transparent)]
    Outside(#[from] OutboundError),
}

/// Everything the pages and the phone's interface share. Clones are one portal.
#[derive(Debug, Clone)]
pub struct App(Arc<Parts>);

/// The parts of an [`App`].
#[derive(Debug)]
pub struct Parts {
    /// How it was started.
    pub settings: Settings,
    /// The storage.
    pub store: Store,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The random source.
    pub random: Random,
    /// The portal's keys.
    pub keys: Arc<PortalKeys>,
    /// Accounts.
    pub accounts: Accounts,
    /// PC sessions.
    pub sessions: Sessions,
    /// The outside registers.
    pub registers: Registers,
    /// Certificates and copies.
    pub certificates: Certificates,
    /// Download tickets.
    pub tickets: Tickets,
    /// Codes by SMS.
    pub sms: Sms,
    /// What the sample gateway took.
    pub outbox: SampleGateway,
    /// The sliding puzzles.
    pub slider: Slider,
    /// The desk of tasks.
    pub tasks: Arc<TaskDesk>,
    /// Who comes in by another authority's word.
    pub admission: Admission,
    /// The national portal, where it is connected.
    pub national: Option<National>,
    /// Sign-ins by electronic licence, where it is connected.
    pub licence: Option<LicenceDesk>,
    /// What answers for the electronic licence on a sample site.
    pub stand_in: Option<StandIn>,
    /// Manual reviews.
    pub review: Review,
    /// Who reviews.
    pub reviewers: Reviewers,
    /// Their sessions.
    pub desk_sessions: DeskSessions,
    /// Messages that must arrive.
    pub notices: Notices,
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// Opens a portal: its database, its keys, its desk; loads the samples when asked to.
    ///
    /// # Errors
    /// [`StartError`], by what cannot be used.
    ///
    /// # Cancellation
    /// Nothing runs yet; files may have been made.
    pub async fn open(
        settings: Settings,
        clock: Arc<dyn Clock>,
        appraiser: Arc<dyn Appraise>,
    ) -> Result<Self, StartError> {
        let store = Store::open(&settings.database).map_err(|source| StartError::Database {
            path: settings.database.clone(),
            source,
        })?;
        let keys = PortalKeys::open(&settings.keys).map_err(|source| StartError::Keys {
            path: settings.keys.clone(),
            source,
        })?;
        let font: Arc<[u8]> = match &settings.font {
            None => FONT.into(),
            Some(path) => std::fs::read(path)
                .map_err(|source| StartError::Font {
                    path: path.clone(),
                    source,
                })?
                .into(),
        };
        if settings.sample {
            let parts = SampleParts {
                persons: settings.outside.population.is_none(),
                enterprises: settings.outside.market.is_none(),
            };
            samples::load_parts(&store, clock.now_ms(), parts).await?;
        }
        let keys = Arc::new(keys);
        let random = Random::default();
        let passwords = Passwords::new(random.clone())?;
        let accounts = Accounts::new(store.clone(), Arc::clone(&clock), passwords.clone());
        let registers = registers::connect::open(&settings.outside, &store)?;
        let certificates = Certificates::new(store.clone(), accounts.clone(), Arc::clone(&font))
            .sealed_by(open_seals(&settings, &font, clock.now_ms())?)
            .with_portraits(registers.clone())
            .with_codes(CopyCodes::new(Arc::clone(&keys), &settings.origin));
        let outbox = SampleGateway::new(store.clone(), Arc::clone(&clock));
        let gateway: Arc<dyn SmsGateway> = match HttpGateway::open(&settings.outside, &random)? {
            Some(gateway) => Arc::new(gateway),
            None => Arc::new(outbox.clone()),
        };
        let tasks = TaskDesk::new(DeskParts {
            store: store.clone(),
            clock: Arc::clone(&clock),
            keys: Arc::clone(&keys),
            accounts: accounts.clone(),
            certificates: certificates.clone(),
            registers: registers.clone(),
            appraiser,
            trust: match settings.attestation.clone() {
                Some(attestation) => Some(Arc::new(attestation.open()?)),
                None => None,
            },
            origin: settings.origin.clone(),
            limits: Limits {
                oldest_app: settings.oldest_app,
                further: settings.further_prompts,
                ..Limits::default()
            },
        });
        let national = open_national(&settings, &store, &clock)?;
        let stand_in = (settings.sample && settings.licence.is_none()).then(|| {
            StandIn::new(
                Arc::clone(&clock),
                &settings.origin,
                LicenceHolder::samples(),
            )
        });
        let licence = open_licence(&settings, stand_in.as_ref())?
            .map(|service| LicenceDesk::new(store.clone(), Arc::clone(&clock), service));
        Ok(Self(Arc::new(Parts {
            admission: Admission::new(accounts.clone(), registers.clone()),
            national,
            licence,
            stand_in,
            review: Review::new(
                store.clone(),
                Arc::clone(&clock),
                Arc::clone(&keys),
                passwords.clone(),
            ),
            reviewers: Reviewers::new(store.clone(), Arc::clone(&clock), passwords),
            desk_sessions: DeskSessions::new(store.clone(), Arc::clone(&clock), random.clone()),
            notices: Notices::new(store.clone(), Arc::clone(&clock), gateway.clone()),
            sessions: Sessions::new(store.clone(), Arc::clone(&clock), random.clone()),
            tickets: Tickets::new(store.clone(), Arc::clone(&clock), Arc::clone(&keys)),
            sms: Sms::new(store.clone(), Arc::clone(&clock), random.clone(), gateway)?,
            slider: Slider::new(store.clone(), Arc::clone(&clock), random.clone()),
            settings,
            store,
            clock,
            random,
            keys,
            accounts,
            registers,
            certificates,
            outbox,
            tasks,
        })))
    }

    /// Sends messages and marks late applications now and then, as long as the portal is held.
    pub fn start_chores(&self, every: Duration) -> tokio::task::JoinHandle<()> {
        let parts = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(every).await;
                let Some(parts) = parts.upgrade() else { return };
                // A storage that is busy now is less so the next time.
                let _ = parts.notices.send_due().await;
                let _ = parts.review.sweep().await;
            }
        })
    }

    /// The pages and the phone's interface.
    pub fn router(&self) -> Router {
        pages::routes(self.clone()).merge(phone::router(Arc::clone(&self.tasks)))
    }
}

fn open_seals(settings: &Settings, font: &[u8], now_ms: u64) -> Result<Option<Seals>, SealError> {
    match &settings.seal {
        Some(given) => Seals::of_authority(given, font, now_ms).map(Some),
        None if settings.sample => {
            let file = test_authority::file_beside(&settings.database);
            Seals::of_sample(&file, font, now_ms).map(Some)
        }
        None => Ok(None),
    }
}

fn open_national(
    settings: &Settings,
    store: &Store,
    clock: &Arc<dyn Clock>,
) -> Result<Option<National>, NationalSetupError> {
    let Some(national) = &settings.national else {
        return Ok(None);
    };
    let parts = NationalParts {
        store: store.clone(),
        clock: Arc::clone(clock),
        random: Random::default(),
        origin: settings.origin.clone(),
    };
    National::open(national, parts).map(Some)
}

fn open_licence(
    settings: &Settings,
    stand_in: Option<&StandIn>,
) -> Result<Option<Arc<dyn ElectronicLicence>>, OutboundError> {
    if let Some(licence) = &settings.licence {
        return Ok(Some(Arc::new(HttpLicence::open(licence)?)));
    }
    Ok(stand_in.map(|stand_in| Arc::new(stand_in.clone()) as Arc<dyn ElectronicLicence>))
}

/// A portal that listens.
#[derive(Debug)]
pub struct Server {
    handle: Handle<SocketAddr>,
    task: tokio::task::JoinHandle<std::io::Result<()>>,
}

/// Takes an address, so that its port is known before the portal is opened.
///
/// # Errors
/// [`StartError::Listen`].
pub fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let listen = || {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let bound = listener.local_addr()?;
        Ok((listener, bound))
    };
    listen().map_err(|source| StartError::Listen { address, source })
}

/// Serves a portal over TLS until it is stopped.
///
/// # Errors
/// [`StartError::Tls`] or [`StartError::Listen`].
///
/// # Cancellation
/// Not started.
pub async fn serve(
    app: &App,
    listener: TcpListener,
    files: &TlsFiles,
) -> Result<Server, StartError> {
    let config = tls::config(files).await?;
    let handle = Handle::new();
    let service = app
        .router()
        .into_make_service_with_connect_info::<SocketAddr>();
    let server = axum_server::from_tcp_rustls(listener, config)
        .map_err(|source| StartError::Listen {
            address: SocketAddr::from(([0, 0, 0, 0], 0)),
            source,
        })?
        .handle(handle.clone());
    app.tasks.start_sweeper(SWEEP_EVERY);
    app.start_chores(SWEEP_EVERY);
    let task = tokio::spawn(async move { server.serve(service).await });
    Ok(Server { handle, task })
}

impl Server {
    /// Lets open requests end, at most a few seconds, and stops.
    ///
    /// # Cancellation
    /// It stops all the same.
    pub async fn stop(self) {
        self.handle.graceful_shutdown(Some(STOP_WITHIN));
        let _ = self.task.await;
    }

    /// Waits until the server ends by itself: it does so only when it fails.
    ///
    /// # Errors
    /// What the system said.
    ///
    /// # Cancellation
    /// The server runs on.
    pub async fn ended(&mut self) -> std::io::Result<()> {
        match (&mut self.task).await {
            Ok(result) => result,
            Err(_) => Err(std::io::Error::other("the server stopped")),
        }
    }
}
