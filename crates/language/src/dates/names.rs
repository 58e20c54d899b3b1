//! Names of months and weekdays, ordinals, and the small words between the parts of a date.

use crate::calendar::Calendar;
use crate::fold::fold;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A month by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Month {
    pub calendar: Calendar,
    pub month: u8,
    /// The name is an everyday word too, so it needs a day or a year beside it.
    pub doubtful: bool,
}

/// Gregorian months, each with its spellings; `?` behind one that is an everyday word too.
const GREGORIAN: [&str; 12] = [
    "january jan январь января январе янв січня ینایر يناير ژانویه ژانویۀ كانونالثاني جانفي ינואר janvier januar enero ocak",
    "february feb февраль февраля феврале фев лютого فبراير فوریه شباط فيفري פברואר février februar febrero şubat",
    "march? mar март марта марте березня مارس? آذار מרץ מרס mars märz marzo",
    "april apr апрель апреля апреле апр квітня أبريل ابريل آوریل نيسان أفريل אפריל avril abril nisan",
    "may? май мая мае травня مايو مه? می? أيار ماي? מאי mayıs mayo",
    "june jun июнь июня июне червня يونيو يونيه ژوئن حزيران جوان? יוני juin juni junio haziran",
    "july jul июль июля июле липня يوليو يوليه ژوئیه جولای تموز جويلية יולי juillet juli julio temmuz",
    "august? aug август августа августе авг серпня أغسطس اوت آگوست آب? אוגוסט août agosto ağustos",
    "september sep sept сентябрь сентября сентябре вересня سبتمبر سپتامبر أيلول ספטמבר septembre septiembre eylül",
    "october oct октябрь октября октябре жовтня أكتوبر اکتبر تشرينالأول אוקטובר octobre oktober octubre ekim",
    "november nov ноябрь ноября ноябре листопада نوفمبر نوامبر تشرينالثاني נובמבר novembre noviembre kasım",
    "december dec декабрь декабря декабре грудня ديسمبر دسامبر كانونالأول דצמבר décembre dezember diciembre aralık",
];

const PERSIAN: [&str; 12] = [
    "فروردین farvardin фарвардина حمل?",
    "اردیبهشت ordibehesht ордибехешта ثور?",
    "خرداد khordad хордада جوزا?",
    "تیر? تیرماه سرطان?",
    "مرداد mordad امرداد اسد?",
    "شهریور shahrivar سنبله?",
    "مهر? مهرماه میزان?",
    "آبان? aban آبانماه عقرب?",
    "آذر? azar? آذرماه قوس?",
    "دی? دیماه جدی?",
    "بهمن bahman? دلو?",
    "اسفند esfand حوت?",
];

const ISLAMIC: [&str; 12] = [
    "محرم المحرم محرمالحرام muharram мухаррама",
    "صفر? safar? صفرالمظفر",
    "ربيعالأول ربیعالاول rabialawwal",
    "ربيعالآخر ربيعالثاني ربیعالثانی rabialthani",
    "جمادىالأولى جمادیالاول جمادىالأول جمادیالاولی",
    "جمادىالآخرة جمادیالثانی جمادىالثانية جمادیالثانیه",
    "رجب? rajab? رجبالمرجب",
    "شعبان? shaban شعبانالمعظم",
    "رمضان? ramadan? رمضانالمبارك",
    "شوال shawwal",
    "ذوالقعدة ذيالقعدة ذیقعده ذیالقعده",
    "ذوالحجة ذيالحجة ذیحجه ذیالحجه",
];

static MONTHS: LazyLock<HashMap<String, Month>> = LazyLock::new(|| {
    let mut months = HashMap::new();
    for (calendar, table) in
        [(Calendar::Gregorian, GREGORIAN), (Calendar::Persian, PERSIAN), (Calendar::Islamic, ISLAMIC)]
    {
        for (month, names) in (1..).zip(table) {
            for name in names.split(' ') {
                let doubtful = name.ends_with('?');
                months.insert(fold(name.trim_end_matches('?')), Month { calendar, month, doubtful });
            }
        }
    }
    months
});

/// The month of that folded name (the words of a name of several written together). A Hebrew ב or an Arabic و before
/// it is no part of it.
pub(super) fn month(name: &str) -> Option<Month> {
    let bare = || name.strip_prefix(['ב', 'و', 'מ']).and_then(|name| MONTHS.get(name));
    // `خردادماه`: the word for month may be written on to the name.
    let joined = || {
        name.strip_suffix("ماه").and_then(|name| MONTHS.get(name)).filter(|month| month.calendar != Calendar::Islamic)
    };
    MONTHS.get(name).or_else(bare).or_else(joined).copied()
}

/// Weekdays from Monday, each with its spellings.
const WEEKDAYS: [&str; 7] = [
    "monday понедельник понедельника الاثنين الإثنين دوشنبه יוםשני понеділок",
    "tuesday вторник вторника الثلاثاء سهشنبه יוםשלישי вівторок",
    "wednesday среда среду среды الأربعاء چهارشنبه יוםרביעי середа середу",
    "thursday четверг четверга الخميس پنجشنبه יוםחמישי четвер",
    "friday пятница пятницу пятницы الجمعة جمعه יוםשישי",
    "saturday суббота субботу субботы السبت شنبه",
    "sunday воскресенье воскресенья الأحد یکشنبه יוםראשון неділя неділю",
];

static WEEKDAY_NAMES: LazyLock<HashMap<String, i64>> = LazyLock::new(|| {
    let each = |(day, names): (i64, &&str)| names.split(' ').map(|name| (fold(name), day)).collect::<Vec<_>>();
    (0..).zip(WEEKDAYS.iter()).flat_map(each).collect()
});

/// Days since Monday of that weekday.
pub(super) fn weekday(name: &str) -> Option<i64> {
    WEEKDAY_NAMES.get(name).copied()
}

const PERSIAN_ORDINALS: &str = "اول یکم دوم سوم چهارم پنجم ششم هفتم هشتم نهم دهم یازدهم دوازدهم سیزدهم چهاردهم \
     پانزدهم شانزدهم هفدهم هجدهم نوزدهم بیستم بیستویکم بیستودوم بیستوسوم بیستوچهارم بیستوپنجم بیستوششم بیستوهفتم \
     بیستوهشتم بیستونهم سیام سیویکم";

const ARABIC_ORDINALS: &str = "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر الحاديعشر الثانيعشر الثالثعشر \
     الرابععشر الخامسعشر السادسعشر السابععشر الثامنعشر التاسععشر العشرين الحاديوالعشرين الثانيوالعشرين الثالثوالعشرين \
     الرابعوالعشرين الخامسوالعشرين السادسوالعشرين السابعوالعشرين الثامنوالعشرين التاسعوالعشرين الثلاثين الحاديوالثلاثين";

static ORDINALS: LazyLock<HashMap<String, u8>> = LazyLock::new(|| {
    let mut ordinals = HashMap::new();
    let persian = PERSIAN_ORDINALS.split_whitespace();
    // The first day has two names in Persian.
    for (word, day) in persian.zip(std::iter::once(1).chain(1..)) {
        ordinals.insert(fold(word), day);
    }
    for (word, day) in ARABIC_ORDINALS.split_whitespace().zip(1..) {
        ordinals.insert(fold(word), day);
    }
    ordinals
});

/// The day that an ordinal word names.
pub(super) fn ordinal(word: &str) -> Option<u8> {
    ORDINALS.get(word).copied()
}

const COUNTS: &[(&str, u32)] = &[
    ("one", 1),
    ("a", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("ten", 10),
    ("یک", 1),
    ("دو", 2),
    ("سه", 3),
    ("چهار", 4),
    ("پنج", 5),
    ("شش", 6),
    ("هفت", 7),
    ("ده", 10),
    ("ثلاثه", 3),
    ("ثلاث", 3),
    ("اربعه", 4),
    ("خمسه", 5),
    ("سته", 6),
    ("سبعه", 7),
    ("два", 2),
    ("две", 2),
    ("три", 3),
    ("четыре", 4),
    ("пять", 5),
    ("шесть", 6),
    ("семь", 7),
];

/// A small number in words.
pub(super) fn count(word: &str) -> Option<u32> {
    COUNTS.iter().find(|(name, _)| *name == word).map(|(_, count)| *count)
}

/// Words between the ends of a range of days.
pub(super) const TO: &[&str] = &["to", "through", "until", "till", "تا", "الی", "حتی", "по", "до", "עד"];
/// Words between two days of a list.
pub(super) const AND: &[&str] = &["and", "و", "и", "та"];
/// Words between a day and its month.
pub(super) const OF: &[&str] = &["of", "من", "ماه", "شهر", "de"];
/// Words that a year may follow.
pub(super) const YEAR: &[&str] = &["سال", "عام", "سنه", "year"];
