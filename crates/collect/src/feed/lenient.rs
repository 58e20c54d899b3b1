//! Other XML than feeds through the same lenient tree: sitemaps and lists of subscriptions are written as badly as feeds are.

use super::xml::Tree;

/// A document as a tree.
pub(crate) struct Lenient<'a>(Tree<'a>);

impl<'a> Lenient<'a> {
    pub(crate) fn read(text: &'a str) -> Self {
        Self(Tree::new(text))
    }

    /// Local name of the outermost element, lower case.
    pub(crate) fn first(&self) -> Option<String> {
        (0..self.0.nodes.len()).find_map(|index| Some(self.0.element(index)?.name.to_ascii_lowercase()))
    }

    /// The elements with a local name (lower case), in order.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = usize> {
        let is_named =
            move |index: &usize| self.0.element(*index).is_some_and(|found| found.name.eq_ignore_ascii_case(name));
        (0..self.0.nodes.len()).filter(is_named)
    }

    /// The words of the first element with a local name below another.
    pub(crate) fn words(&self, below: usize, name: &str) -> Option<String> {
        let end = self.0.nodes.get(below)?.end;
        let found = (below + 1..end)
            .find(|index| self.0.element(*index).is_some_and(|found| found.name.eq_ignore_ascii_case(name)))?;
        let text = self.0.text(found);
        Some(text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty())
    }

    /// An attribute of an element that is not empty.
    pub(crate) fn attribute(&self, index: usize, name: &str) -> Option<String> {
        let value = self.0.attribute(index, name)?;
        Some(value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    /// An attribute of the elements around one, outermost first.
    pub(crate) fn around(&self, index: usize, name: &str) -> Vec<String> {
        let values = self.0.outwards(index).skip(1).filter_map(|element| self.0.value(element, name));
        let mut values: Vec<String> = values.map(|value| value.trim().to_owned()).filter(|v| !v.is_empty()).collect();
        values.reverse();
        values
    }
}
