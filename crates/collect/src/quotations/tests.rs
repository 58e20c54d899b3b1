use super::*;

fn read(language: &str, text: &str) -> Vec<(String, Option<String>)> {
    let paragraphs: Vec<String> = text.lines().map(str::to_owned).collect();
    find(&paragraphs, language).into_iter().map(|quotation| (quotation.text, quotation.speaker)).collect()
}

#[track_caller]
fn check(language: &str, text: &str, expected: &[(&str, &str)]) {
    let expected: Vec<(String, Option<String>)> = expected
        .iter()
        .map(|(text, speaker)| ((*text).to_owned(), Some((*speaker).to_owned()).filter(|speaker| !speaker.is_empty())))
        .collect();
    assert_eq!(read(language, text), expected);
}

#[test]
fn english_names_the_speaker_before_or_behind() {
    check(
        "en",
        "“The bridge is open,” said Jane Roe, the minister of roads.",
        &[("The bridge is open", "Jane Roe, the minister of roads")],
    );
    check(
        "en",
        "Foreign Minister Abbas Araghchi said: \"We are ready for talks.\"",
        &[("We are ready for talks.", "Foreign Minister Abbas Araghchi")],
    );
    check(
        "en",
        "But in a statement on Monday, the ministry said that the dam was “not in danger at all”.",
        &[("not in danger at all", "the ministry")],
    );
    check(
        "en",
        "John Doe, a farmer from the valley, said the water was “too low for us”.",
        &[("too low for us", "John Doe, a farmer from the valley")],
    );
    check("en", "“Nobody was hurt,” according to the police.", &[("Nobody was hurt", "the police")]);
}

#[test]
fn a_pronoun_is_the_speaker_before_it_and_a_paragraph_goes_on() {
    check(
        "en",
        "“It is late,” said Jane Roe.\n“We will go home now,” she added. “And we will come back in the morning.”",
        &[
            ("It is late", "Jane Roe"),
            ("We will go home now", "Jane Roe"),
            ("And we will come back in the morning.", "Jane Roe"),
        ],
    );
}

#[test]
fn words_held_at_a_distance_and_titles_are_no_quotations() {
    check("en", "The so-called “buffer zone” grew, and the film “The Road” was shown.", &[]);
    check("he", "דובר צה\"ל אמר: \"הגשר פתוח לתנועה\".", &[("הגשר פתוח לתנועה", "דובר צה\"ל")]);
}

#[test]
fn persian_names_the_speaker_at_the_head_of_the_sentence() {
    check("fa", "سخنگوی وزارت نیرو روز دوشنبه گفت: «سد در خطر نیست.»", &[("سد در خطر نیست.", "سخنگوی وزارت نیرو")]);
    check(
        "fa",
        "به گفته استاندار، «تعمیر پل از هفته آینده آغاز می‌شود».",
        &[("تعمیر پل از هفته آینده آغاز می‌شود", "استاندار")],
    );
    check(
        "fa",
        "استاندار گفت: «پل بسته است.» او افزود: «هفته آینده باز می‌شود.»",
        &[("پل بسته است.", "استاندار"), ("هفته آینده باز می‌شود.", "استاندار")],
    );
}

#[test]
fn arabic_names_the_speaker_behind_the_verb() {
    check(
        "ar",
        "وقال وزير الخارجية في مؤتمر صحفي: «الجسر مفتوح أمام الجميع».",
        &[("الجسر مفتوح أمام الجميع", "وزير الخارجية")],
    );
    check("ar", "وأضاف المتحدث أن الوضع \"تحت السيطرة تماما\".", &[("تحت السيطرة تماما", "المتحدث")]);
}

#[test]
fn russian_and_hebrew_are_read_both_ways() {
    check("ru", "«Мост открыт», — сказал губернатор Иван Петров.", &[("Мост открыт", "губернатор Иван Петров")]);
    check(
        "ru",
        "Губернатор Иван Петров заявил: «Мы готовы к переговорам».",
        &[("Мы готовы к переговорам", "Губернатор Иван Петров")],
    );
    check("he", "\"הגשר פתוח לכולם\", אמר שר התחבורה.", &[("הגשר פתוח לכולם", "שר התחבורה")]);
}

#[test]
fn any_text_is_read_without_harm() {
    for text in ["“", "«»", "\"\"\"\"", "“a", "said “", "„“", &"«".repeat(10_000), &"\" ".repeat(10_000), "قال «"]
    {
        for language in ["en", "fa", "ar", "he", "ru", "xx", ""] {
            read(language, text);
        }
    }
}
