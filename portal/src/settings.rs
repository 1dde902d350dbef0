//! How a portal is started.

use std::path::PathBuf;

use crate::devices::attested::AttestationSettings;
use crate::electronic_licence::LicenceSettings;
use crate::national::NationalSettings;
use crate::outside::settings::OutsideSettings;
use crate::seals::given::GivenSeal;
use crate::tasks::limits::Further;
use crate::tasks::version::OldestApp;

/// What a portal needs to know before it starts.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The database file; made when it is missing.
    pub database: PathBuf,
    /// The folder of the portal's keys; made when it is missing.
    pub keys: PathBuf,
    /// Another font for copies than the one that comes along.
    pub font: Option<PathBuf>,
    /// The portal's public address, such as `https://127.0.0.1:8443`; stands in every code.
    pub origin: String,
    /// Whom to believe about device keys; none where nobody vouches for any.
    pub attestation: Option<AttestationSettings>,
    /// The oldest app that may claim tasks, by kind (requirement SC-02).
    pub oldest_app: OldestApp,
    /// Which prompts may be drawn beside the four movements.
    pub further_prompts: Further,
    /// Whether to load the invented people and enterprises, and to show their messages.
    pub sample: bool,
    /// Where the registers and the SMS gateway are.
    pub outside: OutsideSettings,
    /// The national portal's sign-in; none where it is not connected.
    pub national: Option<NationalSettings>,
    /// The seal of a real authority; without one a sample site has a test authority of its own, and
    /// the copies of any other site carry no seal.
    pub seal: Option<GivenSeal>,
    /// The electronic licence's service; without one a sample site has a stand-in, any other none.
    pub licence: Option<LicenceSettings>,
}
