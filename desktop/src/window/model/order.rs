//! What the window asks of the core, and what it hears. The core's calls block or wait: none is made
//! on the thread that draws.

use std::path::PathBuf;

use quanshengshi::activity::{ActivityLine, DeviceLine};
use quanshengshi::capture::FaceGuidance;
use quanshengshi::config::TextLanguage;
use quanshengshi::error::QssError;
use quanshengshi::open::ShownCertificate;
use quanshengshi::scanner::ScanGuidance;
use quanshengshi::task::{AskScreen, PersonDecision, TaskStage};
use quanshengshi::viewer::DrawnPage;
use quanshengshi::wallet::{SubjectLine, VerificationLine, WalletLine};
use quanshengshi::ways::{ActVariant, WayLine};

use crate::window::camera::{CameraTrouble, Sight};
use crate::window::model::document::Document;
use crate::window::model::paper::Words;

/// What the worker is to do.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Order {
    /// Open the phone, again in another language.
    Open(TextLanguage),
    /// Clear what can never be opened again, then open.
    Reset(TextLanguage),
    /// Hear whether the phone may go on, and read what it keeps.
    Home,
    /// Look through the camera until the portal's code is seen, and claim its task.
    Watch,
    /// Read the code in pictures, or in the pictures of folders, and claim its task.
    Pictures(Vec<PathBuf>),
    /// Claim the task of nine digits.
    Digits(String),
    /// Go back into a task.
    Resume(String),
    /// Send the person's answer.
    Answer(PersonDecision),
    /// Run a face capture and send it.
    Capture,
    /// Ask for other acts.
    ChangeActs(ActVariant),
    /// Ask where the task stands.
    Stage,
    /// Read the receipt and fetch what was approved.
    End,
    /// Read the wallet.
    Wallet(String),
    /// Ask whether the certificates still hold.
    Refresh,
    /// Remove a certificate.
    Forget(String),
    /// Open, verify and draw a certificate.
    Certificate(String),
    /// Open and judge a certificate's file of anybody, and draw its first page.
    Document(PathBuf, TextLanguage),
    /// Draw another page of what is opened, from 0.
    Turn(u32),
    /// Draw a copy of what is opened for a purpose, and keep it where the person finds it.
    Copy(String),
    /// A code to check a certificate by.
    Code(String),
    /// Read the log.
    Log,
    /// Ask who else acts for the accounts.
    Devices,
    /// Disable another device, and ask again who is left.
    Disable(String),
    /// Wipe everything and tell the portal.
    SignOut,
    /// The screen was left: what it waited for may end.
    Leave,
}

/// A task of this phone, as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Asked {
    pub(crate) screen: AskScreen,
    pub(crate) ways: Vec<WayLine>,
}

/// A page to look at and to hear.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sheet {
    pub(crate) drawn: DrawnPage,
    pub(crate) words: Words,
}

/// Why there is no copy.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum CopyTrouble {
    Core(QssError),
    /// It cannot be written, or the font is gone.
    Disk,
}

impl From<QssError> for CopyTrouble {
    fn from(error: QssError) -> Self {
        Self::Core(error)
    }
}

/// What the worker tells.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Event {
    Opened,
    /// The folder holds no phone.
    NoPhone,
    /// The camera gives no picture.
    NoCamera(CameraTrouble),
    /// What the camera sees while it looks for the code, when that changed.
    Seen(Sight),
    Home {
        open_tasks: Vec<String>,
        certificates: usize,
        person: Option<String>,
        offline: bool,
    },
    /// No code of the portal in the pictures; none of them, when there was no picture.
    Unread(Option<ScanGuidance>),
    /// A code that is not ours was read.
    NotOurs(String),
    /// This phone has the task.
    Claimed(Box<Asked>, TaskStage),
    Stage(TaskStage),
    Guidance(FaceGuidance),
    /// The capture is on its way.
    Sent,
    /// The end: the receipt, and what is in the wallet now.
    End {
        receipt: Option<Box<ActivityLine>>,
        kept: Vec<String>,
        trouble: Option<QssError>,
    },
    Wallet {
        lines: Vec<WalletLine>,
        subjects: Vec<SubjectLine>,
    },
    /// Whether the portal could be asked about the wallet.
    Refreshed(Result<(), QssError>),
    /// A certificate, and its first page.
    Shown(Box<ShownCertificate>, Sheet),
    /// A certificate's file of anybody, and its first page.
    Document(Box<Document>, DrawnPage),
    /// The file cannot be read from the disk.
    NoFile,
    /// Another page of what is opened, or why there is none.
    Turned(u32, Result<Sheet, QssError>),
    /// Where the copy lies.
    Copied(Result<PathBuf, CopyTrouble>),
    Code(Result<VerificationLine, QssError>),
    Log(Vec<ActivityLine>),
    Devices(Vec<DeviceLine>),
    SignedOut(bool),
    Failed(Order, QssError),
}
