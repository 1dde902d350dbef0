//! What the waiting page is told, as server-sent events (M2), to the session that opened the task
//! and nobody else.
//!
//! Subscribe, then read, then wait: nothing falls between. An event only wakes; what is sent is
//! read from the store. A slow re-read heals what was missed.

use std::convert::Infallible;
use std::time::Duration;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::response::sse::{Event, KeepAlive, Sse};
use quanshengshi_protocol::ids::{Digest, TaskId};
use quanshengshi_protocol::states::TaskState;
use tokio::sync::broadcast;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use crate::accounts::Account;
use crate::events::{TaskChange, TaskEvent};
use crate::pages::fault::PageFault;
use crate::pages::visitor::Visitor;
use crate::pages::waiting::card::Card;
use crate::pages::waiting::head::Head;
use crate::server::App;
use crate::tasks::view::TaskView;
use crate::texts::Texts;

/// How long the page goes without a re-read, at most.
const REREAD_MS: u64 = 10_000;
/// The least time between two readings.
const LEAST_MS: u64 = 50;

/// The events of a task of this session.
///
/// # Errors
/// [`PageFault::TaskOver`] for other sessions.
pub async fn events(
    State(app): State<App>,
    visitor: Visitor,
    Path(task): Path<String>,
) -> Result<Response, PageFault> {
    let id = TaskId::parse(&task).map_err(|_| PageFault::TaskOver)?;
    let session = visitor.session.clone().ok_or(PageFault::TaskOver)?;
    let woken = app.tasks.subscribe(id);
    let view = app.tasks.view(id, session.digest).await?;
    let account = app.accounts.by_id(view.account).await?;
    let (sender, receiver) = mpsc::channel(4);
    let page = Page {
        app,
        id,
        session: session.digest,
        form_token: session.form_token(),
        account,
        texts: visitor.texts(),
        sender,
    };
    tokio::spawn(page.tell(woken));
    let stream = Sse::new(ReceiverStream::new(receiver)).keep_alive(KeepAlive::default());
    Ok(visitor.answer(stream))
}

/// One waiting page.
struct Page {
    app: App,
    id: TaskId,
    session: Digest,
    form_token: String,
    account: Account,
    texts: &'static Texts,
    sender: mpsc::Sender<Result<Event, Infallible>>,
}

impl Page {
    /// Tells the page everything until the task is over or the page is gone.
    async fn tell(self, mut woken: broadcast::Receiver<TaskEvent>) {
        let mut told: Option<(TaskState, u8, bool)> = None;
        let mut second_phone = false;
        loop {
            let Ok(view) = self.app.tasks.view(self.id, self.session).await else {
                return;
            };
            let now = (view.state, view.attempts_left, second_phone);
            if told != Some(now) || view.state == TaskState::Created {
                let Ok(event) = self.event(&view, second_phone) else {
                    return;
                };
                if self.sender.send(Ok(event)).await.is_err() {
                    return;
                }
                told = Some(now);
            }
            if view.state.is_final() || view.state == TaskState::Approved {
                return;
            }
            let ends_in = match view.code {
                Some(_) => view.code_ends_in_ms,
                None => view.state_ends_in_ms,
            };
            let pause = Duration::from_millis(ends_in.clamp(LEAST_MS, REREAD_MS));
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = self.sender.closed() => return,
                event = woken.recv() => match event {
                    Ok(event) => second_phone |= event.change == TaskChange::SecondPhone,
                    // Some were missed: the next reading knows. None can come: time will tell.
                    Err(broadcast::error::RecvError::Lagged(_)) => {}
                    Err(broadcast::error::RecvError::Closed) => tokio::time::sleep(pause).await,
                },
            }
        }
    }

    fn event(&self, view: &TaskView, second_phone: bool) -> Result<Event, PageFault> {
        let token = self.form_token.clone();
        let card = Card::of(view, &self.account, self.texts, token, second_phone)?;
        let mut told = serde_json::json!({
            "state": card.shown_as(),
            "seconds": card.seconds,
            "offset": card.offset,
            "over": view.state.is_final() || view.state == TaskState::Approved,
        });
        if view.state == TaskState::Created && !second_phone {
            told["code"] = card.code.clone().into();
            told["path"] = card.path.clone().into();
            told["digits"] = card.digits.clone().into();
        } else {
            let head = Head::of(view, &self.account, self.texts);
            told["head"] = head.render().map_err(PageFault::internal)?.into();
            told["html"] = card.render().map_err(PageFault::internal)?.into();
        }
        Ok(Event::default()
            .event(word(view.state))
            .data(told.to_string()))
    }
}

/// The name of the event of a state.
const fn word(state: TaskState) -> &'static str {
    match state {
        TaskState::Created => "qr",
        TaskState::Claimed => "claimed",
        TaskState::Consented | TaskState::Challenged => "consented",
        TaskState::Submitted => "verifying",
        TaskState::Approved | TaskState::Closed => "approved",
        TaskState::Rejected => "rejected",
        TaskState::Expired => "expired",
        TaskState::Failed => "failed",
        TaskState::Cancelled => "cancelled",
        TaskState::Review => "review",
    }
}
