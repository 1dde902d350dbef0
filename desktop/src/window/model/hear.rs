//! What the core answers.

use std::path::PathBuf;
use std::time::Instant;

use quanshengshi::capture::FaceGuidance;
use quanshengshi::error::QssError;
use quanshengshi::task::TaskStage;

use crate::window::camera::{CameraTrouble, Sight};
use crate::window::model::Model;
use crate::window::model::capture::Capture;
use crate::window::model::order::{CopyTrouble, Event, Order};
use crate::window::model::screen::{Certificate, Devices, Ended, Home, Looking, Screen, Wallet};
use crate::window::model::trouble::{Remedy, Trouble, is_offline};
use crate::window::texts::{Say, of_scan};

impl Model {
    /// Hears an answer to an order of a screen; one of an earlier screen comes too late.
    pub(crate) fn hear(&mut self, visit: u64, event: Event, now: Instant) {
        if visit == self.visit {
            self.take(event, now);
        }
    }

    fn take(&mut self, event: Event, now: Instant) {
        match event {
            Event::Opened => self.home(),
            Event::NoPhone => {
                let again = Some(Order::Open(self.settings.language()));
                self.local_trouble("NO_PHONE", Say::NoPhone, vec![Remedy::Retry], again);
            }
            Event::NoCamera(trouble) => self.no_camera(trouble),
            Event::Home {
                open_tasks,
                certificates,
                person,
                offline,
            } => {
                self.screen = Screen::Home(Home {
                    open_tasks,
                    certificates,
                    person,
                    offline,
                });
            }
            Event::Unread(guidance) => {
                let say = guidance.map_or(Say::ScanNoPicture, |seen| of_scan(Some(seen)));
                self.unread(self.say(say));
            }
            Event::NotOurs(code) => self.unread(self.words(&code)),
            Event::Seen(sight) => self.seen(sight),
            Event::Claimed(asked, stage) => {
                self.asked = Some(*asked);
                self.stage(stage);
            }
            Event::Stage(stage) => self.stage(stage),
            Event::Guidance(guidance) => self.guided(&guidance),
            Event::Sent => self.screen = Screen::Capture(Capture::Judging),
            Event::End {
                receipt,
                kept,
                trouble,
            } => {
                let trouble = trouble.map(|error| self.words(error.code()));
                if let Screen::Ended(ended) = &mut self.screen {
                    ended.receipt = receipt;
                    ended.kept = kept.len();
                    (ended.trouble, ended.loading) = (trouble, false);
                }
            }
            Event::Wallet { lines, subjects } => self.wallet(Wallet {
                lines,
                subjects,
                ..Wallet::default()
            }),
            Event::Refreshed(done) => self.refreshed(done),
            Event::Shown(shown, sheet) => {
                let order = Order::Code(shown.certificate.clone());
                self.screen = Screen::Certificate(Box::new(Certificate::new(*shown, sheet.words)));
                self.orders.push(order);
            }
            Event::Turned(page, drawn) => {
                let words = drawn.map(|sheet| sheet.words);
                let words = words.map_err(|error| self.words(error.code()));
                if let Some(paper) = self.paper() {
                    paper.take(page, words);
                }
            }
            Event::Copied(made) => self.copied(made),
            Event::Document(document, _) => self.screen = Screen::Document(document),
            Event::NoFile => {
                let ways = vec![Remedy::OtherFile, Remedy::Home];
                self.local_trouble("NO_FILE", Say::FileGone, ways, None);
            }
            Event::Code(code) => {
                let code = code.map_err(|error| self.words(error.code()));
                if let Screen::Certificate(it) = &mut self.screen {
                    it.take_code(code, now);
                }
            }
            Event::Log(lines) => self.screen = Screen::Log(lines),
            Event::Devices(lines) => {
                self.screen = Screen::Devices(Devices {
                    lines,
                    asking: None,
                });
            }
            Event::SignedOut(told) => self.screen = Screen::SignedOut(told),
            Event::Failed(_, QssError::Cancelled { .. }) => {}
            Event::Failed(Order::Document(..), error) => {
                let trouble = Trouble {
                    code: error.code().to_owned(),
                    text: self.words(error.code()),
                    remedies: vec![Remedy::OtherFile, Remedy::Home],
                    again: None,
                };
                self.go(Screen::Trouble(trouble));
            }
            Event::Failed(order, error) => self.trouble(&error, Some(order)),
        }
    }

    /// A trouble of this machine, which has no code of the core.
    fn local_trouble(&mut self, code: &str, say: Say, remedies: Vec<Remedy>, again: Option<Order>) {
        let trouble = Trouble {
            code: code.to_owned(),
            text: self.say(say),
            remedies,
            again,
        };
        self.go(Screen::Trouble(trouble));
    }

    fn copied(&mut self, made: Result<PathBuf, CopyTrouble>) {
        let made = made.map_err(|trouble| match trouble {
            CopyTrouble::Core(error) => self.words(error.code()),
            CopyTrouble::Disk => self.say(Say::CopyUnsaved),
        });
        if let Screen::Certificate(it) = &mut self.screen
            && let Some(copy) = &mut it.copy
        {
            (copy.drawing, copy.made) = (false, Some(made));
        }
    }

    /// The scanner's screen stays, and says why nothing came of the pictures.
    fn unread(&mut self, words: String) {
        if let Screen::Scan(scan) = &mut self.screen {
            (scan.say, scan.looking) = (words, Looking::Nowhere);
        }
    }

    /// The line on top follows what the camera sees.
    fn seen(&mut self, sight: Sight) {
        let words = match sight {
            Sight::Nothing(guidance) => self.say(of_scan(guidance)),
            Sight::NotOurs(code) => self.words(&code),
        };
        if let Screen::Scan(scan) = &mut self.screen {
            scan.say = words;
        }
    }

    /// Pictures of the code can still be chosen where it was scanned for, and the nine digits typed; a face
    /// has other ways.
    fn no_camera(&mut self, trouble: CameraTrouble) {
        let (code, say) = match trouble {
            CameraTrouble::NoClips => ("NO_CLIPS", Say::NoClips),
            CameraTrouble::Missing => ("NO_CAMERA", Say::NoCamera),
            CameraTrouble::Busy => ("CAMERA_BUSY", Say::CameraBusy),
        };
        if matches!(self.screen, Screen::Scan(_)) {
            return self.unread(self.say(say));
        }
        let ways = vec![Remedy::Retry, Remedy::OtherWays, Remedy::Home];
        self.local_trouble(code, say, ways, Some(Order::Capture));
    }

    /// Shows what a stage asks for.
    fn stage(&mut self, stage: TaskStage) {
        let (say, reason) = match stage {
            TaskStage::Ask => return self.go(Screen::Ask),
            TaskStage::Capture {
                prompts,
                attempt,
                attempts,
                reason,
            } => {
                let reason = reason.map(|code| self.words(&code));
                return self.go(Screen::Capture(Capture::Ready {
                    attempt,
                    attempts,
                    steps: prompts.len(),
                    reason,
                }));
            }
            TaskStage::Appraising => {
                self.go(Screen::Capture(Capture::Judging));
                return self.orders.push(Order::Stage);
            }
            TaskStage::Approved { .. } => (Say::ResultApproved, None),
            TaskStage::Review { reason } => (Say::ResultReview, reason),
            TaskStage::Failed { reason } => (Say::ResultFailed, reason),
            TaskStage::Ended { reason } => (Say::ResultEnded, Some(reason)),
        };
        let reason = reason.map(|code| self.words(&code));
        self.go(Screen::Ended(Ended {
            say,
            reason,
            approved: say == Say::ResultApproved,
            receipt: None,
            kept: 0,
            trouble: None,
            loading: true,
        }));
        self.orders.push(Order::End);
    }

    fn guided(&mut self, guidance: &FaceGuidance) {
        let language = self.settings.language();
        if let FaceGuidance::Failed { code } = guidance {
            let code = code.clone();
            return self.trouble(&QssError::NewAttempt { code }, Some(Order::Capture));
        }
        if let Screen::Capture(Capture::Running(running)) = &mut self.screen {
            running.follow(guidance, language);
        }
    }

    /// The list changes under what was typed and chosen; the portal is asked at the first sight of it.
    fn wallet(&mut self, read: Wallet) {
        if let Screen::Wallet(wallet) = &mut self.screen {
            wallet.lines = read.lines;
            wallet.subjects = read.subjects;
            // The chosen holder's last certificate may be gone.
            let there = |it: &String| wallet.subjects.iter().any(|one| one.subject == *it);
            wallet.subject = wallet.subject.take().filter(there);
        } else {
            self.screen = Screen::Wallet(read);
            self.orders.push(Order::Refresh);
        }
    }

    /// No network is no trouble here: the list stays, and says that it is offline.
    fn refreshed(&mut self, done: Result<(), QssError>) {
        let query = match (&mut self.screen, &done) {
            (Screen::Wallet(wallet), Ok(())) => {
                wallet.offline = false;
                wallet.query.clone()
            }
            (Screen::Wallet(wallet), Err(error)) if is_offline(error) => {
                wallet.offline = true;
                return;
            }
            _ => String::new(),
        };
        match done {
            Ok(()) => self.orders.push(Order::Wallet(query)),
            Err(QssError::Cancelled { .. }) => {}
            Err(error) => self.trouble(&error, None),
        }
    }
}
