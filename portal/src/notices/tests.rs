//! The queue against a gateway that fails when told to.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use quanshengshi_rules::language::Language;

use super::notice::Notice;
use super::{Delivery, GIVEN_UP_AFTER_MS, NoticeId, Notices, delivery, pause_ms, queue};
use crate::clock::SteppedClock;
use crate::review::reason::Reason;
use crate::sms::{SmsError, SmsGateway};
use crate::store::{Store, StoreError};

#[derive(Debug, Default)]
struct Gateway {
    down: AtomicBool,
    taken: Mutex<Vec<(String, String)>>,
}

#[async_trait]
impl SmsGateway for Gateway {
    async fn send(&self, mobile: &str, text: &str) -> Result<(), SmsError> {
        if self.down.load(Ordering::SeqCst) {
            return Err(SmsError::Gateway);
        }
        let mut taken = self.taken.lock().expect("whole");
        taken.push((mobile.to_owned(), text.to_owned()));
        Ok(())
    }
}

struct Bench {
    store: Store,
    clock: SteppedClock,
    gateway: Arc<Gateway>,
    notices: Notices,
    _folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("db")).expect("opens");
        let clock = SteppedClock::at(1_795_397_460_000);
        let gateway = Arc::new(Gateway::default());
        let notices = Notices::new(store.clone(), Arc::new(clock.clone()), gateway.clone());
        Self {
            store,
            clock,
            gateway,
            notices,
            _folder: folder,
        }
    }

    async fn queue(&self, notice: Notice) -> NoticeId {
        self.store
            .write(move |transaction| {
                Ok::<_, StoreError>(queue(
                    transaction,
                    1_795_397_460_000,
                    "13800138000",
                    &notice,
                )?)
            })
            .await
            .expect("queues")
    }

    async fn delivery(&self, id: NoticeId) -> Option<Delivery> {
        self.store
            .read(move |connection| Ok::<_, StoreError>(delivery(connection, id)?))
            .await
            .expect("reads")
    }

    fn taken(&self) -> usize {
        self.gateway.taken.lock().expect("whole").len()
    }
}

#[tokio::test]
async fn sm_04_a_message_that_was_not_taken_is_tried_again_until_it_is() {
    let bench = Bench::new();
    bench.gateway.down.store(true, Ordering::SeqCst);
    let id = bench.queue(Notice::ReviewApproved).await;
    for tries in 1..=3 {
        assert_eq!(bench.notices.send_due().await.expect("works"), 0);
        assert_eq!(bench.delivery(id).await, Some(Delivery::Queued { tries }));
        // Not before its pause is over.
        bench.notices.send_due().await.expect("works");
        assert_eq!(bench.delivery(id).await, Some(Delivery::Queued { tries }));
        bench.clock.advance(pause_ms(tries));
    }
    bench.gateway.down.store(false, Ordering::SeqCst);
    assert_eq!(bench.notices.send_due().await.expect("works"), 1);
    assert!(matches!(bench.delivery(id).await, Some(Delivery::Sent(_))));
    bench.clock.advance(GIVEN_UP_AFTER_MS);
    bench.notices.send_due().await.expect("works");
    assert_eq!(bench.taken(), 1, "once is enough");
}

#[tokio::test]
async fn sm_04_a_message_is_given_up_after_three_days_and_says_so() {
    let bench = Bench::new();
    bench.gateway.down.store(true, Ordering::SeqCst);
    let id = bench.queue(Notice::ReviewApproved).await;
    bench.clock.advance(GIVEN_UP_AFTER_MS);
    bench.notices.send_due().await.expect("works");
    assert_eq!(bench.delivery(id).await, Some(Delivery::Failed));
}

#[tokio::test]
async fn sm_04_two_senders_send_one_message() {
    let bench = Bench::new();
    bench.queue(Notice::AccountRegistered).await;
    let (one, two) = tokio::join!(bench.notices.send_due(), bench.notices.send_due());
    assert_eq!(one.expect("works") + two.expect("works"), 1);
    assert_eq!(bench.taken(), 1);
}

#[test]
fn sm_04_the_texts_name_the_reasons_and_no_number() {
    let reasons = vec![Reason::PersonName, Reason::Validity];
    let text = Notice::ReviewReturned { reasons }.message();
    assert!(text.contains("姓名、") && text.contains("有效期"), "{text}");
    let all = [
        Notice::ReviewApproved,
        Notice::AccountRegistered,
        Notice::DeviceEnrolled,
        Notice::CertificateDownloaded,
    ];
    for notice in all {
        assert!(notice.text(Language::En).is_ascii(), "{notice:?}");
        assert!(
            notice.message().chars().count() <= 70,
            "one message: {notice:?}"
        );
    }
}

#[test]
fn pauses_double_up_to_an_hour() {
    let pauses: Vec<u64> = [1, 2, 3, 8, 40].map(pause_ms).to_vec();
    assert_eq!(pauses, [30_000, 60_000, 120_000, 3_600_000, 3_600_000]);
}
