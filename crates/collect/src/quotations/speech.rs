//! The words by which languages say that somebody speaks.

use sitrep_language::fold::{fold, words};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Where a language puts the speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Before the verb or after it.
    Either,
    /// After the verb.
    After,
    /// At the head of the sentence; the verb ends it.
    Head,
}

/// Words of one language, folded.
pub(super) struct Speech {
    pub(super) place: Place,
    verbs: HashSet<String>,
    /// First words of verbs of two.
    pairs: HashSet<(String, String)>,
    according: Vec<Vec<String>>,
    /// Words that a speaker's name doesn't go beyond.
    stops: HashSet<String>,
    /// Words that stand before a speaker and are no part of it.
    leads: HashSet<String>,
    pronouns: HashSet<String>,
    /// Letters that may stand before a verb and mean "and", "so".
    prefixes: &'static [char],
}

impl Speech {
    pub(super) fn of(language: &str) -> Option<&'static Self> {
        match language.get(..2)? {
            "en" => Some(&ENGLISH),
            "fa" => Some(&PERSIAN),
            "ar" => Some(&ARABIC),
            "he" => Some(&HEBREW),
            "ru" => Some(&RUSSIAN),
            _ => None,
        }
    }

    /// How many of the words that begin at a place are a verb of speech.
    pub(super) fn verb(&self, words: &[String], at: usize) -> usize {
        let Some(word) = words.get(at) else { return 0 };
        if let Some(next) = words.get(at + 1)
            && self.pairs.contains(&(word.clone(), next.clone()))
        {
            return 2;
        }
        let bare = word.strip_prefix(self.prefixes).unwrap_or(word);
        usize::from(self.verbs.contains(word) || self.verbs.contains(bare))
    }

    /// How many of the words that begin at a place mean "according to".
    pub(super) fn according(&self, words: &[String], at: usize) -> usize {
        let found = self.according.iter().filter(|phrase| words[at..].starts_with(phrase));
        found.map(Vec::len).max().unwrap_or(0)
    }

    pub(super) fn stops(&self, word: &str) -> bool {
        self.stops.contains(word)
    }

    pub(super) fn leads(&self, word: &str) -> bool {
        self.leads.contains(word)
    }

    pub(super) fn is_pronoun(&self, word: &str) -> bool {
        self.pronouns.contains(word)
    }
}

struct Words {
    place: Place,
    verbs: &'static str,
    according: &'static str,
    stops: &'static str,
    leads: &'static str,
    pronouns: &'static str,
    prefixes: &'static [char],
}

fn read(given: &Words) -> Speech {
    let single = |list: &str| -> HashSet<String> { list.split_whitespace().map(fold).collect() };
    let phrases = || given.verbs.split(',').map(words);
    Speech {
        place: given.place,
        verbs: phrases().filter(|words| words.len() == 1).flatten().collect(),
        pairs: phrases()
            .filter_map(|words| match words.as_slice() {
                [first, second] => Some((first.clone(), second.clone())),
                _ => None,
            })
            .collect(),
        according: given.according.split(',').map(words).filter(|words| !words.is_empty()).collect(),
        stops: single(given.stops),
        leads: single(given.leads),
        pronouns: single(given.pronouns),
        prefixes: given.prefixes,
    }
}

static ENGLISH: LazyLock<Speech> = LazyLock::new(|| {
    read(&Words {
        place: Place::Either,
        verbs: "said, says, told, tells, added, adds, wrote, writes, stated, reported, announced, declared, warned, warns, \
                stressed, insisted, noted, claimed, claims, argued, argues, asked, asks, replied, explained, \
                tweeted, posted, posting, saying, telling, warning, adding, described, describing, recalled, remarked, \
                emphasized, emphasised, vowed, pledged, urged, concluded, confirmed, characterized, declaring, stating, claiming, arguing, noting, insisting, denied, commented, \
                acknowledged, reiterated, underlined, quoted, exclaimed, testified, responded",
        according: "according to, in the words of",
        stops: "in on at during after before as when while who whom which that whose adding referring speaking via about \
                through because since if but this last late early to with reporters into amid following without \
                monday tuesday wednesday thursday friday saturday sunday yesterday today earlier later and by has have had",
        leads: "but and however meanwhile also then yet so instead still though although when as that while later earlier \
                asked in by",
        pronouns: "he she they it i we who",
        prefixes: &[],
    })
});

static PERSIAN: LazyLock<Speech> = LazyLock::new(|| {
    read(&Words {
        place: Place::Head,
        verbs: "گفت, گفته, گفتند, می‌گوید, می‌گویند, می‌گفت, گفته‌اند, گفته است, افزود, افزوده, افزودند, نوشت, نوشته, نوشتند, \
                اظهار داشت, اظهار کرد, تاکید کرد, تأکید کرد, تاکید کرده, تأکید کرده, اعلام کرد, اعلام کرده, اعلام کردند, خاطرنشان کرد, تصریح کرد, بیان کرد, \
                یادآور شد, عنوان کرد, ادامه داد, هشدار داد, هشدار داده, خبر داد, اضافه کرد, توصیف کرد, توصیف کرده, خواند, خوانده, نامید, پاسخ داد, \
                پرسید, تکرار کرد, اذعان کرد, مدعی شد, ادعا کرد, دانست, توضیح داد",
        according: "به گفته, به نقل از, به نوشته, بنا به گفته, از قول, به باور, به اعتقاد",
        stops: "در روز با به طی پس از درباره که امروز دیروز نیز هم شنبه یکشنبه دوشنبه چهارشنبه پنجشنبه جمعه سه‌شنبه پیش \
                پیشتر ضمن برای را تا بر همچنین این گفت همزمان اخیرا بار هنگامی وقتی",
        leads: "اما و همچنین نیز پیشتر شب گذشته ساعتی پیش دیروز روز اخیرا سپس",
        pronouns: "او وی آنها آنان ایشان",
        prefixes: &[],
    })
});

static ARABIC: LazyLock<Speech> = LazyLock::new(|| {
    read(&Words {
        place: Place::After,
        verbs: "قال, قالت, قالوا, يقول, تقول, أضاف, أضافت, تابع, تابعت, صرح, صرحت, أكد, أكدت, أعلن, أعلنت, ذكر, ذكرت, أوضح, \
                أوضحت, اعتبر, اعتبرت, شدد, شددت, حذر, حذرت, كتب, كتبت, أشار, أشارت, رأى, وصف, وصفت, نقل, نقلت, أفاد, أفادت, \
                رد, سأل, زعم, زعمت, لفت",
        according: "بحسب, وفقا, وفق, حسب, على حد قول, على لسان, نقلا عن",
        stops: "إن إنه إنها إنهم أن أنه أنها بأن بأنه في خلال لـ على عن إلى يوم من مع بعد قبل ردا حول اليوم أمس الاثنين \
                الثلاثاء الأربعاء الخميس الجمعة السبت الأحد ما هذا هذه عبر عندما لوكالة لقناة للصحفيين للصحافيين",
        leads: "لكن كما فيما ل",
        pronouns: "هو هي هم",
        prefixes: &['و', 'ف'],
    })
});

static HEBREW: LazyLock<Speech> = LazyLock::new(|| {
    read(&Words {
        place: Place::Either,
        verbs: "אמר, אמרה, אמרו, אומר, אומרת, הוסיף, הוסיפה, הוסיפו, מסר, מסרה, מסרו, הודיע, הודיעה, הודיעו, טען, טענה, טענו, \
                כתב, כתבה, כתבו, הדגיש, הדגישה, ציין, ציינה, הבהיר, הבהירה, הצהיר, הצהירה, סיפר, סיפרה, הזהיר, הזהירה, השיב, \
                השיבה, שאל, שאלה, הסביר, הסבירה, קבע, קבעה, ענה, נמסר, הגיב, הגיבה",
        according: "לדברי, על פי, לפי, לטענת",
        stops: "כי ש על את ב עם אתמול היום לאחר לפני במהלך בראיון בשיחה אל ביום אחרי כאשר לעיתונאים בתגובה הבוקר הערב",
        leads: "אך אבל גם ו כפי עוד",
        pronouns: "הוא היא הם הן",
        prefixes: &['ו', 'ש'],
    })
});

static RUSSIAN: LazyLock<Speech> = LazyLock::new(|| {
    read(&Words {
        place: Place::Either,
        verbs: "сказал, сказала, сказали, говорит, говорят, говорил, говорила, заявил, заявила, заявили, заявляет, сообщил, \
                сообщила, сообщили, сообщает, отметил, отметила, отметили, отмечает, подчеркнул, подчеркнула, добавил, \
                добавила, добавили, пояснил, пояснила, пояснили, рассказал, рассказала, рассказали, написал, написала, \
                пишет, считает, уточнил, уточнила, утверждает, утверждают, объяснил, объяснила, ответил, ответила, \
                спросил, спросила, цитирует, предупредил, предупредила, назвал, назвала, указал, указала, признал, признала, \
                констатировал, продолжил, продолжила, приводит",
        according: "по словам, по мнению, по данным, по утверждению",
        stops: "что в во на о об по как когда который которая которые после перед ранее накануне сегодня вчера журналистам \
                агентству изданию со с комментируя отвечая тассу интерфаксу риа его ее их",
        leads: "но и а однако при этом также как так ранее позже",
        pronouns: "он она они я мы",
        prefixes: &[],
    })
});
