//! The words by which names are told from what stands beside them, in the languages of the desks and of most pages.

use foldhash::fast::RandomState;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Words, looked up by hash: every word of every name is asked for.
pub(super) type Words = LazyLock<HashSet<&'static str, RandomState>>;

fn set(words: &'static str, mark: &str) -> HashSet<&'static str, RandomState> {
    words.split(mark).map(str::trim).filter(|word| !word.is_empty()).collect()
}

/// Words between the names of several authors.
pub(super) const CONNECTIVES: [&str; 16] = [
    " and ", " AND ", " und ", " UND ", " et ", " y ", " e ", " i ", " en ", " og ", " och ", " и ", " ו ", " و ",
    " ve ", " with ",
];

/// Words that end a name, in lower case as they stand in a line; divided by blanks.
pub(super) static STOPS: Words = LazyLock::new(|| {
    set(
        "on at in for from under to of is was has as via updated published posted filed \
    am um vom in aus für bei mit im ist le à pour dans avec el en para con il lo del em no op via в на для из hace",
        " ",
    )
});

/// Words that stand in names in lower case; divided by blanks.
pub(super) static PARTICLES: Words = LazyLock::new(|| {
    set(
        "von van de der den des del della dello di da do dos das du la le el al ter ten te zu vom af av bin ibn ben bint abu ul ud y e i d' l' ’t 't",
        " ",
    )
});

/// Words of offices, agencies, firms: what has one is no person. Folded; divided by bars.
pub(super) static OFFICES: Words = LazyLock::new(|| {
    set(
        "redaktion | onlineredaktion | redaccion | redaction | redacao | redazione | redakcja | redactie | \
    redakce | редакция | редакции | تحریریه | newsroom | news | nachrichten | noticias | noticia | press | presse | pressestelle | prensa | agency | agencies | agencia | \
    agencias | agentur | agenturen | agence | agenzia | team | webteam | desk | staff | gmbh | ag | ev | e.v | se | ltd | inc | llc | co | corp | verlag | \
    association | verband | bundesverband | verein | bund | stiftung | institut | institute | ministerium | magazin | magazine | zeitung | zeitungen | newspaper | \
    tv | online | media | medien | reuters | afp | ap | dpa | efe | apa | sid | tass | тасс | риа | новости | интерфакс | bbc | cnn | jiji | ansa | \
    xinhua | associated | irna | isna | ایسنا | ایرنا | تسنیم | خبرگزاری | گروه | سرویس | وکاله | وکالات | رویترز | \
    صحیفه | قناه | סוכנויות | מערכת | ynet | radio | fernsehen | university | committee | council | department | \
    foundation | group | company | kitchens | contributors | editorial | board | office | times | post | herald | blog",
        "|",
    )
});

/// Words of offices that persons hold. Folded; divided by bars.
pub(super) static ROLES: Words = LazyLock::new(|| {
    set(
        "writer | writers | reporter | reporters | correspondent | correspondents | editor | editors | columnist | \
    contributor | contributing | journalist | freelance | senior | chief | director | producer | redakteur | redakteurin | \
    korrespondent | korrespondentin | chefredakteur | chefredakteurin | autor | autorin | volontar | volontarin | \
    pressesprecher | pressesprecherin | journaliste | redacteur | redactrice | correspondant | correspondante | periodista | \
    corresponsal | reportero | reportera | корреспондент | обозреватель | журналист | редактор | خبرنگار | نویسنده | سردبیر | \
    مراسل | کاتب | صحفی | محرر | muhabir | muhabiri | editoru | abteilung | author | authors | auteur | auteurs | auteure",
        "|",
    )
});

/// Words that are not in names: of controls, of days, of other lines. Folded; divided by bars.
pub(super) static UNNAMED: Words = LazyLock::new(|| {
    set(
        "share | follow | comment | comments | kommentare | print | email | e-mail | mail | subscribe | read | more | photo | \
    photos | image | images | foto | fotos | bild | bilder | video | updated | published | posted | profile | profil | home | \
    login | sign | view | all | about | see | click | advertisement | advertising | the | this | our | your | you | we | my | uns | unsere | unserem | \
    unserer | alle | mehr | zum | deinen | monday | tuesday | wednesday | thursday | friday | saturday | sunday | \
    montag | dienstag | mittwoch | donnerstag | freitag | samstag | sonntag | lundi | mardi | mercredi | jeudi | vendredi | \
    twitter | facebook | instagram | linkedin | telegram | whatsapp | youtube | copyright | creative | commons | \
    minutes | min | ago | uhr | am | pm | est | gmt | last | date | datum | category | categories | tags | source | quelle | \
    фото | видео | источник | комментарии | عکس | تصویر | منبع | تاریخ | انتشار | نظر | نظرات | صور | صوره | المصدر | צילום | תגובות | \
    president | minister | ministry | prime | government | police | parliament | army | \
    posts | cortesia | courtesy | eingestellt | illustration | illustrationen | grafik | posts | beitrage | beitrag | artikel | article | articles | erstellt | zeige | pressemitteilung | wortlaut | im | interview | gastbeitrag | \
    gastkommentar | kommentar | gesprach | nombre | name | website | url | link | links | archive | page | seite | website | webdesign | design | designed | powered",
        "|",
    )
});

/// Whole names that stand for nobody. Folded; divided by bars.
pub(super) static NOBODY: Words = LazyLock::new(|| {
    set(
        "admin | administrator | adm | root | super user | superuser | unknown | unbekannt | no author | none | null | \
    undefined | n/a | anonymous | anonym | anonimo | guest | gast | invitado | webmaster | user | test | author | autor | default | \
    editor | مدیر | ادمین | ناشناس | админ | администратор | аноним",
        "|",
    )
});

/// Words of sentences in scripts without capitals; no name has one. Folded; divided by bars.
pub(super) static FUNCTION: Words = LazyLock::new(|| {
    set(
        "از | به | در | با | که | را | این | ان | تا | بر | برای | است | شد | می | من | فی | علی | الی | عن | ما | هذا | \
    التی | الذی | של | על | את | עם | כי | לא | הוא | היא | 的 | は",
        "|",
    )
});

/// Particles with which a name may begin.
pub(super) const LEADING_PARTICLES: [&str; 12] =
    ["de", "van", "von", "el", "al", "la", "ter", "ten", "di", "da", "del", "bin"];

/// Months, whole and shortened. Folded; divided by bars.
pub(super) static MONTHS: Words = LazyLock::new(|| {
    set(
        "january | february | march | april | may | june | july | august | september | october | november | december | \
    jan | feb | mar | apr | jun | jul | aug | sep | sept | oct | nov | dec | januar | februar | marz | mai | juni | juli | oktober | dezember | okt | dez | \
    janvier | fevrier | mars | avril | juin | juillet | aout | septembre | octobre | novembre | decembre | enero | febrero | marzo | abril | \
    mayo | junio | julio | agosto | septiembre | octubre | noviembre | diciembre",
        "|",
    )
});
