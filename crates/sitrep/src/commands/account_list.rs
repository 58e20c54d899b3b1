//! `sitrep account list`: who has an account, and what they may do.

use crate::installation::Installation;
use crate::outcome::{Failure, Outcome};
use crate::print;

/// List accounts and their roles.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep account list")]
pub struct Args {
    #[command(flatten)]
    at: Installation,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    let newsroom = args.at.newsroom()?;
    let accounts: Vec<_> = newsroom.accounts()?.into_iter().map(|found| found.value).collect();
    if json {
        print::json(&accounts)?;
        return Ok(Outcome::Done);
    }
    for account in accounts {
        let mut roles: Vec<String> =
            account.memberships.iter().map(|member| format!("{}:{}", member.desk, member.role.as_str())).collect();
        if account.operator {
            roles.push("operator".to_owned());
        }
        if account.closed {
            roles = vec!["closed".to_owned()];
        }
        print::line(format!("{:<16} {:<28} {}", account.login, account.name, roles.join(" ")))?;
    }
    Ok(Outcome::Done)
}
