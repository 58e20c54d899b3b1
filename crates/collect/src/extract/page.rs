//! A page as html5ever builds it, kept as one row of nodes.

use super::elements::Kind;
use super::tokens;
use crate::html;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, LocalName, QualName, local_name, ns, parse_document};
use std::borrow::Cow;
use std::cell::{Ref, RefCell};
use std::sync::LazyLock;

/// No node.
const NONE: u32 = u32::MAX;

/// A page's nodes, in the order in which they were read.
#[derive(Debug)]
pub(super) struct Page {
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Node {
    parent: u32,
    previous: u32,
    next: u32,
    first: u32,
    last: u32,
    what: What,
}

#[derive(Debug)]
enum What {
    Element(Element),
    Text(StrTendril),
    /// The document, a template's content, a comment.
    Other,
}

/// An element.
#[derive(Debug)]
pub(super) struct Element {
    name: QualName,
    attributes: Vec<Attribute>,
}

impl Element {
    /// Its name, without a namespace.
    pub(super) fn name(&self) -> &str {
        &self.name.local
    }

    /// What it is by its name.
    pub(super) fn kind(&self) -> Kind {
        Kind::of(&self.name.local)
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &LocalName) -> Option<&str> {
        let found = self.attributes.iter().find(|known| known.name.local == *name && known.name.ns == ns!());
        found.map(|attribute| &*attribute.value)
    }

    /// Names and values of its attributes.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&LocalName, &str)> {
        self.attributes.iter().map(|attribute| (&attribute.name.local, &*attribute.value))
    }

    /// Its class and its identifier.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        [local_name!("class"), local_name!("id")].into_iter().filter_map(|name| self.attribute(&name))
    }

    /// Whether one of the words of an attribute is this.
    pub(super) fn has_word(&self, name: &LocalName, word: &str) -> bool {
        self.attribute(name).is_some_and(|value| value.split_ascii_whitespace().any(|known| known == word))
    }
}

/// A node of a page.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    page: &'a Page,
    at: u32,
}

impl<'a> Place<'a> {
    fn node(self) -> &'a Node {
        &self.page.nodes[self.at as usize]
    }

    fn to(self, at: u32) -> Option<Self> {
        (at != NONE).then_some(Self { page: self.page, at })
    }

    pub(super) fn element(self) -> Option<&'a Element> {
        match &self.node().what {
            What::Element(element) => Some(element),
            _ => None,
        }
    }

    pub(super) fn text(self) -> Option<&'a str> {
        match &self.node().what {
            What::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What stands in it, from the last to the first.
    pub(super) fn children_backwards(self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.to(self.node().last), |child| child.to(child.node().previous))
    }

    fn children(self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.to(self.node().first), |child| child.to(child.node().next))
    }

    /// What it stands in, the nearest first.
    pub(super) fn around(self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.to(self.node().parent), |around| around.to(around.node().parent))
    }

    /// Whether it stands inside an element that is so.
    pub(super) fn is_inside(self, is_so: impl Fn(&Element) -> bool) -> bool {
        self.around().filter_map(Place::element).any(is_so)
    }

    /// The texts inside it, in order.
    pub(super) fn texts(self) -> Vec<&'a str> {
        let mut texts = Vec::new();
        let mut waiting = vec![self];
        while let Some(place) = waiting.pop() {
            texts.extend(place.text());
            waiting.extend(place.children_backwards());
        }
        texts
    }

    /// Where it was read, among all nodes of the page.
    pub(super) const fn order(self) -> usize {
        self.at as usize
    }

    /// The same as [`Place::words`] where it is not longer than so many characters; scripts are left out.
    pub(super) fn brief(self, longest: usize) -> Option<String> {
        let mut words = String::new();
        let mut waiting = vec![self];
        while let Some(place) = waiting.pop() {
            for word in place.text().unwrap_or_default().split_whitespace() {
                if !words.is_empty() {
                    words.push(' ');
                }
                words.push_str(word);
                if words.len() > longest * 4 {
                    return None;
                }
            }
            if place.element().is_none_or(|element| !element.kind().is(Kind::UNSEEN)) {
                waiting.extend(place.children_backwards());
            }
        }
        (words.chars().count() <= longest).then_some(words)
    }

    /// All text inside it, white space collapsed.
    pub(super) fn words(self) -> String {
        let texts = self.texts();
        texts.iter().flat_map(|text| text.split_whitespace()).collect::<Vec<_>>().join(" ")
    }
}

impl Page {
    /// Parses a page, inside the bounds of [`html`].
    pub(super) fn parse(text: &str) -> Self {
        tokens::read(html::cut(text)).unwrap_or_else(|| Self::parse_slowly(text))
    }

    /// The same by html5ever's own tokenizer, with all that a page has.
    pub(super) fn parse_slowly(text: &str) -> Self {
        let source = html::bounded(text);
        parse_document(Sink::for_a_page_of(source.len()), html5ever::ParseOpts::default()).one(&*source)
    }

    /// Nodes of all kinds.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    fn place(&self, at: usize) -> Place<'_> {
        Place { page: self, at: u32::try_from(at).unwrap_or_default() }
    }

    /// The elements that stand somewhere in the page, in the order in which they were read.
    pub(super) fn elements(&self) -> impl Iterator<Item = (Place<'_>, &Element)> {
        self.nodes.iter().enumerate().filter(|(_, node)| node.parent != NONE).filter_map(|(at, node)| {
            match &node.what {
                What::Element(element) => Some((self.place(at), element)),
                _ => None,
            }
        })
    }

    /// The texts that stand somewhere in the page, in the order in which they were read.
    pub(super) fn texts(&self) -> impl Iterator<Item = (Place<'_>, &str)> {
        self.nodes.iter().enumerate().filter(|(_, node)| node.parent != NONE).filter_map(|(at, node)| {
            match &node.what {
                What::Text(text) => Some((self.place(at), &**text)),
                _ => None,
            }
        })
    }

    /// The outermost element.
    pub(super) fn root(&self) -> Place<'_> {
        let document = self.place(0);
        document.children().find(|child| child.element().is_some()).unwrap_or(document)
    }

    /// The body, or what stands for it.
    pub(super) fn body(&self) -> Place<'_> {
        let is_body = |element: &Element| matches!(element.name(), "body" | "frameset");
        let root = self.root();
        root.children().find(|child| child.element().is_some_and(is_body)).unwrap_or(root)
    }
}

/// What html5ever builds a page with.
pub(super) struct Sink(RefCell<Vec<Node>>);

static NAMELESS: LazyLock<QualName> = LazyLock::new(|| QualName::new(None, ns!(), local_name!("")));

impl Sink {
    /// For a source of so many bytes.
    pub(super) fn for_a_page_of(length: usize) -> Self {
        let sink = Self(RefCell::new(Vec::with_capacity(length / 64 + 1)));
        sink.add(What::Other);
        sink
    }

    /// The page that was built.
    pub(super) fn into_page(self) -> Page {
        Page { nodes: self.0.into_inner() }
    }

    fn add(&self, what: What) -> u32 {
        let mut nodes = self.0.borrow_mut();
        let at = u32::try_from(nodes.len()).unwrap_or(NONE);
        nodes.push(Node { parent: NONE, previous: NONE, next: NONE, first: NONE, last: NONE, what });
        at
    }

    fn parent(&self, at: u32) -> u32 {
        self.0.borrow().get(at as usize).map_or(NONE, |node| node.parent)
    }

    /// Adds to the text that a node is, if it is one.
    fn prolong(&self, at: u32, text: &StrTendril) -> bool {
        match self.0.borrow_mut().get_mut(at as usize) {
            Some(Node { what: What::Text(known), .. }) => {
                known.push_tendril(text);
                true
            }
            _ => false,
        }
    }

    /// Takes a node out of where it stands.
    fn detach(&self, at: u32) {
        let nodes = &mut *self.0.borrow_mut();
        let Some(node) = nodes.get_mut(at as usize) else { return };
        let (parent, previous, next) = (node.parent, node.previous, node.next);
        (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
        match nodes.get_mut(previous as usize) {
            Some(previous) => previous.next = next,
            None => set(nodes, parent, |parent| parent.first = next),
        }
        match nodes.get_mut(next as usize) {
            Some(next) => next.previous = previous,
            None => set(nodes, parent, |parent| parent.last = previous),
        }
    }

    /// Puts a node that stands nowhere before another, or at the end.
    fn insert(&self, parent: u32, at: u32, before: u32) {
        let nodes = &mut *self.0.borrow_mut();
        let previous = match nodes.get(before as usize) {
            Some(before) => before.previous,
            None => nodes.get(parent as usize).map_or(NONE, |parent| parent.last),
        };
        set(nodes, at, |node| (node.parent, node.previous, node.next) = (parent, previous, before));
        match nodes.get_mut(previous as usize) {
            Some(previous) => previous.next = at,
            None => set(nodes, parent, |parent| parent.first = at),
        }
        match nodes.get_mut(before as usize) {
            Some(before) => before.previous = at,
            None => set(nodes, parent, |parent| parent.last = at),
        }
    }
}

fn set(nodes: &mut [Node], at: u32, change: impl FnOnce(&mut Node)) {
    if let Some(node) = nodes.get_mut(at as usize) {
        change(node);
    }
}

impl TreeSink for Sink {
    type Handle = u32;
    type Output = Page;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Page {
        self.into_page()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> u32 {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a u32) -> Ref<'a, QualName> {
        Ref::map(self.0.borrow(), |nodes| match nodes.get(*target as usize) {
            Some(Node { what: What::Element(element), .. }) => &element.name,
            _ => &NAMELESS,
        })
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> u32 {
        let is_template = name.local == local_name!("template") && name.ns == ns!(html);
        let at = self.add(What::Element(Element { name, attributes }));
        if is_template {
            let content = self.add(What::Other);
            self.insert(at, content, NONE);
        }
        at
    }

    fn create_comment(&self, _: StrTendril) -> u32 {
        self.add(What::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> u32 {
        self.add(What::Other)
    }

    fn append(&self, parent: &u32, child: NodeOrText<u32>) {
        match child {
            NodeOrText::AppendNode(at) => {
                if self.parent(at) != NONE {
                    self.detach(at);
                }
                self.insert(*parent, at, NONE);
            }
            NodeOrText::AppendText(text) => {
                let last = self.0.borrow().get(*parent as usize).map_or(NONE, |parent| parent.last);
                if !self.prolong(last, &text) {
                    let at = self.add(What::Text(text));
                    self.insert(*parent, at, NONE);
                }
            }
        }
    }

    fn append_based_on_parent_node(&self, element: &u32, previous: &u32, child: NodeOrText<u32>) {
        if self.parent(*element) == NONE {
            self.append(previous, child);
        } else {
            self.append_before_sibling(element, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &u32) -> u32 {
        self.0.borrow().get(*target as usize).map_or(NONE, |template| template.first)
    }

    fn same_node(&self, one: &u32, other: &u32) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &u32, child: NodeOrText<u32>) {
        if let NodeOrText::AppendNode(at) = child {
            self.detach(at);
        }
        let parent = self.parent(*sibling);
        if parent == NONE {
            return;
        }
        let at = match child {
            NodeOrText::AppendNode(at) => at,
            NodeOrText::AppendText(text) => {
                let previous = self.0.borrow().get(*sibling as usize).map_or(NONE, |sibling| sibling.previous);
                if self.prolong(previous, &text) {
                    return;
                }
                self.add(What::Text(text))
            }
        };
        self.insert(parent, at, *sibling);
    }

    fn add_attrs_if_missing(&self, target: &u32, attributes: Vec<Attribute>) {
        set(&mut self.0.borrow_mut(), *target, |node| {
            if let What::Element(element) = &mut node.what {
                for attribute in attributes {
                    if !element.attributes.iter().any(|known| known.name == attribute.name) {
                        element.attributes.push(attribute);
                    }
                }
            }
        });
    }

    fn remove_from_parent(&self, target: &u32) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &u32, new_parent: &u32) {
        loop {
            let first = self.0.borrow().get(*node as usize).map_or(NONE, |node| node.first);
            if first == NONE {
                return;
            }
            self.detach(first);
            self.insert(*new_parent, first, NONE);
        }
    }
}
