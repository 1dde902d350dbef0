//! The program around a simulator.

use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use tokio::net::TcpListener;

use crate::clock::SystemClock;
use crate::electronic_licence::stand_in::{self, LicenceHolder, StandIn};
use crate::simulator::Simulator;
use crate::simulator::records::{Records, RecordsError};

/// Why a simulator does not run.
#[derive(Debug, thiserror::Error)]
pub enum SimulateError {
    /// Not an address of this machine alone.
    #[error("{0} is not an address of this machine alone; use 127.0.0.1 or [::1]")]
    NotLocal(SocketAddr),
    /// The records.
    #[error("the records: {0}")]
    Records(#[from] RecordsError),
    /// The file with the token.
    #[error("{path} cannot be read: {source}")]
    Token {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The socket, or the output.
    #[error("the system refused: {0}")]
    System(#[from] std::io::Error),
}

/// How a simulator is started.
#[derive(Debug, Clone)]
pub struct SimulatorSettings {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Records besides the samples.
    pub data: Option<PathBuf>,
    /// The file with the token that callers must show.
    pub token: Option<PathBuf>,
}

/// Serves until `stop` ends; one JSON line on `out` says where.
///
/// # Errors
/// [`SimulateError`] by variant.
///
/// # Cancellation
/// It stops.
pub async fn run(
    settings: SimulatorSettings,
    mut out: impl std::io::Write,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), SimulateError> {
    if !settings.listen.ip().is_loopback() {
        return Err(SimulateError::NotLocal(settings.listen));
    }
    let mut records = Records::samples();
    if let Some(path) = &settings.data {
        records.add_file(path)?;
    }
    let token = settings.token.map(|path| {
        std::fs::read_to_string(&path).map_err(|source| SimulateError::Token { path, source })
    });
    let token = token.transpose()?;
    let token = token.as_deref().map(str::trim);
    let simulator = Simulator::new(records, token);
    let listener = TcpListener::bind(settings.listen).await?;
    let origin = format!("http://{}", listener.local_addr()?);
    let licence = StandIn::new(Arc::new(SystemClock), &origin, LicenceHolder::samples());
    let served = simulator.router().merge(stand_in::router(licence, token));
    let ready = serde_json::json!({
        "ready": true,
        "population": format!("{origin}/population"),
        "market": format!("{origin}/market"),
        "sms": format!("{origin}/sms"),
        "licence": origin,
        "admin": format!("{origin}/admin"),
    });
    writeln!(out, "{ready}")?;
    out.flush()?;
    axum::serve(listener, served)
        .with_graceful_shutdown(stop)
        .await?;
    Ok(())
}
