//! `qss-portal`: starts the portal and says where it is, in one JSON line.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand};
use quanshengshi_appraisal::appraiser::Appraiser;
use quanshengshi_appraisal::policy::{Policy, PolicyError};
use quanshengshi_attestation::trust::{Signer, signer};
use quanshengshi_portal::accounts::AccountError;
use quanshengshi_portal::accounts::password::Passwords;
use quanshengshi_portal::clock::{Clock as _, SystemClock};
use quanshengshi_portal::devices::attested::AttestationSettings;
use quanshengshi_portal::electronic_licence::LicenceSettings;
use quanshengshi_portal::national::NationalSettings;
use quanshengshi_portal::outside::settings::OutsideSettings;
use quanshengshi_portal::random::Random;
use quanshengshi_portal::review::reviewer::{ReviewerError, Reviewers, Role};
use quanshengshi_portal::seals::given::GivenSeal;
use quanshengshi_portal::seals::test_authority::{self, TestAuthority};
use quanshengshi_portal::seals::{SealError, Seals};
use quanshengshi_portal::server::{self, App, StartError, tls};
use quanshengshi_portal::settings::Settings;
use quanshengshi_portal::simulator::program::{self, SimulateError, SimulatorSettings};
use quanshengshi_portal::store::{Store, StoreError};
use quanshengshi_portal::tasks::limits::Further;
use quanshengshi_portal::tasks::version::{AppVersion, OldestApp};

/// The portal of 全省事: pages for the PC, an interface for the phone.
#[derive(Debug, Parser)]
#[command(name = "qss-portal", version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(flatten)]
    portal: Arguments,
    #[command(subcommand)]
    instead: Option<Instead>,
}

/// What else the program can do.
#[derive(Debug, Subcommand)]
enum Instead {
    /// Answer for the registers and the SMS gateway (openapi/registers.json), on this machine only.
    Simulate(Simulate),
    /// The people at the reviewers' desk.
    Reviewer {
        #[command(subcommand)]
        action: ReviewerAction,
    },
    /// The test authority that seals the copies of a sample site.
    Seal {
        #[command(subcommand)]
        action: SealAction,
    },
}

#[derive(Debug, Subcommand)]
enum SealAction {
    /// Revokes the key that seals, as of now, and makes a new one for the next start.
    Renew {
        /// The database file that the authority's file lies beside.
        #[arg(long, default_value = "portal.sqlite3")]
        database: PathBuf,
    },
}

#[derive(Debug, Args)]
struct Simulate {
    /// Address to listen on; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// JSON file with more persons and enterprises than the samples.
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// File with the bearer token that callers must show.
    #[arg(long, value_name = "FILE")]
    token: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Arguments {
    /// Address to listen on; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// The database file.
    #[arg(long, default_value = "portal.sqlite3")]
    database: PathBuf,
    /// The public address that stands in codes, such as <https://portal.example>.
    #[arg(long, value_parser = origin)]
    origin: Option<String>,
    /// Folder of the server's certificate; one is made when it is empty.
    #[arg(long, default_value = "portal-tls")]
    tls: PathBuf,
    /// Folder of the portal's own keys; made when it is missing.
    #[arg(long, default_value = "portal-keys")]
    keys: PathBuf,
    /// Another font for the copies of certificates.
    #[arg(long)]
    font: Option<PathBuf>,
    /// The oldest app that may prove who somebody is, such as 0.1.0.
    #[arg(long, default_value = "0.0.0")]
    oldest_app_real_name: AppVersion,
    /// The oldest app that may open certificates.
    #[arg(long, default_value = "0.0.0")]
    oldest_app_certificates: AppVersion,
    /// Draw coming closer among the movements a face capture asks for.
    #[arg(long)]
    prompt_closer: bool,
    /// Add a blink, which may be left out, to what a face capture asks for.
    #[arg(long)]
    prompt_blink: bool,
    /// The risk policy for face evidence; without one, that for the rendered sample persons.
    #[arg(long, value_name = "FILE")]
    appraisal_policy: Option<PathBuf>,
    /// Load invented people and enterprises, and show their messages on a page.
    #[arg(long)]
    sample: bool,
    #[command(flatten)]
    outside: Outside,
    #[command(flatten)]
    vouching: SignInFlags,
    #[command(flatten)]
    seal: SealFlags,
    #[command(flatten)]
    attestation: AttestationFlags,
}

/// Whom to believe about device keys; without these nobody vouches for any.
#[derive(Debug, Args)]
#[expect(
    clippy::struct_field_names,
    reason = "the names of the flags, which stand among those of everything else"
)]
struct AttestationFlags {
    /// PEM file with the roots of phone makers, as Google publishes them.
    #[arg(long, value_name = "FILE", requires_all = ["attestation_app", "attestation_signer"])]
    attestation_roots: Option<PathBuf>,
    /// The app's package, such as cn.quanshengshi.app.
    #[arg(long, value_name = "PACKAGE", requires = "attestation_roots")]
    attestation_app: Option<String>,
    /// SHA-256 of the certificate the app is signed with, hexadecimal; may be given more than once.
    #[arg(long, value_name = "HEX", requires = "attestation_roots", value_parser = signer)]
    attestation_signer: Vec<Signer>,
    /// The makers' list of leaked keys, JSON; read when the portal starts.
    #[arg(long, value_name = "FILE", requires = "attestation_roots")]
    attestation_revoked: Option<PathBuf>,
    /// The oldest system of a phone, year and month, such as 202506.
    #[arg(long, value_name = "YYYYMM", requires = "attestation_roots")]
    attestation_oldest: Option<u32>,
}

impl AttestationFlags {
    fn given(self) -> Option<AttestationSettings> {
        Some(AttestationSettings {
            roots: self.attestation_roots?,
            package: self.attestation_app?,
            signers: self.attestation_signer,
            revoked: self.attestation_revoked,
            oldest_patch: self.attestation_oldest,
        })
    }
}

/// The electronic seal of the copies; a sample site has one of its own without these.
#[derive(Debug, Args)]
struct SealFlags {
    /// The seal that a seal maker signed for this portal (GB/T 38540, DER).
    #[arg(long, value_name = "FILE", requires_all = ["seal_key", "seal_certificate", "seal_roots"])]
    seal: Option<PathBuf>,
    /// The key that may use it: PKCS#8, not encrypted.
    #[arg(long, value_name = "FILE", requires = "seal")]
    seal_key: Option<PathBuf>,
    /// The key's certificate.
    #[arg(long, value_name = "FILE", requires = "seal")]
    seal_certificate: Option<PathBuf>,
    /// The roots that seal maker and key hang on.
    #[arg(long, value_name = "FILE", requires = "seal")]
    seal_roots: Option<PathBuf>,
    /// The authority's revocation list; read again at every question.
    #[arg(long, value_name = "FILE", requires = "seal")]
    seal_revoked: Option<PathBuf>,
}

impl SealFlags {
    fn given(self) -> Option<GivenSeal> {
        Some(GivenSeal {
            seal: self.seal?,
            key: self.seal_key?,
            certificate: self.seal_certificate?,
            roots: self.seal_roots?,
            revoked: self.seal_revoked,
        })
    }
}

/// The systems of others; one without an address is stood in for.
#[derive(Debug, Args)]
struct Outside {
    /// Base address of the population register (openapi/registers.json).
    #[arg(long, value_name = "URL")]
    population_register: Option<String>,
    /// Base address of the market regulator's register.
    #[arg(long, value_name = "URL")]
    market_register: Option<String>,
    /// Base address of the SMS gateway.
    #[arg(long, value_name = "URL")]
    sms_gateway: Option<String>,
    /// File with the bearer token that proves the portal to these systems.
    #[arg(long, value_name = "FILE")]
    gateway_token: Option<PathBuf>,
    /// PEM file with the roots their certificates hang on; else the system's roots.
    #[arg(long, value_name = "FILE")]
    gateway_roots: Option<PathBuf>,
}

/// Sign-in by other authorities.
#[derive(Debug, Args)]
struct SignInFlags {
    /// The national portal's issuer, such as <https://sso.example.gov.cn>.
    #[arg(long, value_name = "URL", requires_all = ["national_client", "national_secret"])]
    national_issuer: Option<String>,
    /// Our client identifier at the national portal.
    #[arg(long, value_name = "ID", requires = "national_issuer")]
    national_client: Option<String>,
    /// File with our client's secret.
    #[arg(long, value_name = "FILE", requires = "national_issuer")]
    national_secret: Option<PathBuf>,
    /// File with the root certificate of the national portal; else the system's roots.
    #[arg(long, value_name = "FILE", requires = "national_issuer")]
    national_ca: Option<PathBuf>,
    /// The electronic licence's service; a sample site has a stand-in without it.
    #[arg(long, value_name = "URL", requires = "licence_token")]
    licence_service: Option<String>,
    /// File with our bearer token for that service.
    #[arg(long, value_name = "FILE", requires = "licence_service")]
    licence_token: Option<PathBuf>,
    /// File with the root certificate of that service; else the system's roots.
    #[arg(long, value_name = "FILE", requires = "licence_service")]
    licence_ca: Option<PathBuf>,
}

impl SignInFlags {
    fn national(&self) -> Option<NationalSettings> {
        Some(NationalSettings {
            issuer: self.national_issuer.clone()?,
            client: self.national_client.clone()?,
            secret: self.national_secret.clone()?,
            root: self.national_ca.clone(),
        })
    }

    fn licence(&self) -> Option<LicenceSettings> {
        Some(LicenceSettings {
            service: self.licence_service.clone()?,
            token: self.licence_token.clone()?,
            root: self.licence_ca.clone(),
        })
    }
}

#[derive(Debug, Subcommand)]
enum ReviewerAction {
    /// Adds one; the password is the first line of standard input.
    Add {
        /// The name at the sign-in: 2 to 32 letters, digits or hyphens.
        name: String,
        /// What they may do: reviewer, senior or auditor.
        #[arg(long, value_parser = role)]
        role: Role,
        /// The database file; a portal may be serving it.
        #[arg(long, default_value = "portal.sqlite3")]
        database: PathBuf,
    },
}

fn role(text: &str) -> Result<Role, String> {
    Role::from_word(text).ok_or_else(|| "one of: reviewer, senior, auditor".to_owned())
}

fn origin(text: &str) -> Result<String, String> {
    let host = text.strip_prefix("https://").unwrap_or_default();
    let plain = |sign: char| sign.is_ascii_alphanumeric() || "-.:[]".contains(sign);
    if host.is_empty() || !host.chars().all(plain) {
        return Err("an https address without a path is needed".to_owned());
    }
    Ok(text.to_owned())
}

#[derive(Debug, thiserror::Error)]
enum RunError {
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    Tls(#[from] tls::TlsError),
    #[error("{0}")]
    Policy(#[from] PolicyError),
    #[error("the face networks cannot be loaded: {0}")]
    Networks(#[from] quanshengshi_appraisal::engine::NetworkError),
    #[error(transparent)]
    Simulate(#[from] SimulateError),
    #[error(transparent)]
    Reviewer(#[from] ReviewerError),
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Account(#[from] AccountError),
    #[error("the system refused: {0}")]
    System(#[from] std::io::Error),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let ended = match cli.instead {
        Some(Instead::Simulate(simulate)) => run_simulator(simulate),
        Some(Instead::Reviewer {
            action:
                ReviewerAction::Add {
                    name,
                    role,
                    database,
                },
        }) => add_reviewer(&database, &name, role),
        Some(Instead::Seal {
            action: SealAction::Renew { database },
        }) => renew_seal(&database),
        None => run(cli.portal),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "qss-portal: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The risk policy of a file, or the one for the rendered persons.
fn policy(file: Option<&Path>) -> Result<Policy, RunError> {
    let policy = match file {
        Some(file) => Policy::parse(&std::fs::read_to_string(file)?)?,
        None => Policy::parse(Policy::RENDERED)?,
    };
    Ok(policy)
}

#[tokio::main]
async fn run(arguments: Arguments) -> Result<(), RunError> {
    let (listener, address) = server::listen(arguments.listen)?;
    let origin = arguments
        .origin
        .unwrap_or_else(|| format!("https://{address}"));
    let files = tls::files(&arguments.tls)?;
    let appraiser = Appraiser::load(policy(arguments.appraisal_policy.as_deref())?)?;
    let settings = Settings {
        database: arguments.database,
        keys: arguments.keys,
        font: arguments.font,
        origin: origin.clone(),
        oldest_app: OldestApp {
            real_name: arguments.oldest_app_real_name,
            certificates: arguments.oldest_app_certificates,
        },
        further_prompts: Further {
            closer: arguments.prompt_closer,
            blink: arguments.prompt_blink,
        },
        sample: arguments.sample,
        outside: OutsideSettings {
            population: arguments.outside.population_register,
            market: arguments.outside.market_register,
            sms: arguments.outside.sms_gateway,
            token: arguments.outside.gateway_token,
            roots: arguments.outside.gateway_roots,
        },
        national: arguments.vouching.national(),
        licence: arguments.vouching.licence(),
        seal: arguments.seal.given(),
        attestation: arguments.attestation.given(),
    };
    let app = App::open(settings, Arc::new(SystemClock), Arc::new(appraiser)).await?;
    let mut server = server::serve(&app, listener, &files).await?;
    let ready = serde_json::json!({
        "ready": true,
        "origin": origin,
        "ca": files.ca,
        "portal_key": app.keys.signer.public_key().to_string(),
        "seal_roots_pem": app.certificates.seals().map(Seals::roots_pem).unwrap_or_default(),
    });
    writeln!(std::io::stdout(), "{ready}")?;
    std::io::stdout().flush()?;
    tokio::select! {
        ended = server.ended() => return Ok(ended?),
        () = asked_to_stop() => {}
    }
    server.stop().await;
    Ok(())
}

#[tokio::main]
async fn run_simulator(simulate: Simulate) -> Result<(), RunError> {
    let settings = SimulatorSettings {
        listen: simulate.listen,
        data: simulate.data,
        token: simulate.token,
    };
    Ok(program::run(settings, std::io::stdout(), asked_to_stop()).await?)
}

/// Revokes the signer of a sample site's authority and makes a new one.
fn renew_seal(database: &Path) -> Result<(), RunError> {
    let file = test_authority::file_beside(database);
    let revoked = TestAuthority::renew(&file, SystemClock.now_ms())?;
    let said = serde_json::json!({ "revoked": revoked, "file": file });
    writeln!(std::io::stdout(), "{said}")?;
    Ok(())
}

/// Adds a reviewer to a database, also while a portal serves it.
#[tokio::main]
async fn add_reviewer(database: &Path, name: &str, role: Role) -> Result<(), RunError> {
    let mut password = String::new();
    std::io::stdin().read_line(&mut password)?;
    let passwords = Passwords::new(Random::default())?;
    let store = Store::open(database)?;
    let reviewers = Reviewers::new(store, Arc::new(SystemClock), passwords);
    let typed = password.trim_end_matches(['\r', '\n']);
    reviewers.add(name, role, typed).await?;
    let added = serde_json::json!({ "added": name, "role": role.word() });
    writeln!(std::io::stdout(), "{added}")?;
    Ok(())
}

/// Ends when the terminal or the system asks to stop.
async fn asked_to_stop() {
    let terminal = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut system) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminal => {}
                _ = system.recv() => {}
            }
            return;
        }
    }
    let _ = terminal.await;
}
