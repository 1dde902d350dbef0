//! The screens, as plain data.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use quanshengshi::activity::{ActivityLine, DeviceLine};
use quanshengshi::open::ShownCertificate;
use quanshengshi::task::AskLine;
use quanshengshi::texts::FaceNotice;
use quanshengshi::wallet::{SubjectLine, VerificationLine, WalletLine};
use quanshengshi::ways::WayLine;

use crate::window::model::capture::Capture;
use crate::window::model::chooser::Choice;
use crate::window::model::document::{Document, Files};
use crate::window::model::paper::{Paper, Words};
use crate::window::model::trouble::Trouble;
use crate::window::texts::Say;

/// What stands in the window.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Screen {
    /// Something is on its way.
    Waiting,
    Home(Home),
    Scan(Scan),
    /// The nine digits as typed so far.
    Digits(String),
    Ask,
    FaceConsent(FaceNotice),
    Ways(Vec<WayLine>),
    Capture(Capture),
    Ended(Ended),
    Wallet(Wallet),
    Certificate(Box<Certificate>),
    Files(Files),
    Document(Box<Document>),
    Log(Vec<ActivityLine>),
    Devices(Devices),
    /// Whether the question before wiping is asked.
    Settings {
        asking: bool,
    },
    /// Whether the portal heard.
    SignedOut(bool),
    Trouble(Trouble),
}

/// Who else acts for the accounts.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Devices {
    pub(crate) lines: Vec<DeviceLine>,
    /// The device about which the question before disabling is asked.
    pub(crate) asking: Option<String>,
}

/// One of the four places below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tab {
    Home,
    Wallet,
    Log,
    Settings,
}

impl Tab {
    /// All of them, in their order.
    pub(crate) const ALL: [Self; 4] = [Self::Home, Self::Wallet, Self::Log, Self::Settings];

    /// Its word.
    pub(crate) fn say(self) -> Say {
        match self {
            Self::Home => Say::TabHome,
            Self::Wallet => Say::TabWallet,
            Self::Log => Say::TabLog,
            Self::Settings => Say::TabSettings,
        }
    }
}

impl Screen {
    /// The place below that is marked; none where the four places are not offered.
    pub(crate) fn tab(&self) -> Option<Tab> {
        match self {
            Self::Home(_) | Self::SignedOut(_) => Some(Tab::Home),
            Self::Wallet(_) => Some(Tab::Wallet),
            Self::Log(_) => Some(Tab::Log),
            Self::Settings { .. } => Some(Tab::Settings),
            _ => None,
        }
    }
}

/// The first screen; scanning is possible before anything was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Home {
    pub(crate) open_tasks: Vec<String>,
    pub(crate) certificates: usize,
    /// The masked name of the phone's person.
    pub(crate) person: Option<String>,
    pub(crate) offline: bool,
}

/// Looking for the code, and choosing what the camera would see.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scan {
    pub(crate) folder: PathBuf,
    pub(crate) choices: Vec<Choice>,
    /// The line on top.
    pub(crate) say: String,
    pub(crate) looking: Looking,
    /// Whether a code can be held before the camera.
    pub(crate) camera: bool,
}

/// Where a code is looked for at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Looking {
    Nowhere,
    Pictures,
    Camera,
}

/// The end of a task.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ended {
    pub(crate) say: Say,
    pub(crate) reason: Option<String>,
    /// Whether the PC may go on.
    pub(crate) approved: bool,
    pub(crate) receipt: Option<Box<ActivityLine>>,
    /// How many certificates came into the wallet.
    pub(crate) kept: usize,
    /// About fetching alone.
    pub(crate) trouble: Option<String>,
    /// Whether receipt and copies are still being read.
    pub(crate) loading: bool,
}

/// The kept certificates.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Wallet {
    pub(crate) lines: Vec<WalletLine>,
    pub(crate) subjects: Vec<SubjectLine>,
    pub(crate) query: String,
    pub(crate) subject: Option<String>,
    pub(crate) offline: bool,
}

impl Wallet {
    /// The lines of the chosen holder.
    pub(crate) fn chosen(&self) -> impl Iterator<Item = &WalletLine> {
        let of_holder = |line: &&WalletLine| {
            self.subject
                .as_ref()
                .is_none_or(|subject| line.subject == *subject)
        };
        self.lines.iter().filter(of_holder)
    }
}

/// One kept certificate.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Certificate {
    pub(crate) shown: ShownCertificate,
    pub(crate) paper: Paper,
    pub(crate) code: Option<Code>,
    /// When the next code is asked for; none while one is on its way.
    pub(crate) next_code: Option<Instant>,
    /// Why there is no code.
    pub(crate) code_trouble: Option<String>,
    /// The copy that is being handed on, while that is open.
    pub(crate) copy: Option<Copy>,
}

/// A copy to hand on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Copy {
    /// What it is for, as typed so far.
    pub(crate) purpose: String,
    /// Whether it is being drawn.
    pub(crate) drawing: bool,
    /// Where it lies, or why there is none.
    pub(crate) made: Option<Result<PathBuf, String>>,
}

/// A code to check a certificate by, and when it ends.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Code {
    pub(crate) line: VerificationLine,
    pub(crate) ends: Instant,
}

/// Before a code ends, the next is fetched, so that nobody scans a dead one.
const EARLY: Duration = Duration::from_secs(5);
/// Before asking again without a network.
const LATER: Duration = Duration::from_secs(2);

impl Certificate {
    /// As it was just drawn, with a code on its way.
    pub(crate) fn new(shown: ShownCertificate, words: Words) -> Self {
        Self {
            paper: Paper::new(shown.pages, words),
            shown,
            code: None,
            next_code: None,
            code_trouble: None,
            copy: None,
        }
    }

    /// Takes the answer about a code. An old code never stays when there is no new one: it opens
    /// nothing any more.
    pub(crate) fn take_code(&mut self, code: Result<VerificationLine, String>, now: Instant) {
        match code {
            Ok(line) => {
                let lives = Duration::from_millis(line.ends_in_ms);
                self.next_code = Some(now + lives.saturating_sub(EARLY).max(LATER));
                self.code_trouble = None;
                let ends = now + lives;
                self.code = Some(Code { line, ends });
            }
            Err(words) => {
                self.next_code = Some(now + LATER);
                self.code_trouble = Some(words);
                self.code = None;
            }
        }
    }

    /// Whether the next code is to be asked for now; says so once.
    pub(crate) fn wants_code(&mut self, now: Instant) -> bool {
        let due = self.next_code.is_some_and(|at| at <= now);
        if due {
            self.next_code = None;
        }
        due
    }
}

/// The line that holds a masked number: whether it is theirs, only the person knows.
pub(crate) fn mobile(lines: &[AskLine]) -> Option<&AskLine> {
    let is_mobile = |line: &&AskLine| {
        let (value, sign) = (&line.value, |sign: u8| {
            sign.is_ascii_digit() || sign == b'*'
        });
        value.len() == 11
            && value.starts_with('1')
            && value.contains('*')
            && value.bytes().all(sign)
    };
    lines.iter().find(is_mobile)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_masked_number_is_found_among_the_lines() {
        let line = |label: &str, value: &str| AskLine {
            label: label.to_owned(),
            value: value.to_owned(),
        };
        let lines = [
            line("姓名", "林*远"),
            line("绑定手机", "139****0037"),
            line("账号", "1391234"),
        ];
        assert_eq!(mobile(&lines), lines.get(1));
        assert_eq!(mobile(&lines[..1]), None);
    }
}
