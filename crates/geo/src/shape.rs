//! What makes a position's shape one that can be drawn.

use sitrep_model::place::Point;
use sitrep_model::position::Shape;
use thiserror::Error;

/// Most vertices that a shape may have.
pub const MOST_VERTICES: usize = 5000;

/// A shape that can't be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ShapeError {
    /// A vertex is off the globe.
    #[error("vertex {0} is off the globe; give longitude (−180 to 180) and latitude (−90 to 90), in this order")]
    OffTheGlobe(usize),
    /// Too few points for a line.
    #[error("a line needs two points that differ")]
    ShortLine,
    /// Too few points for an area.
    #[error("ring {0} needs three points that differ, and its first one again at the end")]
    ShortRing(usize),
    /// A ring does not end where it began.
    #[error("ring {0} does not end where it began; repeat its first point at the end")]
    Open(usize),
    /// A ring crosses itself.
    #[error("ring {ring} crosses itself at its sides {first} and {second}; draw its points in order round the area")]
    Crossed {
        /// Which ring, from 0.
        ring: usize,
        /// One side, from 0.
        first: usize,
        /// The other.
        second: usize,
    },
    /// Too many points.
    #[error("{0} points are too many for one shape; simplify it to {MOST_VERTICES} at the most")]
    Long(usize),
}

/// Every vertex, longitude first.
pub fn vertices(shape: &Shape) -> impl Iterator<Item = [f64; 2]> + '_ {
    let (point, line, rings) = match shape {
        Shape::Point(point) => (Some(*point), &[][..], &[][..]),
        Shape::LineString(line) => (None, line.as_slice(), &[][..]),
        Shape::Polygon(rings) => (None, &[][..], rings.as_slice()),
    };
    point.into_iter().chain(line.iter().copied()).chain(rings.iter().flatten().copied())
}

/// Whether a shape can be drawn.
///
/// # Errors
/// What is wrong with it, and where.
pub fn check(shape: &Shape) -> Result<(), ShapeError> {
    let count = vertices(shape).count();
    if count > MOST_VERTICES {
        return Err(ShapeError::Long(count));
    }
    if let Some(index) = vertices(shape).position(|[lon, lat]| Point::new(lat, lon).is_none()) {
        return Err(ShapeError::OffTheGlobe(index));
    }
    match shape {
        Shape::Point(_) => Ok(()),
        Shape::LineString(line) if distinct(line) < 2 => Err(ShapeError::ShortLine),
        Shape::LineString(_) => Ok(()),
        Shape::Polygon(rings) if rings.is_empty() => Err(ShapeError::ShortRing(0)),
        Shape::Polygon(rings) => rings.iter().enumerate().try_for_each(|(index, ring)| check_ring(index, ring)),
    }
}

/// The same shape with each ring ending where it began.
pub fn closed(shape: Shape) -> Shape {
    let Shape::Polygon(mut rings) = shape else {
        return shape;
    };
    for ring in &mut rings {
        if let (Some(first), Some(last)) = (ring.first().copied(), ring.last())
            && first != *last
        {
            ring.push(first);
        }
    }
    Shape::Polygon(rings)
}

fn check_ring(index: usize, ring: &[[f64; 2]]) -> Result<(), ShapeError> {
    if distinct(ring) < 3 || ring.len() < 4 {
        return Err(ShapeError::ShortRing(index));
    }
    if ring.first() != ring.last() {
        return Err(ShapeError::Open(index));
    }
    let sides: Vec<_> = ring.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect();
    for (first, a) in sides.iter().enumerate() {
        for (second, b) in sides.iter().enumerate().skip(first + 2) {
            let neighbours = first == 0 && second + 1 == sides.len();
            if !neighbours && cross(*a, *b) {
                return Err(ShapeError::Crossed { ring: index, first, second });
            }
        }
    }
    Ok(())
}

fn distinct(points: &[[f64; 2]]) -> usize {
    let mut seen: Vec<[f64; 2]> = Vec::new();
    for point in points {
        if !seen.contains(point) {
            seen.push(*point);
        }
        if seen.len() > 2 {
            break;
        }
    }
    seen.len()
}

/// Whether two sides cross in more than a common end.
fn cross((a, b): ([f64; 2], [f64; 2]), (c, d): ([f64; 2], [f64; 2])) -> bool {
    let turn = |p: [f64; 2], q: [f64; 2], r: [f64; 2]| (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
    let (abc, abd, cda, cdb) = (turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b));
    abc * abd < 0.0 && cda * cdb < 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_that_can_be_drawn_pass() {
        for shape in [
            Shape::Point([40.9, 34.4]),
            Shape::LineString(vec![[40.0, 34.0], [41.0, 34.5]]),
            Shape::Polygon(vec![vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]]),
        ] {
            assert_eq!(check(&shape), Ok(()));
        }
    }

    #[test]
    fn each_fault_has_its_name() {
        assert_eq!(check(&Shape::Point([34.4, 140.9])), Err(ShapeError::OffTheGlobe(0)));
        assert_eq!(check(&Shape::Point([f64::NAN, 0.0])), Err(ShapeError::OffTheGlobe(0)));
        assert_eq!(check(&Shape::LineString(vec![[1.0, 1.0], [1.0, 1.0]])), Err(ShapeError::ShortLine));
        let open = Shape::Polygon(vec![vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]]]);
        assert_eq!(check(&open), Err(ShapeError::Open(0)));
        assert_eq!(check(&closed(open)), Ok(()));
        let bow = Shape::Polygon(vec![vec![[0.0, 0.0], [1.0, 1.0], [1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]]);
        assert_eq!(check(&bow), Err(ShapeError::Crossed { ring: 0, first: 0, second: 2 }));
        assert_eq!(check(&Shape::Polygon(vec![])), Err(ShapeError::ShortRing(0)));
        assert_eq!(check(&Shape::LineString(vec![[0.0, 0.0]; 6000])), Err(ShapeError::Long(6000)));
    }
}
