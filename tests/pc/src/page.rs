//! What a hand and an eye do on a page.

use std::time::Duration;

use fantoccini::Locator;
use fantoccini::elements::Element;
use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still::decode;

use crate::chromium::Chromium;
use crate::error::BrowserError;

/// How long a page may take to show something.
const PATIENCE: Duration = Duration::from_secs(15);

impl Chromium {
    fn failed(doing: &str) -> impl FnOnce(fantoccini::error::CmdError) -> BrowserError {
        move |source| BrowserError::Command {
            doing: doing.to_owned(),
            source,
        }
    }

    /// Opens an address.
    ///
    /// # Errors
    /// [`BrowserError::Command`].
    pub async fn open(&self, address: &str) -> Result<(), BrowserError> {
        self.client
            .goto(address)
            .await
            .map_err(Self::failed(address))
    }

    /// The address shown.
    ///
    /// # Errors
    /// [`BrowserError::Command`].
    pub async fn address(&self) -> Result<String, BrowserError> {
        Ok(self
            .client
            .current_url()
            .await
            .map_err(Self::failed("address"))?
            .to_string())
    }

    /// The element of a CSS selector, once it is there.
    ///
    /// # Errors
    /// [`BrowserError::Missing`] after the patience.
    pub async fn find(&self, selector: &str) -> Result<Element, BrowserError> {
        let wait = self
            .client
            .wait()
            .at_most(PATIENCE)
            .every(Duration::from_millis(50));
        match wait.for_element(Locator::Css(selector)).await {
            Ok(element) => Ok(element),
            Err(_) => Err(self.missing(selector).await),
        }
    }

    /// Whether an element is there now.
    pub async fn shows(&self, selector: &str) -> bool {
        self.client.find(Locator::Css(selector)).await.is_ok()
    }

    async fn missing(&self, what: &str) -> BrowserError {
        let title = self.client.title().await.unwrap_or_default();
        let words = self.words("body").await.unwrap_or_default();
        let words: String = words.chars().take(300).collect();
        BrowserError::Missing {
            what: what.to_owned(),
            page: format!("{title}: {words}"),
        }
    }

    /// Presses an element.
    ///
    /// # Errors
    /// [`BrowserError::Missing`] or [`BrowserError::Command`].
    pub async fn press(&self, selector: &str) -> Result<(), BrowserError> {
        let element = self.find(selector).await?;
        self.into_view(selector).await?;
        element.click().await.map_err(Self::failed(selector))
    }

    /// Types a text into a field.
    ///
    /// # Errors
    /// [`BrowserError::Missing`] or [`BrowserError::Command`].
    pub async fn fill(&self, selector: &str, text: &str) -> Result<(), BrowserError> {
        let field = self.find(selector).await?;
        field.clear().await.map_err(Self::failed(selector))?;
        field.send_keys(text).await.map_err(Self::failed(selector))
    }

    /// Chooses the option of a value in a select.
    ///
    /// # Errors
    /// [`BrowserError::Missing`] or [`BrowserError::Command`].
    pub async fn choose(&self, selector: &str, value: &str) -> Result<(), BrowserError> {
        let field = self.find(selector).await?;
        field
            .select_by_value(value)
            .await
            .map_err(Self::failed(selector))
    }

    /// The text of an element.
    ///
    /// # Errors
    /// [`BrowserError::Command`] when it is not there.
    pub async fn words(&self, selector: &str) -> Result<String, BrowserError> {
        let found = self.client.find(Locator::Css(selector)).await;
        let element = found.map_err(Self::failed(selector))?;
        element.text().await.map_err(Self::failed(selector))
    }

    /// Waits until an element's attribute has a value.
    ///
    /// # Errors
    /// [`BrowserError::Missing`] after the patience.
    pub async fn until(
        &self,
        selector: &str,
        attribute: &str,
        value: &str,
    ) -> Result<(), BrowserError> {
        for _ in 0..300 {
            if let Ok(element) = self.client.find(Locator::Css(selector)).await
                && element.attr(attribute).await.ok().flatten().as_deref() == Some(value)
            {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err(self
            .missing(&format!("{selector} with {attribute} {value}"))
            .await)
    }

    /// Waits until the address contains a word.
    ///
    /// # Errors
    /// [`BrowserError::Missing`] after the patience.
    pub async fn until_address(&self, word: &str) -> Result<(), BrowserError> {
        for _ in 0..300 {
            if self.address().await?.contains(word) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err(self.missing(&format!("an address with {word}")).await)
    }

    /// Scrolls an element to the middle of the window, as a person does before looking at it.
    ///
    /// # Errors
    /// [`BrowserError::Command`].
    pub async fn into_view(&self, selector: &str) -> Result<(), BrowserError> {
        let script = "document.querySelector(arguments[0])?.scrollIntoView({block: 'center'})";
        let arguments = vec![serde_json::Value::from(selector)];
        self.client
            .execute(script, arguments)
            .await
            .map_err(Self::failed(selector))?;
        Ok(())
    }

    /// What the window shows, as PNG bytes.
    ///
    /// # Errors
    /// [`BrowserError::Command`].
    pub async fn screenshot(&self) -> Result<Vec<u8>, BrowserError> {
        self.client
            .screenshot()
            .await
            .map_err(Self::failed("screenshot"))
    }

    /// What the window shows, as pixels.
    ///
    /// # Errors
    /// [`BrowserError::Command`] or [`BrowserError::Picture`].
    pub async fn look(&self) -> Result<Rgb, BrowserError> {
        Ok(decode(&self.screenshot().await?)?)
    }

    /// What an element shows, as pixels.
    ///
    /// # Errors
    /// [`BrowserError::Missing`], [`BrowserError::Command`] or [`BrowserError::Picture`].
    pub async fn look_at(&self, selector: &str) -> Result<Rgb, BrowserError> {
        let element = self.find(selector).await?;
        self.into_view(selector).await?;
        Ok(decode(
            &element.screenshot().await.map_err(Self::failed(selector))?,
        )?)
    }
}
