//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// 全省事 on the desktop: scan, prove, keep and show certificates.
#[derive(Debug, Parser)]
#[command(name = "qss", version, about)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) order: Order,
}

/// What is to be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Order {
    /// Read the QR code of each picture; one JSON line a file.
    Scan {
        /// JPEG or PNG files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// List, draw or forget the certificates kept on this machine.
    Wallet {
        /// The folder that holds phone.json and the vault.
        #[arg(long, default_value = "target/demo/phone")]
        folder: PathBuf,
        #[command(subcommand)]
        order: WalletOrder,
    },
    /// Scan with a webcam, read what is asked, and confirm with the face.
    #[cfg(feature = "camera")]
    Confirm {
        /// The phone.json that `qss demo --keep` wrote.
        #[arg(long, default_value = "target/demo/phone/phone.json")]
        config: PathBuf,
        /// The text of the code, when it is not to be scanned.
        #[arg(long)]
        code: Option<String>,
    },
    /// Walk the whole job: register, scan, prove, download, show offline.
    #[cfg(feature = "demo")]
    Demo {
        /// Leave the portal running and tell how to walk it by hand.
        #[arg(long)]
        keep: bool,
        /// Rendered persons.
        #[arg(long, default_value = "tests/fixtures/people")]
        people: PathBuf,
        /// Where report and pictures go.
        #[arg(long, default_value = "target/demo")]
        out: PathBuf,
    },
}

/// What is to be done with the wallet.
#[derive(Debug, Subcommand)]
pub(crate) enum WalletOrder {
    /// One line a certificate.
    List,
    /// Check a certificate again and draw it; no network is needed.
    Show {
        /// Identifier, as `list` prints it.
        id: String,
        /// Where the drawing goes.
        #[arg(long, default_value = "certificate.png")]
        out: PathBuf,
    },
    /// Remove a certificate from this machine.
    Forget {
        /// Identifier, as `list` prints it.
        id: String,
    },
}
