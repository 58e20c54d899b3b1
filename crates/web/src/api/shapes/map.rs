//! Events and positions.

use super::edition::Passage;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How precisely a time is known.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimePrecision {
    /// To the minute.
    Minute,
    /// To the hour.
    Hour,
    /// A part of a day.
    PartOfDay,
    /// To the day.
    Day,
    /// To the week.
    Week,
    /// To the month.
    Month,
    /// To the year.
    Year,
}

/// A time: it happened between two moments, known to a precision.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct When {
    /// Earliest moment.
    pub from: Timestamp,
    /// Latest moment.
    pub to: Timestamp,
    /// How precisely it is known.
    pub precision: TimePrecision,
}

/// A point on WGS 84, in degrees.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Point {
    /// Latitude, −90 to 90.
    pub latitude: f64,
    /// Longitude, −180 to 180.
    pub longitude: f64,
}

/// How precisely a location is known.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlacePrecision {
    /// The very point.
    Exact,
    /// A neighbourhood or facility.
    Neighbourhood,
    /// A town or city.
    City,
    /// A district.
    District,
    /// A province.
    Province,
    /// A country.
    Country,
}

/// Where something is.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Whereabouts {
    /// Id of the gazetteer entry.
    pub place: Option<String>,
    /// The name as printed.
    pub name: String,
    /// The point it is drawn at.
    pub point: Point,
    /// How precisely it is known.
    pub precision: PlacePrecision,
}

/// An actor's part in an event.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Participant {
    /// What it did there.
    pub role: String,
    /// The actor's id.
    pub actor: String,
}

/// A number that is reported of an event.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Count {
    /// Of what.
    pub of: String,
    /// Lowest figure reported.
    pub low: u64,
    /// Highest figure reported.
    pub high: u64,
}

/// A document, and the passage of it that says so.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Evidence {
    /// The document's id.
    pub document: String,
    /// The passage.
    pub passage: Option<Passage>,
}

/// Where an event's coding stands.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EventStatus {
    /// Coded, not yet looked at by another.
    Coded,
    /// Looked at by another person and found right.
    Confirmed,
    /// Disputed by a source.
    Disputed,
    /// Found not to have happened.
    Withdrawn,
}

/// Who may see a thing.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Everybody.
    Public,
    /// Only the newsroom.
    Newsroom,
}

/// Something that happened, as coded by a person.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Event {
    /// Identifier; empty or left out for a new one.
    pub id: String,
    /// Its desk.
    pub desk: String,
    /// Type, from the desk's codebook.
    #[serde(rename = "type")]
    pub event_type: String,
    /// When it happened.
    pub when: When,
    /// Where it happened.
    pub at: Whereabouts,
    /// One or two sentences about it.
    pub summary: String,
    /// Who took part.
    pub actors: Vec<Participant>,
    /// Numbers reported.
    pub counts: Vec<Count>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// Credibility of the information, Admiralty code: 1 confirmed … 6 cannot be judged.
    #[schema(minimum = 1, maximum = 6)]
    pub credibility: u8,
    /// Where its coding stands.
    pub status: EventStatus,
    /// Who may see it.
    pub visibility: Visibility,
    /// Id of the layer it is drawn in.
    pub layer: Option<String>,
    /// Id of the account that coded it.
    pub coded_by: Option<String>,
}

/// A shape; coordinates are `[longitude, latitude]` in degrees as in GeoJSON (RFC 7946).
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", content = "coordinates")]
pub enum Shape {
    /// A point.
    Point(Vec<f64>),
    /// A line.
    LineString(Vec<Vec<f64>>),
    /// An area: the outer ring first.
    Polygon(Vec<Vec<Vec<f64>>>),
}

/// What an actor holds or controls, and since when.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Position {
    /// Identifier; empty or left out for a new one.
    pub id: String,
    /// Its desk.
    pub desk: String,
    /// Name as printed.
    pub name: String,
    /// Id of the actor that holds it.
    pub holder: String,
    /// Where it is.
    pub shape: Shape,
    /// First day it is known to be held.
    pub from: Date,
    /// Last day, where it ended.
    pub to: Option<Date>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// Who may see it.
    pub visibility: Visibility,
    /// Id of the layer it is drawn in.
    pub layer: Option<String>,
    /// A line about it.
    pub note: Option<String>,
}
