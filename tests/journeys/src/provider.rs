//! A real `OpenID` provider in the place of the national portal: `oidc-provider` from npm, with
//! invented people (`oidc/provider.mjs`).

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// Our client identifier at the provider.
pub const CLIENT: &str = "hlj-portal";
/// Our client's secret there.
pub const SECRET: &str = "a-secret-of-the-journey";

/// How long packages may take to come.
const INSTALL_WITHIN: Duration = Duration::from_mins(3);
/// How long the provider may take to listen.
const READY_WITHIN: Duration = Duration::from_secs(30);

/// What a provider is started with.
#[derive(Debug, Clone, Copy)]
pub struct ProviderSettings<'a> {
    /// The port it listens on.
    pub port: u16,
    /// Where it may send people back to.
    pub redirect: &'a str,
    /// Folder with `cert.pem` and `key.pem` of its TLS.
    pub tls: &'a Path,
}

/// A running provider; it ends when this is dropped.
#[derive(Debug)]
pub struct Provider {
    child: Child,
}

impl Provider {
    /// Installs the provider's packages by the lockfile, into a folder beside the built programs;
    /// says `SKIP` and why when npm is missing or brings nothing.
    pub async fn installed() -> Option<PathBuf> {
        let here = std::env::current_exe().unwrap();
        let target = here.parent().and_then(Path::parent).unwrap();
        let folder = target.join("national-provider");
        std::fs::create_dir_all(&folder).unwrap();
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("oidc");
        let mut fresh = folder.join("node_modules/oidc-provider").is_dir();
        for name in ["package.json", "package-lock.json", "provider.mjs"] {
            let wanted = std::fs::read(source.join(name)).unwrap();
            if std::fs::read(folder.join(name)).ok().as_ref() != Some(&wanted) {
                fresh &= name == "provider.mjs";
                std::fs::write(folder.join(name), wanted).unwrap();
            }
        }
        if fresh {
            return Some(folder);
        }
        let installing = Command::new("npm")
            .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
            .current_dir(&folder)
            .stdin(Stdio::null())
            .output();
        let why = match tokio::time::timeout(INSTALL_WITHIN, installing).await {
            Ok(Ok(done)) if done.status.success() => return Some(folder),
            Ok(Ok(_)) => "npm ci brought no packages",
            Ok(Err(_)) => "no npm on this machine",
            Err(_) => "npm ci took too long",
        };
        println!("SKIP national sign-in: {why}");
        None
    }

    /// Starts it.
    pub async fn start(folder: &Path, settings: ProviderSettings<'_>) -> Self {
        let (cert, key) = (settings.tls.join("cert.pem"), settings.tls.join("key.pem"));
        let told = format!(
            r#"{{"port":{},"redirect":"{}","client":"{CLIENT}","secret":"{SECRET}","cert":"{}","key":"{}"}}"#,
            settings.port,
            settings.redirect,
            cert.display(),
            key.display()
        );
        let mut child = Command::new("node")
            .arg("provider.mjs")
            .arg(told)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let ready = async {
            while let Some(line) = lines.next_line().await.unwrap() {
                if line.contains("\"ready\":true") {
                    return;
                }
            }
            panic!("the provider ended");
        };
        tokio::time::timeout(READY_WITHIN, ready)
            .await
            .expect("the provider listens");
        Self { child }
    }

    /// Stops it; nobody answers from here on.
    pub async fn stop(mut self) {
        self.child.kill().await.unwrap();
    }
}
