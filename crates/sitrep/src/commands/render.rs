//! `sitrep render EDITION --to FORM`: an edition as page, message, text, Markdown or JSON, without a store.

use crate::desk;
use crate::editions;
use crate::outcome::{Class, Failure, Outcome};
use crate::print;
use clap::ValueEnum;
use jiff::Timestamp;
use sitrep_editions::notes::Cited;
use sitrep_editions::{Manuscript, form};
use sitrep_model::desk::Desk;
use sitrep_model::edition::Edition;
use sitrep_publish::message::{self, Envelope};
use std::path::{Path, PathBuf};

/// Print an edition in one of the forms of its publication.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep render editions/2026-11-10.md --desk desks/iran --to html -o edition.html")]
pub struct Args {
    /// The edition: Markdown or JSON of the desk's form, or a text that is understood; `-` for standard input.
    edition: PathBuf,
    /// The form.
    #[arg(long, value_enum)]
    to: Form,
    /// Where to; standard output where it is not given, or `-`.
    #[arg(long, short, value_name = "OUT")]
    output: Option<PathBuf>,
    /// The desk's folder: house style, sources, and what the edition cites.
    #[arg(long, value_name = "DIR")]
    desk: Option<PathBuf>,
    /// The installation's public address, that links begin with.
    #[arg(long, value_name = "URL", default_value = "https://sitrep.example")]
    base: String,
}

/// The forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// The printed form.
    Pdf,
    /// A word processor's file.
    Docx,
    /// A book for reading devices.
    Epub,
    /// A page that stands alone.
    Html,
    /// The message to a subscriber.
    Eml,
    /// Plain text.
    Txt,
    /// Markdown of the desk's form.
    Md,
    /// JSON.
    Json,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let base = args.base.trim_end_matches('/');
    let (desk, cited) = match &args.desk {
        Some(folder) => {
            let files = desk::read(folder)?;
            let cited = files.cited(base)?;
            (files.folder.desk, cited)
        }
        None => (desk::unnamed()?, Cited::default()),
    };
    let edition = editions::edition(&args.edition, &desk)?;
    let bytes = rendered(args.to, &desk, &edition, &cited, base)?;
    match args.output.as_deref().filter(|path| *path != Path::new("-")) {
        None => print::bytes(&bytes)?,
        Some(path) => std::fs::write(path, bytes).map_err(|error| {
            Failure::new(Class::Unreadable, "unwritable", format!("{}: {error}", path.display()))
                .hint("Check the folder and that you may write there.")
        })?,
    }
    Ok(Outcome::Done)
}

fn rendered(to: Form, desk: &Desk, edition: &Edition, cited: &Cited, base: &str) -> Result<Vec<u8>, Failure> {
    let manuscript = Manuscript::new(desk, edition, cited, base);
    let name = match to {
        Form::Html => "html",
        Form::Txt => "txt",
        Form::Json => "json",
        Form::Md => return Ok(form::write(edition, desk).into_bytes()),
        Form::Eml => return Ok(message::edition(&manuscript, &envelope(desk, edition))?),
        Form::Pdf => return pdf(&manuscript),
        Form::Docx | Form::Epub => return Err(absent(to)),
    };
    let format = sitrep_publish::formats::format(name).ok_or_else(|| absent(to))?;
    Ok((format.render)(&manuscript)?)
}

/// The printed form, without a map; what a person should know of the file goes to the log.
fn pdf(manuscript: &Manuscript<'_>) -> Result<Vec<u8>, Failure> {
    let pdf = sitrep_press::pdf(manuscript)?;
    for warning in &pdf.warnings {
        tracing::warn!("the PDF of {}: {warning}", manuscript.edition.slug);
    }
    Ok(pdf.bytes)
}

/// The message as it would be sent, to nobody in particular; its moment is the edition's, so that it is always the same.
fn envelope(desk: &Desk, edition: &Edition) -> Envelope {
    let midnight = || sitrep_model::when::start_of_day(edition.date);
    Envelope {
        from: desk.mail_from.clone().unwrap_or_else(|| "desk@sitrep.example".to_owned()),
        to: "reader@sitrep.example".to_owned(),
        message_id: format!("<{}.{}@sitrep.example>", desk.id, edition.slug),
        date: edition.published.or_else(midnight).unwrap_or(Timestamp::UNIX_EPOCH),
        leave_url: None,
    }
}

fn absent(to: Form) -> Failure {
    let name = to.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
    Failure::new(Class::Usage, "no_such_form", format!("this version prints no {name}"))
        .hint("Choose pdf, html, eml, txt, md or json.")
}
