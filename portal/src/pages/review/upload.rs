//! An application that came in: a form, with pictures or without, and only from a page of ours.
//!
//! The same three walls as [`crate::pages::posted`]; here the token must stand before the first
//! picture, so that nothing is read for strangers. A picture is read up to its limit, the rest of
//! it is thrown away as it comes.

use std::collections::BTreeMap;

use axum::extract::multipart::{Field, Multipart};
use axum::extract::{Form, FromRequest, FromRequestParts, Request};
use axum::http::header;

use crate::pages::fault::PageFault;
use crate::pages::posted::{Fields, is_ours};
use crate::pages::visitor::Visitor;
use crate::review::material::{MOST_BYTES, Slot, Upload};
use crate::server::App;
use crate::sessions::Session;

/// The most fields of an application.
const MOST_FIELDS: usize = 64;
/// The most bytes of one field of text.
const MOST_TEXT: usize = 8192;

/// An application of this session.
#[derive(Debug)]
pub struct Applied {
    /// Who sent it.
    pub visitor: Visitor,
    /// Their session.
    pub session: Session,
    /// What was typed.
    pub fields: Fields,
    /// What was sent as pictures; inputs left empty are not here.
    pub uploads: BTreeMap<Slot, Upload>,
    /// Whether a script sent it and wants JSON.
    pub by_script: bool,
}

impl FromRequest<App> for Applied {
    type Rejection = PageFault;

    async fn from_request(request: Request, app: &App) -> Result<Self, PageFault> {
        let (mut parts, body) = request.into_parts();
        let Ok(visitor) = Visitor::from_request_parts(&mut parts, app).await;
        if !is_ours(&parts.headers, &app.settings.origin) {
            return Err(PageFault::Form);
        }
        let session = visitor.session.clone().ok_or(PageFault::Form)?;
        let says = |name, word: &str| {
            parts
                .headers
                .get(name)
                .and_then(|value| value.to_str().ok())
                .is_some_and(|value| value.starts_with(word))
        };
        let by_script = says(header::ACCEPT, "application/json");
        let with_pictures = says(header::CONTENT_TYPE, "multipart/form-data");
        let request = Request::from_parts(parts, body);
        let (fields, uploads) = if with_pictures {
            let parts = Multipart::from_request(request, app).await;
            read(parts.map_err(|_| PageFault::Form)?, &session).await?
        } else {
            let form = Form::<Vec<(String, String)>>::from_request(request, app).await;
            let Form(pairs) = form.map_err(|_| PageFault::Form)?;
            (Fields::from_iter(pairs), BTreeMap::new())
        };
        if !session.holds_form(fields.text("form_token")) {
            return Err(PageFault::Form);
        }
        Ok(Self {
            visitor,
            session,
            fields,
            uploads,
            by_script,
        })
    }
}

async fn read(
    mut parts: Multipart,
    session: &Session,
) -> Result<(Fields, BTreeMap<Slot, Upload>), PageFault> {
    let (mut fields, mut uploads) = (Fields::default(), BTreeMap::new());
    for _ in 0..MOST_FIELDS {
        // A body that breaks off or is larger than all pictures together: what came so far is
        // shown again, with what is missing marked.
        let Ok(Some(part)) = parts.next_field().await else {
            break;
        };
        let name = part.name().unwrap_or_default().to_owned();
        match Slot::from_word(&name) {
            None => {
                let Some(bytes) = take(part, MOST_TEXT).await else {
                    continue;
                };
                if let Ok(text) = String::from_utf8(bytes) {
                    fields.set(&name, text);
                }
            }
            Some(slot) => {
                if !session.holds_form(fields.text("form_token")) {
                    return Err(PageFault::Form);
                }
                match take(part, MOST_BYTES).await {
                    // An input without a file still sends its name.
                    Some(bytes) if bytes.is_empty() => {}
                    Some(bytes) => drop(uploads.insert(slot, Upload::Bytes(bytes))),
                    None => drop(uploads.insert(slot, Upload::TooLarge)),
                }
            }
        }
    }
    Ok((fields, uploads))
}

/// A part up to a limit; nothing when it is longer. The rest is read and thrown away.
async fn take(mut part: Field<'_>, most: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut whole = true;
    loop {
        match part.chunk().await {
            Ok(Some(chunk)) if whole && bytes.len() + chunk.len() <= most => {
                bytes.extend_from_slice(&chunk);
            }
            Ok(Some(_)) => {
                whole = false;
                bytes = Vec::new();
            }
            Ok(None) => return whole.then_some(bytes),
            Err(_) => return None,
        }
    }
}
