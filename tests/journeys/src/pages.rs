//! Every page a visitor can reach, looked at in a real browser.
//!
//! | room | gives |
//! |---|---|
//! | [`table`] | the pages, and how one comes to them |
//! | [`walk`] | each page in each width, language and size of text, and what is wrong with it |
//! | [`axe`] | axe-core, fetched by npm when the journey runs |
//! | [`keyboard`] | the skip link and the menu |
//! | [`pictures`] | what the pages looked like, one by one and on a sheet |
//! | [`codes`] | the codes on a page, as other readers see them |

pub mod axe;
pub mod codes;
pub mod keyboard;
pub mod pictures;
pub mod table;
pub mod walk;
