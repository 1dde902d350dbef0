//! How a page is looked at: how wide the window is, in which colours, and what the browser itself
//! says about the page.
//!
//! Beyond what `WebDriver` names, this speaks to Chromium's own tools through its driver.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

use crate::chromium::Chromium;
use crate::error::BrowserError;

/// The colours a system asks pages for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colours {
    /// Dark on light.
    #[default]
    Light,
    /// `prefers-color-scheme: dark`.
    Dark,
    /// `forced-colors: active` on dark, as Windows' high contrast.
    Forced,
}

impl Colours {
    fn features(self) -> Value {
        let (scheme, forced) = match self {
            Self::Light => ("light", "none"),
            Self::Dark => ("dark", "none"),
            Self::Forced => ("dark", "active"),
        };
        json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "forced-colors", "value": forced },
        ])
    }
}

/// A key that a person without a mouse lives by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stroke {
    /// On to the next element.
    Tab,
    /// Does it.
    Enter,
    /// Closes it.
    Escape,
}

impl Stroke {
    fn key(self) -> Key {
        match self {
            Self::Tab => Key::Tab,
            Self::Enter => Key::Enter,
            Self::Escape => Key::Escape,
        }
    }
}

/// A line of the browser's console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsoleLine {
    /// `SEVERE`, `WARNING`, `INFO` or `DEBUG`.
    pub level: String,
    /// What it says, with the address it is about.
    pub text: String,
}

/// A command that only Chromium's driver knows.
#[derive(Debug)]
struct DriverCommand {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for DriverCommand {
    fn endpoint(&self, base_url: &Url, session_id: Option<&str>) -> Result<Url, ParseError> {
        let session = session_id.unwrap_or_default();
        base_url.join(&format!("session/{session}/{}", self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

impl Chromium {
    async fn tell(&self, path: &'static str, body: Value) -> Result<Value, CmdError> {
        self.client.issue_cmd(DriverCommand { path, body }).await
    }

    async fn tool(&self, name: &str, parameters: Value) -> Result<Value, BrowserError> {
        let body = json!({ "cmd": name, "params": parameters });
        let told = self.tell("goog/cdp/execute", body).await;
        told.map_err(|source| BrowserError::Command {
            doing: name.to_owned(),
            source,
        })
    }

    /// Makes the window so many CSS pixels wide and high, one pixel each.
    ///
    /// # Errors
    /// [`BrowserError::Command`].
    pub async fn size(&self, width: u32, height: u32) -> Result<(), BrowserError> {
        // Not "mobile": a phone's layout would grow with what sticks out, and hide it.
        let metrics = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
        });
        self.tool("Emulation.setDeviceMetricsOverride", metrics)
            .await?;
        Ok(())
    }

    /// Shows pages in colours that the system asks for.
    ///
    /// # Errors
    /// [`BrowserError::Command`].
    pub async fn colours(&self, colours: Colours) -> Result<(), BrowserError> {
        let media = json!({ "features": colours.features() });
        self.tool("Emulation.setEmulatedMedia", media).await?;
        Ok(())
    }

    /// The whole page as PNG bytes, however long it is.
    ///
    /// # Errors
    /// [`BrowserError::Command`] or [`BrowserError::Answer`].
    pub async fn whole_page(&self) -> Result<Vec<u8>, BrowserError> {
        let wish =
            json!({ "format": "png", "captureBeyondViewport": true, "optimizeForSpeed": true });
        let told = self.tool("Page.captureScreenshot", wish).await?;
        let data = told.get("data").and_then(Value::as_str);
        data.and_then(|text| STANDARD.decode(text).ok())
            .ok_or(BrowserError::Answer("picture of the page"))
    }

    /// What the console said since it was last asked, violations of the content policy included.
    ///
    /// # Errors
    /// [`BrowserError::Command`].
    pub async fn console(&self) -> Result<Vec<ConsoleLine>, BrowserError> {
        let told = self.tell("se/log", json!({ "type": "browser" })).await;
        let told = told.map_err(|source| BrowserError::Command {
            doing: "console".to_owned(),
            source,
        })?;
        let word = |line: &Value, name: &str| {
            let text = line.get(name).and_then(Value::as_str);
            text.unwrap_or_default().to_owned()
        };
        let lines = told.as_array().map(Vec::as_slice).unwrap_or_default();
        Ok(lines
            .iter()
            .map(|line| ConsoleLine {
                level: word(line, "level"),
                text: word(line, "message"),
            })
            .collect())
    }

    /// Runs a script in the page as its function body, and gives what it returns.
    ///
    /// # Errors
    /// [`BrowserError::Command`].
    pub async fn run(
        &self,
        doing: &str,
        script: &str,
        arguments: Vec<Value>,
    ) -> Result<Value, BrowserError> {
        let ran = self.client.execute(script, arguments).await;
        ran.map_err(|source| BrowserError::Command {
            doing: doing.to_owned(),
            source,
        })
    }

    /// Runs a script that ends by calling its last argument, and gives what it is called with.
    ///
    /// # Errors
    /// [`BrowserError::Command`].
    pub async fn run_until_called(
        &self,
        doing: &str,
        script: &str,
        arguments: Vec<Value>,
    ) -> Result<Value, BrowserError> {
        let ran = self.client.execute_async(script, arguments).await;
        ran.map_err(|source| BrowserError::Command {
            doing: doing.to_owned(),
            source,
        })
    }

    /// Presses a key so many times, wherever the focus is.
    ///
    /// # Errors
    /// [`BrowserError::Command`].
    pub async fn strike(&self, stroke: Stroke, times: usize) -> Result<(), BrowserError> {
        let value = char::from(stroke.key());
        let mut actions = KeyActions::new("keyboard".to_owned());
        for _ in 0..times {
            actions = actions
                .then(KeyAction::Down { value })
                .then(KeyAction::Up { value });
        }
        let pressed = self.client.perform_actions(actions).await;
        pressed.map_err(|source| BrowserError::Command {
            doing: "keys".to_owned(),
            source,
        })
    }
}
