//! How the worker carries out its orders.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use quanshengshi::cancel::CancelToken;
use quanshengshi::config::TextLanguage;
use quanshengshi::error::QssError;
use quanshengshi::handset::Handset;
use quanshengshi::scanner::Scanner;
use quanshengshi::software::reset_software_handset;
use quanshengshi::task::{ConfirmTask, TaskStage};
use quanshengshi_frame::rgb::Rgb;
use tokio::task::spawn_blocking;

use crate::phone_folder::{PhoneError, PhoneSettings};
use crate::pixels::{layout, read_picture};
use crate::window::camera::{Side, Stopped, perform, watch};
use crate::window::copies;
use crate::window::model::chooser::pictures;
use crate::window::model::order::{Asked, Event, Order};
use crate::window::model::trouble::is_offline;
use crate::window::opened::{FileError, Opened, open};
use crate::window::worker::{Hand, Told};

/// Between two questions whether the portal has judged.
const JUDGING: Duration = Duration::from_millis(700);
/// Between two tries to open what an ended call may still hold, and how many.
const HELD: (Duration, usize) = (Duration::from_millis(50), 40);
/// Milliseconds a picture of the scanner may take an offer, and offers, as a camera would give it.
const LOOKS: (u32, usize) = (25, 4);

/// Pixels of the longer side of a picture in the finder.
const FINDER: u32 = 720;

type Done = Result<Option<Event>, QssError>;

impl Hand {
    /// Does one order; none when there is nothing to tell.
    pub(crate) async fn do_order(
        self: Arc<Self>,
        visit: u64,
        order: Order,
        token: Arc<CancelToken>,
    ) -> Done {
        let order = match order {
            Order::Leave => return Ok(None),
            Order::Open(language) => return self.open(language).await,
            Order::Reset(language) => {
                self.close().await;
                let folder = self.folder().to_owned();
                on_a_thread(move || {
                    reset_software_handset(&folder.join("data"), &folder.join("keys"))
                })
                .await??;
                return self.open(language).await;
            }
            Order::Document(file, language) => return self.document(visit, file, language).await,
            Order::Turn(page) => return self.turn(visit, page).await,
            Order::Copy(purpose) => return self.copy(visit, purpose).await,
            other => other,
        };
        let Some(handset) = self.handset.read().await.clone() else {
            return Ok(Some(Event::NoPhone));
        };
        let cancel = Some(Arc::clone(&token));
        Ok(Some(match order {
            Order::Leave
            | Order::Open(_)
            | Order::Reset(_)
            | Order::Document(..)
            | Order::Copy(_)
            | Order::Turn(_) => return Ok(None),
            Order::Home => home(&handset, cancel).await?,
            Order::Watch => return self.watch(visit, handset, token).await,
            Order::Pictures(paths) => {
                let (hand, looking) = (Arc::clone(&self), Arc::clone(&handset));
                let seen = move |picture: &Rgb| hand.tell(Told::Picture(visit, small(picture)));
                match on_a_thread(move || look(&looking, &pictures(&paths), seen)).await? {
                    Ok(text) => {
                        let invitation = handset.read_code(&text)?;
                        self.claimed(handset.claim(invitation, cancel).await?)
                    }
                    Err(unread) => unread,
                }
            }
            Order::Digits(digits) => self.claimed(handset.claim_typed(digits, cancel).await?),
            Order::Resume(task) => self.claimed(handset.resume(task, cancel).await?),
            // Not cancelled by leaving: what was said stays said.
            Order::Answer(decision) => Event::Stage(self.task()?.answer(decision, None).await?),
            Order::Capture => return self.capture(visit, token).await,
            Order::ChangeActs(variant) => {
                Event::Stage(self.task()?.change_acts(variant, cancel).await?)
            }
            Order::Stage => {
                let task = self.task()?;
                if task.stage() == TaskStage::Appraising {
                    tokio::time::sleep(JUDGING).await;
                }
                Event::Stage(task.refresh(cancel).await?)
            }
            Order::End => self.end(&handset).await?,
            Order::Wallet(query) => read_wallet(handset, query).await?,
            Order::Refresh => {
                let asked = handset.wallet().refresh(cancel).await;
                Event::Refreshed(asked.map(|_| ()))
            }
            Order::Forget(certificate) => {
                let wallet = handset.wallet();
                on_a_thread(move || wallet.forget(&certificate)).await??;
                read_wallet(handset, String::new()).await?
            }
            Order::Certificate(id) => {
                let wallet = handset.wallet();
                let opening = on_a_thread(move || {
                    let opened = wallet.open(&id)?;
                    let shown = opened.about();
                    let opened = Opened::Kept(opened);
                    let sheet = opened.sheet(0)?;
                    Ok::<_, QssError>((opened, shown, sheet))
                });
                let (opened, shown, sheet) = opening.await??;
                self.hold(visit, opened);
                Event::Shown(Box::new(shown), sheet)
            }
            Order::Code(id) => Event::Code(handset.wallet().verification_code(id, cancel).await),
            Order::Log => Event::Log(handset.activity().await?),
            Order::Devices => Event::Devices(handset.devices(cancel).await?),
            Order::Disable(device) => {
                // What it was until now is of no interest: the list tells who is left.
                let _ = handset.disable_device(device, cancel.clone()).await?;
                Event::Devices(handset.devices(cancel).await?)
            }
            Order::SignOut => {
                self.keep_task(None);
                Event::SignedOut(handset.sign_out().await?)
            }
        }))
    }

    async fn turn(&self, visit: u64, page: u32) -> Done {
        let Some(opened) = self.held(visit) else {
            return Ok(None);
        };
        let drawn = on_a_thread(move || opened.sheet(page)).await?;
        Ok(Some(Event::Turned(page, drawn)))
    }

    async fn copy(&self, visit: u64, purpose: String) -> Done {
        let Some(opened) = self.held(visit) else {
            return Ok(None);
        };
        let (folder, font) = (self.copies(), self.ground.font.clone());
        let made = on_a_thread(move || match &*opened {
            Opened::Kept(certificate) => {
                let made = copies::make(certificate, &purpose, &folder, font.as_deref());
                Some(made)
            }
            // A file of anybody is its owner's to hand on.
            Opened::Ofd(..) | Opened::Pdf(..) => None,
        });
        Ok(made.await?.map(Event::Copied))
    }

    /// Where copies go: beside the phone's folder, which is sealed and nothing for others.
    fn copies(&self) -> PathBuf {
        let beside = self.folder().parent().unwrap_or(self.folder());
        beside.join("copies")
    }

    async fn close(&self) {
        self.keep_task(None);
        *self.handset.write().await = None;
    }

    async fn open(&self, language: TextLanguage) -> Done {
        self.keep_task(None);
        let mut held = self.handset.write().await;
        *held = None;
        let folder = self.folder().to_owned();
        let Ok(settings) = PhoneSettings::read(&folder) else {
            return Ok(Some(Event::NoPhone));
        };
        for left in (0..HELD.1).rev() {
            let (settings, folder) = (settings.clone(), folder.clone());
            match on_a_thread(move || settings.open_in(&folder, language)).await? {
                Ok(handset) => {
                    *held = Some(handset);
                    break;
                }
                // An answer that nobody waits for any more may hold the phone for a moment.
                Err(PhoneError::Core(error)) if left > 0 && is_offline(&error) => {
                    tokio::time::sleep(HELD.0).await;
                }
                Err(PhoneError::Core(error)) => return Err(error),
                Err(_) => return Ok(Some(Event::NoPhone)),
            }
        }
        Ok(Some(Event::Opened))
    }

    /// A file of anybody; needs no phone, and knows the roots of the phone's portal when there is one.
    async fn document(&self, visit: u64, file: PathBuf, language: TextLanguage) -> Done {
        let roots = PhoneSettings::read(self.folder()).map(|phone| phone.seal_roots_pem);
        let roots = roots.unwrap_or_default();
        let font = self.ground.font.clone();
        match on_a_thread(move || open(&file, &roots, font, language)).await? {
            Ok((opened, document, drawn)) => {
                self.hold(visit, opened);
                Ok(Some(Event::Document(Box::new(document), drawn)))
            }
            Err(FileError::Read(_)) => Ok(Some(Event::NoFile)),
            Err(FileError::Core(error)) => Err(error),
        }
    }

    fn claimed(&self, task: Arc<ConfirmTask>) -> Event {
        let asked = Box::new(Asked {
            screen: task.ask(),
            ways: task.ways_on(),
        });
        let stage = task.stage();
        self.keep_task(Some(task));
        Event::Claimed(asked, stage)
    }

    /// Looks for the portal's code until the screen is left.
    async fn watch(
        self: Arc<Self>,
        visit: u64,
        handset: Arc<Handset>,
        token: Arc<CancelToken>,
    ) -> Done {
        let (hand, looking, leave) = (Arc::clone(&self), Arc::clone(&handset), Arc::clone(&token));
        let seen = on_a_thread(move || {
            let mut eye = hand.ground.camera.open(Side::Code)?;
            let mut said = None;
            watch(eye.as_mut(), &looking, &leave, |sight, picture| {
                hand.tell(Told::Picture(visit, small(picture)));
                if said.as_ref() != Some(&sight) {
                    hand.tell(Told::Event(visit, Event::Seen(sight.clone())));
                    said = Some(sight);
                }
            })
        });
        match seen.await? {
            Ok(None) => Ok(None),
            Ok(Some(text)) => {
                let invitation = handset.read_code(&text)?;
                let task = handset.claim(invitation, Some(token)).await?;
                Ok(Some(self.claimed(task)))
            }
            Err(stopped) => no_picture(stopped),
        }
    }

    /// One capture, sent when it is finished.
    async fn capture(self: Arc<Self>, visit: u64, token: Arc<CancelToken>) -> Done {
        let task = self.task()?;
        let (hand, held) = (Arc::clone(&self), Arc::clone(&task));
        let finished = on_a_thread(move || {
            let camera = &hand.ground.camera;
            let mut eye = camera.open(Side::Face)?;
            // The networks are loaded at the first capture.
            let capture = if camera.is_built_in() {
                held.begin_capture(true)?
            } else {
                held.begin_capture_elsewhere()?
            };
            let done = perform(eye.as_mut(), &capture, &token, |guidance, picture| {
                hand.tell(Told::Picture(visit, picture.clone()));
                hand.tell(Told::Event(visit, Event::Guidance(guidance)));
            })?;
            Ok::<_, Stopped>(done.then_some(capture))
        })
        .await?;
        let capture = match finished {
            Ok(Some(capture)) => capture,
            Ok(None) => return Ok(None),
            Err(stopped) => return no_picture(stopped),
        };
        self.tell(Told::Event(visit, Event::Sent));
        Ok(Some(Event::Stage(task.confirm(capture, None).await?)))
    }

    /// The receipt, and the certificates that came of the task; fetched even when the screen was left.
    async fn end(&self, handset: &Handset) -> Result<Event, QssError> {
        let task = self.task()?;
        let (id, stage) = (task.task_id(), task.stage());
        let mut fetched = Ok(Vec::new());
        if matches!(stage, TaskStage::Approved { certificates: true }) {
            fetched = handset.wallet().fetch(id.clone(), None).await;
        }
        let receipt = handset
            .activity()
            .await?
            .into_iter()
            .find(|line| line.task == id);
        let (kept, trouble) = match fetched {
            Ok(kept) => (kept, None),
            Err(error) => (Vec::new(), Some(error)),
        };
        let receipt = receipt.map(Box::new);
        Ok(Event::End {
            receipt,
            kept,
            trouble,
        })
    }
}

async fn home(handset: &Handset, cancel: Option<Arc<CancelToken>>) -> Result<Event, QssError> {
    let offline = match handset.check_in(cancel).await {
        Ok(()) => false,
        Err(error) if is_offline(&error) => true,
        Err(error) => return Err(error),
    };
    let person = handset.people().await?.into_iter().next();
    Ok(Event::Home {
        open_tasks: handset.open_tasks().await?,
        certificates: handset.wallet().list()?.len(),
        person: person.map(|person| person.label),
        offline,
    })
}

async fn read_wallet(handset: Arc<Handset>, query: String) -> Result<Event, QssError> {
    on_a_thread(move || {
        let wallet = handset.wallet();
        let (lines, subjects) = (wallet.search(&query)?, wallet.subjects()?);
        Ok(Event::Wallet { lines, subjects })
    })
    .await?
}

/// A camera's trouble is this machine's and no failure of the core.
fn no_picture(stopped: Stopped) -> Done {
    match stopped {
        Stopped::Camera(trouble) => Ok(Some(Event::NoCamera(trouble))),
        Stopped::Core(error) => Err(error),
    }
}

/// A picture for the finder: no larger than a screen, whatever the file was.
fn small(picture: &Rgb) -> Rgb {
    let most = picture.width.max(picture.height).max(FINDER);
    let side = |length: u32| (length * FINDER / most).max(1);
    picture.resized(side(picture.width), side(picture.height))
}

/// The text of the portal's code in one of the pictures, or why there is none; each picture is shown.
fn look(handset: &Handset, files: &[PathBuf], seen: impl Fn(&Rgb)) -> Result<String, Event> {
    let mut unread = Event::Unread(None);
    for file in files {
        let Ok(picture) = read_picture(file) else {
            continue;
        };
        seen(&picture);
        let scanner = Scanner::new();
        for at in (0..LOOKS.1).map(|look| look as u64) {
            let Ok(glance) = scanner.look(&picture.pixels, layout(&picture), at, LOOKS.0) else {
                break;
            };
            for code in glance.codes {
                match handset.read_code(&code.text) {
                    Ok(_) => return Ok(code.text),
                    Err(error) => unread = Event::NotOurs(error.code().to_owned()),
                }
            }
            if matches!(unread, Event::NotOurs(_)) {
                break;
            }
            unread = Event::Unread(glance.guidance);
        }
    }
    Err(unread)
}

/// What blocks, away from the threads that wait for the network.
async fn on_a_thread<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, QssError> {
    spawn_blocking(work).await.map_err(|_| QssError::Internal {
        code: "WORK_LOST".to_owned(),
    })
}
