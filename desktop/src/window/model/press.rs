//! What a person does.

use std::path::PathBuf;

use quanshengshi::config::TextLanguage;
use quanshengshi::task::PersonDecision;
use quanshengshi::texts::face_notice;
use quanshengshi::ways::ActVariant;

use crate::window::model::Model;
use crate::window::model::capture::{Capture, Running};
use crate::window::model::order::Order;
use crate::window::model::screen::{Copy, Looking, Screen, Tab};
use crate::window::model::trouble::Remedy;
use crate::window::texts::Say;

/// A press of the person.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Press {
    Tab(Tab),
    Back,
    Scan,
    /// A folder to look for pictures in.
    Folder(PathBuf),
    /// Pictures and folders that were chosen or dropped.
    Pictures(Vec<PathBuf>),
    TypeDigits,
    /// The nine digits are typed.
    Digits,
    Resume(String),
    ItIsMe,
    NotMe,
    Decline,
    AgreeFace,
    RefuseFace,
    OtherWays,
    Acts(ActVariant),
    Begin,
    /// The search line was changed.
    Search,
    Holder(Option<String>),
    Refresh,
    Certificate(String),
    Forget(String),
    /// Choose a certificate's file, here or in another folder.
    Files(Option<PathBuf>),
    /// Open a certificate's file.
    Document(PathBuf),
    /// Hand a copy on, or not any more.
    Copy(bool),
    /// What the copy is for is typed.
    MakeCopy,
    Zoom(bool),
    /// The page after this one, or before.
    Turn(bool),
    Devices,
    /// Ask before another device is disabled, or not any more.
    AskDisable(Option<String>),
    Disable(String),
    English(bool),
    LargeText(bool),
    /// Ask before wiping, or not any more.
    AskSignOut(bool),
    SignOut,
    Remedy(Remedy),
}

impl Model {
    /// Does what was pressed.
    pub(crate) fn press(&mut self, press: Press) {
        match press {
            Press::Tab(tab) => self.tab(tab),
            Press::Back => self.back(),
            Press::Scan => self.scan(),
            Press::Folder(folder) => {
                self.pictures = folder;
                self.scan();
            }
            Press::Pictures(paths) => self.look_at(paths),
            Press::TypeDigits => self.go(Screen::Digits(String::new())),
            Press::Digits => {
                if let Screen::Digits(typed) = &self.screen {
                    let order = Order::Digits(typed.clone());
                    self.wait_for(order);
                }
            }
            Press::Resume(task) => self.wait_for(Order::Resume(task)),
            Press::ItIsMe => {
                if self.may_agree() {
                    self.notice();
                }
            }
            Press::NotMe => self.wait_for(Order::Answer(PersonDecision::NotMe)),
            Press::Decline => self.wait_for(Order::Answer(PersonDecision::Decline)),
            Press::AgreeFace => self.wait_for(Order::Answer(PersonDecision::AgreeWithFace)),
            Press::RefuseFace => self.ways(false),
            Press::OtherWays => self.ways(true),
            Press::Acts(variant) => self.wait_for(Order::ChangeActs(variant)),
            Press::Begin => {
                if let Screen::Capture(Capture::Ready { steps, .. }) = &self.screen {
                    let running = Running::searching(*steps);
                    self.go(Screen::Capture(Capture::Running(running)));
                    self.orders.push(Order::Capture);
                }
            }
            Press::Search => {
                if let Screen::Wallet(wallet) = &self.screen {
                    self.orders.push(Order::Wallet(wallet.query.clone()));
                }
            }
            Press::Holder(subject) => {
                if let Screen::Wallet(wallet) = &mut self.screen {
                    wallet.subject = subject;
                }
            }
            Press::Refresh => self.orders.push(Order::Refresh),
            Press::Certificate(id) => self.wait_for(Order::Certificate(id)),
            Press::Files(folder) => {
                if let Some(folder) = folder {
                    self.pictures = folder;
                }
                self.files();
            }
            Press::Document(file) => self.open_file(file),
            Press::Forget(id) => self.wait_for(Order::Forget(id)),
            Press::Copy(wanted) => {
                if let Screen::Certificate(it) = &mut self.screen {
                    it.copy = wanted.then(Copy::default);
                }
            }
            Press::MakeCopy => {
                if let Screen::Certificate(it) = &mut self.screen
                    && let Some(copy) = &mut it.copy
                {
                    (copy.drawing, copy.made) = (true, None);
                    self.orders.push(Order::Copy(copy.purpose.clone()));
                }
            }
            Press::Zoom(larger) => {
                if let Some(paper) = self.paper() {
                    paper.step(larger);
                }
            }
            Press::Turn(after) => {
                if let Some(page) = self.paper().and_then(|paper| paper.beside(after)) {
                    self.orders.push(Order::Turn(page));
                }
            }
            Press::Devices => self.wait_for(Order::Devices),
            Press::AskDisable(device) => {
                if let Screen::Devices(it) = &mut self.screen {
                    it.asking = device;
                }
            }
            Press::Disable(device) => self.wait_for(Order::Disable(device)),
            Press::English(english) => {
                self.settings.english = english;
                // The core's texts are in the language it was opened with.
                self.wait_for(Order::Open(self.settings.language()));
            }
            Press::LargeText(large) => self.settings.large_text = large,
            Press::AskSignOut(asking) => self.go(Screen::Settings { asking }),
            Press::SignOut => self.wait_for(Order::SignOut),
            Press::Remedy(remedy) => self.remedy(remedy),
        }
    }

    /// Whether agreeing is possible: not for a task about somebody whom this phone does not act for.
    pub(crate) fn may_agree(&self) -> bool {
        let asked = self.asked.as_ref();
        asked.is_some_and(|it| {
            it.screen
                .other_person
                .as_ref()
                .is_none_or(|other| other.may_go_on)
        })
    }

    /// The notice the portal asks for; an app without its words is too old to ask anybody.
    fn notice(&mut self) {
        let version = self.asked.as_ref().map_or(0, |it| it.screen.notice_version);
        match face_notice(version, self.language()) {
            Ok(notice) => self.go(Screen::FaceConsent(notice)),
            Err(error) => self.trouble(&error, None),
        }
    }

    fn tab(&mut self, tab: Tab) {
        match tab {
            Tab::Home => self.home(),
            Tab::Wallet => self.wait_for(Order::Wallet(String::new())),
            Tab::Log => self.wait_for(Order::Log),
            Tab::Settings => self.go(Screen::Settings { asking: false }),
        }
    }

    fn back(&mut self) {
        match &self.screen {
            Screen::Digits(_) => self.scan(),
            Screen::FaceConsent(_) => self.go(Screen::Ask),
            Screen::Ways(_) | Screen::Capture(_) if self.asked.is_some() => {
                self.wait_for(Order::Stage);
            }
            Screen::Certificate(_) | Screen::Files(_) => self.tab(Tab::Wallet),
            Screen::Document(_) => self.files(),
            Screen::Devices(_) => self.tab(Tab::Settings),
            _ => self.home(),
        }
    }

    fn look_at(&mut self, paths: Vec<PathBuf>) {
        if let Some(folder) = paths.first().and_then(|path| path.parent()) {
            folder.clone_into(&mut self.pictures);
        }
        self.look_for_codes(Looking::Pictures, Say::ScanRead);
        self.orders.push(Order::Pictures(paths));
    }

    fn ways(&mut self, with_the_face: bool) {
        let Some(asked) = &self.asked else {
            return self.home();
        };
        let ways = asked
            .ways
            .iter()
            .filter(|way| with_the_face || way.variant.is_none());
        let ways = ways.cloned().collect();
        self.go(Screen::Ways(ways));
    }

    fn remedy(&mut self, remedy: Remedy) {
        let again = match &self.screen {
            Screen::Trouble(trouble) => trouble.again.clone(),
            _ => None,
        };
        match (remedy, again) {
            (Remedy::Retry | Remedy::Unlock, Some(Order::Capture)) => self.wait_for(Order::Stage),
            (Remedy::Retry | Remedy::Unlock, Some(Order::Watch)) | (Remedy::Scan, _) => self.scan(),
            (Remedy::Retry | Remedy::Unlock, Some(order)) => self.wait_for(order),
            (Remedy::TypeDigits, _) => self.press(Press::TypeDigits),
            (Remedy::OtherWays, _) => self.ways(true),
            (Remedy::OtherFile, _) => self.files(),
            (Remedy::Reset, _) => self.wait_for(Order::Reset(self.language())),
            (Remedy::ForgetCopy, Some(Order::Certificate(id))) => self.wait_for(Order::Forget(id)),
            (Remedy::OfflineCopies, _) => self.tab(Tab::Wallet),
            _ => self.home(),
        }
    }

    fn language(&self) -> TextLanguage {
        self.settings.language()
    }
}
