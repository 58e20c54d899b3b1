-- Outside the record: secrets, personal data, sessions, queues, counters.
CREATE TABLE vault (
  realm TEXT NOT NULL,
  id TEXT NOT NULL,
  value BLOB NOT NULL,
  PRIMARY KEY (realm, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE token (
  realm TEXT NOT NULL,
  digest TEXT NOT NULL,
  value BLOB NOT NULL,
  expires INTEGER NOT NULL,
  PRIMARY KEY (realm, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX token_expires ON token (expires);
CREATE TABLE job (
  queue TEXT NOT NULL,
  job_key TEXT NOT NULL,
  payload BLOB NOT NULL,
  due INTEGER NOT NULL,
  lease_until INTEGER,
  attempts INTEGER NOT NULL,
  error TEXT,
  PRIMARY KEY (queue, job_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_due ON job (queue, due, job_key);
CREATE TABLE counter (
  realm TEXT NOT NULL,
  counter_key TEXT NOT NULL,
  window_start INTEGER NOT NULL,
  hits INTEGER NOT NULL,
  PRIMARY KEY (realm, counter_key, window_start)
) STRICT, WITHOUT ROWID;
