//! People: accounts, roles, and the secrets that sign them in. Secrets live in the vault, never in the record.

use crate::clock::later;
use crate::error::Error;
use crate::ids;
use crate::newsroom::Newsroom;
use crate::who::Who;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use sitrep_model::account::{Account, Membership, Permission, Role};
use sitrep_model::id::AccountId;
use sitrep_store::{Expected, Query, Versioned};

const PASSWORDS: &str = "password";
const TOTP: &str = "totp";
/// Seconds that a code is shown (RFC 6238).
const TOTP_STEP: u64 = 30;
const PASSKEYS: &str = "passkey";
const SETUP: &str = "setup";
/// Seconds that a setup or invitation link holds: three days.
const HOLDS: i64 = 3 * 24 * 3600;
/// Least length of a password (NIST SP 800-63B asks for at least eight).
pub const SHORTEST: usize = 12;

impl Newsroom {
    /// Every account, by name.
    pub fn accounts(&self) -> Result<Vec<Versioned<Account>>, Error> {
        let mut query = Query { order: sitrep_store::Order::Title, limit: 1000, ..Query::default() };
        self.read(|reader| {
            let mut found = Vec::new();
            loop {
                let page = reader.list::<Account>(&query)?;
                found.extend(page.items);
                match page.next {
                    Some(next) => query.after = Some(next),
                    None => return Ok(found),
                }
            }
        })
    }

    /// A secret for the link that makes the first account; `None` where there are accounts already. An earlier link ends.
    pub fn setup_secret(&self) -> Result<Option<String>, Error> {
        if !self.accounts()?.is_empty() {
            return Ok(None);
        }
        let secret = ids::secret();
        let now = self.now();
        self.store().operate(|operations| -> Result<(), Error> {
            operations.token_delete_where_value_prefix(SETUP, b"")?;
            operations.token_put(SETUP, &ids::sha256(secret.as_bytes()), b"", later(now, HOLDS))?;
            Ok(())
        })?;
        Ok(Some(secret))
    }

    /// Whom a setup link is for: `Some("")` for the first account, `Some(id)` for an invited one.
    pub fn setup_for(&self, secret: &str) -> Result<Option<String>, Error> {
        let (digest, now) = (ids::sha256(secret.as_bytes()), self.now());
        let found = self.read(|reader| Ok(reader.token_get(SETUP, &digest, now)?))?;
        Ok(found.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// Uses a setup link: makes the first account (operator, chief of every desk), or sets an invited one's password,
    /// which takes its second factor off.
    pub fn set_up(&self, secret: &str, name: &str, login: &str, password: &str) -> Result<Account, Error> {
        let hash = hashed(password)?;
        let (digest, now) = (ids::sha256(secret.as_bytes()), self.now());
        let desks = self.desks()?;
        let who = Who::Program("setup");
        self.write(&who, "account.set_up", None, None, |writer| {
            let gone = || Error::invalid("this link was used already or has ended: ask the operator for a new one");
            let of = writer.operations().token_take(SETUP, &digest, now)?.ok_or_else(gone)?;
            let of = String::from_utf8_lossy(&of).into_owned();
            let account = if of.is_empty() {
                let memberships = desks.iter().map(|d| Membership { desk: d.id.clone(), role: Role::Chief }).collect();
                let account = made(name, login, memberships, true)?;
                writer.put(&account, Expected::New)?;
                account
            } else {
                let account = writer.get::<Account>(&of)?.ok_or_else(gone)?.value;
                // Who lost the password may have lost the authenticator, too: the operator vouched for them with the link.
                writer.operations().vault_delete(TOTP, account.id.as_str())?;
                account
            };
            writer.operations().vault_put(PASSWORDS, account.id.as_str(), hash.as_bytes())?;
            Ok(account)
        })
    }

    /// Makes an account and gives the secret of the link at which its password is set.
    pub fn invite(
        &self,
        who: &Who,
        name: &str,
        login: &str,
        memberships: Vec<Membership>,
        operator: bool,
    ) -> Result<(Account, String), Error> {
        who.must(Permission::Operator, None)?;
        let account = made(name, login, memberships, operator)?;
        let secret = ids::secret();
        let now = self.now();
        self.write(who, "account.invite", None, None, |writer| {
            writer.put(&account, Expected::New)?;
            let digest = ids::sha256(secret.as_bytes());
            writer.operations().token_put(SETUP, &digest, account.id.as_str().as_bytes(), later(now, HOLDS))?;
            Ok(())
        })?;
        Ok((account, secret))
    }

    /// A new link for an account whose password was lost; its sessions end. Its second factor ends once the link is used.
    pub fn invite_again(&self, who: &Who, id: &str) -> Result<String, Error> {
        who.must(Permission::Operator, None)?;
        let secret = ids::secret();
        let now = self.now();
        self.read(|reader| reader.get::<Account>(id)?.ok_or_else(|| Error::not_found("account", id)))?;
        self.store().operate(|operations| -> Result<(), Error> {
            Ok(operations.token_put(SETUP, &ids::sha256(secret.as_bytes()), id.as_bytes(), later(now, HOLDS))?)
        })?;
        self.end_all_sessions(&AccountId::from(id))?;
        Ok(secret)
    }

    /// Changes roles, or closes an account. The last operator can't be closed or lose that office.
    pub fn save_account(&self, who: &Who, account: &Account, version: u64) -> Result<(), Error> {
        who.must(Permission::Operator, None)?;
        let others = self.accounts()?;
        let left = others.iter().filter(|a| a.value.id != account.id && a.value.operator && !a.value.closed).count();
        if left == 0 && (!account.operator || account.closed) {
            return Err(Error::invalid("this is the last operator's account: make another operator first"));
        }
        self.write(who, "account.save", None, None, |writer| {
            writer.put(account, Expected::Version(version))?;
            Ok(())
        })?;
        if account.closed { self.end_all_sessions(&account.id).map(drop) } else { Ok(()) }
    }

    /// Sets a new password, given the old one. All other sessions end.
    pub fn change_password(&self, account: &Account, old: &str, new: &str) -> Result<(), Error> {
        if !self.password_is(&account.id, old)? {
            return Err(Error::field("old", "this is not the password so far"));
        }
        let hash = hashed(new)?;
        self.store().operate(|operations| operations.vault_put(PASSWORDS, account.id.as_str(), hash.as_bytes()))?;
        self.end_all_sessions(&account.id).map(drop)
    }

    pub(crate) fn password_is(&self, account: &AccountId, password: &str) -> Result<bool, Error> {
        let kept = self.read(|reader| Ok(reader.vault_get(PASSWORDS, account.as_str())?))?;
        let Some(kept) = kept else {
            // As long as a real comparison, so that an answer's time tells nothing.
            let _ = hashed("a password nobody has");
            return Ok(false);
        };
        let kept = String::from_utf8_lossy(&kept).into_owned();
        let parsed = PasswordHash::new(&kept).map_err(|e| Error::Internal(e.to_string()))?;
        Ok(Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
    }

    /// Whether an account has a second factor.
    pub fn has_totp(&self, account: &AccountId) -> Result<bool, Error> {
        Ok(self.read(|reader| Ok(reader.vault_get(TOTP, account.as_str())?))?.is_some())
    }

    /// A new TOTP key (RFC 6238) as text for an authenticator, and its `otpauth:` address. It holds once a code was given.
    pub fn offer_totp(&self, account: &Account) -> Result<(String, String), Error> {
        let secret = totp_rs::Secret::from(rand::random::<[u8; 20]>()).to_base32();
        let address = totp(&secret, &account.login)?.to_url().map_err(|e| Error::Internal(e.to_string()))?;
        Ok((secret, address))
    }

    /// Sets the second factor, once a code shows that the authenticator has it.
    pub fn set_totp(&self, account: &Account, secret: &str, code: &str) -> Result<(), Error> {
        if totp(secret, &account.login)?.check(code.trim(), self.seconds()).is_none() {
            return Err(Error::field("code", "this is not the code of this moment: check the clock of your device"));
        }
        Ok(self.store().operate(|operations| operations.vault_put(TOTP, account.id.as_str(), secret.as_bytes()))?)
    }

    /// Takes one's second factor off, given its code of the moment. Each try counts as one to sign in, so that somebody
    /// else's session doesn't help to guess.
    pub fn remove_totp(&self, account: &Account, code: &str) -> Result<(), Error> {
        if !self.has_totp(&account.id)? {
            return Err(Error::invalid("no second factor is set"));
        }
        self.count_attempt(&account.login, account.id.as_str())?;
        if !self.code_is_right(account, code)? {
            return Err(Error::field("code", "this is not the code of this moment, or it was used already"));
        }
        Ok(self.store().operate(|operations| operations.vault_delete(TOTP, account.id.as_str()).map(drop))?)
    }

    /// Whether a code is right; `true` where the account has no second factor. A code is good once.
    pub(crate) fn code_is_right(&self, account: &Account, code: &str) -> Result<bool, Error> {
        let kept = self.read(|reader| Ok(reader.vault_get(TOTP, account.id.as_str())?))?;
        let Some(secret) = kept else { return Ok(true) };
        let secret = String::from_utf8_lossy(&secret).into_owned();
        let Some(step) = totp(&secret, &account.login)?.check(code.trim(), self.seconds()) else { return Ok(false) };
        let second = i64::try_from(step.saturating_mul(TOTP_STEP)).unwrap_or_default();
        let window = jiff::Timestamp::from_second(second).unwrap_or_default();
        let uses = self.store().operate(|operations| operations.hit("totp-code", account.id.as_str(), window))?;
        Ok(uses == 1)
    }

    /// An account's passkeys, as the web keeps them.
    pub fn passkeys(&self, account: &AccountId) -> Result<Option<Vec<u8>>, Error> {
        self.read(|reader| Ok(reader.vault_get(PASSKEYS, account.as_str())?))
    }

    /// Keeps an account's passkeys.
    pub fn keep_passkeys(&self, account: &AccountId, passkeys: &[u8]) -> Result<(), Error> {
        Ok(self.store().operate(|operations| operations.vault_put(PASSKEYS, account.as_str(), passkeys))?)
    }

    fn seconds(&self) -> u64 {
        u64::try_from(self.now().as_second()).unwrap_or_default()
    }
}

fn made(name: &str, login: &str, memberships: Vec<Membership>, operator: bool) -> Result<Account, Error> {
    let login = login.trim().to_lowercase();
    let plain = |c: char| c.is_alphanumeric() || "._-@".contains(c);
    if login.is_empty() || login.chars().count() > 64 || !login.chars().all(plain) {
        return Err(Error::field("login", "a login is letters, digits and . _ - @, at most 64"));
    }
    let name = name.trim();
    if name.is_empty() {
        return Err(Error::field("name", "say whose account it is"));
    }
    let id = AccountId(ids::id("acc"));
    Ok(Account { id, login, name: name.to_owned(), memberships, operator, closed: false })
}

fn hashed(password: &str) -> Result<String, Error> {
    if password.chars().count() < SHORTEST {
        return Err(Error::field("password", format!("a password has at least {SHORTEST} characters")));
    }
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|e| Error::Internal(e.to_string()))
}

fn totp(secret: &str, login: &str) -> Result<totp_rs::Totp, Error> {
    let secret = totp_rs::Secret::try_from_base32(secret).map_err(|e| Error::field("secret", e.to_string()))?;
    let builder = totp_rs::Builder::new().with_secret(secret).with_step_duration(TOTP_STEP);
    // A colon parts issuer and name in the address.
    let builder = builder.with_account_name(login.replace(':', "-")).with_issuer(Some("sitrep"));
    builder.build().map_err(|e| Error::field("secret", e.to_string()))
}
