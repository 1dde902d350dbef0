//! The threads that call the core, so that the window never freezes.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use quanshengshi::cancel::CancelToken;
use quanshengshi::error::QssError;
use quanshengshi::handset::Handset;
use quanshengshi::task::ConfirmTask;
use quanshengshi_frame::rgb::Rgb;
use tokio::sync::RwLock;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use crate::window::camera::Camera;
use crate::window::model::order::{Event, Order};
use crate::window::opened::Opened;

/// Something for the window, and the visit it belongs to.
#[derive(Debug)]
pub(crate) enum Told {
    Event(u64, Event),
    /// What the camera sees.
    Picture(u64, Rgb),
}

/// The window's end.
#[derive(Debug)]
pub(crate) struct Worker {
    orders: UnboundedSender<(u64, Order)>,
    told: Receiver<Told>,
}

/// What the phone of the window is made of.
#[derive(Debug, Clone)]
pub(crate) struct Ground {
    /// The phone's folder.
    pub(crate) folder: PathBuf,
    pub(crate) camera: Arc<dyn Camera>,
    /// For text of files whose font they do not hold.
    pub(crate) font: Option<PathBuf>,
}

/// Called when there is something to hear.
pub(crate) type Wake = Arc<dyn Fn() + Send + Sync>;

impl Worker {
    /// Starts the threads.
    pub(crate) fn start(ground: Ground, wake: Wake) -> std::io::Result<Self> {
        let (tell, heard) = channel();
        let (orders, mut given) = unbounded_channel();
        let runtime = tokio::runtime::Runtime::new()?;
        let hand = Arc::new(Hand {
            ground,
            handset: RwLock::new(None),
            task: Mutex::new(None),
            opened: Mutex::new(None),
            token: Mutex::new((0, CancelToken::new())),
            tell,
            wake,
        });
        let serve = move || {
            runtime.block_on(async move {
                while let Some((visit, order)) = given.recv().await {
                    let hand = Arc::clone(&hand);
                    // Before the next order, so that leaving a screen ends what it waits for.
                    let token = hand.token(visit);
                    tokio::spawn(async move { hand.carry_out(visit, order, token).await });
                }
            });
        };
        std::thread::Builder::new()
            .name("core".to_owned())
            .spawn(serve)?;
        Ok(Self {
            orders,
            told: heard,
        })
    }

    /// Gives an order; it is done on another thread.
    pub(crate) fn order(&self, visit: u64, order: Order) {
        // It fails only when the threads are gone, and then the process ends.
        let _ = self.orders.send((visit, order));
    }

    /// What was told since the last time.
    pub(crate) fn told(&self) -> Vec<Told> {
        self.told.try_iter().collect()
    }
}

/// What the orders share.
pub(crate) struct Hand {
    pub(crate) ground: Ground,
    pub(crate) handset: RwLock<Option<Arc<Handset>>>,
    task: Mutex<Option<Arc<ConfirmTask>>>,
    /// What has pages in sight, and the visit that opened it.
    opened: Mutex<Option<(u64, Arc<Opened>)>>,
    /// The token of the present visit.
    token: Mutex<(u64, Arc<CancelToken>)>,
    tell: Sender<Told>,
    wake: Wake,
}

impl Hand {
    async fn carry_out(self: Arc<Self>, visit: u64, order: Order, token: Arc<CancelToken>) {
        let event = match Arc::clone(&self)
            .do_order(visit, order.clone(), token)
            .await
        {
            Ok(Some(event)) => event,
            Ok(None) => return,
            Err(error) => Event::Failed(order, error),
        };
        self.tell(Told::Event(visit, event));
    }

    /// Tells the window, and wakes it.
    pub(crate) fn tell(&self, told: Told) {
        let _ = self.tell.send(told);
        (self.wake)();
    }

    /// The token of a visit; those of earlier ones are cancelled.
    fn token(&self, visit: u64) -> Arc<CancelToken> {
        let mut held = self.token.lock().unwrap_or_else(PoisonError::into_inner);
        if held.0 != visit {
            held.1.cancel();
            *held = (visit, CancelToken::new());
            // With the screen goes what it showed.
            *self.opened() = None;
        }
        Arc::clone(&held.1)
    }

    /// The claimed task.
    pub(crate) fn task(&self) -> Result<Arc<ConfirmTask>, QssError> {
        let held = self.task.lock().unwrap_or_else(PoisonError::into_inner);
        let code = || "TASK_UNKNOWN".to_owned();
        held.clone()
            .ok_or_else(|| QssError::NewTask { code: code() })
    }

    /// Keeps the claimed task.
    pub(crate) fn keep_task(&self, task: Option<Arc<ConfirmTask>>) {
        *self.task.lock().unwrap_or_else(PoisonError::into_inner) = task;
    }

    /// Keeps what a visit opened.
    pub(crate) fn hold(&self, visit: u64, opened: Opened) {
        *self.opened() = Some((visit, Arc::new(opened)));
    }

    /// What a visit opened.
    pub(crate) fn held(&self, visit: u64) -> Option<Arc<Opened>> {
        let held = self.opened();
        let (by, opened) = held.as_ref()?;
        (*by == visit).then(|| Arc::clone(opened))
    }

    fn opened(&self) -> MutexGuard<'_, Option<(u64, Arc<Opened>)>> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The phone's folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.ground.folder
    }
}
