//! What stands between the paragraphs of a report and is not its text: lists of links, invitations, captions, bylines.

use super::blocks::Block;
use super::content::About;
use super::elements::Kind;
use super::endings::{self, Ending};
use super::offers;
use super::tree::Tree;
use sitrep_language::fold;

/// A short block that begins so leads elsewhere. Folded.
const LEADS_AWAY: &[&str] = &[
    "advertisement",
    "read more",
    "read also",
    "read next",
    "also read",
    "more:",
    "related:",
    "related stories",
    "related articles",
    "related topics",
    "see also",
    "watch:",
    "share this",
    "share on",
    "follow us",
    "sign up",
    "subscribe",
    "click here to",
    "image copyright",
    "image caption",
    "media caption",
    "photo:",
    "photo by",
    "photos:",
    "image:",
    "picture:",
    "photograph:",
    "getty images",
    "story continues below",
    "article continues after",
    "continue reading",
    "skip to",
    "most read",
    "listen:",
    "download the",
    "join the conversation",
    "newsletter",
    "view comments",
    "loading",
    "you may also like",
    "recommended",
    "editors picks",
    "читаите также",
    "читать также",
    "подписываитесь",
    "смотрите также",
    "по теме:",
    "реклама",
    "фото:",
    "بیشتر بخوانید",
    "همچنین بخوانید",
    "مطالب مرتبط",
    "اخبار مرتبط",
    "انتهای پیام",
    "لینک کوتاه",
    "کد خبر",
    "عکس:",
    "اقرا ایضا",
    "اقرا المزید",
    "مواضیع ذات صله",
    "قد یهمک",
    "تابعونا",
    "المصدر:",
    "קראו גם",
    "קרא עוד",
    "lesen sie auch",
    "mehr zum thema",
    "lire aussi",
    "a lire aussi",
    "lee tambien",
    "leer mas",
    "te puede interesar",
    "leia mais",
    "leia tambem",
    "leggi anche",
];

/// A short block that is only this is a control. Folded.
const CONTROLS: &[&str] = &[
    "share",
    "tweet",
    "print",
    "email",
    "comment",
    "comments",
    "facebook",
    "twitter",
    "whatsapp",
    "linkedin",
    "telegram",
    "reddit",
    "pinterest",
    "save",
    "copy link",
    "more",
    "next",
    "previous",
    "close",
    "advertisement",
    "ad",
    "related",
    "tags",
    "play",
    "menu",
    "home",
    "back to top",
    "top",
    "enlarge",
    "hide caption",
    "toggle caption",
    "getty images",
    "reuters",
    "ap",
    "afp",
];

/// A block as long as this is not judged by how it begins, in characters.
const LONG: usize = 400;

/// A block this short is judged by its words too, in characters.
const SHORT: usize = 140;

pub(super) fn clean(tree: &Tree, blocks: Vec<Block>, about: &About) -> Vec<Block> {
    let title = about.title.map(fold::words).unwrap_or_default();
    let lists = link_lists(tree, &blocks);
    let headings = linked_headings(tree, &blocks);
    let mut left: usize = blocks.iter().filter(|block| is_prose(block)).map(|block| block.chars).sum();
    let mut read = 0;
    let mut kept: Vec<Block> = Vec::new();
    let mut elsewhere = false;
    for (at, block) in blocks.into_iter().enumerate() {
        let prose = is_prose(&block);
        if prose {
            left = left.saturating_sub(block.chars);
        }
        // What is bold in a table heads a column or a row, not what comes after the table.
        let is_bold = || block.strong_chars * 10 >= block.chars * 9 && !is_in_cell(tree, &block);
        let heads = is_heading(tree, &block) || is_bold();
        let folded = folded(&block);
        match Some(&folded).filter(|_| block.chars <= 80).and_then(|folded| endings::announced(folded)) {
            Some(Ending::Comments) if read > ENOUGH && (heads || left <= read && block.text.contains(' ')) => break,
            Some(Ending::Elsewhere) if heads && read > ENOUGH && left < 400 => break,
            Some(_) => {
                elsewhere = heads;
                continue;
            }
            None => {}
        }
        elsewhere = elsewhere && !(prose || is_heading(tree, &block));
        let is_linked_heading = headings.get(at).copied().unwrap_or(false);
        let is_list = lists.get(at).copied().unwrap_or(false);
        let is_dropped = is_list || is_clutter(tree, &block, &folded, &title, kept.len());
        if elsewhere || is_dropped && !is_linked_heading {
            continue;
        }
        // The same text twice in a row, in two boxes, is one text shown for two widths of window.
        let place = |block: &Block| tree.parts[block.owner].parent;
        let again = |earlier: &Block| earlier.text == block.text && place(earlier) != place(&block);
        if block.chars > 30 && kept.iter().rev().take(3).any(again) {
            continue;
        }
        if prose {
            read += block.chars;
        }
        kept.push(block);
    }
    drop_edges(tree, &mut kept);
    drop_offers(&mut kept, about.authors);
    drop_empty_headings(tree, &mut kept);
    kept
}

/// A short block folded, or the beginning of a longer one: no phrase that is looked for goes beyond it.
fn folded(block: &Block) -> String {
    if block.chars >= LONG {
        return String::new();
    }
    let end = if block.chars < SHORT { None } else { block.text.char_indices().nth(60) };
    fold::fold(end.map_or(block.text.as_str(), |(at, _)| &block.text[..at]))
}

/// Running text that is surely of a report, not of a list beside it.
fn is_prose(block: &Block) -> bool {
    block.chars >= 80 && block.link_share() < 0.3 && block.ends_as_sentence()
}

/// A report of so many characters may end.
const ENOUGH: usize = 250;

/// Offers and credits after the report's last words, and a line that announces what is no longer there.
fn drop_offers(kept: &mut Vec<Block>, authors: &[String]) {
    while let Some(last) = kept.last().filter(|last| kept.len() >= 3 && last.chars <= 400) {
        let announces = last.chars < 100 && last.text.ends_with([':', '：', '>', '»', '→']);
        if announces || offers::is_last(&last.text, authors) {
            kept.pop();
        } else {
            return;
        }
    }
}

fn owner_name<'t>(tree: &'t Tree, block: &Block) -> &'t str {
    tree.parts[block.owner].name()
}

fn is_heading(tree: &Tree, block: &Block) -> bool {
    matches!(owner_name(tree, block), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn is_in_cell(tree: &Tree, block: &Block) -> bool {
    let near = std::iter::once(block.owner).chain(tree.ancestors(block.owner)).take(3);
    near.into_iter().any(|at| matches!(tree.parts[at].name(), "td" | "th"))
}

fn is_clutter(tree: &Tree, block: &Block, folded: &str, title: &[String], before: usize) -> bool {
    if !block.text.chars().any(char::is_alphanumeric) {
        // A rule of underscores between two sections is how agencies print one.
        return !(block.text.len() >= 3 && block.text.bytes().all(|byte| byte == b'_'));
    }
    let owner = owner_name(tree, block);
    if owner == "h1" && before < 3 {
        return true;
    }
    if matches!(owner, "caption" | "legend" | "address") {
        return true;
    }
    if block.chars < 400 && before < 4 && !title.is_empty() && fold::are_words(&block.text, title) {
        return true;
    }
    if block.chars < LONG && !is_heading(tree, block) && offers::is_beside(&block.text, folded, block.chars) {
        return true;
    }
    let share = block.link_share();
    if is_address(&block.text) {
        return false;
    }
    if share > 0.9 && block.chars < 250 && !(owner == "p" && block.ends_as_sentence()) {
        return true;
    }
    if share > 0.6 && block.chars < SHORT && !block.ends_as_sentence() {
        return true;
    }
    if block.chars < SHORT {
        let folded = folded.trim();
        let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
        if CONTROLS.contains(&bare) {
            return true;
        }
        let start = folded.trim_start_matches(['[', '(', '>', '»', '*', '-', ' ']);
        if (share > 0.3 || block.chars < 60 || !block.ends_as_sentence())
            && LEADS_AWAY.iter().any(|phrase| start.starts_with(phrase))
        {
            return true;
        }
    }
    false
}

/// An address of the web printed out is text, not a control.
fn is_address(text: &str) -> bool {
    ["http://", "https://", "www."].iter().any(|start| text.starts_with(start)) && !text.contains(' ')
}

/// Headings that are links and stand among the report's own paragraphs, in the same box, one before and one after: where
/// there are several, the report goes from one thing to the next; one alone is an invitation.
fn linked_headings(tree: &Tree, blocks: &[Block]) -> Vec<bool> {
    let parent = |block: &Block| tree.parts[block.owner].parent;
    let is_own = |block: &Block, heading: &Block| is_prose(block) && parent(block) == parent(heading);
    let stands_so = |at: usize| {
        let (heading, next) = (&blocks[at], blocks.get(at + 1));
        is_heading(tree, heading)
            && heading.link_share() > 0.6
            && next.is_some_and(|next| is_own(next, heading))
            && at.checked_sub(1).is_some_and(|before| is_own(&blocks[before], heading))
    };
    let found: Vec<bool> = (0..blocks.len()).map(stands_so).collect();
    if found.iter().filter(|is_one| **is_one).count() < SEVERAL { Vec::new() } else { found }
}

/// So many are several.
const SEVERAL: usize = 3;

/// Blocks of lists (and of boxes) whose items are nearly all links.
fn link_lists(tree: &Tree, blocks: &[Block]) -> Vec<bool> {
    blocks
        .iter()
        .map(|block| {
            if is_address(&block.text) || block.ends_as_sentence() && block.link_share() < 0.5 && block.chars > SHORT {
                return false;
            }
            std::iter::once(block.owner).chain(tree.ancestors(block.owner)).take(6).any(|at| {
                let part = &tree.parts[at];
                part.kind.is(Kind::LIST.and(Kind::BOX))
                    && part.chars > 0
                    && part.link_share() > if part.kind.is(Kind::LIST) { 0.55 } else { 0.7 }
            })
        })
        .collect()
}

/// Names, times and counts before the first sentence, and loose lines after the last one.
fn drop_edges(tree: &Tree, kept: &mut Vec<Block>) {
    let is_sentence = |block: &Block| {
        !offers::is_about(&block.text) && (block.chars >= 60 || block.ends_as_sentence() && block.chars >= 25)
    };
    let Some(first) = kept.iter().position(|block| is_sentence(block) && !is_heading(tree, block)) else { return };
    let last = kept.iter().rposition(|block| is_sentence(block) && !is_heading(tree, block)).unwrap_or(first);
    let lead = |block: &Block| {
        matches!(owner_name(tree, block), "p" | "li" | "blockquote")
            && block.link_share() < 0.2
            && block.chars > 15
            && !offers::is_about(&block.text)
    };
    let mut start = first;
    while start > 0
        && (lead(&kept[start - 1]) && (kept[start - 1].chars > 40 || kept[start - 1].ends_as_sentence())
            || is_heading(tree, &kept[start - 1]) && first - start < 1 && owner_name(tree, &kept[start - 1]) != "h1")
    {
        start -= 1;
    }
    let mut end = last;
    while end + 1 < kept.len() && lead(&kept[end + 1]) {
        end += 1;
    }
    // Where lines outweigh the sentences between them, the lines are the report: results, a calendar, a poem.
    let chars = |blocks: &[Block]| blocks.iter().map(|block| block.chars).sum::<usize>();
    let inner = chars(&kept[start..=end]);
    if chars(&kept[end + 1..]) <= inner {
        kept.truncate(end + 1);
    }
    if chars(&kept[..start]) <= inner {
        kept.drain(..start);
    }
}

/// A heading with nothing under it.
fn drop_empty_headings(tree: &Tree, kept: &mut Vec<Block>) {
    while kept.last().is_some_and(|block| is_heading(tree, block)) {
        kept.pop();
    }
}
