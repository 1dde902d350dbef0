//! What stands above the card: steps, headline and lead, which turn with the task.

use askama::Template;
use quanshengshi_protocol::states::TaskState;

use crate::accounts::{Account, AccountKind};
use crate::pages::waiting::card::subtitle;
use crate::tasks::view::TaskView;
use crate::texts::Texts;

/// The head of the page.
#[derive(Debug, Template)]
#[template(path = "waiting_head.html")]
pub struct Head {
    t: &'static Texts,
    realname: bool,
    done: bool,
    /// The headline.
    pub title: &'static str,
    lead: String,
}

impl Head {
    /// The head of a task as it stands.
    pub fn of(view: &TaskView, account: &Account, t: &'static Texts) -> Self {
        let realname = !view.kind.opens_certificates();
        let done = matches!(view.state, TaskState::Approved | TaskState::Closed);
        let over = view.state.is_final() && !done;
        let (title, lead) = match (realname, done, over) {
            (true, true, _) => (t.wait_done_realname, t.wait_done_realname_text.to_owned()),
            (true, _, true) => (t.wait_over_realname, t.wait_over_realname_text.to_owned()),
            (true, ..) => (t.wait_title_realname, t.wait_text_realname.to_owned()),
            (false, true, _) => (t.vl_done, subtitle(view, account, t)),
            (false, ..) => (
                t.wait_title_certificate,
                format!(
                    "{}　{}{}",
                    subtitle(view, account, t),
                    match account.kind {
                        AccountKind::Personal => t.must_be_self,
                        AccountKind::Legal => t.must_be,
                    },
                    account.masked_person()
                ),
            ),
        };
        Self {
            t,
            realname,
            done,
            title,
            lead,
        }
    }
}
