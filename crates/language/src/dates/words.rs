//! The words that count from the day of a text, in the languages of the desks and the main European ones. Lists are
//! folded texts with a blank between words.

use super::ByWord;
use crate::fold::fold;
use foldhash::fast::RandomState;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Words for single days; those of the first list are understood in texts of any language, the others in their own.
const DAYS: &[(&str, i64, &str)] = &[
    ("", 0, "today tonight امروز امشب اليوم الليلة сегодня сьогодні היום הלילה bugün"),
    ("", -1, "yesterday دیروز دیشب أمس البارحة вчера вчора אתמול پرون"),
    ("", -2, "پریروز позавчера позавчора שלשום"),
    ("", 1, "tomorrow فردا غدا غدًا завтра מחר"),
    ("", 2, "پسفردا послезавтра післязавтра מחרתיים"),
    ("de", 0, "heute"),
    ("de", -1, "gestern"),
    ("de", -2, "vorgestern"),
    ("de", 2, "übermorgen"),
    ("fr", 0, "aujourdhui"),
    ("fr", -1, "hier"),
    ("fr", -2, "avanthier"),
    ("fr", 1, "demain"),
    ("es", 0, "hoy"),
    ("es", -1, "ayer"),
    ("es", -2, "anteayer"),
    ("it", 0, "oggi"),
    ("it", -1, "ieri"),
    ("it", 1, "domani"),
    ("pt", 0, "hoje"),
    ("pt", -1, "ontem"),
    ("nl", 0, "vandaag"),
    ("nl", -1, "gisteren"),
    ("pl", 0, "dziś dzisiaj"),
    ("pl", -1, "wczoraj"),
    ("pl", 1, "jutro"),
    ("tr", -1, "dün"),
    ("tr", 1, "yarın"),
    ("az", -1, "dünən"),
    ("uk", 0, "сьогодні"),
    ("ps", 0, "نن"),
    ("ps", 1, "سبا"),
];

pub(super) static DAY_WORDS: LazyLock<ByWord<Vec<(&'static str, i64)>>> = LazyLock::new(|| {
    let mut words: ByWord<Vec<(&'static str, i64)>> = ByWord::default();
    for (language, days, list) in DAYS {
        for word in list.split(' ') {
            words.entry(fold(word)).or_default().push((language, *days));
        }
    }
    words
});

/// A stretch of time that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Moment,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

const UNITS: &[(Unit, &str)] = &[
    (
        Unit::Moment,
        "second seconds sec secs minute minutes min mins ثانیه دقیقه ثوان ثانية ثواني دقيقة دقائق секунд секунды \
         секунду минут минуты минуту хвилин хвилини хвилину דקות דקה שניות minuten minute minutos minuti dakika",
    ),
    (
        Unit::Hour,
        "hour hours hr hrs ساعت ساعة ساعات час часа часов годин години годину שעות שעה stunde stunden heure heures \
         hora horas ora ore uur saat godzin godziny",
    ),
    (
        Unit::Day,
        "day days روز أيام يوم يوما день дня дней дні днів ימים יום tag tagen tage jour jours día días giorno giorni \
         dia dias dag dagen gün dni dzień ورځې",
    ),
    (
        Unit::Week,
        "week weeks هفته أسابيع أسبوع неделю недели неделе недель тиждень тижня тижні тижнів שבועות שבוע woche wochen semaine \
         semaines semana semanas settimana settimane week weken hafta tygodnie tygodni tydzień اونۍ",
    ),
    (
        Unit::Month,
        "month months ماه أشهر شهر شهور месяц месяца месяце месяцев місяць місяці місяці місяців חודשים חודש monat monate monaten \
         mois mes meses mese mesi mês maand maanden ay miesiąc miesiące miesięcy",
    ),
    (
        Unit::Year,
        "year years سال سنوات سنة عام أعوام год года году лет рік роки років שנים שנה jahr jahre jahren an ans année \
         années año años anno anni ano anos jaar jaren yıl rok lata lat",
    ),
];

pub(super) static UNIT_WORDS: LazyLock<ByWord<Unit>> =
    LazyLock::new(|| UNITS.iter().flat_map(|(unit, words)| words.split(' ').map(|word| (fold(word), *unit))).collect());

/// Two of a thing in one word.
pub(super) const TWO: &[(&str, Unit)] = &[
    ("ساعتین", Unit::Hour),
    ("یومین", Unit::Day),
    ("یومان", Unit::Day),
    ("اسبوعین", Unit::Week),
    ("شهرین", Unit::Month),
    ("عامین", Unit::Year),
    ("سنتین", Unit::Year),
    ("שעתיים", Unit::Hour),
    ("יומיים", Unit::Day),
    ("שבועיים", Unit::Week),
    ("חודשיים", Unit::Month),
    ("שנתיים", Unit::Year),
];

/// Words that are asked for one by one.
pub(super) type List = LazyLock<HashSet<&'static str, RandomState>>;

fn listed(words: &'static str) -> HashSet<&'static str, RandomState> {
    words.split_ascii_whitespace().collect()
}

/// Words for what has passed, as they stand before a unit or a weekday.
pub(super) static PAST_BEFORE: List = List::new(|| {
    listed(
        "last past previous прошлыи прошлую прошлое прошлои прошлом прошлого минувшии минувшую минувшее минувшеи \
    минулого минулоі минулу минулии минулому gecen letzten letzte letzter vergangenen vorigen последнюю",
    )
});
/// The same, as they stand behind it.
pub(super) static PAST_BEHIND: List = List::new(|| {
    listed(
        "گذشته پیشین پیش قبل الماضی الماضیه الفایت الفاىت الفاىته المنصرم المنصرمه שעבר שעברה האחרון dernier \
    derniere passe pasado pasada scorso scorsa passado passada",
    )
});
/// Words for what comes, before a unit or a weekday.
pub(super) static COMING_BEFORE: List = List::new(|| {
    listed(
        "next coming upcoming this следующии следующую следующее следующеи следующем ближаишии ближаишую \
    ближаишее грядущии наступного наступну наступноі наступнии nachsten nachste kommenden kommende gelecek \
    onumuzdeki proximo proxima prossimo prossima",
    )
});
/// The same, behind it.
pub(super) static COMING_BEHIND: List = List::new(|| {
    listed("اینده پیشرو المقبل المقبله القادم القادمه הבא הבאה הקרוב הקרובה prochain prochaine راتلونکی راتلونکې")
});
/// Words that put what a sentence tells into the time to come.
pub(super) static TO_COME: List = List::new(|| {
    listed(
        "will shall upcoming scheduled slated خواهد خواهند خواهم خواهیم سوف المقرر المزمع будет будут состоится \
    состоятся проидет проидут намечен намечена намечено відбудеться буде будуть יתקיים תתקיים ייערך תיערך \
    צפוי צפויה צפויים wird werden",
    )
});
