//! Which room may see which.

/// One crate of the workspace.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// Name without the common prefix.
    pub name: &'static str,
    /// Folder from the top.
    pub folder: &'static str,
    /// Rooms it may depend on in what ships.
    pub sees: &'static [&'static str],
    /// Rooms it may depend on in its tests besides.
    pub sees_in_tests: &'static [&'static str],
}

const fn room(
    name: &'static str,
    folder: &'static str,
    sees: &'static [&'static str],
    sees_in_tests: &'static [&'static str],
) -> Room {
    Room {
        name,
        folder,
        sees,
        sees_in_tests,
    }
}

/// Every room: ground knows nothing; pillars stand on the ground and never on each other;
/// handset joins pillars; bindings translate handset; shells see only bindings; the portal sees
/// ground and the pillars it must re-run.
pub const ROOMS: &[Room] = &[
    room("frame", "core/frame", &[], &[]),
    room("rules", "core/rules", &[], &[]),
    room("protocol", "core/protocol", &["rules"], &[]),
    room("scan", "core/scan", &["frame"], &["scenes"]),
    room("face", "core/face", &["frame", "protocol"], &["scenes"]),
    room("certificate", "core/certificate", &["rules"], &[]),
    room("vault", "core/vault", &[], &[]),
    room(
        "handset",
        "core/handset",
        &[
            "frame",
            "rules",
            "protocol",
            "scan",
            "face",
            "certificate",
            "vault",
        ],
        &[],
    ),
    room(
        "bindings",
        "bindings",
        &[
            "frame",
            "rules",
            "protocol",
            "scan",
            "face",
            "certificate",
            "vault",
            "handset",
        ],
        &[],
    ),
    room("bindgen", "bindings/bindgen", &[], &[]),
    // The demo drives a browser and a synthetic camera: tools of the tests, behind a feature.
    room(
        "desktop",
        "desktop",
        &["bindings", "pc", "frame", "scenes", "presentations"],
        &[],
    ),
    // The portal's judgement of evidence: a room of its own, so that recorded presentations can be
    // judged without the server (decision record 30).
    room(
        "appraisal",
        "portal/appraisal",
        &["frame", "protocol", "face"],
        &[],
    ),
    // Whether a phone's maker vouches for its key: parsing of hostile bytes, apart from everything else.
    room("attestation", "portal/attestation", &["protocol"], &[]),
    room(
        "portal",
        "portal",
        &[
            "frame",
            "rules",
            "protocol",
            "face",
            "certificate",
            "appraisal",
            "attestation",
        ],
        &["scenes"],
    ),
    room(
        "presentations",
        "tests/presentations",
        &["frame", "protocol", "face", "appraisal"],
        &[],
    ),
    room("scenes", "tests/scenes", &["frame"], &["scan"]),
    room("pc", "tests/pc", &["frame"], &[]),
    room("house", "tests/house", &[], &[]),
    room("tooling", "tests/tooling", &[], &[]),
    room(
        "journeys",
        "tests/journeys",
        &["bindings", "pc", "frame", "scenes"],
        &[],
    ),
    room(
        "bench",
        "tests/bench",
        &[
            "frame",
            "rules",
            "protocol",
            "scan",
            "face",
            "certificate",
            "vault",
            "scenes",
            "appraisal",
            "presentations",
        ],
        &[],
    ),
];

/// Outside crates that come in through one door: `(crate, rooms that may name it)`. Tests may
/// name an outside crate when the second list says so.
pub const DOORS: &[(&str, &[&str], &[&str])] = &[
    ("rxing", &["scan", "journeys"], &["bench"]),
    ("quircs", &["bench"], &[]),
    // The portal's tests read the code on a copy as whoever receives the copy would.
    (
        "rqrr",
        &["journeys"],
        &["scan", "scenes", "bench", "portal"],
    ),
    // The certificate's pictures are decoded beside the page they are drawn on.
    (
        "image",
        &["frame", "certificate", "bench"],
        &["scenes", "scan", "portal"],
    ),
    // Masks of signs (decision record 59).
    ("ab_glyph_rasterizer", &["certificate"], &[]),
    // Pages of PDFs, behind a feature.
    ("hayro", &["desktop"], &[]),
    ("hayro-jbig2", &["certificate"], &[]),
    ("jpeg-decoder", &["certificate"], &[]),
    ("png", &["certificate"], &[]),
    // The portal asks the registers and the SMS gateway of others.
    ("reqwest", &["handset", "pc", "portal"], &["journeys"]),
    // The bench measures against the library itself.
    ("rusqlite", &["vault", "portal"], &["bench", "journeys"]),
    ("rten", &["appraisal"], &["face", "bench"]),
    // A peer of the vault, in the bench alone.
    ("redb", &[], &["bench"]),
    // Written for the three face networks; nothing else has numbers enough to need it.
    ("fearless_simd", &["face"], &[]),
    // Angles with the same bits on every system, where they enter evidence, a verdict or a written file.
    ("libm", &["certificate", "face"], &[]),
    // Lines for a host's log; the facade alone takes them.
    ("log", &["handset", "bindings"], &[]),
    ("nokhwa", &["desktop"], &[]),
    // The window of the desktop shell, behind a feature.
    ("eframe", &["desktop"], &[]),
    ("uniffi", &["bindings", "bindgen"], &[]),
    (
        "tokio",
        &["handset", "bindings", "desktop", "portal", "pc", "journeys"],
        &[],
    ),
    ("fantoccini", &["pc"], &[]),
    ("axum", &["portal"], &["handset"]),
];

/// The room of a name.
pub fn find(name: &str) -> Option<&'static Room> {
    ROOMS.iter().find(|room| room.name == name)
}
