//! That a person tries: the slider with its work, or a code by message.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use quanshengshi_protocol::ids::Digest;
use quanshengshi_rules::complaint::code::Code;

use crate::accounts::Account;
use crate::accounts::sign_in_name::SignInName;
use crate::pages::fault::PageFault;
use crate::pages::posted::Fields;
use crate::pages::visitor::Visitor;
use crate::server::App;
use crate::slider::{Part, PuzzleId, SliderError, Tried};
use crate::sms::{Purpose, Recipient, SmsError};

/// One of the pictures of a puzzle of this session.
///
/// # Errors
/// [`PageFault::NotFound`] for other sessions and used pictures.
pub async fn picture(
    State(app): State<App>,
    visitor: Visitor,
    Path((puzzle, picture)): Path<(String, String)>,
) -> Result<Response, PageFault> {
    let part = match picture.as_str() {
        "landscape.png" => Part::Landscape,
        "piece.png" => Part::Piece,
        _ => return Err(PageFault::NotFound),
    };
    let id = PuzzleId::parse(&puzzle).map_err(|_| PageFault::NotFound)?;
    let session = visitor.session.ok_or(PageFault::NotFound)?;
    match app.slider.picture(id, session.digest, part).await {
        Ok(png) => Ok(([(header::CONTENT_TYPE, "image/png")], png).into_response()),
        Err(SliderError::Expired) => Err(PageFault::NotFound),
        Err(other) => Err(other.into()),
    }
}

/// Judges the slider of a form; the code of what is wrong with it.
///
/// # Errors
/// [`PageFault::Internal`].
pub async fn check_slider(
    app: &App,
    session: Digest,
    fields: &Fields,
) -> Result<Result<(), Code>, PageFault> {
    let id = PuzzleId::parse(fields.text("puzzle"));
    let (Ok(id), Ok(place)) = (id, fields.text("slider").parse()) else {
        return Ok(Err(Code::CaptchaFailed));
    };
    let tried = Tried {
        place,
        track: fields.text("track").to_owned(),
        work: fields.text("work").to_owned(),
    };
    match app.slider.judge(id, session, tried).await {
        Ok(()) => Ok(Ok(())),
        Err(SliderError::Wrong) => Ok(Err(Code::CaptchaFailed)),
        Err(SliderError::Expired) => Ok(Err(Code::CaptchaExpired)),
        Err(other) => Err(other.into()),
    }
}

/// To whom a code goes: without an account to a number nobody has, so that it takes as long.
fn recipient(account: Option<&Account>, session: Digest) -> Recipient {
    Recipient {
        purpose: Purpose::SignIn,
        mobile: account.map_or_else(String::new, |account| account.mobile.clone()),
        session,
    }
}

/// Sends a code when there is such an account. The page says the same either way (SM-06) and
/// does not wait: how long the sending takes would tell whether there is one.
///
/// # Errors
/// [`PageFault::Internal`].
pub async fn send_code(
    app: &App,
    name: &SignInName,
    session: Digest,
    network: &str,
) -> Result<(), PageFault> {
    let Some(account) = app.accounts.by_sign_in_name(name).await? else {
        return Ok(());
    };
    // An account that binds no number gets no code, like one that does not exist.
    if account.mobile.is_empty() {
        return Ok(());
    }
    let to = recipient(Some(&account), session);
    let (sms, network) = (app.sms.clone(), network.to_owned());
    tokio::spawn(async move {
        // A refused or failed sending is not told: the code does not come, and can be asked for
        // again.
        let _ = sms.send_code(to, &network).await;
    });
    Ok(())
}

/// Uses up a typed code. Wrong and none sound alike: whether the account exists stays unsaid.
///
/// # Errors
/// [`PageFault::Internal`].
pub async fn check_code(
    app: &App,
    account: Option<&Account>,
    session: Digest,
    typed: &str,
) -> Result<Result<(), Code>, PageFault> {
    match app.sms.spend_code(recipient(account, session), typed).await {
        Ok(()) if account.is_some() => Ok(Ok(())),
        Ok(()) | Err(SmsError::Wrong | SmsError::Expired) => Ok(Err(Code::SmsCodeWrong)),
        Err(other) => Err(other.into()),
    }
}
