//! The tables of reviews.

/// The tables of this room.
pub const SCHEMA: &str = "
CREATE TABLE review_openings (
    session BLOB NOT NULL CHECK (length(session) = 32),
    kind TEXT NOT NULL CHECK (kind IN ('personal', 'legal')),
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (session, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE review_applications (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('personal', 'legal')),
    state TEXT NOT NULL
        CHECK (state IN ('submitted', 'second', 'senior', 'approved', 'returned')),
    name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    enterprise_type TEXT NOT NULL,
    person_name TEXT NOT NULL,
    document_kind TEXT NOT NULL,
    document_number TEXT NOT NULL,
    validity TEXT NOT NULL,
    mobile TEXT NOT NULL,
    region TEXT NOT NULL,
    password TEXT NOT NULL,
    agreement TEXT NOT NULL,
    submitted_at_ms INTEGER NOT NULL,
    due_at_ms INTEGER NOT NULL,
    due_certain INTEGER NOT NULL,
    escalated_at_ms INTEGER,
    decided_at_ms INTEGER,
    reasons TEXT NOT NULL,
    notice INTEGER,
    materials_deleted_at_ms INTEGER
) STRICT;
CREATE UNIQUE INDEX review_open_name ON review_applications (kind, name)
    WHERE state IN ('submitted', 'second', 'senior');
CREATE UNIQUE INDEX review_open_mobile ON review_applications (kind, mobile)
    WHERE state IN ('submitted', 'second', 'senior');
CREATE INDEX review_open_due ON review_applications (due_at_ms)
    WHERE state IN ('submitted', 'second', 'senior');
CREATE INDEX review_decided ON review_applications (decided_at_ms)
    WHERE decided_at_ms IS NOT NULL;
CREATE TABLE review_views (
    session BLOB NOT NULL CHECK (length(session) = 32),
    application INTEGER NOT NULL REFERENCES review_applications (id),
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (session, application)
) STRICT, WITHOUT ROWID;
CREATE TABLE review_materials (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    application INTEGER REFERENCES review_applications (id),
    session BLOB CHECK (length(session) = 32),
    kind TEXT NOT NULL,
    slot TEXT NOT NULL,
    sealed BLOB NOT NULL,
    size INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    CHECK ((application IS NULL) <> (session IS NULL))
) STRICT;
CREATE UNIQUE INDEX review_material_of ON review_materials (application, slot)
    WHERE application IS NOT NULL;
CREATE UNIQUE INDEX review_material_draft ON review_materials (session, kind, slot)
    WHERE session IS NOT NULL;
CREATE TABLE reviewers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('reviewer', 'senior', 'auditor')),
    password TEXT NOT NULL,
    added_at_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE review_decisions (
    application INTEGER NOT NULL REFERENCES review_applications (id),
    reviewer INTEGER NOT NULL REFERENCES reviewers (id),
    approves INTEGER NOT NULL,
    reasons TEXT NOT NULL,
    decided_at_ms INTEGER NOT NULL,
    PRIMARY KEY (application, reviewer)
) STRICT, WITHOUT ROWID;
CREATE TABLE desk_sessions (
    digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
    reviewer INTEGER REFERENCES reviewers (id),
    made_at_ms INTEGER NOT NULL,
    seen_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";
