//! The tables of tasks, evidence and packages.

/// The tables.
pub const TABLES: &str = "
CREATE TABLE task (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  kind INTEGER NOT NULL,
  account INTEGER NOT NULL,
  session BLOB NOT NULL CHECK (length(session) = 32),
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  txn BLOB NOT NULL,
  txn_hash BLOB NOT NULL CHECK (length(txn_hash) = 32),
  subject BLOB NOT NULL CHECK (length(subject) = 32),
  document_sealed BLOB NOT NULL,
  code_key_sealed BLOB NOT NULL,
  created_at_ms INTEGER NOT NULL,
  wait_ends_at_ms INTEGER NOT NULL,
  ends_at_ms INTEGER NOT NULL,
  device BLOB,
  attempt INTEGER NOT NULL,
  approved_at_ms INTEGER
) STRICT;
CREATE INDEX task_due ON task (wait_ends_at_ms)
  WHERE state IN ('created', 'claimed', 'consented', 'challenged', 'submitted', 'approved');
CREATE INDEX task_session ON task (session, created_at_ms);
CREATE INDEX task_device ON task (device)
  WHERE state IN ('claimed', 'consented', 'challenged');
CREATE TABLE challenge (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  task BLOB NOT NULL REFERENCES task (id),
  attempt INTEGER NOT NULL,
  statement BLOB NOT NULL,
  signature BLOB NOT NULL,
  UNIQUE (task, attempt)
) STRICT;
CREATE TABLE evidence (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  task BLOB NOT NULL REFERENCES task (id),
  challenge BLOB NOT NULL UNIQUE REFERENCES challenge (id),
  request BLOB NOT NULL CHECK (length(request) = 32),
  header_hash BLOB NOT NULL CHECK (length(header_hash) = 32),
  submission_sealed BLOB,
  received_at_ms INTEGER NOT NULL,
  answer TEXT,
  decided_at_ms INTEGER,
  pictures_end_at_ms INTEGER
) STRICT;
CREATE INDEX evidence_task ON evidence (task, received_at_ms);
CREATE INDEX evidence_pictures ON evidence (pictures_end_at_ms)
  WHERE pictures_end_at_ms IS NOT NULL;
CREATE TABLE seen_picture (
  digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
  evidence BLOB NOT NULL,
  seen_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX seen_picture_time ON seen_picture (seen_at_ms);
CREATE TABLE face_failure (
  subject BLOB NOT NULL,
  device BLOB NOT NULL,
  failed_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX face_failure_subject ON face_failure (subject, failed_at_ms);
CREATE TABLE claim_try (
  device BLOB NOT NULL,
  tried_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX claim_try_device ON claim_try (device, tried_at_ms);
CREATE TABLE package (
  task BLOB PRIMARY KEY REFERENCES task (id),
  statement BLOB NOT NULL,
  signature BLOB NOT NULL,
  ends_at_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE package_file (
  task BLOB NOT NULL REFERENCES package (task) ON DELETE CASCADE,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  media_type TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (task, digest)
) STRICT;
";
