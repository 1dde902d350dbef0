//! The real gateway, over HTTP (`openapi/registers.json`).

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::json;

use crate::outbound::OutboundError;
use crate::outside::client::{OutsideClient, Patience, Question, Reply};
use crate::outside::fault::OutsideFault;
use crate::outside::settings::OutsideSettings;
use crate::random::Random;
use crate::sms::{SmsError, SmsGateway};

/// The longest answer in bytes.
const LONGEST: usize = 8 << 10;

/// The SMS gateway behind its HTTP interface.
#[derive(Debug, Clone)]
pub struct HttpGateway {
    client: OutsideClient,
    random: Random,
}

#[derive(Deserialize)]
struct Receipt {
    id: String,
    accepted: bool,
}

#[derive(Deserialize)]
struct Status {
    ready: bool,
}

impl HttpGateway {
    /// Over a client.
    pub fn new(client: OutsideClient, random: Random) -> Self {
        Self { client, random }
    }

    /// The gateway of the settings, if one is set.
    ///
    /// # Errors
    /// [`OutboundError`] by variant.
    pub fn open(
        settings: &OutsideSettings,
        random: &Random,
    ) -> Result<Option<Self>, OutboundError> {
        let Some(base) = &settings.sms else {
            return Ok(None);
        };
        let client = settings.client("sms gateway", base, Patience::default())?;
        Ok(Some(Self::new(client, random.clone())))
    }
}

#[async_trait]
impl SmsGateway for HttpGateway {
    async fn send(&self, mobile: &str, text: &str) -> Result<(), SmsError> {
        // The gateway sends one identity once, whoever repeats it on the way.
        let id = URL_SAFE_NO_PAD.encode(self.random.make_bytes::<16>()?);
        let handed = json!({ "id": id, "mobile": mobile, "text": text });
        let question = Question::hand_over("/messages", &handed, LONGEST);
        let taken = self.client.ask(question, |reply| receipt(&id, reply)).await;
        match taken {
            Ok(true) => Ok(()),
            Ok(false) | Err(OutsideFault::Down) => Err(SmsError::Gateway),
            Err(OutsideFault::Slow | OutsideFault::Malformed { .. }) => Err(SmsError::Unsure),
        }
    }

    async fn ready(&self) -> Result<(), SmsError> {
        let question = Question::look("/status", LONGEST);
        match self.client.ask(question, status).await {
            Ok(true) => Ok(()),
            Ok(false) | Err(_) => Err(SmsError::Gateway),
        }
    }
}

/// Whether the message of this identity was taken.
///
/// # Errors
/// [`OutsideFault::Malformed`] for anything but the receipt of this message.
pub fn receipt(id: &str, reply: &Reply) -> Result<bool, OutsideFault> {
    let receipt: Receipt = reply.json()?;
    if receipt.id == id {
        Ok(receipt.accepted)
    } else {
        Err(OutsideFault::malformed("the receipt of another message"))
    }
}

/// Whether the gateway takes messages.
///
/// # Errors
/// [`OutsideFault::Malformed`] for anything but the documented answer.
pub fn status(reply: &Reply) -> Result<bool, OutsideFault> {
    reply.json().map(|status: Status| status.ready)
}
