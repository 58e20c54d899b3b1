use super::*;
use crate::form::read;
use crate::form::samples::{desk, edition};
use proptest::prelude::*;

fn counting(prefix: &str) -> impl FnMut(&str) -> String {
    let mut count = 0;
    move |kind| {
        count += 1;
        format!("{prefix}-{kind}-{count}")
    }
}

fn edition_of(prefix: &str, body: &str) -> Edition {
    let text = format!("+++\ndate = \"2026-11-10\"\n+++\n\n# Ports\n\n{body}\n");
    read(&text, &desk(), &mut counting(prefix)).unwrap()
}

/// The texts of paragraphs and sentences by their ids.
fn texts(edition: &Edition) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for paragraph in edition.paragraphs() {
        found.push((paragraph.id.to_string(), paragraph.text.clone()));
        found.extend(paragraph.sentences.iter().map(|s| (s.id.to_string(), paragraph.sentence_text(s))));
    }
    found
}

fn id_of(edition: &Edition, beginning: &str) -> String {
    let found = texts(edition).into_iter().rev().find(|(_, text)| text.starts_with(beginning));
    found.unwrap_or_else(|| panic!("no text begins with {beginning}")).0
}

const A: &str = "The harbour of Bandar Khosh closed on Monday. Two ferries were moved north.";
const B: &str = "Rail traffic to the capital grew by a tenth. The ministry credits new wagons.";
const C: &str = "A delegation from the coast arrived. It brought a draft treaty on fishing.";

#[test]
fn moved_paragraphs_and_reworded_sentences_keep_their_ids() {
    let before = edition_of("old", &format!("{A}\n\n{B}\n\n{C}"));
    let reworded = A.replace("closed on Monday", "was closed on Monday at noon");
    let mut after = edition_of("new", &format!("{C}\n\nSomething entirely different happened.\n\n{reworded}\n\n{B}"));
    let carried = carry(&before, &mut after, &mut counting("made"));
    let old = |at: usize| &before.sections[0].paragraphs[at];
    let new = |at: usize| &after.sections[0].paragraphs[at];
    assert_eq!((&new(0).id, &new(2).id, &new(3).id), (&old(2).id, &old(0).id, &old(1).id));
    assert_eq!(new(1).id.as_str(), "new-paragraph-5");
    assert_eq!(id_of(&after, "The harbour"), id_of(&before, "The harbour"));
    let fates: Vec<Fate> = carried.iter().map(|carried| carried.fate).collect();
    assert_eq!(fates, [Fate::Reworded, Fate::Same, Fate::Same, Fate::Same, Fate::Same, Fate::Same]);
}

#[test]
fn a_split_paragraph_keeps_its_id_where_most_of_it_stands() {
    let before = edition_of("old", &format!("{A} {B}"));
    let mut after = edition_of("new", &format!("{A}\n\n{B} It says so in a report."));
    let carried = carry(&before, &mut after, &mut counting("made"));
    let ids: Vec<&str> = after.sections[0].paragraphs.iter().map(|p| p.id.as_str()).collect();
    assert!(ids.contains(&before.sections[0].paragraphs[0].id.as_str()) && ids[0] != ids[1]);
    assert!(carried.iter().all(|carried| carried.now.as_ref() == Some(&carried.before)));
}

#[test]
fn merged_sentences_lead_to_the_one_that_holds_them() {
    let parts = "The port authority reopened the northern basin on Monday. Dredgers had cleared the channel of mines.";
    let whole =
        "The port authority reopened the northern basin on Monday after dredgers had cleared the channel of mines.";
    let before = edition_of("old", parts);
    let mut after = edition_of("new", whole);
    let carried = carry(&before, &mut after, &mut counting("made"));
    let now = &after.sections[0].paragraphs[0].sentences[0].id;
    assert!(carried.iter().all(|carried| carried.now.as_ref() == Some(now)), "{carried:?}");
    assert_eq!(carried[1].fate, Fate::Merged);
    let gone = carry(&before, &mut edition_of("new", C), &mut counting("made"));
    assert!(gone.iter().all(|carried| carried.fate == Fate::Dropped && carried.now.is_none()));
}

#[test]
fn takeaways_go_on_announcing() {
    let before = "1. The harbour closed. {#k1 announces=p1}\n\n# Ports\n\nThe harbour closed. Ferries moved.\n{#p1}";
    let with = |prefix: &str, body: &str| {
        let text = format!("+++\ndate = \"2026-11-10\"\n+++\n\n# Key Takeaways\n\n{body}\n");
        read(&text, &desk(), &mut counting(prefix)).unwrap()
    };
    let before = with("old", before);
    let mut after =
        with("new", "1. The harbour closed. {announces=q}\n\n# Ports\n\nThe harbour closed. All ferries moved.\n{#q}");
    carry(&before, &mut after, &mut counting("made"));
    assert_eq!(after.takeaways[0].body.id.as_str(), "k1");
    assert_eq!(after.takeaways[0].announces.as_ref().map(|id| id.as_str()), Some("p1"));
}

/// A sentence like no other.
fn distinct(at: usize) -> String {
    format!("Port{at} officials moved{at} eleven cranes{at} toward berth{at} before dawn{at} broke{at} over town{at}.")
}

/// What an editor does to a text of distinct sentences between two versions.
#[derive(Debug, Clone)]
enum Work {
    /// A paragraph goes elsewhere.
    Move(usize, usize),
    /// A word of a sentence is another one.
    Reword(usize),
    /// A paragraph becomes two.
    Part(usize),
    /// Two paragraphs become one.
    Unite(usize),
    /// A sentence becomes two.
    Split(usize),
    /// A sentence takes in the next one.
    Merge(usize),
}

fn work() -> impl Strategy<Value = Work> {
    let at = || 0..12_usize;
    prop_oneof![
        (at(), at()).prop_map(|(from, to)| Work::Move(from, to)),
        at().prop_map(Work::Reword),
        at().prop_map(Work::Part),
        at().prop_map(Work::Unite),
        at().prop_map(Work::Split),
        at().prop_map(Work::Merge),
    ]
}

fn worked(mut text: Vec<Vec<String>>, work: &[Work]) -> Vec<Vec<String>> {
    for step in work {
        let count = text.len();
        match *step {
            Work::Move(from, to) => {
                let paragraph = text.remove(from % count);
                text.insert(to % count, paragraph);
            }
            Work::Reword(at) => {
                let sentence = &mut text[at % count][0];
                *sentence = sentence.replace("eleven", "twelve");
            }
            Work::Part(at) if text[at % count].len() > 1 => {
                let tail = text[at % count].split_off(1);
                text.insert(at % count + 1, tail);
            }
            Work::Unite(at) if count > 1 => {
                let next = text.remove((at % (count - 1)) + 1);
                text[at % (count - 1)].extend(next);
            }
            Work::Split(at) => {
                let sentence = &mut text[at % count][0];
                *sentence = sentence.replace(" before dawn", ". Before dawn");
            }
            Work::Merge(at) if text[at % count].len() > 1 => {
                let next = text[at % count].remove(1);
                let sentence = &mut text[at % count][0];
                *sentence = format!("{} and {next}", sentence.trim_end_matches('.'));
            }
            _ => {}
        }
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_an_editor_does_no_link_dies_and_no_id_is_given_twice(steps in prop::collection::vec(work(), 0..6)) {
        let text: Vec<Vec<String>> = (0..4).map(|at| (at * 3..at * 3 + 3).map(distinct).collect()).collect();
        let body = |text: &[Vec<String>]| text.iter().map(|p| p.join(" ")).collect::<Vec<_>>().join("\n\n");
        let before = edition_of("old", &body(&text));
        let mut after = edition_of("new", &body(&worked(text, &steps)));
        let carried = carry(&before, &mut after, &mut counting("made"));
        let mut ids: Vec<String> = texts(&after).into_iter().map(|(id, _)| id).collect();
        let all = ids.len();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), all);
        let now = texts(&after);
        let was = texts(&before);
        for one in &carried {
            // Nothing was taken out, so every sentence leads somewhere, and there stand its words.
            let target = one.now.as_ref().map(|id| id.to_string());
            let (_, words) = was.iter().find(|(id, _)| *id == one.before.as_str()).unwrap();
            let (_, there) = now.iter().find(|(id, _)| Some(id) == target.as_ref()).unwrap();
            let own = |word: &&str| word.contains(|c: char| c.is_ascii_digit());
            prop_assert!(words.split_whitespace().filter(own).any(|word| there.contains(word)), "{} leads to {}", words, there);
            if words == there {
                prop_assert_eq!(target.as_deref(), Some(one.before.as_str()));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn carrying_to_itself_keeps_every_id(edition in edition()) {
        let mut after = edition.clone();
        carry(&edition, &mut after, &mut counting("made"));
        prop_assert_eq!(&after, &edition);
    }

    #[test]
    fn a_copy_without_ids_gets_them_back(edition in edition()) {
        let mut after = edition.clone();
        for paragraph in after.paragraphs_mut() {
            paragraph.id = ParagraphId::default();
            paragraph.sentences.iter_mut().for_each(|sentence| sentence.id = SentenceId::default());
        }
        carry(&edition, &mut after, &mut counting("made"));
        for (was, is) in edition.paragraphs().zip(after.paragraphs()) {
            prop_assert_eq!(&was.sentences, &is.sentences);
            prop_assert!(was.sentences.is_empty() || was.id == is.id);
        }
    }

    #[test]
    fn no_id_is_used_twice(before in edition(), after in edition(), swap in any::<bool>()) {
        let mut after = after;
        if swap {
            after.sections.extend(before.sections.iter().rev().cloned());
            after.sections.extend(before.sections.iter().cloned());
        }
        carry(&before, &mut after, &mut counting("made"));
        let mut ids: Vec<String> = after.paragraphs().map(|p| p.id.to_string()).collect();
        ids.extend(after.paragraphs().flat_map(|p| &p.sentences).map(|s| s.id.to_string()));
        prop_assert!(ids.iter().all(|id| !id.is_empty()));
        let all = ids.len();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), all);
    }

    #[test]
    fn a_moved_section_keeps_its_ids(edition in edition(), by in 0usize..4) {
        let mut after = edition.clone();
        if !after.sections.is_empty() {
            let by = by % after.sections.len();
            after.sections.rotate_left(by);
        }
        let moved = after.clone();
        carry(&edition, &mut after, &mut counting("made"));
        prop_assert_eq!(after, moved);
    }
}
