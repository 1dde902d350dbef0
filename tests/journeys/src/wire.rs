//! The line between phone and portal, and cutting it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

/// A proxy on this machine that passes bytes on until it is told to cut. TLS goes through it
/// untouched, so a cut is what a lost network looks like.
#[derive(Debug)]
pub struct Wire {
    /// The address by which the portal is reached through it.
    pub origin: String,
    /// Bytes of answers still let through; negative for all.
    answers_left: Arc<AtomicI64>,
}

impl Wire {
    /// Lays the line to a portal.
    pub async fn lay(portal_origin: &str) -> Self {
        let target = portal_origin.trim_start_matches("https://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("https://{}", listener.local_addr().unwrap());
        let answers_left = Arc::new(AtomicI64::new(-1));
        let left = Arc::clone(&answers_left);
        tokio::spawn(async move {
            while let Ok((phone, _)) = listener.accept().await {
                let Ok(portal) = TcpStream::connect(&target).await else {
                    continue;
                };
                let (phone_in, phone_out) = phone.into_split();
                let (portal_in, portal_out) = portal.into_split();
                tokio::spawn(pass(phone_in, portal_out, None));
                tokio::spawn(pass(portal_in, phone_out, Some(Arc::clone(&left))));
            }
        });
        Self {
            origin,
            answers_left,
        }
    }

    /// Lets so many bytes of answers through, then cuts every connection at once. Requests still
    /// reach the portal: the answer is what is lost.
    pub fn cut_answers_after(&self, bytes: i64) {
        self.answers_left.store(bytes, Ordering::SeqCst);
    }

    /// Lets everything through again.
    pub fn mend(&self) {
        self.answers_left.store(-1, Ordering::SeqCst);
    }
}

async fn pass(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, left: Option<Arc<AtomicI64>>) {
    let mut bytes = vec![0; 16 << 10];
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        let mut allowed = count;
        if let Some(left) = &left {
            let now = left.load(Ordering::SeqCst);
            if now >= 0 {
                allowed = count.min(usize::try_from(now).unwrap_or(0));
                left.fetch_sub(i64::try_from(allowed).unwrap_or(0), Ordering::SeqCst);
            }
        }
        if to.write_all(&bytes[..allowed]).await.is_err() || allowed < count {
            break;
        }
    }
    let _ = to.shutdown().await;
}
