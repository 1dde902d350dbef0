//! The person at the PC.

use std::path::Path;

use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still::{decode, encode_png};
use quanshengshi_pc::chromium::Chromium;
use quanshengshi_pc::drawing::draw_code;
use quanshengshi_pc::error::BrowserError;
use quanshengshi_pc::form::EnterpriseForm;
use quanshengshi_pc::plain::{PlainPage, PlainPc};
use quanshengshi_pc::portal_process::Ready;

use crate::demo::error::DemoError;

/// A way to use the pages.
pub(crate) enum Pc {
    /// A real browser.
    Browser(Box<Chromium>),
    /// The same pages and forms without one.
    Plain {
        /// The HTTP side.
        pc: Box<PlainPc>,
        /// The page that waits for the phone, or shows the copy.
        page: Option<Box<PlainPage>>,
    },
}

impl Pc {
    pub(crate) async fn start(ready: &Ready) -> Result<Self, DemoError> {
        if Chromium::is_here() {
            return Ok(Self::Browser(Box::new(Chromium::start().await?)));
        }
        let root = std::fs::read_to_string(&ready.ca).map_err(DemoError::Files)?;
        Ok(Self::Plain {
            pc: Box::new(PlainPc::open(&ready.origin, &root)?),
            page: None,
        })
    }

    pub(crate) fn is_browser(&self) -> bool {
        matches!(self, Self::Browser(_))
    }

    /// From the front page to the page with the two codes.
    pub(crate) async fn register(
        &mut self,
        origin: &str,
        form: &EnterpriseForm,
    ) -> Result<(), DemoError> {
        match self {
            Self::Browser(browser) => browser.register_enterprise(origin, form).await?,
            Self::Plain { pc, page } => *page = Some(Box::new(pc.register_enterprise(form).await?)),
        }
        Ok(())
    }

    /// What the screen shows now, kept as a PNG too. Without a browser: the code alone.
    pub(crate) async fn look(&self, file: &Path) -> Result<Rgb, DemoError> {
        let picture = match self {
            Self::Browser(browser) => {
                let png = browser.screenshot().await?;
                std::fs::write(file, &png).map_err(DemoError::Files)?;
                return Ok(decode(&png).map_err(BrowserError::from)?);
            }
            Self::Plain { pc, page } => {
                let waiting = page.as_ref().ok_or(DemoError::NoCode)?;
                // The code moves on every three seconds: read it as it is now.
                let now = pc.page(&waiting.path, None).await?;
                let code = now
                    .attribute("data-qr")
                    .ok()
                    .and_then(|text| draw_code(&text));
                match code {
                    Some(code) => code,
                    None => {
                        return Ok(Rgb {
                            width: 1,
                            height: 1,
                            pixels: vec![255; 3],
                        });
                    }
                }
            }
        };
        let png = encode_png(&picture).map_err(|error| DemoError::Unexpected(error.to_string()))?;
        std::fs::write(file, png).map_err(DemoError::Files)?;
        Ok(picture)
    }

    /// Scrolls the code to the middle, as a person does who wants to scan it.
    pub(crate) async fn show_code(&self) -> Result<(), DemoError> {
        if let Self::Browser(browser) = self {
            browser.into_view(".qr-card").await?;
        }
        Ok(())
    }

    /// Waits until the card shows a state.
    pub(crate) async fn wait_card(&self, state: &str) -> Result<(), DemoError> {
        match self {
            Self::Browser(browser) => Ok(browser.wait_card(state).await?),
            Self::Plain { pc, page } => {
                let waiting = page.as_ref().ok_or(DemoError::NoCode)?;
                for _ in 0..100 {
                    let now = pc.page(&waiting.path, None).await?;
                    if now.attribute("data-state").is_ok_and(|now| now == state) {
                        return Ok(());
                    }
                    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                }
                Err(DemoError::Unexpected(format!(
                    "the page never said {state}"
                )))
            }
        }
    }

    pub(crate) async fn sign_in(
        &mut self,
        origin: &str,
        account: &str,
        password: &str,
    ) -> Result<(), DemoError> {
        match self {
            Self::Browser(browser) => browser.sign_in(origin, account, password).await?,
            Self::Plain { pc, .. } => {
                pc.sign_in(account, password).await?;
            }
        }
        Ok(())
    }

    /// From 用户空间 to 我的证照 to the page that waits for the phone; the identifier.
    pub(crate) async fn ask_download(
        &mut self,
        origin: &str,
        name: &str,
        purpose: &str,
    ) -> Result<String, DemoError> {
        match self {
            Self::Browser(browser) => {
                let certificate = browser.find_certificate(origin, name).await?;
                browser.ask_download(origin, &certificate, purpose).await?;
                Ok(certificate)
            }
            Self::Plain { pc, page } => {
                let certificate = pc.find_certificate(name).await?;
                *page = Some(Box::new(pc.ask("download", &certificate, purpose).await?));
                Ok(certificate)
            }
        }
    }

    /// Goes on after the approval and takes the file.
    pub(crate) async fn download(&mut self) -> Result<Vec<u8>, DemoError> {
        match self {
            Self::Browser(browser) => Ok(browser.download(".ofd").await?),
            Self::Plain { pc, page } => {
                let copy = pc.go_on(page.as_ref().ok_or(DemoError::NoCode)?).await?;
                let file = pc.download(&copy).await?;
                *page = Some(Box::new(copy));
                Ok(file)
            }
        }
    }

    pub(crate) async fn close(self) -> Result<(), DemoError> {
        if let Self::Browser(browser) = self {
            browser.close().await?;
        }
        Ok(())
    }
}
