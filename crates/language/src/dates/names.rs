//! Names of months and weekdays, ordinals, and the small words between the parts of a date.

use super::ByWord;
use crate::calendar::Calendar;
use crate::fold::fold;
use std::sync::LazyLock;

/// A month by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Month {
    pub calendar: Calendar,
    pub month: u8,
    /// The name is an everyday word too, so it needs a day or a year beside it.
    pub doubtful: bool,
}

/// Gregorian months in the languages of the desks and of Europe, nominative and genitive; `?` behind one that is an
/// everyday word of some language too.
const GREGORIAN: [&str; 12] = [
    "january январь января январе янв січень січня студзеня јануар јануара јануари януари ینایر يناير \
     ژانویه ژانویۀ كانونالثاني کانوونییەکەم? جانفي جنوری ינואר janvier januar jänner enero gennaio \
     janeiro januari stycznia styczeń ledna leden január januára ianuarie tammikuu tammikuuta Ιανουάριος \
     Ιανουαρίου ocak yanvar siječnja siječanj januarja sausio sausis janvāris janvārī jaanuar janar gener \
     มกราคม",
    "february февраль февраля феврале фев лютий лютого лютага фебруар фебруара фебруари февруари فبراير \
     فوریه شباط فيفري فروری פברואר février februar feber febrero febbraio fevereiro februari lutego luty \
     února únor február februára februarie helmikuu helmikuuta Φεβρουάριος Φεβρουαρίου şubat fevral \
     veljače veljača februarja vasario vasaris februāris februārī veebruar shkurt febrer กุมภาพันธ์",
    "march? март марта марте березень березня сакавіка мартa مارس? آذار مارچ מרץ מרס mars? märz marzo \
     março marec marca maart marzec březen března március martie maaliskuu maaliskuuta Μάρτιος Μαρτίου \
     mart ožujka ožujak kovo? marts märts març มีนาคม",
    "april апрель апреля апреле апр квітень квітня красавіка април априла أبريل ابريل آوریل نيسان أفريل \
     اپریل אפריל avril abril aprile kwietnia kwiecień dubna duben apríl apríla április aprilie huhtikuu \
     huhtikuuta Απρίλιος Απριλίου nisan travnja travanj aprila balandžio balandis aprīlis aprīlī aprill \
     prill เมษายน",
    "may? май мая мае травень травня мај маја мая? مايو مه? می? أيار ماي? مئی? מאי mayıs mayo? maggio \
     maio mei? maja? mai? května květen máj mája május toukokuu toukokuuta Μάιος Μαΐου svibnja svibanj \
     gegužės gegužė maijs maijā maj? maig พฤษภาคม",
    "june июнь июня июне червень червня чэрвеня јун јуна јуни юни يونيو يونيه ژوئن حزيران جوان? جون? יוני \
     juin juni junio giugno junho czerwca czerwiec června červen jún júna június iunie kesäkuu kesäkuuta \
     Ιούνιος Ιουνίου haziran iyun lipnja lipanj junija birželio birželis jūnijs jūnijā juuni qershor juny \
     มิถุนายน",
    "july июль июля июле липень липня ліпеня јул јула јули юли يوليو يوليه ژوئیه ژوییه جولای تموز جويلية \
     جولائی יולי juillet juli julio luglio julho lipca lipiec července červenec júl júla július iulie \
     heinäkuu heinäkuuta Ιούλιος Ιουλίου temmuz iyul srpnja srpanj julija liepos liepa jūlijs jūlijā \
     juuli korrik juliol กรกฎาคม",
    "august? август августа августе авг серпень серпня жніўня أغسطس اوت آگوست آب? اگست אוגוסט août agosto \
     sierpnia sierpień srpna srpen augusta augusztus augustus elokuu elokuuta Αύγουστος Αυγούστου ağustos \
     avqust kolovoza kolovoz avgust avgusta rugpjūčio rugpjūtis augusts augustā gusht agost สิงหาคม",
    "september sept сентябрь сентября сентябре сен вересень вересня верасня септембар септембра септември \
     سبتمبر سپتامبر أيلول ستمبر ספטמבר septembre septiembre settembre setembro września wrzesień září \
     septembra szeptember septembrie syyskuu syyskuuta Σεπτέμβριος Σεπτεμβρίου eylül sentyabr rujna rujan \
     rugsėjo rugsėjis septembris septembrī shtator setembre กันยายน",
    "october октябрь октября октябре окт жовтень жовтня кастрычніка октобар октобра октомври أكتوبر اکتبر \
     تشرينالأول اکتوبر אוקטובר octobre oktober octubre ottobre outubro października październik října \
     říjen október októbra octombrie lokakuu lokakuuta Οκτώβριος Οκτωβρίου ekim? oktyabr oktobra spalio \
     spalis oktobris oktobrī oktoober tetor ตุลาคม",
    "november ноябрь ноября ноябре ноя? листопад листопада лістапада новембар новембра ноември نوفمبر \
     نوامبر تشرينالثاني نومبر נובמבר novembre noviembre novembro listopada listopad listopadu novembra \
     noiembrie marraskuu marraskuuta Νοέμβριος Νοεμβρίου kasım? noyabr studenoga studenog studeni \
     lapkričio lapkritis novembris novembrī nëntor พฤศจิกายน",
    "december декабрь декабря декабре дек грудень грудня снежня децембар децембра декември ديسمبر دسامبر \
     كانونالأول دسمبر דצמבר décembre dezember desember diciembre dicembre dezembro grudnia grudzień \
     prosince prosinec decembra decembrie joulukuu joulukuuta Δεκέμβριος Δεκεμβρίου aralık? dekabr \
     prosinca prosinac gruodžio gruodis decembris decembrī detsember dhjetor desembre ธันวาคม",
];

/// Short names of the Gregorian months, by language.
const SHORT: &[(&str, &str)] = &[
    ("en", "jan feb mar apr may jun jul aug sep oct nov dec"),
    ("de", "jan feb mär apr mai jun jul aug sep okt nov dez"),
    ("fr", "janv févr mars avr mai juin juil août sept oct nov déc"),
    ("es", "ene feb mar abr may jun jul ago sep oct nov dic"),
    ("it", "gen feb mar apr mag giu lug ago set ott nov dic"),
    ("pt", "jan fev mar abr mai jun jul ago set out nov dez"),
    ("nl", "jan feb mrt apr mei jun jul aug sep okt nov dec"),
    ("sv", "jan feb mar apr maj jun jul aug sep okt nov dec"),
    ("da", "jan feb mar apr maj jun jul aug sep okt nov dec"),
    ("no", "jan feb mar apr mai jun jul aug sep okt nov des"),
    ("pl", "sty lut mar kwi maj cze lip sie wrz paź lis gru"),
    ("cs", "led úno bře dub kvě čvn čvc srp zář říj lis pro"),
    ("sk", "jan feb mar apr máj jún júl aug sep okt nov dec"),
    ("hu", "jan febr márc ápr máj jún júl aug szept okt nov dec"),
    ("ro", "ian feb mar apr mai iun iul aug sept oct nov dec"),
    ("tr", "oca şub mar nis may haz tem ağu eyl eki kas ara"),
    ("az", "yan fev mar apr may iyn iyl avq sen okt noy dek"),
    ("el", "Ιαν Φεβ Μαρ Απρ Μαΐ Ιουν Ιουλ Αυγ Σεπ Οκτ Νοε Δεκ"),
    ("id", "jan feb mar apr mei jun jul agu sep okt nov des"),
    ("ru", "янв фев мар апр мая июн июл авг сен окт ноя дек"),
    ("uk", "січ лют бер кві тра чер лип сер вер жов лис гру"),
    ("bg", "яну фев мар апр май юни юли авг сеп окт ное дек"),
    ("sr", "јан феб мар апр мај јун јул авг сеп окт нов дец"),
    ("sl", "jan feb mar apr maj jun jul avg sep okt nov dec"),
    ("hr", "sij velj ožu tra svi lip srp kol ruj lis stu pro"),
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

static MONTHS: LazyLock<ByWord<Month>> = LazyLock::new(|| {
    let mut months = ByWord::default();
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

/// By the short name, in each language that has it.
static SHORT_MONTHS: LazyLock<ByWord<Vec<(&str, Month)>>> = LazyLock::new(|| {
    let mut months: ByWord<Vec<(&str, Month)>> = ByWord::default();
    for (language, names) in SHORT {
        for (month, name) in (1..).zip(names.split(' ')) {
            let month = Month { calendar: Calendar::Gregorian, month, doubtful: true };
            months.entry(fold(name)).or_default().push((language, month));
        }
    }
    months
});

/// The month of that folded name (the words of a name of several written together) in a text of a language. A Hebrew ב
/// or an Arabic و before it is no part of it.
pub(super) fn month(name: &str, language: &str) -> Option<Month> {
    // The leaves fall in October in Croatia, in November elsewhere.
    if matches!(language, "hr" | "bs") && matches!(name, "listopad" | "listopada") {
        return Some(Month { calendar: Calendar::Gregorian, month: 10, doubtful: false });
    }
    let bare = || name.strip_prefix(['ב', 'و', 'מ']).and_then(|name| MONTHS.get(name));
    // `خردادماه`: the word for month may be written on to the name.
    let joined = || {
        name.strip_suffix("ماه").and_then(|name| MONTHS.get(name)).filter(|month| month.calendar != Calendar::Islamic)
    };
    let long = MONTHS.get(name).or_else(bare).or_else(joined).copied();
    long.or_else(|| {
        if name.chars().count() > 5 {
            return None;
        }
        let months = SHORT_MONTHS.get(name)?;
        let of = |language: &str| months.iter().find(|(known, _)| *known == language).map(|(_, month)| *month);
        // English short names stand on pages in every language.
        of(language).or_else(|| of("en"))
    })
}

/// Weekdays from Monday, each with its spellings.
const WEEKDAYS: [&str; 7] = [
    "monday понедельник понедельника понеділок понеділка الاثنين الإثنين الأثنين دوشنبه יוםשני lunes pazartesi \
     poniedziałek maandag",
    "tuesday вторник вторника вівторок вівторка الثلاثاء الثلثاء سهشنبه יוםשלישי dienstag mardi martes martedì salı? \
     wtorek dinsdag",
    "wednesday среда? среду среды середа середу середи الأربعاء چهارشنبه יוםרביעי mittwoch mercredi miércoles \
     mercoledì çarşamba woensdag",
    "thursday четверг четверга четвер четверга الخميس پنجشنبه יוםחמישי donnerstag jeudi jueves giovedì perşembe \
     czwartek donderdag",
    "friday пятница пятницу пятницы пʼятниця пʼятницю пятниця пятницю пятниці الجمعة جمعه آدینه יוםשישי freitag vendredi \
     viernes venerdì cuma piątek vrijdag",
    "saturday суббота субботу субботы субота суботу суботи السبت شنبه יוםשבת samstag sonnabend samedi cumartesi \
     zaterdag",
    "sunday воскресенье воскресенья неділя неділю неділі الأحد یکشنبه יוםראשון sonntag dimanche pazar? niedziela \
     niedzielę zondag",
];

static WEEKDAY_NAMES: LazyLock<ByWord<i64>> = LazyLock::new(|| {
    let each = |(day, names): (i64, &&str)| {
        names.split_whitespace().map(|name| (fold(name.trim_end_matches('?')), day)).collect::<Vec<_>>()
    };
    (0..).zip(WEEKDAYS.iter()).flat_map(each).collect()
});

/// Days since Monday of that weekday; `pazar` and `salı` are everyday words outside Turkish.
pub(super) fn weekday(name: &str, language: &str) -> Option<i64> {
    if matches!(name, "pazar" | "sali" | "cuma") && language != "tr" {
        return None;
    }
    // `بيوم الاثنين`, `ב־`, `ליום`: what is written on to the word before is no part of it.
    let bare = || name.strip_prefix(['ב', 'ל']).and_then(|name| WEEKDAY_NAMES.get(name));
    let joined = || name.strip_prefix("لل").and_then(|rest| WEEKDAY_NAMES.get(&format!("ال{rest}")));
    WEEKDAY_NAMES.get(name).or_else(bare).or_else(joined).copied()
}

const PERSIAN_ORDINALS: &str = "اول یکم دوم سوم چهارم پنجم ششم هفتم هشتم نهم دهم یازدهم دوازدهم سیزدهم چهاردهم \
     پانزدهم شانزدهم هفدهم هجدهم نوزدهم بیستم بیستویکم بیستودوم بیستوسوم بیستوچهارم بیستوپنجم بیستوششم بیستوهفتم \
     بیستوهشتم بیستونهم سیام سیویکم";

const ARABIC_ORDINALS: &str = "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر الحاديعشر الثانيعشر الثالثعشر \
     الرابععشر الخامسعشر السادسعشر السابععشر الثامنعشر التاسععشر العشرين الحاديوالعشرين الثانيوالعشرين الثالثوالعشرين \
     الرابعوالعشرين الخامسوالعشرين السادسوالعشرين السابعوالعشرين الثامنوالعشرين التاسعوالعشرين الثلاثين الحاديوالثلاثين";

static ORDINALS: LazyLock<ByWord<u8>> = LazyLock::new(|| {
    let mut ordinals = ByWord::default();
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
    ("an", 1),
    ("eight", 8),
    ("nine", 9),
    ("eleven", 11),
    ("twelve", 12),
    ("هشت", 8),
    ("نه", 9),
    ("خمس", 5),
    ("اربع", 4),
    ("ست", 6),
    ("سبع", 7),
    ("عشره", 10),
    ("восемь", 8),
    ("девять", 9),
    ("десять", 10),
    ("שלושה", 3),
    ("ארבעה", 4),
    ("חמישה", 5),
    ("שישה", 6),
    ("שבעה", 7),
    ("zwei", 2),
    ("drei", 3),
    ("deux", 2),
    ("trois", 3),
    ("dos", 2),
    ("tres", 3),
    ("due", 2),
    ("tre", 3),
];

/// A small number in words.
pub(super) fn count(word: &str) -> Option<u32> {
    COUNTS.iter().find(|(name, _)| *name == word).map(|(_, count)| *count)
}

/// Words between the ends of a range of days.
pub(super) const TO: &[&str] =
    &["to", "through", "until", "till", "تا", "الی", "حتی", "по", "до", "עד", "bis", "au", "al"];
/// Words between two days of a list.
pub(super) const AND: &[&str] = &["and", "or", "و", "и", "та", "i", "und", "et", "y", "e"];
/// Words between a day and its month.
pub(super) const OF: &[&str] = &["of", "من", "ماه", "شهر", "de", "del", "d", "di"];
/// Words that a year may follow.
pub(super) const YEAR: &[&str] = &["سال", "عام", "سنه", "year", "de", "del", "לשנת", "nam"];
