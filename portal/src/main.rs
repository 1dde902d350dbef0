//! `qss-portal`: starts the portal and says where it is, in one JSON line.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use quanshengshi_portal::appraisal::appraiser::Appraiser;
use quanshengshi_portal::appraisal::policy::Policy;
use quanshengshi_portal::clock::SystemClock;
use quanshengshi_portal::server::{self, App, StartError, tls};
use quanshengshi_portal::settings::Settings;
use quanshengshi_portal::tasks::version::{AppVersion, OldestApp};

/// The portal of 全省事: pages for the PC, an interface for the phone.
#[derive(Debug, Parser)]
#[command(name = "qss-portal", version)]
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
    /// Load invented people and enterprises, and show their messages on a page.
    #[arg(long)]
    sample: bool,
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
    #[error("the face networks cannot be loaded: {0}")]
    Networks(#[from] quanshengshi_portal::appraisal::engine::NetworkError),
    #[error("the system refused: {0}")]
    System(#[from] std::io::Error),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "qss-portal: {error}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn run(arguments: Arguments) -> Result<(), RunError> {
    let (listener, address) = server::listen(arguments.listen)?;
    let origin = arguments
        .origin
        .unwrap_or_else(|| format!("https://{address}"));
    let files = tls::files(&arguments.tls)?;
    let appraiser = Appraiser::load(Policy::RENDERED)?;
    let settings = Settings {
        database: arguments.database,
        keys: arguments.keys,
        font: arguments.font,
        origin: origin.clone(),
        oldest_app: OldestApp {
            real_name: arguments.oldest_app_real_name,
            certificates: arguments.oldest_app_certificates,
        },
        sample: arguments.sample,
    };
    let app = App::open(settings, Arc::new(SystemClock), Arc::new(appraiser)).await?;
    let mut server = server::serve(&app, listener, &files).await?;
    let ready = serde_json::json!({
        "ready": true,
        "origin": origin,
        "ca": files.ca,
        "portal_key": app.keys.signer.public_key().to_string(),
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
