//! Where things are: the gazetteer, bounds and shapes, the features of the map, and its still picture.
//!
//! This crate must not know: files, sockets, the store, pages, the clock. Outlines and lettering are compiled in.

pub mod bounds;
pub mod gazetteer;
pub mod geojson;
mod mercator;
mod outlines;
pub mod picture;
pub mod shape;
