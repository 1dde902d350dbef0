//! What an OFD may cost: every bound that keeps a hostile file from hurting.

/// The largest file, in bytes.
pub const MAX_FILE_BYTES: usize = 64 << 20;
/// The most zip entries.
pub const MAX_ENTRIES: usize = 4096;
/// The largest entry after inflation, in bytes.
pub const MAX_ENTRY_BYTES: u64 = 64 << 20;
/// All entries after inflation, in bytes.
pub const MAX_INFLATED_BYTES: u64 = 256 << 20;
/// How many times larger than its packed form an entry over [`RATIO_FREE_BYTES`] may be.
pub const MAX_RATIO: u64 = 200;
/// Entries up to this size after inflation are not held to [`MAX_RATIO`].
pub const RATIO_FREE_BYTES: u64 = 1 << 20;
/// The longest XML file after inflation, in bytes.
pub const MAX_XML_BYTES: usize = 16 << 20;
/// The largest embedded font, in bytes.
pub const MAX_FONT_BYTES: u64 = 32 << 20;
/// The deepest nesting of XML elements.
pub const MAX_XML_DEPTH: usize = 64;
/// The most elements, attributes and texts in one XML file.
pub const MAX_XML_NODES: u32 = 1_000_000;
/// The most pages.
pub const MAX_PAGES: usize = 2048;
/// The most drawn objects of one page, templates included.
pub const MAX_OBJECTS: usize = 200_000;
/// The most path operations and characters of one page.
pub const MAX_STEPS: usize = 2_000_000;
/// The widest and highest picture, in pixels.
pub const MAX_PICTURE_SIDE: u32 = 16_384;
/// The memory decoding a picture may take, in bytes.
pub const MAX_PICTURE_BYTES: u64 = 256 << 20;
/// The most pixels of a picture.
pub const MAX_PICTURE_PIXELS: u64 = 64_000_000;
/// The most pixels of a drawn page.
pub const MAX_PAGE_PIXELS: u64 = 64_000_000;
/// How many times over a page may be painted before drawing it is given up.
pub const MAX_COVERINGS: u64 = 60;
/// Pixels that may be painted however small the page is.
pub const MAX_PAINTED_FREE: u64 = 300_000_000;
/// How deep composites and patterns may lie in each other.
pub const MAX_COMPOSITE_DEPTH: usize = 8;
/// The longest side of a page, in millimetres (twice the long side of A0).
pub const MAX_PAGE_SIDE_MM: f32 = 2400.0;
/// The largest number that is taken as a coordinate, in millimetres or as a matrix element.
pub const MAX_COORDINATE: f32 = 1.0e6;
/// The most signatures of one file.
pub const MAX_SIGNATURES: usize = 64;
/// The most signers of one plain digital signature.
pub const MAX_SIGNERS: usize = 16;
/// The most key certificates that come with a plain digital signature.
pub const MAX_KEY_CERTIFICATES: usize = 64;
/// The most signatures of key certificates that are checked on the way from one signer to an anchor.
pub const MAX_PATH_CHECKS: usize = 64;
/// How far `DrawParam/@Relative` is followed.
pub const MAX_RELATIVE_DEPTH: usize = 8;
