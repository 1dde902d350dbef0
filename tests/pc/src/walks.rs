//! The ways of the manual in the browser.

use std::time::Duration;

use fantoccini::key::Key;

use crate::chromium::Chromium;
use crate::error::BrowserError;
use crate::form::{EnterpriseForm, PersonalForm};
use crate::puzzle::find_square;

impl Chromium {
    /// Registers an enterprise: from the front page to the page with the two codes.
    ///
    /// # Errors
    /// [`BrowserError`] by variant.
    pub async fn register_enterprise(
        &self,
        origin: &str,
        form: &EnterpriseForm,
    ) -> Result<(), BrowserError> {
        self.register(origin, "/register/enterprise", &form.fields())
            .await
    }

    /// Registers a person: from the front page to the page with the two codes.
    ///
    /// # Errors
    /// [`BrowserError`] by variant.
    pub async fn register_person(
        &self,
        origin: &str,
        form: &PersonalForm,
    ) -> Result<(), BrowserError> {
        self.register(origin, "/register/personal", &form.fields())
            .await
    }

    async fn register(
        &self,
        origin: &str,
        page: &str,
        fields: &[(&str, &str)],
    ) -> Result<(), BrowserError> {
        self.open(origin).await?;
        self.press("a[href='/register']").await?;
        self.press(&format!("a[href='{page}']")).await?;
        self.fill_in(fields).await?;
        self.press("#get-code").await?;
        let code = self.read_message(origin).await?;
        // Without script the button sends the form, and passwords are never sent back.
        let password = self.find("#password").await?.prop("value").await;
        if password.ok().flatten().as_deref() == Some("") {
            let passwords = fields.iter().filter(|(name, _)| name.starts_with("passw"));
            for (name, value) in passwords {
                self.fill(&format!("#{name}"), value).await?;
            }
        }
        self.fill("#sms_code", &code).await?;
        self.press("#consent").await?;
        self.press("#submit").await?;
        self.wait_card("waiting").await
    }

    /// Fills in a form of registration, field by field.
    ///
    /// # Errors
    /// [`BrowserError`] by variant.
    pub async fn fill_in(&self, fields: &[(&str, &str)]) -> Result<(), BrowserError> {
        for (name, value) in fields {
            match *name {
                "enterprise_type" | "validity_term" => {
                    let choice = format!("input[name={name}][value='{value}']");
                    self.press(&choice).await?;
                }
                "document_kind" => self.choose("#document_kind", value).await?,
                "region" => self.choose_place(value).await?,
                _ => self.fill(&format!("#{name}"), value).await?,
            }
        }
        Ok(())
    }

    /// Chooses the usual place in its three steps, down to where it goes.
    async fn choose_place(&self, code: &str) -> Result<(), BrowserError> {
        let (prefecture, _) = code.split_at(4);
        let steps = [
            ("#region", "230000".to_owned()),
            ("#region_prefecture", format!("{prefecture}00")),
            ("#region_county", code.to_owned()),
        ];
        for (select, value) in steps {
            self.choose(select, &value).await?;
            if value == code {
                break;
            }
        }
        Ok(())
    }

    /// The code of the newest short message, read in the sample portal's outbox as the person
    /// reads it on the phone.
    ///
    /// # Errors
    /// [`BrowserError`] by variant.
    pub async fn read_message(&self, origin: &str) -> Result<String, BrowserError> {
        let command = |source| BrowserError::Command {
            doing: "second tab".to_owned(),
            source,
        };
        // The message leaves after the page has answered.
        self.find("#sms-said:not(:empty)").await?;
        let page = self.client.window().await.map_err(command)?;
        let tab = self.client.new_window(true).await.map_err(command)?;
        self.client
            .switch_to_window(tab.handle)
            .await
            .map_err(command)?;
        self.open(&format!("{origin}/sample/outbox")).await?;
        self.find("[data-text]").await?;
        let text = self.words("[data-text]").await?;
        self.client.close_window().await.map_err(command)?;
        self.client.switch_to_window(page).await.map_err(command)?;
        first_code(&text).ok_or(BrowserError::Missing {
            what: "a code".to_owned(),
            page: text,
        })
    }

    /// Waits until the card with the code shows a state: `waiting`, `scanned`, `confirm`,
    /// `verifying`, `done`, `expired`, `rejected`.
    ///
    /// # Errors
    /// [`BrowserError::Missing`].
    pub async fn wait_card(&self, state: &str) -> Result<(), BrowserError> {
        self.until(".qr-card", "data-state", state).await
    }

    /// Signs an enterprise in with account, password and the slider, solved from its picture.
    ///
    /// # Errors
    /// [`BrowserError`] by variant.
    pub async fn sign_in(
        &self,
        origin: &str,
        account: &str,
        password: &str,
    ) -> Result<(), BrowserError> {
        let page = format!("{origin}/login?kind=legal");
        self.sign_in_at(&page, account, password).await
    }

    /// Signs a person in, as [`Chromium::sign_in`].
    ///
    /// # Errors
    /// [`BrowserError`] by variant.
    pub async fn sign_in_person(
        &self,
        origin: &str,
        account: &str,
        password: &str,
    ) -> Result<(), BrowserError> {
        let page = format!("{origin}/login?kind=personal");
        self.sign_in_at(&page, account, password).await
    }

    async fn sign_in_at(
        &self,
        page: &str,
        account: &str,
        password: &str,
    ) -> Result<(), BrowserError> {
        self.open(page).await?;
        self.fill("#account", account).await?;
        self.fill("#password", password).await?;
        self.solve_slider().await?;
        self.press("#submit").await?;
        self.find(".usermenu").await?;
        Ok(())
    }

    /// Moves the piece into its square with the arrow keys.
    async fn solve_slider(&self) -> Result<(), BrowserError> {
        let picture = self.look_at("[data-puzzle] img").await?;
        let steps = (find_square(&picture)? * 400.0).round() as usize;
        let command = |source| BrowserError::Command {
            doing: "slider".to_owned(),
            source,
        };
        let range = self.find("#slider").await?;
        // In handfuls, as a key that is held down repeats.
        for _ in 0..60 {
            let now = range
                .prop("value")
                .await
                .map_err(command)?
                .unwrap_or_default();
            let now: usize = now.parse().unwrap_or(0);
            let key = match now.cmp(&steps) {
                std::cmp::Ordering::Less => Key::Right,
                std::cmp::Ordering::Greater => Key::Left,
                std::cmp::Ordering::Equal => return Ok(()),
            };
            let handful: String =
                std::iter::repeat_n(char::from(key), now.abs_diff(steps).min(24)).collect();
            range.send_keys(&handful).await.map_err(command)?;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Err(BrowserError::Puzzle)
    }

    /// From 用户空间 to 我的证照 to the page that waits for the phone.
    ///
    /// # Errors
    /// [`BrowserError`] by variant.
    pub async fn ask_download(
        &self,
        origin: &str,
        certificate: &str,
        purpose: &str,
    ) -> Result<(), BrowserError> {
        self.open(&format!("{origin}/space")).await?;
        self.press("main a[href='/space/certificates']").await?;
        let row = format!("[data-certificate='{certificate}'] a[href$='/download']");
        self.press(&row).await?;
        self.fill("#purpose", purpose).await?;
        self.press("#submit").await?;
        self.wait_card("waiting").await
    }

    /// The identifier of the certificate whose row says this name, on 我的证照.
    ///
    /// # Errors
    /// [`BrowserError::Missing`] when no row does.
    pub async fn find_certificate(&self, origin: &str, name: &str) -> Result<String, BrowserError> {
        self.open(&format!("{origin}/space/certificates")).await?;
        self.find("[data-certificate]").await?;
        let command = |source| BrowserError::Command {
            doing: "rows".to_owned(),
            source,
        };
        let rows = self
            .client
            .find_all(fantoccini::Locator::Css("[data-certificate]"))
            .await;
        for row in rows.map_err(command)? {
            if row.text().await.map_err(command)?.contains(name) {
                let identifier = row.attr("data-certificate").await.map_err(command)?;
                return Ok(identifier.unwrap_or_default());
            }
        }
        Err(BrowserError::Missing {
            what: name.to_owned(),
            page: "我的证照".to_owned(),
        })
    }

    /// Goes on after the phone's approval and takes the file.
    ///
    /// # Errors
    /// [`BrowserError`] by variant.
    pub async fn download(&self, ending: &str) -> Result<Vec<u8>, BrowserError> {
        self.press("#done").await?;
        self.press("#get-file").await?;
        let path = self.downloaded(ending).await?;
        std::fs::read(path).map_err(|_| BrowserError::Download)
    }
}

/// The first run of exactly six digits in a text.
pub(crate) fn first_code(text: &str) -> Option<String> {
    let mut runs = text.split(|sign: char| !sign.is_ascii_digit());
    runs.find(|run| run.len() == 6).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_six_digits_and_no_part_of_a_phone_number() {
        assert_eq!(
            first_code("138****1234 验证码 482915，5 分钟内有效").as_deref(),
            Some("482915")
        );
        assert_eq!(first_code("13812341234"), None);
    }
}
