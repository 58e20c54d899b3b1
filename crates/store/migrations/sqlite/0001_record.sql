-- The record: the only truth. Rows are appended, never changed.
CREATE TABLE change (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  recorded INTEGER NOT NULL,
  who TEXT NOT NULL,
  verb TEXT NOT NULL,
  why TEXT,
  desk TEXT,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TABLE change_write (
  seq INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  deleted INTEGER NOT NULL,
  payload TEXT NOT NULL,
  PRIMARY KEY (seq, ordinal)
) STRICT, WITHOUT ROWID;

-- Made from the record; may be dropped and made again.
CREATE TABLE version (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  desk TEXT,
  status TEXT,
  key TEXT,
  key_digest TEXT,
  title TEXT NOT NULL,
  sort_at INTEGER NOT NULL,
  latitude REAL,
  longitude REAL,
  recorded_from INTEGER NOT NULL,
  recorded_until INTEGER,
  deleted INTEGER NOT NULL,
  PRIMARY KEY (kind, id, version)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX version_current ON version (kind, id) WHERE recorded_until IS NULL;
CREATE UNIQUE INDEX version_key ON version (kind, key_digest) WHERE recorded_until IS NULL AND key_digest IS NOT NULL;
CREATE INDEX version_listed ON version (kind, desk, sort_at, id) WHERE recorded_until IS NULL AND deleted = 0;
CREATE INDEX version_listed_all ON version (kind, sort_at, id) WHERE recorded_until IS NULL AND deleted = 0;
CREATE INDEX version_status ON version (kind, desk, status, sort_at, id) WHERE recorded_until IS NULL AND deleted = 0;
CREATE INDEX version_then ON version (kind, desk, sort_at, id);

CREATE TABLE link (
  from_kind TEXT NOT NULL,
  from_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  role TEXT NOT NULL,
  to_kind TEXT NOT NULL,
  to_id TEXT NOT NULL,
  anchor TEXT NOT NULL,
  recorded_from INTEGER NOT NULL,
  recorded_until INTEGER,
  PRIMARY KEY (from_kind, from_id, version, role, to_kind, to_id, anchor)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_back ON link (to_kind, to_id, from_kind, from_id);
