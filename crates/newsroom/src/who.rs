//! Who asks: a person of the newsroom, a part of the program, or a stranger; and what they may do.

use crate::error::Error;
use sitrep_model::account::{Account, Permission, Role};
use sitrep_model::id::DeskId;

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Who {
    /// Somebody who did not sign in.
    #[default]
    Stranger,
    /// A person of the newsroom.
    Person(Box<Account>),
    /// A part of the program, or the operator at the command line: may do everything.
    Program(&'static str),
}

impl Who {
    /// A person of the newsroom.
    pub fn person(account: Account) -> Self {
        Self::Person(Box::new(account))
    }

    /// The account, where a person asks.
    pub fn account(&self) -> Option<&Account> {
        match self {
            Self::Person(account) => Some(account),
            _ => None,
        }
    }

    /// The name that the record keeps.
    pub fn name(&self) -> String {
        match self {
            Self::Stranger => "reader".to_owned(),
            Self::Person(account) => account.login.clone(),
            Self::Program(part) => format!("program:{part}"),
        }
    }

    /// Whether this may do what asks for a permission.
    pub fn may(&self, permission: Permission, desk: Option<&DeskId>) -> bool {
        match self {
            Self::Program(_) => true,
            Self::Person(account) => account.may(permission, desk),
            Self::Stranger => permission == Permission::Public,
        }
    }

    /// Whether this sees what only the newsroom sees.
    pub fn is_newsroom(&self, desk: &DeskId) -> bool {
        self.may(Permission::Desk(Role::Reader), Some(desk))
    }

    /// Refuses where this may not.
    pub fn must(&self, permission: Permission, desk: Option<&DeskId>) -> Result<(), Error> {
        if self.may(permission, desk) {
            return Ok(());
        }
        let needed = match permission {
            Permission::Desk(role) => format!("the role {} on this desk", role.as_str()),
            Permission::Operator => "the operator's account".to_owned(),
            Permission::SignedIn | Permission::Public => "an account".to_owned(),
        };
        Err(Error::Forbidden(format!("this needs {needed}; ask the desk's chief")))
    }

    /// Refuses who is less than that role on a desk.
    pub fn must_be(&self, role: Role, desk: &DeskId) -> Result<(), Error> {
        self.must(Permission::Desk(role), Some(desk))
    }
}
