//! Which language a text is in: by script, then by letters and small words that only one of its languages has.

use crate::fold::is_alphabetic;
use crate::script::{self, Script};
use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Small words that tell languages of one script apart.
const SMALL_WORDS: &[(&str, &str)] = &[
    (
        "en",
        "the of and to in is that for with on was by from says after as at it are be has have his their will \
     over not this an he its us new up out about more who year years first but against into during amid a s t no",
    ),
    (
        "de",
        "der die das und ist nicht mit von den im ein eine auf nach dem des sich zu für bei wird auch aus sind \
     hat vom zur werden über wie an in um gegen will als noch so zum soll warum diese mehr durch wegen",
    ),
    (
        "fr",
        "le la les et des est du une dans pour que sur au par en un qui pas plus avec ce son il ne se aux \
     a été selon l d",
    ),
    (
        "es",
        "el los las del que en una por con para como más y la de se un su al es lo no sus este entre fue ha \
     ser han sin sobre desde hasta también durante años",
    ),
    (
        "it",
        "il di che della per una nel con sono gli alla e la un in del non è dei da le i si al come più \
     dal nella anche ha delle",
    ),
    ("pt", "o os uma não em para com dos ao pelo e a do da que um na no se as por mais das é como foi"),
    (
        "ca",
        "els amb del una per al és dels ha més són va aquest seva també pel i la que en un de el les \
     ser aquesta han fins",
    ),
    ("nl", "het een van niet op zijn voor met dat de en in is te aan ook door bij naar uit die er om werd"),
    ("sv", "och att det som en på är av för med den till inte om ett har de i från var vid efter"),
    (
        "da",
        "og at det som en på er af for med den til ikke om et har de i fra var ved efter der blev \
     nu havde blevet mere op kun noget meget ud siger mellem hos mod uden også skal han hun år fik",
    ),
    (
        "no",
        "og at det som en på er av for med den til ikke om et har de i fra var ved etter ble å \
     nå hadde blitt mer opp bare noe mye ut sier mellom hos mot uten også skal han hun år fikk seg vært flere",
    ),
    ("is", "og að í á er sem um við með var en ekki til fyrir það af hefur"),
    ("fi", "ja on ei että oli se hän mukaan myös kun ovat tai mutta kuin joka ole sekä"),
    ("et", "ja on ei et oli see ka kui mis oma aga ning selle pärast"),
    ("lt", "ir kad į su yra iš tai bet kaip buvo už dėl nuo po apie savo"),
    ("lv", "un ir ka ar no uz par bet kas tas bija pēc arī lai nav gan"),
    ("pl", "i w na z do nie się że jest to po od za o przez dla jak jego tym oraz są był"),
    ("cs", "a v na se že je s do z o pro po jako byl jsou si za podle by který také ale"),
    ("sk", "a v na sa že je s do z o pre po ako bol sú si za podľa by ktorý aj ale"),
    ("hu", "a az és hogy nem is egy meg volt ez szerint csak de már még ki"),
    ("ro", "și de la în a cu din nu pe care un o că pentru este mai au fost sau prin după"),
    ("hr", "i u je na da se za od su s o a koji iz kao bio što će te nije"),
    ("sl", "in v je na da se za so ki z pa o ne tudi po kot bi bil ter"),
    ("sq", "të në e dhe për me një nga që është si ka do më u i"),
    (
        "tr",
        "ve bir bu için ile da de olarak daha sonra gibi olan dedi kadar en ancak göre ise çok etti \
     olduğunu",
    ),
    ("az", "və bir bu ilə də üçün olan edib olub ki deyib sonra görə çox isə bildirib olduğunu"),
    ("uz", "va bu bilan uchun ham bir edi emas haqida boʻlgan deb ning"),
    ("ku", "û li ji bi di de ku ye bo jî ser vê wê re hat kir min ev ew dike"),
    ("id", "dan yang di dengan untuk dari ini itu dalam tidak akan pada oleh ke adalah juga telah"),
    ("vi", "của và là trong cho không được người các với có một đã này ngày tại về"),
    ("sw", "ya na wa kwa ni katika la za kuwa hiyo huo cha yake alisema watu mkoani amesema baada wakati"),
    ("ru", "и в не на что с по из к от о это для его при как за был а до же также после во"),
    ("uk", "і в не на що з та до у про це від за як є й його після при також або щодо були"),
    ("be", "і у не на што з па да ад для гэта як таксама пра быў паводле яго каб"),
    ("bg", "и на се да от за с е не са това че в по като ще при след той със"),
    ("sr", "и у је на да се за од су са о који из као што ће није али"),
    ("mk", "и на во да се од за со е не ќе што ги го ја како бидејќи"),
    ("kk", "және мен бұл үшін бір деп болды деді туралы"),
    ("fa", "و در به از که این را با است برای آن می شد های بر خود کرد شده تا یک گفت پس هم ما نیز خواهد"),
    ("ar", "في من على إلى أن عن التي الذي مع هذا هذه بعد قال كان لا ما بين قد عند ذلك كما خلال لم إن"),
    ("ur", "کے کی میں ہے اور سے کا کو نے پر ہیں یہ کہ تھا ایک گا بھی"),
    ("ckb", "لە بۆ بە کە ئەو لەگەڵ دا و لەسەر ئەم بوو کرد دەکات هەر نێوان"),
    ("ps", "د په چې او ته کې له دی سره دې يې یې شوي نه دا څخه لپاره وايي وویل"),
    ("he", "של את על לא הוא עם זה כי היא אל גם או אם כל אחרי"),
    ("yi", "און די דער איז פֿון פון אין צו דאָס מיט נישט"),
    ("hi", "के की में है और से का को ने पर हैं यह कि भी"),
    ("mr", "आणि आहे या च्या मध्ये होते केली आहेत"),
];

/// Letters that few languages of their script have.
const OWN_LETTERS: &[(&str, &str)] = &[
    ("fa", "پچژگ"),
    ("ar", "ةىيكأإؤئ"),
    ("ur", "ٹڈڑںےہھ"),
    ("ckb", "ێۆڵڕەڤ"),
    ("ps", "ښځڅړډټڼۍېګ"),
    ("ru", "ыэёъщ"),
    ("uk", "іїєґ"),
    ("be", "ўіыэё"),
    ("bg", "ъщ"),
    ("sr", "ђћјљњџ"),
    ("mk", "ѓќѕјљњџ"),
    ("kk", "әғқңөұүһі"),
    ("tr", "ığşçöü"),
    ("az", "əığşçöü"),
    ("ku", "êîûçş"),
    ("de", "äßöü"),
    ("es", "ñ¿¡áíóú"),
    ("pt", "ãõçáâêéí"),
    ("fr", "èêçœéàùâîô"),
    ("it", "àèìòù"),
    ("ca", "çàèòïéíóúü·"),
    ("sv", "äåö"),
    ("da", "æøå"),
    ("no", "æøå"),
    ("is", "ðþæáíú"),
    ("fi", "äö"),
    ("et", "õäöü"),
    ("lt", "ėįųūąęšžč"),
    ("lv", "āēīūņļķģšž"),
    ("pl", "łąęśżźćńó"),
    ("cs", "ěřůčšžýáíé"),
    ("sk", "ľĺŕôäčšžýáíéú"),
    ("hu", "őűáéíóöü"),
    ("ro", "țșăâîţş"),
    ("hr", "čćđšž"),
    ("sl", "čšž"),
    ("sq", "ëç"),
    ("vi", "ơưđạảấầẩậắặếềểệịọốồổộớờởợụủứừửựỳỹ"),
    ("yi", "ײױװ"),
];

/// Ends of words that few languages of their script have.
const ENDINGS: &[(&str, &str)] = &[
    ("en", "ing tion ed ly"),
    ("de", "ung lich ische keit"),
    ("fr", "tion ment eux ique"),
    ("es", "ción dad mente ados"),
    ("it", "zione mente anti ità"),
    ("pt", "ção dade mente ões"),
    ("nl", "ing lijk heid ij"),
    ("tr", "lar ler ında inde dır ları leri lığı"),
    ("az", "lar lər ının inin dır ndə"),
    ("pl", "ych ego owi ście ów"),
    ("cs", "ých ého ové ní"),
    ("ru", "ых ого ение ость ать ский ции"),
    ("uk", "ння ого ість ати ський ції их"),
    ("bg", "ите ата ето ния"),
    ("sr", "ски ање ије ог"),
    ("ro", "ului ilor ea ție"),
    ("hu", "ban ben nak nek ság ség"),
    ("fi", "ssa ssä nen lla sta"),
    ("sv", "ningen arna erna"),
    ("lt", "ijos ymo"),
    ("id", "nya kan"),
    ("sq", "ës ve"),
    ("ku", "ên ê an"),
    ("fa", "های ها‌ ترین"),
    ("ps", "ونه ول ې"),
];

/// Languages that a script's texts can be in.
const BY_SCRIPT: &[(Script, &[&str])] = &[
    (Script::Arabic, &["fa", "ar", "ur", "ckb", "ps"]),
    (Script::Cyrillic, &["ru", "uk", "bg", "be", "sr", "mk", "kk"]),
    (
        Script::Latin,
        &[
            "en", "de", "fr", "es", "it", "pt", "nl", "tr", "pl", "sv", "da", "no", "fi", "cs", "sk", "hu", "ro", "hr",
            "sl", "sq", "lt", "lv", "et", "is", "ca", "az", "ku", "uz", "id", "vi", "sw",
        ],
    ),
    (Script::Hebrew, &["he", "yi"]),
    (Script::Greek, &["el"]),
    (Script::Armenian, &["hy"]),
    (Script::Georgian, &["ka"]),
    (Script::Devanagari, &["hi", "mr"]),
    (Script::Thai, &["th"]),
    (Script::Hangul, &["ko"]),
    (Script::Kana, &["ja"]),
    (Script::Han, &["zh"]),
];

/// The language of a text (BCP 47) and how sure that is, 0 to 1; `None` for a text without letters.
pub fn detect(text: &str) -> Option<(&'static str, f64)> {
    let end = text.char_indices().nth(20_000).map_or(text.len(), |(at, _)| at);
    let text = &text[..end];
    let mut counts: Vec<(Script, usize)> = Vec::new();
    for script in text.chars().map(script::of).filter(|script| *script != Script::Common) {
        match counts.iter_mut().find(|(known, _)| *known == script) {
            Some((_, count)) => *count += 1,
            None => counts.push((script, 1)),
        }
    }
    let is_latin = counts.iter().max_by_key(|(_, count)| *count).is_some_and(|(script, _)| *script == Script::Latin);
    counts.retain(|(script, _)| *script != Script::Other);
    let letters: usize = counts.iter().map(|(_, count)| count).sum();
    let kana = counts.iter().any(|(script, count)| *script == Script::Kana && count * 10 > letters);
    let (script, _) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    let script = if kana && script == Script::Han { Script::Kana } else { script };
    let at = BY_SCRIPT.iter().position(|(known, _)| *known == script)?;
    let (_, languages) = BY_SCRIPT[at];
    if let [only] = languages {
        return Some((only, 1.0));
    }
    let sample = Sample::of(text, is_latin);
    let first: usize = BY_SCRIPT[..at].iter().map(|(_, languages)| languages.len()).sum();
    let mut scores: Vec<(&'static str, f64)> = (first..).zip(languages).map(|(at, l)| (*l, sample.score(at))).collect();
    scores.sort_by(|a, b| b.1.total_cmp(&a.1));
    let (best, top) = *scores.first()?;
    let second = scores.get(1).map_or(0.0, |(_, score)| *score);
    let sure = (0.5 + (top - second) / (2.0 * (top + second).max(1.0))).min(1.0);
    Some((best, sure))
}

/// Languages as bits, by their place in [`Known::languages`].
type Bits = u64;

/// The tables of all languages turned round: what a word, an end of a word or a letter says, asked once for all of them.
struct Known {
    /// In the order of [`BY_SCRIPT`], which has each once.
    languages: Vec<&'static str>,
    words: HashMap<&'static str, Bits, RandomState>,
    ends: HashMap<&'static str, Bits, RandomState>,
    /// Lengths in bytes that ends have.
    end_lengths: Vec<usize>,
    letters: HashMap<char, Bits, RandomState>,
    /// How much a letter of its own says for each language.
    weights: Vec<f64>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let languages: Vec<&str> = BY_SCRIPT.iter().flat_map(|(_, languages)| *languages).copied().collect();
    let bit = |language: &str| languages.iter().position(|known| *known == language).map_or(0, |at| 1 << at);
    let turned = |table: &'static [(&str, &str)]| {
        let mut found: HashMap<&str, Bits, RandomState> = HashMap::default();
        for (language, list) in table {
            list.split_ascii_whitespace().for_each(|word| *found.entry(word).or_default() |= bit(language));
        }
        found
    };
    let mut letters: HashMap<char, Bits, RandomState> = HashMap::default();
    for (language, own) in OWN_LETTERS {
        own.chars().for_each(|c| *letters.entry(c).or_default() |= bit(language));
    }
    let own = |language: &str| OWN_LETTERS.iter().find(|(known, _)| *known == language).map_or("", |(_, own)| *own);
    let ends = turned(ENDINGS);
    let mut end_lengths: Vec<usize> = ends.keys().map(|end| end.len()).collect();
    end_lengths.sort_unstable();
    end_lengths.dedup();
    let weights = languages.iter().map(|language| weight(own(language))).collect();
    Known { words: turned(SMALL_WORDS), ends, end_lengths, letters, weights, languages }
});

/// How many things of a text speak for each language.
struct Counts([u32; Bits::BITS as usize]);

impl Counts {
    fn add(&mut self, bits: Bits, count: u32) {
        let mut left = bits;
        while left != 0 {
            self.0[left.trailing_zeros() as usize] += count;
            left &= left - 1;
        }
    }

    fn of(&self, place: usize) -> f64 {
        f64::from(self.0[place])
    }
}

/// What is counted of a text, once for all languages that it may be in.
struct Sample {
    /// Small words.
    hits: Counts,
    /// Words with an end of the language.
    ended: Counts,
    /// Letters of its own.
    letters: Counts,
    /// Letters beyond ASCII of its own, and all of them.
    marked: Counts,
    all_marked: u32,
    is_latin: bool,
    /// Code points that Persian writes and Arabic does not.
    persian: u32,
    /// Words that open as Arabic nouns do.
    articles: u32,
}

impl Sample {
    fn of(text: &str, is_latin: bool) -> Self {
        let none = || Counts([0; Bits::BITS as usize]);
        let mut sample = Self {
            hits: none(),
            ended: none(),
            letters: none(),
            marked: none(),
            all_marked: 0,
            is_latin,
            persian: 0,
            articles: 0,
        };
        let mut word = String::new();
        // Where a letter goes into several small ones, only the letter itself divides words or not.
        for c in text.chars().chain([' ']) {
            if c.is_ascii() {
                if c.is_ascii_alphabetic() {
                    word.push(c.to_ascii_lowercase());
                    continue;
                }
            } else {
                sample.persian += u32::from(matches!(c, 'ی' | 'ک' | '\u{200C}'));
                let is_letter = is_alphabetic(c);
                // Letters of these scripts have no small form.
                if matches!(c, '\u{0590}'..='\u{06FF}') {
                    sample.letter(c);
                    if is_letter {
                        word.push(c);
                        continue;
                    }
                } else {
                    c.to_lowercase().for_each(|c| sample.letter(c));
                    if is_letter || c == '\u{200C}' {
                        word.extend(c.to_lowercase());
                        continue;
                    }
                }
            }
            if !word.is_empty() {
                sample.word(&word);
                word.clear();
            }
        }
        sample
    }

    /// A small letter, or another character, beyond ASCII.
    fn letter(&mut self, c: char) {
        let bits = KNOWN.letters.get(&c).copied().unwrap_or_default();
        self.letters.add(bits, 1);
        if self.is_latin && !c.is_ascii() && is_alphabetic(c) {
            self.marked.add(bits, 1);
            self.all_marked += 1;
        }
    }

    fn word(&mut self, word: &str) {
        let known = &*KNOWN;
        self.hits.add(known.words.get(word).copied().unwrap_or_default(), 1);
        let tails = known.end_lengths.iter().take_while(|length| word.len() > **length + 2);
        let tails = tails.filter_map(|length| word.get(word.len() - length..));
        self.ended.add(tails.filter_map(|tail| known.ends.get(tail)).fold(0, |all, bits| all | bits), 1);
        self.articles += u32::from(word.starts_with("ال") && word.chars().count() > 3);
    }

    /// What it says for the language at a place of [`Known::languages`].
    fn score(&self, at: usize) -> f64 {
        let Some(language) = KNOWN.languages.get(at).copied() else { return 0.0 };
        let hits = self.hits.of(at);
        // A letter beyond ASCII that the language does not have speaks against it, where its letters are listed at all.
        let foreign = f64::from(self.all_marked) - self.marked.of(at);
        // `ال` opens every other Arabic noun, `ی` and `ک` are Persian code points.
        let extra = match language {
            "ar" => f64::from(self.articles),
            "fa" => f64::from(self.persian) * 0.3,
            _ => 0.0,
        };
        let letters = self.letters.of(at).min(hits * 4.0 + 12.0) * KNOWN.weights[at];
        hits * 2.0 + letters + self.ended.of(at) * 0.7 + extra - foreign
    }
}

/// The more letters a language's list has, the less one of them says.
fn weight(own: &str) -> f64 {
    if own.chars().count() <= 5 { 1.0 } else { 0.7 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_headlines_are_told_apart() {
        for (text, language) in [
            ("Iran and Syria agree on the rail link", "en"),
            ("وزیر راه: خط آهن تا پایان سال تکمیل می‌شود", "fa"),
            ("اجتماع مفاجئ في دمشق لبحث الملف", "ar"),
            ("Сирия и Иран подписали соглашение", "ru"),
            ("Президент заявив, що зустріч відбудеться", "uk"),
            ("שר הביטחון ביקר בגבול הצפון", "he"),
            ("Президент Сербије је рекао да ће састанак бити одржан", "sr"),
            ("Прэзідэнт сказаў, што сустрэча адбудзецца ў Мінску", "be"),
            ("Министърът каза, че срещата ще се проведе в София", "bg"),
            ("ولسمشر وویل چې غونډه به په کابل کې وي", "ps"),
            ("سەرۆک وەزیران لە هەولێر لەگەڵ شاندێک کۆبووەوە", "ckb"),
            ("وزیر اعظم نے کہا کہ اجلاس اسلام آباد میں ہو گا", "ur"),
            ("رئیس جمهور به دمشق سفر کرد", "fa"),
            ("زلزله در کرمان", "fa"),
            ("هجوم على قاعدة في البادية", "ar"),
            ("Nazir bildirib ki, görüş gələn həftə olacaq", "az"),
            ("Serokwezîr got ku civîn dê li Hewlêrê bê lidarxistin", "ku"),
            ("Minister powiedział, że spotkanie się odbędzie", "pl"),
            ("Ministr řekl, že schůzka se uskuteční v Praze", "cs"),
            ("Statsministern säger att mötet är inställt", "sv"),
            ("Le ministre a déclaré que la réunion aura lieu", "fr"),
            ("El ministro dijo que la reunión será en Madrid", "es"),
            ("Der Minister sagte, das Treffen sei verschoben", "de"),
            ("Iran’s succession question resurfaces", "en"),
            ("Bakan, görüşmenin bir hafta sonra olacağını söyledi", "tr"),
        ] {
            assert_eq!(detect(text).map(|d| d.0), Some(language), "{text}");
        }
        assert_eq!(detect("1234 …"), None);
    }
}
