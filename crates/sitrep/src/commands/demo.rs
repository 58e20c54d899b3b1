//! `sitrep demo`: the example desk with four weeks of life, its outlets on loopback, a mail server that keeps what it is
//! handed, and the site.

use crate::duty::Duty;
use crate::example;
use crate::installation::{self, Installation};
use crate::outcome::{Class, Failure, Outcome};
use crate::{print, site};
use sitrep_testkit::mail::{MailSink, SinkSettings};
use sitrep_testkit::simulator::{self, Live, Simulator};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// How often an outlet publishes something new while the demonstration runs.
const NEWS: Duration = Duration::from_secs(45);

/// Start with the example desk: everything on this machine, nothing on the internet.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep demo --data data --listen 127.0.0.1:8080")]
pub struct Args {
    /// The data directory; made where it is missing.
    #[arg(long, env = "SITREP_DATA", value_name = "DIR", default_value = "data")]
    data: PathBuf,
    /// The example desk's folder.
    #[arg(long, value_name = "DIR", default_value = "desks/iran")]
    desk: PathBuf,
    /// Address and port to listen at.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Port of the outlets, on loopback; 0 takes a free one.
    #[arg(long, value_name = "PORT", default_value_t = 8089)]
    outlets: u16,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    installation::runtime()?.block_on(demonstrate(args, json))
}

async fn demonstrate(args: Args, json: bool) -> Result<Outcome, Failure> {
    let listener = site::bind(args.listen).await?;
    let listening = listener.local_addr().unwrap_or(args.listen);
    let base = format!("http://{}", readable(listening));
    let outbox = args.data.join("outbox");
    std::fs::create_dir_all(&outbox)
        .map_err(|error| Failure::new(Class::Unreadable, "unwritable", error.to_string()).of(&outbox))?;
    let mail = SinkSettings { folder: Some(outbox.clone()), ..SinkSettings::default() };
    let sink = MailSink::with((Ipv4Addr::LOCALHOST, 0).into(), mail)
        .await
        .map_err(|error| Failure::new(Class::Unreadable, "port", format!("no port for the mail server: {error}")))?;
    let outlets = (Ipv4Addr::LOCALHOST, args.outlets).into();
    let simulator = simulator::serve(outlets, &args.desk, Live::HeldBack)
        .await
        .map_err(|error| Failure::new(Class::Unreadable, "outlets", error.to_string()))?;
    let at = Installation {
        data: args.data.clone(),
        database: None,
        blobs: None,
        base: Some(base),
        smtp: Some(format!("smtp+plain://{}", sink.address())),
        browser: None,
        stamps: Default::default(),
    };
    let newsroom = at.newsroom_over(at.store_or_new()?)?;
    let (filling, folder, served) = (newsroom.clone(), args.desk.clone(), simulator.base().to_owned());
    tokio::task::spawn_blocking(move || example::load(&filling, &folder, &served, json))
        .await
        .map_err(|error| Failure::new(Class::Internal, "example", error.to_string()))??;
    let setup = newsroom.setup_secret()?.map(|secret| super::setup_link(&newsroom, &secret));
    tell(newsroom.base(), setup.as_deref(), &simulator, &outbox, json)?;
    let duty = Duty::begin(&newsroom);
    let news = tokio::spawn(publish_news(Arc::new(simulator)));
    site::serve(newsroom, listener).await?;
    news.abort();
    drop(duty);
    drop(sink);
    Ok(Outcome::Done)
}

/// An outlet publishes something new from time to time.
async fn publish_news(simulator: Arc<Simulator>) {
    loop {
        tokio::time::sleep(NEWS).await;
        if simulator.release_next().is_none() {
            std::future::pending::<()>().await;
        }
    }
}

fn tell(
    base: &str,
    setup: Option<&str>,
    simulator: &Simulator,
    outbox: &std::path::Path,
    json: bool,
) -> Result<(), Failure> {
    if json {
        return print::json_line(&serde_json::json!({
            "address": base, "setup": setup, "outlets": simulator.base(), "outbox": outbox,
        }));
    }
    print::line(format!("\n  The reading room:   {base}/"))?;
    match setup {
        Some(link) => {
            print::line(format!("  The newsroom:       {link}\n                      (once: makes the first account)"))?
        }
        None => print::line(format!("  The newsroom:       {base}/newsroom"))?,
    }
    print::line(format!(
        "  The outlets:        {}/\n  Mail that is sent:  {}/*.eml",
        simulator.base(),
        outbox.display()
    ))?;
    print::line("\n  Stop with Ctrl-C.\n")
}

/// What to put in a browser: a name, since passkeys are bound to names.
fn readable(address: SocketAddr) -> String {
    if address.ip().is_unspecified() || address.ip() == IpAddr::V4(Ipv4Addr::LOCALHOST) {
        return format!("localhost:{}", address.port());
    }
    address.to_string()
}
