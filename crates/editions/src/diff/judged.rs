//! Pairs of wordings, judged by hand: what a reader would call the change.

use super::{Kind, editions};
use crate::form::read;
use crate::form::samples::desk;

fn kinds(before: &str, after: &str) -> Vec<Kind> {
    let mut count = 0;
    let mut make = |kind: &str| {
        count += 1;
        format!("{kind}-{count}")
    };
    let mut read = |body: &str| {
        read(&format!("+++\ndate = \"2026-11-10\"\n+++\n\n# Ports\n\n{body}\n"), &desk(), &mut make).unwrap()
    };
    let (before, after) = (read(before), read(after));
    editions(&before, &after).into_iter().map(|difference| difference.kind).collect()
}

#[test]
fn judged_pairs_of_wordings_are_told_as_they_were_judged() {
    use Kind::{Reworded, Same, Stronger, Weaker};
    let pairs = [
        (
            "The militia is likely to fire on the base within two weeks.",
            "The militia is very likely to fire on the base within two weeks.",
            Stronger,
        ),
        (
            "The militia is likely to fire on the base within two weeks.",
            "The militia is almost certain to fire on the base within two weeks.",
            Stronger,
        ),
        (
            "The militia is very likely to fire on the base within two weeks.",
            "The militia is likely to fire on the base within two weeks.",
            Weaker,
        ),
        (
            "The militia is likely to fire on the base within two weeks.",
            "The militia is unlikely to fire on the base within two weeks.",
            Weaker,
        ),
        (
            "The militia is unlikely to fire on the base within two weeks.",
            "There is a roughly even chance that the militia will fire on the base within two weeks.",
            Stronger,
        ),
        (
            "It is possible that the crews resume work before the harvest.",
            "It is probable that the crews resume work before the harvest.",
            Stronger,
        ),
        (
            "The crews may resume work on the bridge before the harvest.",
            "The crews will resume work on the bridge before the harvest.",
            Stronger,
        ),
        (
            "The crews will resume work on the bridge before the harvest.",
            "The crews may resume work on the bridge before the harvest.",
            Weaker,
        ),
        (
            "The crews could resume work on the bridge before the harvest.",
            "The crews will likely resume work on the bridge before the harvest.",
            Stronger,
        ),
        (
            "The crews might resume work on the bridge before the harvest.",
            "The crews might resume work on the old bridge before the harvest.",
            Reworded,
        ),
        (
            "The ministry will certainly publish the laboratory results this month.",
            "The ministry will probably publish the laboratory results this month.",
            Weaker,
        ),
        (
            "The ministry will publish the laboratory results this month.",
            "The ministry will not publish the laboratory results this month.",
            Weaker,
        ),
        (
            "The ministry won’t publish the laboratory results this month.",
            "The ministry might publish the laboratory results this month.",
            Stronger,
        ),
        (
            "The ministry publishes the laboratory results of the school inquiry.",
            "The ministry does not publish the laboratory results of the school inquiry.",
            Weaker,
        ),
        (
            "The ministry has not published the laboratory results of the inquiry.",
            "The ministry has published the laboratory results of the inquiry.",
            Stronger,
        ),
        (
            "It is not certain that the ministry publishes the results this month.",
            "It is certain that the ministry publishes the results this month.",
            Stronger,
        ),
        (
            "It is unclear whether the two depots held rockets at the time.",
            "It is likely that the two depots held rockets at the time.",
            Stronger,
        ),
        (
            "This desk has low confidence in the judgement about the depots.",
            "This desk has high confidence in the judgement about the depots.",
            Stronger,
        ),
        (
            "This desk has high confidence in the judgement about the depots.",
            "This desk has moderate confidence in the judgement about the depots.",
            Weaker,
        ),
        (
            "This desk has moderate confidence in that judgement, for two sources agree.",
            "This desk has moderate confidence in that judgement, because two sources agree.",
            Reworded,
        ),
        (
            "A strike is likely, and the desk holds this with low confidence.",
            "A strike is likely, and the desk holds this with moderate confidence.",
            Stronger,
        ),
        (
            "A strike is likely, and the desk holds this with high confidence.",
            "A strike is very likely, and the desk holds this with low confidence.",
            Stronger,
        ),
        (
            "About 400 people gathered in Shiraz on October 26 over unpaid wages.",
            "About 600 people gathered in Shiraz on October 26 over unpaid wages.",
            Reworded,
        ),
        (
            "The column of 14 vehicles reached the citadel on Monday morning.",
            "The column of 17 vehicles reached the citadel on Tuesday morning.",
            Reworded,
        ),
        (
            "The brigade left the two schools in the town on Monday.",
            "The brigade reportedly left the two schools in the town on Monday.",
            Weaker,
        ),
        (
            "The brigade reportedly left the two schools in the town on Monday.",
            "The brigade left the two schools in the town on Monday.",
            Stronger,
        ),
        (
            "The brigade left the two schools in the town on Monday.",
            "A local channel claimed that the brigade left the two schools in the town on Monday.",
            Weaker,
        ),
        (
            "A local channel claimed that the brigade left the two schools in the town.",
            "A local channel saw that the brigade left the two schools in the town.",
            Stronger,
        ),
        (
            "The brigade left the two schools in the town on Monday.",
            "The brigade left the two schools in the town on Monday, residents said.",
            Reworded,
        ),
        (
            "The brigade appears to hold the citadel west of the town.",
            "The brigade holds the citadel west of the town.",
            Stronger,
        ),
        (
            "Parliament cannot pass the budget before the end of the year.",
            "Parliament could pass the budget before the end of the year.",
            Stronger,
        ),
        (
            "Parliament is increasingly likely to pass the budget this year.",
            "Parliament is less likely to pass the budget this year.",
            Weaker,
        ),
        (
            "Parliament passed the budget on May 3 after a long night.",
            "Parliament has passed the budget on May 4 after a long night.",
            Reworded,
        ),
        ("The union’s plan – “three days” – stands.", "The union's plan - \"three days\" - stands.", Same),
        (
            "The harbour closed on Monday, and ferries were moved north.",
            "The harbour closed on Monday and all the ferries were moved north.",
            Reworded,
        ),
        (
            "The harbour will remain closed until the dredgers leave the channel.",
            "Until the dredgers leave the channel, the harbour will remain closed.",
            Reworded,
        ),
        (
            "The dredgers probably cleared the channel of mines by Monday.",
            "The dredgers likely cleared the channel of mines by Monday.",
            Reworded,
        ),
        (
            "The dredgers are highly likely to clear the channel by Monday.",
            "The dredgers are very likely to clear the channel by Monday.",
            Reworded,
        ),
        (
            "The talks have almost no chance of reaching a settlement this week.",
            "The talks are unlikely to be reaching a settlement this week.",
            Stronger,
        ),
        (
            "Rail traffic to the capital grew by a tenth in October.",
            "Rail traffic to the capital grew by a tenth in October.",
            Same,
        ),
    ];
    let wrong: Vec<String> = pairs
        .iter()
        .filter(|(before, after, expected)| kinds(before, after) != [*expected])
        .map(|(before, after, expected)| format!("{expected:?}, not {:?}: {before} → {after}", kinds(before, after)))
        .collect();
    assert!(wrong.is_empty(), "{} of {} pairs:\n{}", wrong.len(), pairs.len(), wrong.join("\n"));
}

#[test]
fn statements_that_moved_were_split_or_merged_are_neither_new_nor_dropped() {
    let (a, b, c) = (
        "The harbour of Bandar Khosh closed on Monday after a dispute.",
        "Two ferries were moved north to the winter quay.",
        "The ministry credits the new wagons for the growth.",
    );
    assert_eq!(kinds(&format!("{a}\n\n{b} {c}"), &format!("{b} {c}\n\n{a}")), [Kind::Same; 3]);
    let whole = "The harbour of Bandar Khosh closed on Monday after a dispute, and two ferries were moved north to the winter quay.";
    assert_eq!(kinds(&format!("{a} {b}"), whole), [Kind::Reworded; 2]);
    assert_eq!(kinds(whole, &format!("{a} {b}")), [Kind::Reworded; 2]);
    assert_eq!(kinds(a, c), [Kind::Dropped, Kind::New]);
}
