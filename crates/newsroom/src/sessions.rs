//! Signing in, sessions that can be ended, and tokens for programs.

use crate::clock::later;
use crate::error::Error;
use crate::ids;
use crate::newsroom::Newsroom;
use crate::who::Who;
use jiff::Timestamp;
use sitrep_model::account::Account;
use sitrep_model::id::AccountId;
use sitrep_store::Versioned;

const SESSIONS: &str = "session";
const TOKENS: &str = "api-token";
const CEREMONIES: &str = "ceremony";
/// Seconds that a session holds: fourteen days.
pub const HOLDS: i64 = 14 * 24 * 3600;
/// Seconds of a rate window, and attempts within it by login and by network address.
const WINDOW: i64 = 900;
const PER_LOGIN: u64 = 10;
const PER_ADDRESS: u64 = 50;

/// A session or token as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionLine {
    /// Its digest, by which it is ended.
    pub digest: String,
    /// What it is called: the browser, or the token's name.
    pub name: String,
    /// When it ends.
    pub expires: Timestamp,
}

impl Newsroom {
    /// Signs in with password and, where one is set, the second factor; gives the session's secret.
    pub fn sign_in(
        &self,
        login: &str,
        password: &str,
        code: &str,
        from: &str,
        browser: &str,
    ) -> Result<(Account, String), Error> {
        let login = login.trim().to_lowercase();
        self.count_attempt(&login, from)?;
        let wrong = || Error::field("login", "login, password or code is not right");
        let found: Option<Versioned<Account>> = self.read(|reader| Ok(reader.by_key(None, &login)?))?;
        let account = found.map(|found| found.value).filter(|account| !account.closed);
        let id = account.as_ref().map_or_else(|| AccountId::from("nobody"), |account| account.id.clone());
        let right = self.password_is(&id, password)?;
        let account = account.filter(|_| right).ok_or_else(wrong)?;
        if !self.code_is_right(&account, code)? {
            return Err(wrong());
        }
        let secret = self.open_session(&account.id, browser)?;
        Ok((account, secret))
    }

    /// Opens a session for an account that proved itself (by passkey); gives its secret.
    pub fn open_session(&self, account: &AccountId, browser: &str) -> Result<String, Error> {
        let secret = ids::secret();
        let now = self.now();
        let value = format!("{account}\n{}", browser.chars().take(120).collect::<String>());
        self.store().operate(|operations| -> Result<(), Error> {
            operations.tokens_expire(now)?;
            Ok(operations.token_put(SESSIONS, &ids::sha256(secret.as_bytes()), value.as_bytes(), later(now, HOLDS))?)
        })?;
        Ok(secret)
    }

    /// Counts an attempt to sign in; refused past the limit.
    pub fn count_attempt(&self, login: &str, from: &str) -> Result<(), Error> {
        let now = self.now();
        let window = Timestamp::from_second(now.as_second() / WINDOW * WINDOW).unwrap_or(now);
        let (by_login, by_address) = self.store().operate(|operations| -> Result<_, Error> {
            operations.hits_expire(later(now, -24 * 3600))?;
            Ok((operations.hit("sign-in", login, window)?, operations.hit("sign-in-from", from, window)?))
        })?;
        if by_login > PER_LOGIN || by_address > PER_ADDRESS {
            let left = later(window, WINDOW).as_second() - now.as_second();
            return Err(Error::TooMany { minutes: u64::try_from(left / 60 + 1).unwrap_or(1) });
        }
        Ok(())
    }

    /// Who a session's secret, or a program's token, belongs to.
    pub fn visitor(&self, session: Option<&str>, token: Option<&str>) -> Result<Who, Error> {
        let now = self.now();
        let held = |realm: &str, secret: &str| -> Result<Option<String>, Error> {
            let digest = ids::sha256(secret.as_bytes());
            let found = self.read(|reader| Ok(reader.token_get(realm, &digest, now)?))?;
            let value = found.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            Ok(value.and_then(|value| value.split('\n').next().map(str::to_owned)))
        };
        let id = match (token, session) {
            (Some(token), _) => held(TOKENS, token)?,
            (None, Some(session)) => held(SESSIONS, session)?,
            (None, None) => None,
        };
        let Some(id) = id else { return Ok(Who::Stranger) };
        let account: Option<Versioned<Account>> = self.read(|reader| Ok(reader.get(&id)?))?;
        Ok(account.filter(|a| !a.value.closed).map_or(Who::Stranger, |account| Who::person(account.value)))
    }

    /// Ends the session of a secret.
    pub fn sign_out(&self, secret: &str) -> Result<(), Error> {
        let digest = ids::sha256(secret.as_bytes());
        self.store().operate(|operations| operations.token_delete(SESSIONS, &digest))?;
        Ok(())
    }

    /// An account's sessions.
    pub fn sessions(&self, account: &AccountId) -> Result<Vec<SessionLine>, Error> {
        self.lines(SESSIONS, account)
    }

    /// An account's tokens for programs.
    pub fn api_tokens(&self, account: &AccountId) -> Result<Vec<SessionLine>, Error> {
        self.lines(TOKENS, account)
    }

    fn lines(&self, realm: &str, account: &AccountId) -> Result<Vec<SessionLine>, Error> {
        let all = self.store().operate(|operations| operations.token_list(realm))?;
        let lines = all.into_iter().filter_map(|(digest, value, expires)| {
            let value = String::from_utf8_lossy(&value).into_owned();
            let (id, name) = value.split_once('\n')?;
            (id == account.as_str()).then(|| SessionLine { digest, name: name.to_owned(), expires })
        });
        Ok(lines.collect())
    }

    /// Ends a session or token of an account.
    pub fn end(&self, account: &AccountId, digest: &str) -> Result<(), Error> {
        for (realm, lines) in [(SESSIONS, self.sessions(account)?), (TOKENS, self.api_tokens(account)?)] {
            if lines.iter().any(|line| line.digest == digest) {
                self.store().operate(|operations| operations.token_delete(realm, digest))?;
            }
        }
        Ok(())
    }

    /// Ends every session of an account; how many.
    pub fn end_all_sessions(&self, account: &AccountId) -> Result<u64, Error> {
        let prefix = format!("{account}\n");
        Ok(self
            .store()
            .operate(|operations| operations.token_delete_where_value_prefix(SESSIONS, prefix.as_bytes()))?)
    }

    /// A token with which a program acts as this account for a year; shown once.
    pub fn make_api_token(&self, account: &AccountId, name: &str) -> Result<String, Error> {
        let secret = ids::secret();
        let value = format!("{account}\n{}", name.chars().take(80).collect::<String>());
        let until = later(self.now(), 365 * 24 * 3600);
        self.store().operate(|operations| {
            operations.token_put(TOKENS, &ids::sha256(secret.as_bytes()), value.as_bytes(), until)
        })?;
        Ok(secret)
    }

    /// Keeps the state of a passkey ceremony for ten minutes; gives its secret.
    pub fn begin_ceremony(&self, state: &[u8]) -> Result<String, Error> {
        let secret = ids::secret();
        let until = later(self.now(), 600);
        self.store()
            .operate(|operations| operations.token_put(CEREMONIES, &ids::sha256(secret.as_bytes()), state, until))?;
        Ok(secret)
    }

    /// Takes the state of a passkey ceremony; a ceremony ends once.
    pub fn end_ceremony(&self, secret: &str) -> Result<Option<Vec<u8>>, Error> {
        let (digest, now) = (ids::sha256(secret.as_bytes()), self.now());
        Ok(self.store().operate(|operations| operations.token_take(CEREMONIES, &digest, now))?)
    }
}
