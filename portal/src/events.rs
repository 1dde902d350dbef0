//! What a waiting page is told.
//!
//! An event only wakes: the page reads the state from the store. Whoever waits keeps the order
//! *subscribe, then read, then wait*, so that nothing falls between the reading and the waiting;
//! an event that is missed (a slow receiver, another process) is healed by a slow re-read.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use quanshengshi_protocol::ids::TaskId;
use quanshengshi_protocol::states::TaskState;
use tokio::sync::broadcast;

/// How many events a slow receiver may be behind; a task has about a dozen in all.
const DEPTH: usize = 32;

/// Something a waiting page should know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaskEvent {
    /// The task.
    pub task: TaskId,
    /// What happened.
    pub change: TaskChange,
}

/// What happened to a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskChange {
    /// It stands in this state now.
    State(TaskState),
    /// A second phone tried to claim it.
    SecondPhone,
}

/// The waiting receivers of this process, by task.
#[derive(Debug, Default)]
pub struct EventHub {
    waiting: Mutex<HashMap<TaskId, broadcast::Sender<TaskEvent>>>,
}

impl EventHub {
    /// A receiver of everything that happens to a task from now on.
    pub fn subscribe(&self, task: TaskId) -> broadcast::Receiver<TaskEvent> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting
            .entry(task)
            .or_insert_with(|| broadcast::channel(DEPTH).0)
            .subscribe()
    }

    /// Tells everybody who waits for the task, and forgets it when nobody does.
    pub fn publish(&self, event: TaskEvent) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let heard = waiting
            .get(&event.task)
            .is_some_and(|sender| sender.send(event).is_ok());
        if !heard {
            waiting.remove(&event.task);
        }
    }

    /// Forgets tasks for which nobody waits any more.
    pub fn tidy(&self) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|_, sender| sender.receiver_count() > 0);
    }

    /// For how many tasks somebody waits or waited since the last [`EventHub::tidy`].
    pub fn waiting(&self) -> usize {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(task: u8, state: TaskState) -> TaskEvent {
        TaskEvent {
            task: TaskId::from_bytes([task; 16]),
            change: TaskChange::State(state),
        }
    }

    #[tokio::test]
    async fn every_receiver_of_the_task_hears_and_no_other() {
        let hub = EventHub::default();
        let mut ours = hub.subscribe(TaskId::from_bytes([1; 16]));
        let mut second = hub.subscribe(TaskId::from_bytes([1; 16]));
        let mut other = hub.subscribe(TaskId::from_bytes([2; 16]));
        hub.publish(event(1, TaskState::Claimed));
        hub.publish(event(1, TaskState::Consented));
        for receiver in [&mut ours, &mut second] {
            assert_eq!(receiver.recv().await, Ok(event(1, TaskState::Claimed)));
            assert_eq!(receiver.recv().await, Ok(event(1, TaskState::Consented)));
        }
        assert!(other.try_recv().is_err());
    }

    #[test]
    fn what_nobody_waits_for_is_forgotten() {
        let hub = EventHub::default();
        drop(hub.subscribe(TaskId::from_bytes([1; 16])));
        drop(hub.subscribe(TaskId::from_bytes([2; 16])));
        hub.publish(event(1, TaskState::Claimed));
        assert_eq!(hub.waiting(), 1);
        hub.tidy();
        assert_eq!(hub.waiting(), 0);
    }
}
