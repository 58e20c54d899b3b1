//! The authority that stamps captures with its time, as arguments and environment name it.

use crate::outcome::{Class, Failure};
use clap::builder::BoolishValueParser;
use sitrep_newsroom::stamping::StampSettings;

/// The arguments that name the authority.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct StampArgs {
    /// The authority that stamps each capture with its time (RFC 3161), by its http or https address.
    #[arg(long, env = "SITREP_TSA", value_name = "URL")]
    tsa: Option<String>,
    /// The policy that it is asked to stamp under, as an object identifier in numbers; its own where none is given.
    #[arg(long, env = "SITREP_TSA_POLICY", value_name = "OID")]
    tsa_policy: Option<String>,
    /// Its address is on this machine or its own network.
    #[arg(long, env = "SITREP_TSA_LOCAL", value_parser = BoolishValueParser::new())]
    tsa_local: bool,
}

impl StampArgs {
    /// The settings; `None` where no authority is named.
    pub fn settings(&self) -> Result<Option<StampSettings>, Failure> {
        let Some(url) = self.tsa.as_deref().filter(|url| !url.trim().is_empty()) else { return Ok(None) };
        let settings = StampSettings::new(url, self.tsa_policy.as_deref(), self.tsa_local);
        settings.map(Some).map_err(|error| {
            Failure::new(Class::Usage, "tsa", format!("the time-stamp authority can't be used: {error}"))
                .hint("Write --tsa https://tsa.example.org/ and, where it asks for one, --tsa-policy 1.2.3.4.")
        })
    }
}
