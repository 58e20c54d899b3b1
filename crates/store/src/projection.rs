//! What the read model keeps of a version, drawn from the noun itself, so that it can be drawn again from the record.

use crate::canonical::sha256;
use crate::error::Error;
use jiff::Timestamp;
use sitrep_model::{Kind, Link, Noun};

/// Longest id, role or anchor in bytes: they stand in indexes.
const LONGEST: usize = 255;
/// What `sort_at` holds where there is no moment; before every real one.
pub(crate) const NO_TIME: i64 = i64::MIN;

/// The columns of a version that come from its payload.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Projection {
    pub(crate) desk: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) key: Option<String>,
    pub(crate) key_digest: Option<String>,
    pub(crate) title: String,
    pub(crate) sort_at: i64,
    pub(crate) latitude: Option<f64>,
    pub(crate) longitude: Option<f64>,
    pub(crate) links: Vec<Link>,
}

impl Projection {
    /// Draws it from a noun.
    pub(crate) fn of<N: Noun>(noun: &N) -> Result<Self, Error> {
        let mut links = noun.links();
        links.sort();
        links.dedup();
        let place = format!("{} {}", N::KIND.as_str(), noun.id());
        check(&place, noun.id())?;
        for link in &links {
            for part in [&link.role, &link.id].into_iter().chain(&link.anchor) {
                check(&place, part)?;
            }
        }
        let desk = noun.desk().map(|desk| desk.as_str().to_owned());
        let key = noun.key().map(|key| key.replace('\0', "\u{FFFD}"));
        Ok(Self {
            key_digest: key.as_deref().map(|key| key_digest(desk.as_deref(), key)),
            desk,
            status: noun.status().map(str::to_owned),
            key,
            title: noun.title().replace('\0', "\u{FFFD}"),
            sort_at: noun.sort_at().map_or(NO_TIME, Timestamp::as_microsecond),
            latitude: noun.point().map(|point| point.latitude),
            longitude: noun.point().map(|point| point.longitude),
            links,
        })
    }

    /// Draws it from a payload of the record.
    pub(crate) fn of_payload(kind: Kind, payload: &str) -> Result<Self, Error> {
        use sitrep_model::{
            account::Account, actor::Actor, assessment::Assessment, campaign::Campaign, capture::Capture, desk::Desk,
            dispatch::Delivery, dispatch::Dispatch, document::Document, edition::Edition, event::Event, layer::Layer,
            lead::Lead, place::Place, position::Position, publication::Publication, source::Source,
            subscriber::Subscriber, watch::Watch,
        };
        fn read<N: Noun>(payload: &str) -> Result<Projection, Error> {
            let noun: N = serde_json::from_str(payload)
                .map_err(|e| Error::damaged(format!("a version of a {}", N::KIND.as_str()), e.to_string()))?;
            Projection::of(&noun)
        }
        match kind {
            Kind::Account => read::<Account>(payload),
            Kind::Actor => read::<Actor>(payload),
            Kind::Assessment => read::<Assessment>(payload),
            Kind::Campaign => read::<Campaign>(payload),
            Kind::Capture => read::<Capture>(payload),
            Kind::Delivery => read::<Delivery>(payload),
            Kind::Desk => read::<Desk>(payload),
            Kind::Dispatch => read::<Dispatch>(payload),
            Kind::Document => read::<Document>(payload),
            Kind::Edition => read::<Edition>(payload),
            Kind::Event => read::<Event>(payload),
            Kind::Layer => read::<Layer>(payload),
            Kind::Lead => read::<Lead>(payload),
            Kind::Place => read::<Place>(payload),
            Kind::Position => read::<Position>(payload),
            Kind::Publication => read::<Publication>(payload),
            Kind::Source => read::<Source>(payload),
            Kind::Subscriber => read::<Subscriber>(payload),
            Kind::Watch => read::<Watch>(payload),
        }
    }
}

/// Natural keys may be long (addresses): what is indexed is a digest over desk and key.
pub(crate) fn key_digest(desk: Option<&str>, key: &str) -> String {
    sha256(format!("{}\n{key}", desk.unwrap_or_default()).as_bytes())
}

fn check(place: &str, part: &str) -> Result<(), Error> {
    if part.len() > LONGEST || part.contains('\0') {
        let shown: String = part.chars().take(40).collect();
        return Err(Error::Invalid(format!("{place}: {shown:?}… is longer than {LONGEST} bytes or holds a NUL")));
    }
    Ok(())
}
