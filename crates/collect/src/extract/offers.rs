//! Lines that stand among a report's paragraphs and are none: disclosures, captions, paths, invitations, credits. They are
//! known by how they begin, in many languages, and only where they are short.

use sitrep_language::fold;
use std::sync::LazyLock;

static ABOUT_LINES: LazyLock<Beginnings> = LazyLock::new(|| Beginnings::of(ABOUT));
static BESIDE_LINES: LazyLock<Beginnings> = LazyLock::new(|| Beginnings::of(BESIDE));
static PICTURE_LINES: LazyLock<Beginnings> = LazyLock::new(|| Beginnings::of(PICTURE));
static PICTURE_ENDS_LINES: LazyLock<Vec<&str>> = LazyLock::new(|| PICTURE_ENDS.split(" | ").collect());
static PICTURE_CREDIT_LINES: LazyLock<Vec<&str>> = LazyLock::new(|| PICTURE_CREDIT.split(" | ").collect());
static LAST_LINES: LazyLock<Beginnings> = LazyLock::new(|| Beginnings::of(LAST));
static LAST_ANYWHERE_LINES: LazyLock<Vec<&str>> = LazyLock::new(|| LAST_ANYWHERE.split(" | ").collect());

/// Beginnings of lines, each by its first byte.
struct Beginnings(Vec<Vec<&'static str>>);

impl Beginnings {
    fn of(list: &'static str) -> Self {
        let mut beginnings = vec![Vec::new(); 1 + usize::from(u8::MAX)];
        for words in list.split(" | ") {
            if let Some(first) = words.bytes().next() {
                beginnings[usize::from(first)].push(words);
            }
        }
        Self(beginnings)
    }

    /// Whether a line begins with one of them.
    fn begin(&self, line: &str) -> bool {
        let first = line.bytes().next();
        first.is_some_and(|first| self.0[usize::from(first)].iter().any(|words| line.starts_with(words)))
    }
}

/// Beginnings of lines that say who wrote a report, when, and how long it takes to read. Folded.
const ABOUT: &str = "\
    by  | published | updated | posted | last updated | first published | last modified | written by | \
    reviewed by | reading time | read time | estimated reading | von  | veroffentlicht | aktualisiert | \
    stand: | lesezeit | geschrieben von | erstellt | par  | publie | mis a jour | temps de lecture | por  | \
    publicado | actualizado | atualizado | tempo de leitura | tiempo de lectura | di  | pubblicato | \
    tempo di lettura | автор | опубликовано | обновлено | время чтения | нویسنده | تاریخ انتشار | انتشار | \
    زمان مطالعه | بقلم | نشر في | نشر فی | תאריך | פורסם";

/// Says who, when, how long: such a line is short, and dates and numbers fill it.
pub(super) fn is_about(text: &str) -> bool {
    let length = text.chars().count();
    if length > 150 {
        return false;
    }
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    if digits * 5 >= length {
        return true;
    }
    let folded = fold::fold(text);
    let start = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    let ends = text.trim_end().ends_with(['.', '!', '?', '؟', '…', '。', '”', '"', '»']);
    ABOUT_LINES.begin(start) && (digits * 12 >= length || !ends)
}

/// Beginnings of lines that say who pays, or ask for something, wherever they stand. Folded.
const BESIDE: &str = "\
    this post contains | this article contains | this page contains | this post may contain | \
    this article may contain | we may earn | we may receive | we recommend the best | \
    advertising disclosure | affiliate disclosure | editorial disclaimer | editorial note: | disclosure: | \
    fur links auf dieser seite | *werbung | werbung | anzeige | (anzeige) | affiliate | \
    dieser artikel enthalt | dieser beitrag enthalt | mit * markierte | mit einem *  | \
    alle angaben ohne gewahr | (alle angaben ohne gewahr | this entry was posted | posted in  | \
    filed under | tagged with | tagged: | tags: | categories: | category: | schlagworte | schlagworter | \
    kategorie: | kategorien: | etiquetas: | mots-cles | теги: | метки: | рубрика: | рубрики: | برچسب | \
    کلید واژه | کلیدواژه | الکلمات المفتاحیه | like this: | share this | gefallt mir: | teilen mit: | \
    bewerten: | like loading | veroffentlicht von | to view the full | to read the full | \
    to continue reading | please subscribe | subscribe to | sign up for | sign up to | \
    already a subscriber | if youre already a subscriber | if you enjoyed | enjoyed this article | \
    never miss | dont miss | get the latest | get our | simply pop your email | you have been successfully | \
    there was a problem subscribing | thank you for subscribing | thanks for subscribing | \
    your email address will not | save my name | notify me | this site uses akismet | pour lire la suite | \
    pour acceder en illimite | il vous reste | cet article est reserve | article reserve aux abonnes | \
    deja abonne | vous avez deja un compte | lesen sie das | jetzt weiterlesen | weiterlesen mit | \
    sie haben bereits ein | externer inhalt | um deine personlichen daten | um ihre personlichen daten | \
    an dieser stelle finden sie | empfohlener redaktioneller inhalt | empfohlener externer inhalt | \
    zur anzeige dieses | mit dem laden des | ihre e-mail-adresse wird nicht | \
    deine e-mail-adresse wird nicht | pour afficher ce | para ver este contenido | baca juga | czytaj tez | \
    czytaj takze | czytaj wiecej | zobacz tez | zobacz takze | przeczytaj takze | lire aussi | \
    a lire aussi | lee tambien | lea tambien | lea ademas | mira tambien | te puede interesar | \
    leia tambem | veja tambem | leggi anche | lees ook | les ogsa | las ocksa | lues auch | lies auch | \
    lesen sie auch | lesen sie hier | auch interessant | читаите также | читать также | читаите еще | \
    подписываитесь на | подпишитесь на | смотрите также | بیشتر بخوانید | همچنین بخوانید | اقرا ایضا | \
    اقرا المزید | شاهد ایضا | تابعونا | קראו גם | קראו עוד";

/// Beginnings of captions and of credits for pictures. Folded.
const PICTURE: &str = "\
    photo: | photo by | photos: | photo credit | photo courtesy | photograph: | picture: | pictured: | \
    image: | image credit | image copyright | image caption | (image credit | media caption | beitragsbild | \
    titelbild | bild: | bilder: | bildquelle | foto: | fotos: | fotocredit | (foto: | symbolbild | \
    credits photo | credit photo | ©  | (c)  | copyright: | imagen: | imagem: | fot. | фото: | фотография: | \
    عکس: | تصویر: | صوره: | image 1 of | image 2 of | 1 of  | 1 / ";

/// Ends of captions. Folded.
const PICTURE_ENDS: &str = "\
    getty images) | /getty images | /afp) | /reuters) | /ap) | /dpa) | image source, getty images";

/// A line that is none of the report's, wherever it stands, given with its beginning folded and its length in characters.
pub(super) fn is_beside(text: &str, folded: &str, length: usize) -> bool {
    let start = folded.trim_start_matches(['[', '(', '>', '»', '›', '-', '–', '•', '→', '+', '|', ' ', '"']);
    if BESIDE_LINES.begin(folded) || BESIDE_LINES.begin(start) {
        return true;
    }
    let picture = || PICTURE_LINES.begin(folded) || is_credited(text);
    length < 250 && picture() || length < 200 && is_path(text)
}

/// `Home > News > City`.
fn is_path(text: &str) -> bool {
    let marks = text.matches(['>', '›', '»']).count();
    marks >= 2
        && text.matches(" > ").count() + text.matches(" › ").count() + text.matches(" » ").count() + 1 >= marks.min(2)
        && !text.contains('«')
}

/// A caption that ends with who took the picture: `… in the garden. © Agency`, `… (Foto: Name)`, `… Name/Getty Images)`.
fn is_credited(text: &str) -> bool {
    if !text.contains(['©', '(']) && !text.ends_with(['s', ')']) {
        return false;
    }
    let from = text.char_indices().rev().nth(59).map_or(0, |(at, _)| at);
    let end = fold::fold(&text[from..]);
    PICTURE_CREDIT_LINES.iter().any(|mark| end.contains(*mark))
        || PICTURE_ENDS_LINES.iter().any(|words| end.trim_end().ends_with(*words))
}

/// Marks before who took a picture. Folded.
const PICTURE_CREDIT: &str = "© | (foto: | (photo: | (photo by | (image: | (bild: | (фото: | (عکس:";

/// Beginnings of last lines that are no longer the report: who else worked on it, rights, invitations. Folded.
const LAST: &str = "\
    reporting by | additional reporting | with reporting by | editing by | copyright | follow  | subscribe | \
    sign up | join our | join the | have a tip | email  | contact  | click here | like us on | find us on | \
    listen to | download  | want more | stay up to date | for more  | for the latest | read the full | \
    read the original | this article was originally | this story was originally | all rights reserved | \
    note: we are | folgen sie | folgt  | abonnieren sie | jetzt abonnieren | newsletter | hier geht es | \
    lesen sie | mehr informationen | mehr infos | mehr dazu | alle rechte | sofern nicht anders | quelle: | \
    quellen: | kontakt: | redaktion: | text: | suivez | abonnez | inscrivez | retrouvez | siguenos | \
    sigue  | suscribete | puede seguir | puede escribirnos | todos los derechos | siga  | inscreva | \
    assine | clique aqui | seguici | iscriviti | fuente: | fonte: | source: | подписываитесь | подпишитесь | \
    следите за | все права | источник: | نسخه چاپی | به کانال | ما را در | انتهای پیام | منبع: | تابعوا | \
    اشترک | جمیع الحقوق | المصدر: | עקבו אחרינו | das konnte | you can also | check out our | visit our | \
    support our | donate";

/// Words by which such a line is known wherever they stand in it. Folded.
const LAST_ANYWHERE: &str = "\
    © | contributed to this report | contributed to this story | contributed reporting | \
    all rights reserved | alle rechte vorbehalten | tous droits reserves | todos los derechos reservados | \
    todos os direitos reservados | wszelkie prawa zastrzezone | все права защищены | جمیع الحقوق محفوظه | \
    کلیه حقوق | on twitter | our newsletter | unseren newsletter | newsletter abonnieren | \
    material may not be published, broadcast | canal de telegram | canal de youtube | telegram-канал | \
    lizenz cc | creative commons | follow him on | follow her on | follow them on | follow us on | \
    can be reached at | may be reached at | weitere rechte | impressum";

/// A line that is no longer the report's where it stands last; its author's own description is one.
pub(super) fn is_last(text: &str, authors: &[String]) -> bool {
    let folded = fold::fold(text);
    let start = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    LAST_LINES.begin(start)
        || LAST_ANYWHERE_LINES.iter().any(|words| folded.contains(*words))
        || authors.iter().filter(|name| name.contains(' ')).any(|name| start.starts_with(&fold::fold(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn disclosures_captions_paths_and_invitations_are_beside_the_report() {
        for line in [
            "This post contains links by which we earn.",
            "Foto: Nina Beispiel",
            "The mayor on the bridge. © Example Agency",
            "Start > News > Stadt",
            "Читайте также: что будет с мостом",
            "بیشتر بخوانید: آغاز تعمیر پل",
            "To continue reading, please log in.",
        ] {
            assert!(is_beside(line, &fold::fold(line), line.chars().count()), "{line}");
        }
        for line in ["The bridge was closed on Monday.", "“It is > 5 metres”, he said.", "«Мост закрыт», — сказал он."]
        {
            assert!(!is_beside(line, &fold::fold(line), line.chars().count()), "{line}");
        }
    }

    #[test]
    fn who_and_when_is_known_from_a_sentence() {
        for line in
            ["By Nina Example, Staff Writer", "Published: 3 May 2023, 10:48", "12. Mai 2023", "4 min read | 12.5.2023"]
        {
            assert!(is_about(line), "{line}");
        }
        for line in [
            "By the river the bridge was closed.",
            "Von hier geht es weiter.",
            "In 2023 the bridge was closed for good.",
        ] {
            assert!(!is_about(line), "{line}");
        }
    }

    #[test]
    fn credits_and_the_author_end_a_report() {
        let authors = ["Nina Example".to_owned()];
        assert!(is_last("Nina Example is the editor of our city pages.", &authors));
        assert!(is_last("(Reporting by Jo Doe; Editing by Al Roe)", &authors));
        assert!(!is_last("The bridge opens in May.", &authors));
    }
}
