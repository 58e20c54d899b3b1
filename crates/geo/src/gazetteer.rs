//! Finding places by any of their names, in any script, typed completely, partly or wrongly.

use rstar::RTree;
use rstar::primitives::GeomWithData;
use sitrep_language::{fold, transliterate};
use sitrep_model::id::PlaceId;
use sitrep_model::place::{Place, Point};
use std::collections::{BTreeMap, HashMap};

/// Articles that one script writes and another does not.
const ARTICLES: [&str; 10] = ["al", "el", "as", "ad", "ar", "an", "at", "az", "ash", "the"];

/// How well a name answers to a query, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Answer {
    /// The whole name.
    Whole,
    /// Its beginning.
    Beginning,
    /// Each word of the query begins a word of the name, or of what the place lies in.
    Words,
    /// The same consonants, across scripts.
    Consonants,
    /// The name but for one or two letters.
    Typo(u8),
}

struct Entry {
    /// The name's words, folded.
    words: Vec<String>,
    /// The same without spaces: `بندر عباس` and `بندرعباس` are one.
    joined: String,
    place: usize,
}

/// Places, and an index over their names.
pub struct Gazetteer {
    places: Vec<Place>,
    by_id: HashMap<PlaceId, usize>,
    entries: Vec<Entry>,
    /// Words, and whole names, to their entries.
    words: BTreeMap<String, Vec<usize>>,
    skeletons: HashMap<String, Vec<usize>>,
    /// Words of what a place lies in.
    within: Vec<Vec<String>>,
    points: RTree<GeomWithData<[f64; 3], usize>>,
}

impl Gazetteer {
    /// Indexes places.
    pub fn new(places: Vec<Place>) -> Self {
        let mut entries = Vec::new();
        let mut words: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut skeletons: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, place) in places.iter().enumerate() {
            for entry in place.spellings().filter_map(|name| entry(name, index)) {
                let at = entries.len();
                for word in entry.words.iter().chain([&entry.joined]) {
                    words.entry(word.clone()).or_default().push(at);
                }
                for skeleton in skeletons_of(&entry.words) {
                    skeletons.entry(skeleton).or_default().push(at);
                }
                entries.push(entry);
            }
        }
        let within =
            places.iter().map(|place| place.admin.iter().flat_map(|name| fold::words(name)).collect()).collect();
        let points =
            places.iter().enumerate().map(|(at, place)| GeomWithData::new(on_sphere(place.point), at)).collect();
        let by_id = places.iter().enumerate().map(|(at, place)| (place.id.clone(), at)).collect();
        Self { places, by_id, entries, words, skeletons, within, points: RTree::bulk_load(points) }
    }

    /// The place of that identifier.
    pub fn get(&self, id: &PlaceId) -> Option<&Place> {
        self.by_id.get(id).and_then(|at| self.places.get(*at))
    }

    /// Every place.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The places that answer to a query: the best match first, then the one with most inhabitants.
    pub fn search(&self, query: &str, limit: usize) -> Vec<&Place> {
        let words = fold::words(query);
        if words.is_empty() {
            return Vec::new();
        }
        let mut answers: BTreeMap<usize, Answer> = BTreeMap::new();
        let mut add = |place: usize, answer: Answer| {
            let best = answers.entry(place).or_insert(answer);
            *best = answer.min(*best);
        };
        self.by_letters(&words, &mut add);
        self.by_consonants(&words, &mut add);
        if answers.values().all(|answer| *answer > Answer::Words) {
            self.by_likeness(&words.concat(), &mut |place, answer| {
                let best = answers.entry(place).or_insert(answer);
                *best = answer.min(*best);
            });
        }
        let mut found: Vec<(Answer, &Place)> =
            answers.into_iter().filter_map(|(at, answer)| Some((answer, self.places.get(at)?))).collect();
        found.sort_by(|(a, x), (b, y)| {
            a.cmp(b)
                .then(y.population.cmp(&x.population))
                .then_with(|| x.name.cmp(&y.name))
                .then_with(|| x.id.cmp(&y.id))
        });
        found.into_iter().take(limit).map(|(_, place)| place).collect()
    }

    /// The places nearest to a point, nearest first.
    pub fn nearest(&self, point: Point, limit: usize) -> Vec<&Place> {
        let found = self.points.nearest_neighbor_iter(on_sphere(point)).take(limit);
        found.filter_map(|near| self.places.get(near.data)).collect()
    }

    fn by_letters(&self, words: &[String], add: &mut impl FnMut(usize, Answer)) {
        let joined = words.concat();
        for entry in self.beginning_with(&joined) {
            if entry.joined == joined {
                add(entry.place, Answer::Whole);
            } else if entry.joined.starts_with(&joined) {
                add(entry.place, Answer::Beginning);
            }
        }
        // The rarest way in: the longest word, then the others must be found in the name or round the place.
        for first in words {
            for entry in self.beginning_with(first) {
                let within = self.within.get(entry.place).map_or(&[][..], Vec::as_slice);
                let begun =
                    |word: &String| entry.words.iter().chain(within).any(|known| known.starts_with(word.as_str()));
                let named = entry.words.iter().any(|known| known.starts_with(first.as_str()));
                if named && words.iter().all(begun) {
                    add(entry.place, Answer::Words);
                }
            }
        }
    }

    fn by_consonants(&self, words: &[String], add: &mut impl FnMut(usize, Answer)) {
        for skeleton in skeletons_of(words) {
            for entry in self.skeletons.get(&skeleton).into_iter().flatten().filter_map(|at| self.entries.get(*at)) {
                add(entry.place, Answer::Consonants);
            }
        }
    }

    fn by_likeness(&self, joined: &str, add: &mut impl FnMut(usize, Answer)) {
        let query: Vec<char> = joined.chars().collect();
        let most: u8 = match query.len() {
            0..=3 => return,
            4..=7 => 1,
            _ => 2,
        };
        for entry in &self.entries {
            if let Some(distance) = distance(&query, &entry.joined, most) {
                add(entry.place, Answer::Typo(distance));
            }
        }
    }

    fn beginning_with<'a>(&'a self, beginning: &'a str) -> impl Iterator<Item = &'a Entry> {
        let range = self.words.range(beginning.to_owned()..);
        let found = range.take_while(move |(word, _)| word.starts_with(beginning));
        found.flat_map(|(_, entries)| entries).filter_map(|at| self.entries.get(*at))
    }
}

fn entry(name: &str, place: usize) -> Option<Entry> {
    let words = fold::words(name);
    let joined = words.concat();
    (!joined.is_empty()).then_some(Entry { words, joined, place })
}

/// A name's consonants, with and without its articles.
fn skeletons_of(words: &[String]) -> Vec<String> {
    let key = |words: &mut dyn Iterator<Item = &str>| -> String {
        // Hebrew writes p and f alike, Arabic has no p.
        words.flat_map(transliterate::search_keys).collect::<Vec<_>>().join("-").replace('p', "f")
    };
    let bare = |word: &'_ str| -> Option<String> {
        if ARTICLES.contains(&word) {
            return None;
        }
        let without = word.strip_prefix("ال").filter(|rest| rest.chars().count() > 2);
        Some(without.unwrap_or(word).to_owned())
    };
    let bared: Vec<String> = words.iter().filter_map(|word| bare(word)).collect();
    let mut keys = vec![key(&mut words.iter().map(String::as_str)), key(&mut bared.iter().map(String::as_str))];
    // A skeleton of two letters says little: half of all short names share it.
    keys.retain(|key| key.chars().filter(|c| *c != '-').count() > 2);
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// How many letters must be put in, left out, changed or swapped; `None` beyond `most`.
fn distance(query: &[char], name: &str, most: u8) -> Option<u8> {
    let name: Vec<char> = name.chars().collect();
    if query.len().abs_diff(name.len()) > usize::from(most) {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=name.len()).collect();
    for (i, x) in query.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, y) in name.iter().enumerate() {
            let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX / 2);
            let mut best = (at(&row, j) + usize::from(x != y)).min(at(&row, j + 1) + 1).min(at(&next, j) + 1);
            if i > 0 && j > 0 && query.get(i - 1) == Some(y) && name.get(j - 1) == Some(x) {
                best = best.min(at(&before, j - 1) + 1);
            }
            next.push(best);
        }
        if next.iter().min().is_none_or(|least| *least > usize::from(most)) {
            return None;
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().and_then(|distance| u8::try_from(*distance).ok()).filter(|distance| *distance <= most)
}

/// A point on the unit sphere, where straight distances order as those on the ground.
fn on_sphere(point: Point) -> [f64; 3] {
    let (latitude, longitude) = (point.latitude.to_radians(), point.longitude.to_radians());
    [latitude.cos() * longitude.cos(), latitude.cos() * longitude.sin(), latitude.sin()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use sitrep_model::place::{Name, PlaceKind};

    fn gazetteer() -> Gazetteer {
        let place = |id: &str, names: &[&str], population: u64, point: (f64, f64), admin: &str| Place {
            id: id.into(),
            name: names[0].to_owned(),
            names: names.iter().map(|name| Name { text: (*name).to_owned(), language: None }).collect(),
            kind: PlaceKind::City,
            point: Point { latitude: point.0, longitude: point.1 },
            population: Some(population),
            country: None,
            admin: admin.split(' ').map(str::to_owned).collect(),
        };
        Gazetteer::new(vec![
            place("isfahan", &["Isfahan", "Esfahan", "اصفهان", "Исфахан"], 2_000_000, (32.65, 51.67), "Iran"),
            place("bandar", &["Bandar Abbas", "بندرعباس"], 500_000, (27.18, 56.27), "Iran Hormozgan"),
            place("bukamal", &["Al-Bukamal", "البوكمال", "Abu Kamal"], 60_000, (34.45, 40.92), "Syria"),
            place("homs", &["Homs", "حمص", "Хомс"], 800_000, (34.73, 36.71), "Syria"),
            place("homs-small", &["Homs", "حمص"], 100, (32.6, 14.2), "Libya"),
            place("qom", &["Qom", "قم"], 1_200_000, (34.64, 50.88), "Iran"),
        ])
    }

    fn ids(query: &str) -> Vec<String> {
        gazetteer().search(query, 5).into_iter().map(|place| place.id.to_string()).collect()
    }

    #[test]
    fn a_place_is_found_in_any_script() {
        for query in ["Isfahan", "esfahan", "اصفهان", "Исфахан", "ИСФАХАН", "Işfahān", "isfa", "אספהאן"]
        {
            assert_eq!(ids(query).first().map(String::as_str), Some("isfahan"), "{query}");
        }
        for query in ["Bukamal", "al bukamal", "البوكمال", "البوکمال", "بوكمال", "Абу-Камаль"]
        {
            assert_eq!(ids(query).first().map(String::as_str), Some("bukamal"), "{query}");
        }
    }

    #[test]
    fn spaces_and_typing_mistakes_are_forgiven() {
        for query in ["bandarabbas", "بندر عباس", "Bandar Abas", "abbas", "bandar hormozgan", "Bandra Abbas"] {
            assert_eq!(ids(query).first().map(String::as_str), Some("bandar"), "{query}");
        }
        assert_eq!(ids("Isafhan").first().map(String::as_str), Some("isfahan"));
    }

    #[test]
    fn of_two_the_larger_comes_first_unless_the_land_is_named() {
        assert_eq!(ids("Homs"), ["homs", "homs-small"]);
        assert_eq!(ids("homs libya").first().map(String::as_str), Some("homs-small"));
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        for query in ["", " . ", "zzzzzz", "x"] {
            assert!(ids(query).is_empty(), "{query}");
        }
    }

    #[test]
    fn the_nearest_places_come_in_order() {
        let gazetteer = gazetteer();
        let near = gazetteer.nearest(Point { latitude: 34.6, longitude: 51.0 }, 2);
        assert_eq!(near.iter().map(|place| place.id.as_str()).collect::<Vec<_>>(), ["qom", "isfahan"]);
        assert!(gazetteer.get(&"qom".into()).is_some());
    }
}
