-- Outside the record: secrets, personal data, sessions, queues, counters.
CREATE TABLE vault (
  realm TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  value BYTEA NOT NULL,
  PRIMARY KEY (realm, id)
);
CREATE TABLE token (
  realm TEXT COLLATE "C" NOT NULL,
  digest TEXT COLLATE "C" NOT NULL,
  value BYTEA NOT NULL,
  expires BIGINT NOT NULL,
  PRIMARY KEY (realm, digest)
);
CREATE INDEX token_expires ON token (expires);
CREATE TABLE job (
  queue TEXT COLLATE "C" NOT NULL,
  job_key TEXT COLLATE "C" NOT NULL,
  payload BYTEA NOT NULL,
  due BIGINT NOT NULL,
  lease_until BIGINT,
  attempts BIGINT NOT NULL,
  error TEXT COLLATE "C",
  PRIMARY KEY (queue, job_key)
);
CREATE INDEX job_due ON job (queue, due, job_key);
CREATE TABLE counter (
  realm TEXT COLLATE "C" NOT NULL,
  counter_key TEXT COLLATE "C" NOT NULL,
  window_start BIGINT NOT NULL,
  hits BIGINT NOT NULL,
  PRIMARY KEY (realm, counter_key, window_start)
);
