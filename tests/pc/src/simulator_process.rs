//! The simulator of the outside systems, started as a program of its own.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use reqwest::Method;
use serde::Deserialize;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::plain::{PlainError, local_client};
use crate::portal_process::PortalProcessError;

/// Where a simulator serves its interfaces.
#[derive(Debug, Clone, Deserialize)]
pub struct Served {
    /// The population register.
    pub population: String,
    /// The market regulator's register.
    pub market: String,
    /// The SMS gateway.
    pub sms: String,
    /// The service of the electronic licence.
    pub licence: String,
    /// What switches faults.
    pub admin: String,
}

/// A running simulator.
#[derive(Debug)]
pub struct SimulatorProcess {
    child: Child,
    /// What it said.
    pub served: Served,
}

impl SimulatorProcess {
    /// Starts the portal's program with `simulate` and more arguments, on a free port.
    ///
    /// # Errors
    /// [`PortalProcessError`] by variant.
    pub async fn start(program: &Path, more: &[&str]) -> Result<Self, PortalProcessError> {
        let mut child = Command::new(program)
            .arg("simulate")
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|source| PortalProcessError::Start {
                program: program.to_owned(),
                source,
            })?;
        let out = child.stdout.take().ok_or(PortalProcessError::Silent)?;
        let mut lines = BufReader::new(out).lines();
        let first = tokio::time::timeout(Duration::from_secs(30), lines.next_line()).await;
        let line = first.ok().and_then(Result::ok).flatten();
        let line = line.ok_or(PortalProcessError::Silent)?;
        let served = serde_json::from_str(&line).map_err(|_| PortalProcessError::Silent)?;
        Ok(Self { child, served })
    }

    /// The flags that lead a portal to it.
    pub fn flags(&self) -> Vec<String> {
        let served = &self.served;
        [
            ("--population-register", &served.population),
            ("--market-register", &served.market),
            ("--sms-gateway", &served.sms),
        ]
        .into_iter()
        .flat_map(|(flag, address)| [flag.to_owned(), address.clone()])
        .collect()
    }

    /// Lets an interface play a fault, such as `{"fault":"down"}`.
    ///
    /// # Errors
    /// [`PlainError::Net`].
    pub async fn play(&self, interface: &str, fault: &Value) -> Result<(), PlainError> {
        let address = format!("{}/faults/{interface}", self.served.admin);
        let request = local_client()?.request(Method::PUT, address);
        let answer = request.body(fault.to_string()).send().await?;
        answer.error_for_status()?;
        Ok(())
    }

    /// The texts of the messages it took, newest first, each with its number.
    ///
    /// # Errors
    /// [`PlainError::Net`].
    pub async fn messages(&self) -> Result<Vec<(String, String)>, PlainError> {
        let address = format!("{}/messages", self.served.admin);
        let answer = local_client()?.get(address).send().await?;
        let all: Vec<Value> = answer.error_for_status()?.json().await?;
        let word = |message: &Value, name: &str| message[name].as_str().unwrap_or("").to_owned();
        Ok(all
            .iter()
            .map(|message| (word(message, "mobile"), word(message, "text")))
            .collect())
    }

    /// Ends it and waits until it is gone.
    ///
    /// # Errors
    /// [`PortalProcessError::System`].
    pub async fn stop(mut self) -> Result<(), PortalProcessError> {
        self.child
            .start_kill()
            .map_err(PortalProcessError::System)?;
        let ended = self.child.wait().await;
        ended.map(|_| ()).map_err(PortalProcessError::System)
    }
}
