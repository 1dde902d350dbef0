//! A file through cuts: range, condition, length, digest.
//!
//! `If-Range` matters as much as `Range`: without it a file replaced in mid-download is silently
//! mixed, and only the digest sees it. The part that came stays in memory, wiped when dropped; it
//! is never on disk in plain.

use quanshengshi_protocol::ids::{Digest, TaskId};
use quanshengshi_protocol::package::{LARGEST_FILE, PackageFile};
use quanshengshi_protocol::statement::Signed;
use quanshengshi_protocol::status::TaskRequest;
use reqwest::header::{CONTENT_RANGE, ETAG, HeaderValue, IF_RANGE, RANGE};
use reqwest::{Response, StatusCode};
use zeroize::Zeroizing;

use crate::portal_client::api::json;
use crate::portal_client::client::{Body, PortalClient, read_piece};
use crate::portal_client::error::PortalError;
use crate::portal_client::pacing::Patience;

/// However often bytes still come, a file that needs more connections is given up.
const MOST_CONNECTIONS: u32 = 40;

/// Why a file did not come.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DownloadError {
    /// The portal gave no usable answer.
    #[error(transparent)]
    Portal(#[from] PortalError),
    /// What came is not the file the package names.
    #[error("the file is not the one the package names")]
    Digest,
    /// The package names a file larger than any certificate.
    #[error("the file is larger than allowed")]
    TooLarge,
}

impl PortalClient {
    /// Fetches one file of a package and gives it only when length and digest are the package's.
    ///
    /// # Cancellation
    /// May be dropped at any await and repeated; it then starts from the first byte.
    pub(crate) async fn download(
        &self,
        task: TaskId,
        file: &PackageFile,
        request: &Signed<TaskRequest>,
    ) -> Result<Zeroizing<Vec<u8>>, DownloadError> {
        let length = usize::try_from(file.length).map_err(|_| DownloadError::TooLarge)?;
        if file.length > LARGEST_FILE {
            return Err(DownloadError::TooLarge);
        }
        let mut part = Part {
            // Never grown afterwards: growing would leave an unwiped copy behind.
            bytes: Zeroizing::new(Vec::with_capacity(length)),
            length,
        };
        let body = json(request)?;
        let path = format!("/v1/tasks/{task}/files/{}", file.digest);
        let (mut idle_tries, mut connections) = (0, 0);
        while part.bytes.len() < length || connections == 0 {
            let before = part.bytes.len();
            connections += 1;
            let error = match self
                .continue_download(&path, &body, file.digest, &mut part)
                .await
            {
                Ok(()) if part.bytes.len() == length => break,
                // The body ended early without an error: some proxies cut that way.
                Ok(()) => PortalError::Offline,
                Err(DownloadError::Portal(error)) => error,
                Err(other) => return Err(other),
            };
            idle_tries = if part.bytes.len() > before {
                1
            } else {
                idle_tries + 1
            };
            match self.pacing().pause_after(idle_tries, &error) {
                Some(pause) if connections < MOST_CONNECTIONS => tokio::time::sleep(pause).await,
                _ => return Err(error.into()),
            }
        }
        if Digest::of(&part.bytes) == file.digest {
            Ok(part.bytes)
        } else {
            Err(DownloadError::Digest)
        }
    }

    async fn continue_download(
        &self,
        path: &str,
        body: &[u8],
        digest: Digest,
        part: &mut Part,
    ) -> Result<(), DownloadError> {
        let offset = part.bytes.len();
        let headers = if offset == 0 {
            Vec::new()
        } else {
            vec![
                (RANGE, format!("bytes={offset}-")),
                (IF_RANGE, format!("\"{digest}\"")),
            ]
        };
        let body = Body::Json(body.to_vec());
        let mut response = self.send(path, body, &headers, Patience::FILE).await?;
        if is_tagged_otherwise(&response, digest) {
            return Err(DownloadError::Digest);
        }
        match response.status() {
            StatusCode::PARTIAL_CONTENT if starts_at(&response, offset) => {}
            // The whole file, because it is another one now or ranges are not known: from zero.
            StatusCode::OK => part.bytes.clear(),
            _ => {
                return Err(PortalError::Malformed {
                    what: "range of an answer",
                }
                .into());
            }
        }
        while let Some(piece) = read_piece(&mut response, Patience::FILE).await? {
            part.take(&piece)?;
        }
        Ok(())
    }
}

struct Part {
    bytes: Zeroizing<Vec<u8>>,
    length: usize,
}

impl Part {
    fn take(&mut self, piece: &[u8]) -> Result<(), PortalError> {
        if self.bytes.len() + piece.len() > self.length {
            return Err(PortalError::Malformed {
                what: "file too long",
            });
        }
        self.bytes.extend_from_slice(piece);
        Ok(())
    }
}

/// Whether the answer says itself that it is another file.
fn is_tagged_otherwise(response: &Response, digest: Digest) -> bool {
    let tag = response.headers().get(ETAG).map(HeaderValue::to_str);
    let named = |tag: &str| tag.trim_start_matches("W/").trim_matches('"') == digest.to_string();
    tag.is_some_and(|tag| !tag.is_ok_and(named))
}

/// Whether `Content-Range: bytes <first>-<last>/<length>` starts where the part ends.
fn starts_at(response: &Response, offset: usize) -> bool {
    response
        .headers()
        .get(CONTENT_RANGE)
        .and_then(|value| value.to_str().ok()?.strip_prefix("bytes "))
        .and_then(|range| range.split_once('-')?.0.parse::<usize>().ok())
        == Some(offset)
}
