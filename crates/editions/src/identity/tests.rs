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
