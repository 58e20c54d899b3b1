//! Web Mercator: degrees to pixels of a picture.

use crate::bounds::Bounds;
use sitrep_model::place::Point;

/// Beyond it the projection runs to infinity.
const LIMIT: f64 = 85.05;

/// A rectangle of degrees on a picture.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Projection {
    west: f64,
    top: f64,
    /// Pixels a radian, both ways.
    scale: f64,
    middle: f64,
}

impl Projection {
    /// Shows the whole of `bounds`, in the middle of a picture of that size.
    pub(crate) fn fit(bounds: Bounds, width: f64, height: f64) -> Self {
        let (west, east) = (bounds.west.to_radians(), bounds.east.to_radians());
        let (south, north) = (northing(bounds.south), northing(bounds.north));
        let (across, up) = ((east - west).max(1e-6), (north - south).max(1e-6));
        let scale = (width / across).min(height / up);
        let west = f64::midpoint(west, east) - width / scale / 2.0;
        let top = f64::midpoint(south, north) + height / scale / 2.0;
        Self { west, top, scale, middle: bounds.centre().latitude }
    }

    /// A point in pixels from the left and from the top.
    pub(crate) fn pixel(&self, longitude: f64, latitude: f64) -> (f64, f64) {
        ((longitude.to_radians() - self.west) * self.scale, (self.top - northing(latitude)) * self.scale)
    }

    /// The same for a point.
    pub(crate) fn point(&self, point: Point) -> (f64, f64) {
        self.pixel(point.longitude, point.latitude)
    }

    /// Pixels a kilometre in the middle of the picture.
    pub(crate) fn pixels_a_kilometre(&self) -> f64 {
        self.scale / (6371.0 * self.middle.to_radians().cos().max(0.05))
    }
}

fn northing(latitude: f64) -> f64 {
    let latitude = latitude.clamp(-LIMIT, LIMIT).to_radians();
    latitude.tan().asinh()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bounds_fill_one_side_and_stand_in_the_middle() {
        let bounds = Bounds::new(40.0, 25.0, 64.0, 40.0).expect("bounds");
        let projection = Projection::fit(bounds, 1000.0, 600.0);
        let (left, top) = projection.pixel(40.0, 40.0);
        let (right, bottom) = projection.pixel(64.0, 25.0);
        assert!((left + right - 1000.0).abs() < 1e-6 && (top + bottom - 600.0).abs() < 1e-6);
        assert!(left > -1e-6 && top > -1e-6 && (left < 1e-6 || top < 1e-6));
        assert!((northing(45.0) - 0.8814).abs() < 1e-3);
    }
}
