//! `sitrep account add LOGIN`: an account, and the link at which its password is set.

use crate::installation::Installation;
use crate::outcome::{Class, Failure, Outcome};
use crate::print;
use sitrep_model::account::{Membership, Role};
use sitrep_model::id::DeskId;
use sitrep_newsroom::{Newsroom, Who};

/// Make an account and print the link at which its password is set.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep account add mina --name 'Mina Example' --role iran:editor")]
pub struct Args {
    /// The login.
    login: String,
    /// The person's name.
    #[arg(long)]
    name: String,
    /// A role on a desk: reader, analyst, editor or chief.
    #[arg(long = "role", value_name = "DESK:ROLE")]
    roles: Vec<String>,
    /// May keep accounts and the installation.
    #[arg(long)]
    operator: bool,
    #[command(flatten)]
    at: Installation,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    let newsroom = args.at.newsroom()?;
    let memberships = args.roles.iter().map(|role| membership(&newsroom, role)).collect::<Result<_, _>>()?;
    let who = Who::Program("operator");
    let (account, secret) = newsroom.invite(&who, &args.name, &args.login, memberships, args.operator)?;
    let link = super::setup_link(&newsroom, &secret);
    if json {
        print::json(&serde_json::json!({ "account": account.id, "login": account.login, "setup": link }))?;
    } else {
        print::line(format!("{} sets a password at (once, within three days):\n  {link}", account.name))?;
    }
    Ok(Outcome::Done)
}

fn membership(newsroom: &Newsroom, text: &str) -> Result<Membership, Failure> {
    let wrong = |fault: String| Failure::new(Class::Usage, "role", fault).hint("Write --role DESK:ROLE.");
    let (desk, role) = text.split_once(':').ok_or_else(|| wrong(format!("{text:?} has no colon")))?;
    let role = [Role::Reader, Role::Analyst, Role::Editor, Role::Chief]
        .into_iter()
        .find(|known| known.as_str() == role)
        .ok_or_else(|| wrong(format!("{role:?} is no role: reader, analyst, editor or chief")))?;
    Ok(Membership { desk: newsroom.desk(&DeskId::from(desk))?.id, role })
}
