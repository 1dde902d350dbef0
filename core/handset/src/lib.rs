//! The phone's flows over its pillars: confirm a task of the PC, keep certificates.
//!
//! [`handset`] joins everything: settings, the device's key and clock ([`ports`]), the portal
//! ([`portal_client`]), the sealed state ([`state`]). [`confirm`] walks scan → claim → consent →
//! capture → verdict; [`wallet`] fetches, shows, refreshes and forgets certificates. [`activity`]
//! remembers what was done, with the portal's receipts, [`people`] who proved to be whom; [`devices`]
//! asks who else acts for them, [`leaving`] wipes everything; [`ways`] and [`camera`] say how to go on
//! when the face or the camera does not work; [`keeping`] checks in the background that what is kept
//! is whole. [`viewer`] opens certificate files of anybody, [`seals`] judges their seals, [`check`]
//! what somebody types. [`logged`] says what lines of log hold.
//!
//! Two rules carry the rooms. What came from the portal is foreign until its signature and every
//! field that ties it to this device and this task were checked, and the types say so: a
//! [`confirm::claimed::Claimed`] only comes out of a verified receipt, a
//! [`confirm::challenged::Challenged`] out of a verified challenge, a shown certificate out of a
//! verified package. And every async function may be dropped at any await and called again: what
//! must not happen twice has a name of its own that stays the same, and that name is in the
//! journal before anything is sent.

pub mod activity;
pub mod blocking;
pub mod camera;
pub mod check;
pub mod confirm;
pub mod device;
pub mod devices;
pub mod failure;
pub mod handset;
pub mod journal;
pub mod keeping;
pub mod leaving;
pub mod logged;
pub mod people;
pub(crate) mod place;
pub mod portal_client;
pub mod portal_keys;
pub mod ports;
pub mod randomness;
pub mod seals;
pub mod signer;
pub mod software_keys;
pub mod state;
pub mod viewer;
pub mod wallet;
pub mod ways;
