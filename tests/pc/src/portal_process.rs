//! The portal, started as a program of its own with a fresh database.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde::Deserialize;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// Why the portal does not run.
#[derive(Debug, thiserror::Error)]
pub enum PortalProcessError {
    /// The program cannot be started.
    #[error("{program} did not start; is it built?")]
    Start {
        /// Where it should be.
        program: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// It ended, or took too long, before it said that it is ready.
    #[error("the portal did not say that it is ready")]
    Silent,
    /// The system refused something.
    #[error("the portal's process")]
    System(#[source] std::io::Error),
}

/// What the portal says when it listens.
#[derive(Debug, Clone, Deserialize)]
pub struct Ready {
    /// Its address.
    pub origin: String,
    /// The file with the certificate that signs its TLS certificate.
    pub ca: PathBuf,
    /// The public key it signs with, base64url.
    pub portal_key: String,
    /// The roots that the seals of its copies hang on, PEM; empty when they carry none.
    #[serde(default)]
    pub seal_roots_pem: String,
}

/// A running portal with a fresh database and sample registers.
#[derive(Debug)]
pub struct PortalProcess {
    child: Child,
    /// What it said.
    pub ready: Ready,
}

impl PortalProcess {
    /// Starts the program on a free port of this machine, with everything it keeps in a folder.
    ///
    /// # Errors
    /// [`PortalProcessError::Start`], [`PortalProcessError::Silent`].
    pub async fn start(program: &Path, folder: &Path) -> Result<Self, PortalProcessError> {
        Self::start_at(program, folder, "127.0.0.1:0").await
    }

    /// Starts it again at an address, as after a crash.
    ///
    /// # Errors
    /// [`PortalProcessError::Start`], [`PortalProcessError::Silent`].
    pub async fn start_at(
        program: &Path,
        folder: &Path,
        listen: &str,
    ) -> Result<Self, PortalProcessError> {
        Self::start_with(program, folder, listen, &[]).await
    }

    /// Starts it at an address with more flags, such as those of
    /// [`SimulatorProcess`](crate::simulator_process::SimulatorProcess).
    ///
    /// # Errors
    /// [`PortalProcessError::Start`], [`PortalProcessError::Silent`].
    pub async fn start_with(
        program: &Path,
        folder: &Path,
        listen: &str,
        flags: &[String],
    ) -> Result<Self, PortalProcessError> {
        let program = program.to_owned();
        std::fs::create_dir_all(folder).map_err(PortalProcessError::System)?;
        let mut child = Command::new(&program)
            .args(["--listen", listen, "--sample", "--database"])
            .arg(folder.join("portal.sqlite3"))
            .arg("--tls")
            .arg(folder.join("tls"))
            .arg("--keys")
            .arg(folder.join("keys"))
            .args(flags)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|source| PortalProcessError::Start { program, source })?;
        let out = child.stdout.take().ok_or(PortalProcessError::Silent)?;
        let mut lines = BufReader::new(out).lines();
        let first = tokio::time::timeout(Duration::from_secs(30), lines.next_line()).await;
        let line = first
            .ok()
            .and_then(Result::ok)
            .flatten()
            .ok_or(PortalProcessError::Silent)?;
        let ready = serde_json::from_str(&line).map_err(|_| PortalProcessError::Silent)?;
        Ok(Self { child, ready })
    }

    /// Ends it and waits until it is gone.
    ///
    /// # Errors
    /// [`PortalProcessError::System`].
    pub async fn stop(mut self) -> Result<(), PortalProcessError> {
        self.child
            .start_kill()
            .map_err(PortalProcessError::System)?;
        self.child
            .wait()
            .await
            .map_err(PortalProcessError::System)?;
        Ok(())
    }

    /// Waits until it ends by itself or somebody presses Ctrl-C.
    ///
    /// # Errors
    /// [`PortalProcessError::System`].
    pub async fn wait(mut self) -> Result<(), PortalProcessError> {
        tokio::select! {
            ended = self.child.wait() => { ended.map_err(PortalProcessError::System)?; }
            pressed = tokio::signal::ctrl_c() => {
                pressed.map_err(PortalProcessError::System)?;
                self.child.start_kill().map_err(PortalProcessError::System)?;
            }
        }
        Ok(())
    }
}
