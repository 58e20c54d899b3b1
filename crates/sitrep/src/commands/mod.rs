//! The commands: one file each, one line each below.

mod account_add;
mod account_list;
mod account_reset;
mod backup;
mod capture_remove;
mod capture_stamp;
mod check;
mod collect;
mod dates;
mod demo;
mod desk_archive;
mod desk_export;
mod desk_import;
mod edition_check;
mod edition_correct;
mod edition_diff;
mod edition_new;
mod edition_parse;
mod edition_preview;
mod edition_publish;
mod edition_roundtrip;
mod edition_withdraw;
mod export;
mod export_wacz;
mod extract;
mod feed_parse;
mod import;
mod import_edition;
mod import_installation;
mod init;
mod names;
mod rebuild;
mod render;
mod restore;
mod search;
mod serve;
mod source_add;
mod source_check;
mod source_export;
mod source_import;
mod source_list;
mod source_secret;
mod stories;
mod verify;
mod work;

use crate::outcome::{Class, Failure, Outcome};
use clap::{Parser, Subcommand};
use sitrep_model::source::Reliability;
use sitrep_newsroom::Newsroom;

/// The newsroom of an open-source analysis team: from a captured page to a published, cited sentence, and back.
#[derive(Debug, Parser)]
#[command(name = "sitrep", version, propagate_version = true)]
pub struct Cli {
    /// Print JSON.
    #[arg(long, global = true)]
    pub json: bool,
    /// Say more on standard error.
    #[arg(long, short, global = true)]
    pub verbose: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Editions: parse, round trip, compare; and, with a store: begin, check, preview, publish, correct.
    #[command(subcommand)]
    Edition(EditionCommand),
    Check(check::Args),
    Extract(extract::Args),
    /// Feeds.
    #[command(subcommand)]
    Feed(FeedCommand),
    Dates(dates::Args),
    Names(names::Args),
    Stories(stories::Args),
    Render(render::Args),
    Demo(demo::Args),
    Init(init::Args),
    Serve(serve::Args),
    Work(work::Args),
    /// Desks, as folders of plain files.
    #[command(subcommand)]
    Desk(DeskCommand),
    /// Sources.
    #[command(subcommand)]
    Source(SourceCommand),
    Collect(collect::Args),
    Import(import::Args),
    /// Captures.
    #[command(subcommand)]
    Capture(CaptureCommand),
    Export(Box<export::Args>),
    Backup(backup::Args),
    Restore(restore::Args),
    Search(search::Args),
    Rebuild(rebuild::Args),
    Verify(verify::Args),
    /// Accounts.
    #[command(subcommand)]
    Account(AccountCommand),
}

#[derive(Debug, Subcommand)]
enum EditionCommand {
    Parse(edition_parse::Args),
    Roundtrip(edition_roundtrip::Args),
    Diff(edition_diff::Args),
    New(edition_new::Args),
    Check(edition_check::Args),
    Preview(edition_preview::Args),
    Publish(edition_publish::Args),
    Correct(edition_correct::Args),
    /// Withdraw a published edition as wrong: its text stays readable, marked.
    Retract(edition_withdraw::Args),
    /// Take a published edition down: a tombstone with the reason stays.
    TakeDown(edition_withdraw::Args),
}

#[derive(Debug, Subcommand)]
enum CaptureCommand {
    Remove(capture_remove::Args),
    Stamp(capture_stamp::Args),
}

#[derive(Debug, Subcommand)]
enum FeedCommand {
    Parse(feed_parse::Args),
}

#[derive(Debug, Subcommand)]
enum DeskCommand {
    Import(desk_import::Args),
    Export(desk_export::Args),
    Archive(desk_archive::Args),
}

#[derive(Debug, Subcommand)]
enum SourceCommand {
    Add(source_add::Args),
    List(source_list::Args),
    Check(source_check::Args),
    Import(source_import::Args),
    Export(source_export::Args),
    Secret(source_secret::Args),
}

#[derive(Debug, Subcommand)]
enum AccountCommand {
    Add(account_add::Args),
    List(account_list::Args),
    Reset(account_reset::Args),
}

/// Runs what the command line asks for.
pub fn run(cli: Cli) -> Result<Outcome, Failure> {
    let json = cli.json;
    match cli.command {
        Command::Edition(command) => edition_command(command, json),
        Command::Check(args) => check::run(args, json),
        Command::Extract(args) => extract::run(args, json),
        Command::Feed(FeedCommand::Parse(args)) => feed_parse::run(args, json),
        Command::Dates(args) => dates::run(args, json),
        Command::Names(args) => names::run(args, json),
        Command::Stories(args) => stories::run(&args),
        Command::Render(args) => render::run(args),
        Command::Demo(args) => demo::run(args, json),
        Command::Init(args) => init::run(args, json),
        Command::Serve(args) => serve::run(args, json),
        Command::Work(args) => work::run(args, json),
        Command::Desk(DeskCommand::Import(args)) => desk_import::run(args, json),
        Command::Desk(DeskCommand::Export(args)) => desk_export::run(args, json),
        Command::Desk(DeskCommand::Archive(args)) => desk_archive::run(args, json),
        Command::Source(SourceCommand::Add(args)) => source_add::run(args, json),
        Command::Source(SourceCommand::List(args)) => source_list::run(args, json),
        Command::Source(SourceCommand::Check(args)) => source_check::run(args, json),
        Command::Source(SourceCommand::Import(args)) => source_import::run(args, json),
        Command::Source(SourceCommand::Export(args)) => source_export::run(args, json),
        Command::Source(SourceCommand::Secret(args)) => source_secret::run(args, json),
        Command::Collect(args) => collect::run(args, json),
        Command::Import(args) => import::run(args, json),
        Command::Capture(CaptureCommand::Remove(args)) => capture_remove::run(args, json),
        Command::Capture(CaptureCommand::Stamp(args)) => capture_stamp::run(args, json),
        Command::Export(args) => export::run(*args, json),
        Command::Backup(args) => backup::run(args, json),
        Command::Restore(args) => restore::run(args, json),
        Command::Search(args) => search::run(args, json),
        Command::Rebuild(args) => rebuild::run(args, json),
        Command::Verify(args) => verify::run(args, json),
        Command::Account(AccountCommand::Add(args)) => account_add::run(args, json),
        Command::Account(AccountCommand::List(args)) => account_list::run(args, json),
        Command::Account(AccountCommand::Reset(args)) => account_reset::run(args, json),
    }
}

fn edition_command(command: EditionCommand, json: bool) -> Result<Outcome, Failure> {
    match command {
        EditionCommand::Parse(args) => edition_parse::run(args, json),
        EditionCommand::Roundtrip(args) => edition_roundtrip::run(args, json),
        EditionCommand::Diff(args) => edition_diff::run(args, json),
        EditionCommand::New(args) => edition_new::run(args, json),
        EditionCommand::Check(args) => edition_check::run(args, json),
        EditionCommand::Preview(args) => edition_preview::run(args, json),
        EditionCommand::Publish(args) => edition_publish::run(args, json),
        EditionCommand::Correct(args) => edition_correct::run(args, json),
        EditionCommand::Retract(args) => edition_withdraw::run(args, edition_withdraw::Act::Retract, json),
        EditionCommand::TakeDown(args) => edition_withdraw::run(args, edition_withdraw::Act::TakeDown, json),
    }
}

/// The link at which an account is made or its password set.
fn setup_link(newsroom: &Newsroom, secret: &str) -> String {
    format!("{}/newsroom/setup/{secret}", newsroom.base())
}

/// An Admiralty grade by its letter.
fn reliability(letter: &str) -> Result<Reliability, Failure> {
    use Reliability::{A, B, C, D, E, F};
    [("A", A), ("B", B), ("C", C), ("D", D), ("E", E), ("F", F)]
        .into_iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(letter))
        .map(|(_, grade)| grade)
        .ok_or_else(|| Failure::new(Class::Usage, "reliability", format!("{letter:?} is no grade: A to F")))
}
