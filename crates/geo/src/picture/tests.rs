use super::*;

fn example() -> Map {
    let mut map = Map::new(1200, 800);
    let spots = [
        ("circle", 1, 35.69, 51.39),
        ("circle", 1, 35.69, 51.39),
        ("square", 2, 35.69, 51.39),
        ("triangle", 6, 32.65, 51.67),
        ("diamond", 4, 34.64, 50.88),
        ("cross", 3, 38.08, 46.29),
        ("star", 5, 36.3, 59.6),
        ("circle", 1, 31.32, 48.67),
        ("square", 2, 29.5, 60.86),
        ("circle", 7, 34.45, 40.92),
        ("diamond", 8, 33.51, 36.29),
        ("circle", 1, 27.18, 56.27),
    ];
    for (shape, colour, latitude, longitude) in spots {
        let label = (latitude > 38.0).then(|| "Tabriz تبریز".to_owned());
        map.marks.push(Mark { point: Point { latitude, longitude }, shape: shape.to_owned(), colour, label });
    }
    let area = vec![[38.0, 34.0], [40.5, 34.2], [40.8, 35.4], [38.6, 35.2], [38.0, 34.0]];
    map.areas.push((Shape::Polygon(vec![area]), 2));
    map.areas.push((Shape::LineString(vec![[40.9, 34.4], [44.4, 33.3], [46.0, 33.0]]), 3));
    for (shape, colour, label) in [("circle", 1, "Protest"), ("square", 2, "Strike"), ("star", 5, "Release <b>")] {
        map.legend.push(LegendLine { shape: shape.to_owned(), colour, label: label.to_owned() });
    }
    map.fit();
    map
}

#[test]
fn the_picture_shows_all_marks_and_sets_off_their_country() {
    let map = example();
    assert_eq!(map.home.as_deref(), Some("IR"));
    assert!(map.marks.iter().all(|mark| map.bounds.contains(mark.point)));
    let drawing = svg(&map);
    assert!(drawing.contains("Release &lt;b&gt;") && !drawing.contains("<b>"));
    assert!(drawing.contains(">Iran<") && drawing.contains(" km<"));
}

#[test]
fn the_picture_is_a_png_of_its_size_with_colours_in_it() {
    let map = example();
    let bytes = png(&map).expect("it is drawn");
    if let Ok(path) = std::env::var("SITREP_PICTURE") {
        std::fs::write(path, &bytes).expect("written");
    }
    let pixels = tiny_skia::Pixmap::decode_png(&bytes).expect("it is a PNG");
    assert_eq!((pixels.width(), pixels.height()), (1200, 800));
    let has = |r: u8, g: u8, b: u8| pixels.pixels().iter().any(|p| (p.red(), p.green(), p.blue()) == (r, g, b));
    assert!(has(0xdb, 0xe6, 0xea), "water");
    assert!(has(0xfd, 0xfc, 0xf7), "home");
    assert!(has(0xc4, 0x48, 0x0f), "a mark");
    assert_eq!(bytes, png(&map).expect("again"), "the same map gives the same bytes");
}

#[test]
fn an_empty_map_and_odd_sizes_are_drawn_or_refused() {
    let mut empty = Map::new(300, 200);
    empty.fit();
    assert!(png(&empty).is_ok());
    assert!(matches!(png(&Map::new(0, 10)), Err(PictureError::Size { .. })));
    assert!(matches!(png(&Map::new(10, 5000)), Err(PictureError::Size { .. })));
    let mut far = Map::new(300, 200);
    let point = Point { latitude: 89.9, longitude: -179.0 };
    far.marks.push(Mark { point, shape: "none".to_owned(), colour: 99, label: Some("far away".to_owned()) });
    far.areas.push((Shape::Polygon(vec![vec![]]), 0));
    far.fit();
    assert!(png(&far).is_ok());
}
