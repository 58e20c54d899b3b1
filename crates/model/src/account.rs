//! Accounts, roles and what each role may do. Secrets (password hashes, TOTP keys, passkeys) live outside the record.

use crate::id::{AccountId, DeskId};
use crate::noun::{Kind, Noun};
use serde::{Deserialize, Serialize};

/// What a person is on a desk. Each role may do what those before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sees the newsroom.
    Reader,
    /// Collects, codes, assesses, writes.
    Analyst,
    /// Reviews, approves, publishes, corrects, sends.
    Editor,
    /// Keeps the desk: sources, sections, style, people.
    Chief,
}

impl Role {
    /// Every role, least first.
    pub const ALL: [Self; 4] = [Self::Reader, Self::Analyst, Self::Editor, Self::Chief];

    /// The role's name as it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Analyst => "analyst",
            Self::Editor => "editor",
            Self::Chief => "chief",
        }
    }
}

/// What a route or verb asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// Anybody.
    Public,
    /// Anybody signed in.
    SignedIn,
    /// At least this role on the desk.
    Desk(Role),
    /// The installation's operator.
    Operator,
}

/// A role on a desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The desk.
    pub desk: DeskId,
    /// The role there.
    pub role: Role,
}

/// A person of the newsroom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Identifier.
    pub id: AccountId,
    /// The name that signs in.
    pub login: String,
    /// The name shown.
    pub name: String,
    /// Roles on desks.
    #[serde(default)]
    pub memberships: Vec<Membership>,
    /// Keeps the installation: accounts, desks, backup.
    #[serde(default)]
    pub operator: bool,
    /// May no longer sign in.
    #[serde(default)]
    pub closed: bool,
}

impl Account {
    /// The role on a desk.
    pub fn role(&self, desk: &DeskId) -> Option<Role> {
        self.memberships.iter().filter(|m| &m.desk == desk).map(|m| m.role).max()
    }

    /// Whether this account may do what asks for `permission` on `desk`.
    pub fn may(&self, permission: Permission, desk: Option<&DeskId>) -> bool {
        match permission {
            Permission::Public => true,
            _ if self.closed => false,
            Permission::SignedIn => true,
            Permission::Operator => self.operator,
            Permission::Desk(role) => desk.and_then(|desk| self.role(desk)).is_some_and(|has| has >= role),
        }
    }
}

impl Noun for Account {
    const KIND: Kind = Kind::Account;
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn desk(&self) -> Option<&DeskId> {
        None
    }
    fn title(&self) -> String {
        self.name.clone()
    }
    fn status(&self) -> Option<&str> {
        Some(if self.closed { "closed" } else { "open" })
    }
    fn key(&self) -> Option<String> {
        Some(self.login.to_lowercase())
    }
}
