//! Where the parts meet: settings from arguments and environment, the clock, the log.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Logs to standard error: warnings, or as `SITREP_LOG` and `-v` say.
pub fn log(verbose: bool) {
    let fallback = if verbose { "info" } else { "warn,tantivy=error" };
    let filter = tracing_subscriber::EnvFilter::try_from_env("SITREP_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(fallback));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

/// The moment now: the only look at the machine's clock.
#[allow(clippy::disallowed_methods)]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// Today in UTC.
pub fn today() -> Date {
    TimeZone::UTC.to_datetime(now()).date()
}
