//! Who wrote an entry.

use super::xml::{Space, Tree};
use crate::fragment;

/// Authors of one entry, at most.
const MOST: usize = 50;

/// Names of the authors that an element's children give.
pub(super) fn of(tree: &Tree, index: usize) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut second: Vec<String> = Vec::new();
    for child in tree.children(index) {
        let Some(element) = tree.element(child) else { continue };
        let found = match (element.space, element.name.as_ref()) {
            (Space::Plain | Space::Atom, "author") => person(tree, child).map(|name| (name, true)),
            (Space::Dublin, "creator" | "author") => written(&tree.text(child)).map(|name| (name, true)),
            (Space::Itunes, "author") => written(&tree.text(child)).map(|name| (name, false)),
            _ => None,
        };
        let Some((name, first)) = found else { continue };
        let list = if first { &mut names } else { &mut second };
        if !list.contains(&name) && list.len() < MOST {
            list.push(name);
        }
    }
    if names.is_empty() { second } else { names }
}

/// An Atom person: its name, or its address of mail.
fn person(tree: &Tree, index: usize) -> Option<String> {
    let part = |wanted: &str| {
        tree.children(index)
            .find(|child| tree.element(*child).is_some_and(|element| element.name == wanted))
            .map(|child| fragment::collapse(&tree.text(child)))
            .filter(|text| !text.is_empty())
    };
    let has_parts = tree.children(index).any(|child| tree.element(child).is_some());
    if has_parts { part("name").or_else(|| part("email")) } else { written(&tree.text(index)) }
}

/// `name`, `address`, `address (name)`, `name <address>`, `name (address)`.
pub(super) fn written(text: &str) -> Option<String> {
    let text = fragment::text(&text.replace('<', "&lt;"));
    let text = text.trim();
    let outside = |open: char, close: char| {
        let (front, rest) = text.split_once(open)?;
        let (inside, _) = rest.split_once(close)?;
        Some((front.trim().to_owned(), inside.trim().to_owned()))
    };
    let is_address = |text: &str| text.contains('@') && !text.contains(char::is_whitespace);
    let parts = outside('(', ')').or_else(|| outside('<', '>')).filter(|(a, b)| is_address(a) || is_address(b));
    let name = match parts {
        Some((front, inside)) if is_address(&front) && !inside.is_empty() => inside,
        Some((front, inside)) if front.is_empty() => inside,
        Some((front, _)) => front,
        None => {
            let words: Vec<&str> = text.split_whitespace().filter(|word| !is_address(word)).collect();
            if words.is_empty() { text.to_owned() } else { words.join(" ") }
        }
    };
    let name = name.trim_matches(['"', ' ', ',']).to_owned();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_from_what_people_write() {
        for (text, expected) in [
            ("desk@example.ir (نگار نمونه)", "نگار نمونه"),
            ("A. Reporter <a@example.org>", "A. Reporter"),
            ("A. Reporter a@example.org", "A. Reporter"),
            ("a@example.org", "a@example.org"),
            ("Agency (Tehran)", "Agency (Tehran)"),
        ] {
            assert_eq!(written(text).as_deref(), Some(expected));
        }
        assert_eq!(written(" "), None);
    }
}
