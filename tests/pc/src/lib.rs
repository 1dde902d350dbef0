//! A person at the PC: by a real Chromium, or by plain HTTP.
//!
//! [`chromium`] starts the browser, [`page`] does what a hand and an eye do, [`glass`] chooses how
//! the page is looked at. The slider is solved from its pixels ([`puzzle`]): nothing is asked of the server that a person would not
//! get.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "positions on a screen"
)]

pub mod chromium;
pub mod contact_sheet;
pub mod drawing;
pub mod elsewhere;
pub mod error;
pub mod form;
pub mod glass;
pub mod markup;
pub mod page;
pub mod plain;
pub mod portal_process;
pub mod puzzle;
pub mod simulator_process;
pub mod walks;
