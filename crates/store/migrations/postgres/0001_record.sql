-- The record: the only truth. Rows are appended, never changed.
CREATE TABLE change (
  seq BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  who TEXT COLLATE "C" NOT NULL,
  verb TEXT COLLATE "C" NOT NULL,
  why TEXT COLLATE "C",
  desk TEXT COLLATE "C",
  previous TEXT COLLATE "C" NOT NULL,
  hash TEXT COLLATE "C" NOT NULL
);
CREATE TABLE change_write (
  seq BIGINT NOT NULL,
  ordinal BIGINT NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  sha256 TEXT COLLATE "C" NOT NULL,
  deleted BIGINT NOT NULL,
  payload TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (seq, ordinal)
);

-- Made from the record; may be dropped and made again.
CREATE TABLE version (
  kind TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  ordinal BIGINT NOT NULL,
  desk TEXT COLLATE "C",
  status TEXT COLLATE "C",
  key TEXT COLLATE "C",
  key_digest TEXT COLLATE "C",
  title TEXT COLLATE "C" NOT NULL,
  sort_at BIGINT NOT NULL,
  latitude DOUBLE PRECISION,
  longitude DOUBLE PRECISION,
  recorded_from BIGINT NOT NULL,
  recorded_until BIGINT,
  deleted BIGINT NOT NULL,
  PRIMARY KEY (kind, id, version)
);
CREATE UNIQUE INDEX version_current ON version (kind, id) WHERE recorded_until IS NULL;
CREATE UNIQUE INDEX version_key ON version (kind, key_digest) WHERE recorded_until IS NULL AND key_digest IS NOT NULL;
CREATE INDEX version_listed ON version (kind, desk, sort_at, id) WHERE recorded_until IS NULL AND deleted = 0;
CREATE INDEX version_listed_all ON version (kind, sort_at, id) WHERE recorded_until IS NULL AND deleted = 0;
CREATE INDEX version_status ON version (kind, desk, status, sort_at, id) WHERE recorded_until IS NULL AND deleted = 0;
CREATE INDEX version_then ON version (kind, desk, sort_at, id);

CREATE TABLE link (
  from_kind TEXT COLLATE "C" NOT NULL,
  from_id TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  role TEXT COLLATE "C" NOT NULL,
  to_kind TEXT COLLATE "C" NOT NULL,
  to_id TEXT COLLATE "C" NOT NULL,
  anchor TEXT COLLATE "C" NOT NULL,
  recorded_from BIGINT NOT NULL,
  recorded_until BIGINT,
  PRIMARY KEY (from_kind, from_id, version, role, to_kind, to_id, anchor)
);
CREATE INDEX link_back ON link (to_kind, to_id, from_kind, from_id);
