//! Starting and ending Chromium.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::Duration;

use fantoccini::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::error::BrowserError;

/// Width of the window in pixels.
pub const WINDOW_WIDTH: u32 = 1280;
/// Height of the window in pixels.
pub const WINDOW_HEIGHT: u32 = 1180;

/// A running browser. Ends with [`Chromium::close`]; dropped without it, its processes are
/// killed.
#[derive(Debug)]
pub struct Chromium {
    pub(crate) client: Client,
    driver: Child,
    folder: TempDir,
}

impl Chromium {
    /// Whether browser and driver are on this machine.
    pub fn is_here() -> bool {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let here =
            |program: &str| std::env::split_paths(&path).any(|dir| dir.join(program).is_file());
        here("chromium") && here("chromedriver")
    }

    /// Starts a fresh browser with an empty profile that accepts the portal's own certificate.
    ///
    /// # Errors
    /// [`BrowserError::Start`], [`BrowserError::Silent`], [`BrowserError::Session`].
    pub async fn start() -> Result<Self, BrowserError> {
        let chromium = |source| BrowserError::Start {
            program: "chromium",
            source,
        };
        let folder = TempDir::new().map_err(chromium)?;
        let port = free_port().map_err(chromium)?;
        let driver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .arg("--log-level=OFF")
            .stdin(std::process::Stdio::null())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|source| BrowserError::Start {
                program: "chromedriver",
                source,
            })?;
        wait_for_port(port).await?;
        let client = Client::with_capabilities_and_connector(
            &format!("http://127.0.0.1:{port}"),
            &capabilities(folder.path()),
            HttpConnector::new(),
        )
        .await?;
        Ok(Self {
            client,
            driver,
            folder,
        })
    }

    /// Where the browser puts what it downloads.
    pub fn downloads(&self) -> PathBuf {
        self.folder.path().join("downloads")
    }

    /// Ends the browser and its driver.
    ///
    /// # Errors
    /// [`BrowserError::Command`] when the browser does not end by itself; it is killed then.
    pub async fn close(mut self) -> Result<(), BrowserError> {
        let closed = self.client.clone().close().await;
        let _ = self.driver.kill().await;
        closed.map_err(|source| BrowserError::Command {
            doing: "close".to_owned(),
            source,
        })
    }

    /// The downloaded file whose name ends so, once it is whole.
    ///
    /// # Errors
    /// [`BrowserError::Download`] after ten seconds.
    pub async fn downloaded(&self, ending: &str) -> Result<PathBuf, BrowserError> {
        for _ in 0..100 {
            let entries = std::fs::read_dir(self.downloads());
            let paths = entries
                .into_iter()
                .flatten()
                .filter_map(Result::ok)
                .map(|item| item.path());
            let whole = |path: &PathBuf| path.to_string_lossy().ends_with(ending);
            if let Some(path) = paths.into_iter().find(whole) {
                return Ok(path);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Err(BrowserError::Download)
    }
}

fn capabilities(folder: &Path) -> serde_json::Map<String, serde_json::Value> {
    let arguments = [
        "--headless=new".to_owned(),
        // Containers of a CI have no user namespace; the pages are our own.
        "--no-sandbox".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        "--disable-quic".to_owned(),
        "--no-first-run".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        "--disable-search-engine-choice-screen".to_owned(),
        "--hide-scrollbars".to_owned(),
        "--lang=zh-CN".to_owned(),
        format!("--window-size={WINDOW_WIDTH},{WINDOW_HEIGHT}"),
        format!("--user-data-dir={}", folder.join("profile").display()),
    ];
    let preferences = json!({
        "download.default_directory": folder.join("downloads"),
        "download.prompt_for_download": false,
        "safebrowsing.enabled": false,
        "profile.password_manager_leak_detection": false,
        "credentials_enable_service": false,
    });
    let options = json!({ "args": arguments, "prefs": preferences });
    let mut capabilities = serde_json::Map::new();
    capabilities.insert("acceptInsecureCerts".to_owned(), json!(true));
    capabilities.insert("goog:chromeOptions".to_owned(), options);
    capabilities.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
    capabilities
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

async fn wait_for_port(port: u16) -> Result<(), BrowserError> {
    for _ in 0..200 {
        if tokio::net::TcpStream::connect(("127.0.0.1", port))
            .await
            .is_ok()
        {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Err(BrowserError::Silent)
}
