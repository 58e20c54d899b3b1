//! The statements, by noun, in the SQL that both databases understand. `?1` is translated where it must be.

/// The record.
pub(crate) mod record {
    pub(crate) const HEAD: &str = "SELECT seq, hash FROM change ORDER BY seq DESC LIMIT 1";
    pub(crate) const DATA_VERSION: &str = "PRAGMA data_version";
    pub(crate) const APPEND: &str = "INSERT INTO change (seq, at, recorded, who, verb, why, desk, previous, hash) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    pub(crate) const APPEND_WRITE: &str = "INSERT INTO change_write \
        (seq, ordinal, kind, id, version, sha256, deleted, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    pub(crate) const AFTER: &str = "SELECT seq, at, recorded, who, verb, why, desk, previous, hash FROM change \
        WHERE seq > ?1 ORDER BY seq LIMIT ?2";
    pub(crate) const WRITES: &str = "SELECT seq, ordinal, kind, id, version, sha256, deleted FROM change_write \
        WHERE seq > ?1 AND seq <= ?2 ORDER BY seq, ordinal";
    pub(crate) const PAYLOADS: &str = "SELECT seq, ordinal, kind, id, version, sha256, deleted, payload \
        FROM change_write WHERE seq > ?1 AND seq <= ?2 ORDER BY seq, ordinal";
    pub(crate) const STRAY_WRITES: &str = "SELECT COUNT(*) FROM change_write w \
        WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.seq = w.seq)";
    pub(crate) const COUNT_WRITES: &str = "SELECT COUNT(*) FROM change_write";
}

/// Versions.
pub(crate) mod version {
    pub(crate) const CURRENT: &str = "SELECT v.version, v.seq, v.recorded_from, w.payload FROM version v \
        JOIN change_write w ON w.seq = v.seq AND w.ordinal = v.ordinal \
        WHERE v.kind = ?1 AND v.id = ?2 AND v.recorded_until IS NULL AND v.deleted = 0";
    pub(crate) const AS_OF: &str = "SELECT v.version, v.seq, v.recorded_from, w.payload FROM version v \
        JOIN change_write w ON w.seq = v.seq AND w.ordinal = v.ordinal \
        WHERE v.kind = ?1 AND v.id = ?2 AND v.recorded_from <= ?3 \
        AND (v.recorded_until IS NULL OR v.recorded_until > ?3) AND v.deleted = 0 ORDER BY v.version DESC LIMIT 1";
    pub(crate) const ONE: &str = "SELECT v.version, v.seq, v.recorded_from, w.payload FROM version v \
        JOIN change_write w ON w.seq = v.seq AND w.ordinal = v.ordinal \
        WHERE v.kind = ?1 AND v.id = ?2 AND v.version = ?3 AND v.deleted = 0";
    pub(crate) const BY_KEY: &str = "SELECT v.version, v.seq, v.recorded_from, w.payload FROM version v \
        JOIN change_write w ON w.seq = v.seq AND w.ordinal = v.ordinal \
        WHERE v.kind = ?1 AND v.key_digest = ?2 AND v.recorded_until IS NULL";
    pub(crate) const LAST: &str = "SELECT v.version, v.recorded_from, v.deleted, w.sha256 FROM version v \
        JOIN change_write w ON w.seq = v.seq AND w.ordinal = v.ordinal \
        WHERE v.kind = ?1 AND v.id = ?2 AND v.recorded_until IS NULL";
    pub(crate) const HOLDER: &str =
        "SELECT id FROM version WHERE kind = ?1 AND key_digest = ?2 AND recorded_until IS NULL";
    pub(crate) const NAMED: &str = "SELECT id, version, key, title, status FROM version \
        WHERE kind = ?1 AND id = ?2 AND recorded_until IS NULL AND deleted = 0";
    pub(crate) const NAMED_THEN: &str = "SELECT id, version, key, title, status FROM version \
        WHERE kind = ?1 AND id = ?2 AND recorded_from <= ?3 AND (recorded_until IS NULL OR recorded_until > ?3) \
        AND deleted = 0 ORDER BY version DESC LIMIT 1";
    pub(crate) const HISTORY: &str = "SELECT v.version, v.seq, c.at, v.recorded_from, c.who, c.verb, c.why, v.deleted, \
        v.status FROM version v JOIN change c ON c.seq = v.seq WHERE v.kind = ?1 AND v.id = ?2 ORDER BY v.version";
    pub(crate) const OUTLINES: &str = "SELECT v.id, v.version, c.at, v.status, v.recorded_from, v.recorded_until, \
        v.deleted FROM version v JOIN change c ON c.seq = v.seq WHERE v.kind = ?1 AND v.desk = ?2 ORDER BY v.id, v.version";
    pub(crate) const CLOSE: &str =
        "UPDATE version SET recorded_until = ?3 WHERE kind = ?1 AND id = ?2 AND recorded_until IS NULL";
    pub(crate) const INSERT: &str = "INSERT INTO version (kind, id, version, seq, ordinal, desk, status, key, \
        key_digest, title, sort_at, latitude, longitude, recorded_from, recorded_until, deleted) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, NULL, ?15)";
    pub(crate) const PAGE: &str = "SELECT kind, id, version, seq, ordinal, desk, status, key, key_digest, title, \
        sort_at, latitude, longitude, recorded_from, recorded_until, deleted FROM version \
        WHERE (kind, id, version) > (?1, ?2, ?3) ORDER BY kind, id, version LIMIT ?4";
    pub(crate) const STORED: &str = "SELECT kind, id, version, seq, ordinal, desk, status, key, key_digest, title, \
        sort_at, latitude, longitude, recorded_from, recorded_until, deleted FROM version \
        WHERE kind = ?1 AND id = ?2 AND version = ?3";
    pub(crate) const TOLD: &str = "SELECT v.version, v.recorded_from, v.recorded_until, c.recorded, v.deleted, w.payload \
        FROM version v JOIN change c ON c.seq = v.seq JOIN change_write w ON w.seq = v.seq AND w.ordinal = v.ordinal \
        WHERE v.kind = ?1 AND v.id = ?2 AND v.version > ?3 ORDER BY v.version LIMIT ?4";
    pub(crate) const ENDED_BY_NOTHING: &str = "SELECT COUNT(*) FROM version v WHERE v.recorded_until IS NOT NULL \
        AND NOT EXISTS (SELECT 1 FROM version n WHERE n.kind = v.kind AND n.id = v.id AND n.version = v.version + 1)";
    pub(crate) const COUNT: &str = "SELECT COUNT(*) FROM version";
    pub(crate) const CLEAR: &str = "DELETE FROM version";
}

/// Links.
pub(crate) mod link {
    pub(crate) const OPEN: &str = "SELECT role, to_kind, to_id, anchor FROM link \
        WHERE from_kind = ?1 AND from_id = ?2 AND recorded_until IS NULL ORDER BY role, to_kind, to_id, anchor";
    pub(crate) const OPEN_THEN: &str = "SELECT role, to_kind, to_id, anchor FROM link \
        WHERE from_kind = ?1 AND from_id = ?2 AND recorded_from <= ?3 \
        AND (recorded_until IS NULL OR recorded_until > ?3) ORDER BY role, to_kind, to_id, anchor";
    pub(crate) const BACK: &str = "SELECT role, from_kind, from_id, anchor FROM link \
        WHERE to_kind = ?1 AND to_id = ?2 AND recorded_until IS NULL ORDER BY from_kind, from_id, role, anchor";
    pub(crate) const BACK_THEN: &str = "SELECT role, from_kind, from_id, anchor FROM link \
        WHERE to_kind = ?1 AND to_id = ?2 AND recorded_from <= ?3 \
        AND (recorded_until IS NULL OR recorded_until > ?3) ORDER BY from_kind, from_id, role, anchor";
    pub(crate) const INSERT: &str = "INSERT INTO link (from_kind, from_id, version, role, to_kind, to_id, anchor, \
        recorded_from, recorded_until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL)";
    pub(crate) const CLOSE: &str = "UPDATE link SET recorded_until = ?7 WHERE from_kind = ?1 AND from_id = ?2 \
        AND role = ?3 AND to_kind = ?4 AND to_id = ?5 AND anchor = ?6 AND recorded_until IS NULL";
    pub(crate) const PAGE: &str = "SELECT from_kind, from_id, version, role, to_kind, to_id, anchor, recorded_from, \
        recorded_until FROM link WHERE (from_kind, from_id, version, role, to_kind, to_id, anchor) > \
        (?1, ?2, ?3, ?4, ?5, ?6, ?7) ORDER BY from_kind, from_id, version, role, to_kind, to_id, anchor LIMIT ?8";
    pub(crate) const OF: &str = "SELECT version, role, to_kind, to_id, anchor, recorded_from, recorded_until FROM link \
        WHERE from_kind = ?1 AND from_id = ?2";
    pub(crate) const STRAY: &str = "SELECT COUNT(*) FROM link l WHERE NOT EXISTS (SELECT 1 FROM version v \
        WHERE v.kind = l.from_kind AND v.id = l.from_id AND v.version = l.version)";
    pub(crate) const CLEAR: &str = "DELETE FROM link";
}

/// The vault.
pub(crate) mod vault {
    pub(crate) const ANY: &str = "SELECT 1 FROM vault LIMIT 1";
    pub(crate) const PUT: &str = "INSERT INTO vault (realm, id, value) VALUES (?1, ?2, ?3) \
        ON CONFLICT (realm, id) DO UPDATE SET value = excluded.value";
    pub(crate) const GET: &str = "SELECT value FROM vault WHERE realm = ?1 AND id = ?2";
    pub(crate) const DELETE: &str = "DELETE FROM vault WHERE realm = ?1 AND id = ?2";
    pub(crate) const LIST: &str = "SELECT id, value FROM vault WHERE realm = ?1 ORDER BY id";
    pub(crate) const ALL: &str = "SELECT realm, id, value FROM vault ORDER BY realm, id";
}

/// Sessions and one-time tokens.
pub(crate) mod token {
    pub(crate) const ANY: &str = "SELECT 1 FROM token LIMIT 1";
    pub(crate) const PUT: &str = "INSERT INTO token (realm, digest, value, expires) VALUES (?1, ?2, ?3, ?4) \
        ON CONFLICT (realm, digest) DO UPDATE SET value = excluded.value, expires = excluded.expires";
    pub(crate) const GET: &str = "SELECT value FROM token WHERE realm = ?1 AND digest = ?2 AND expires > ?3";
    pub(crate) const TAKE: &str = "DELETE FROM token WHERE realm = ?1 AND digest = ?2 AND expires > ?3 RETURNING value";
    pub(crate) const DELETE: &str = "DELETE FROM token WHERE realm = ?1 AND digest = ?2";
    pub(crate) const DELETE_PREFIX: &str = "DELETE FROM token WHERE realm = ?1 AND substr(value, 1, ?2) = ?3";
    pub(crate) const LIST: &str = "SELECT digest, value, expires FROM token WHERE realm = ?1 ORDER BY digest";
    pub(crate) const EXPIRE: &str = "DELETE FROM token WHERE expires <= ?1";
    pub(crate) const ALL: &str = "SELECT realm, digest, value, expires FROM token ORDER BY realm, digest";
}

/// Queues.
pub(crate) mod job {
    pub(crate) const ANY: &str = "SELECT 1 FROM job LIMIT 1";
    pub(crate) const PUT: &str = "INSERT INTO job (queue, job_key, payload, due, lease_until, attempts, error) \
        VALUES (?1, ?2, ?3, ?4, NULL, 0, NULL) ON CONFLICT (queue, job_key) DO NOTHING";
    pub(crate) const CLAIM: &str = "UPDATE job SET lease_until = ?3, attempts = attempts + 1 \
        WHERE queue = ?1 AND job_key = (SELECT job_key FROM job WHERE queue = ?1 AND due <= ?2 \
        AND (lease_until IS NULL OR lease_until <= ?2) ORDER BY due, job_key LIMIT 1 /* skip locked */) \
        RETURNING queue, job_key, payload, attempts";
    pub(crate) const DONE: &str = "DELETE FROM job WHERE queue = ?1 AND job_key = ?2";
    pub(crate) const RETRY: &str =
        "UPDATE job SET lease_until = NULL, due = ?3, error = ?4 WHERE queue = ?1 AND job_key = ?2";
    pub(crate) const LIST: &str = "SELECT job_key, payload, due, lease_until, attempts, error FROM job \
        WHERE queue = ?1 ORDER BY due, job_key";
    pub(crate) const ALL: &str = "SELECT queue, job_key, payload, due, lease_until, attempts, error FROM job \
        ORDER BY queue, job_key";
    pub(crate) const RESTORE: &str = "INSERT INTO job (queue, job_key, payload, due, lease_until, attempts, error) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
}

/// Counters for rate limits.
pub(crate) mod counter {
    pub(crate) const HIT: &str = "INSERT INTO counter (realm, counter_key, window_start, hits) VALUES (?1, ?2, ?3, 1) \
        ON CONFLICT (realm, counter_key, window_start) DO UPDATE SET hits = counter.hits + 1 RETURNING hits";
    pub(crate) const EXPIRE: &str = "DELETE FROM counter WHERE window_start < ?1";
}

/// What the search index follows.
pub(crate) mod search {
    pub(crate) const HASH: &str = "SELECT hash FROM change WHERE seq = ?1";
    pub(crate) const OBJECTS: &str = "SELECT DISTINCT id FROM version WHERE kind = ?1 AND id > ?2 ORDER BY id LIMIT ?3";
    pub(crate) const TOUCHED: &str = "SELECT DISTINCT kind, id FROM change_write WHERE seq > ?1 AND seq <= ?2";
    pub(crate) const BEFORE: &str =
        "SELECT version FROM version WHERE kind = ?1 AND id = ?2 AND seq <= ?3 ORDER BY version DESC LIMIT 1";
    pub(crate) const VERSIONS: &str = "SELECT v.version, v.recorded_from, v.deleted, w.payload FROM version v \
        JOIN change_write w ON w.seq = v.seq AND w.ordinal = v.ordinal \
        WHERE v.kind = ?1 AND v.id = ?2 AND v.version >= ?3 ORDER BY v.version LIMIT ?4";
    pub(crate) const TAKEN_DOWN: &str =
        "SELECT COUNT(*) FROM version WHERE kind = 'edition' AND id = ?1 AND status = 'taken_down'";
    pub(crate) const PUBLIC_FROM: &str = "SELECT MIN(recorded_from) FROM version \
        WHERE kind = 'edition' AND id = ?1 AND status IN ('published', 'corrected', 'retracted')";
    pub(crate) const ASSESSMENTS: &str = "SELECT DISTINCT from_id FROM link \
        WHERE to_kind = 'edition' AND to_id = ?1 AND from_kind = 'assessment' AND recorded_until IS NULL";
}
