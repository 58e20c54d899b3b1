//! Headings and lines under which no report goes on: comments, what else there is to read, who the author is, offers.
//! In the languages of the desks and those of most pages.

use foldhash::fast::RandomState;
use sitrep_language::fold;
use std::collections::HashSet;
use std::sync::LazyLock;

/// What a heading announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// Readers' words: nothing of the report comes after them.
    Comments,
    /// Other reports, offers, the author: they have an end of their own.
    Elsewhere,
}

/// Whole headings, less numbers and marks, that open the readers' words; divided by bars.
const COMMENTS: &str = "\
    comment | comments | view comments | show comments | all comments | user comments | reader comments | \
    leave a comment | leave a reply | leave your comment | leave comment | post a comment | add a comment | \
    write a comment | submit a comment | add your comment | add comment | post comment | \
    join the discussion | join the conversation | comments are closed | have your say | what do you think | \
    responses | replies | reader interactions | discussion | cancel reply | leave a reply cancel reply | \
    no comments | one comment | kommentar | kommentare | kommentar schreiben | schreibe einen kommentar | \
    schreib einen kommentar | kommentar verfassen | kommentare schreiben | kommentar hinzufügen | \
    kommentar hinterlassen | hinterlasse einen kommentar | hinterlasse eine antwort | \
    schreibe einen kommentar antworten abbrechen | antworten abbrechen | ihr kommentar | dein kommentar | \
    leserkommentare | diskutieren sie mit | keine kommentare | kommentieren | mitdiskutieren | \
    kommentare zu diesem artikel | diskussion | commentaires | commentaire | laisser un commentaire | \
    ajouter un commentaire | poster un commentaire | vos commentaires | vos réactions | réagir | \
    laisser une réponse | votre commentaire | comentarios | comentario | deja un comentario | \
    dejar un comentario | deja una respuesta | escribe un comentario | agregar comentario | comentários | \
    deixe um comentário | deixe uma resposta | deixe seu comentário | comente | commenti | commento | \
    lascia un commento | lascia una risposta | scrivi un commento | reacties | reageer | \
    plaats een reactie | geef een reactie | kommentarer | kommentera | lämna ett svar | skriv en kommentar | \
    legg igjen en kommentar | komentarze | dodaj komentarz | zostaw komentarz | komentáře | hozzászólások | \
    yorumlar | yorum yap | yorum yaz | bir cevap yazın | комментарии | комментарий | добавить комментарий | \
    оставить комментарий | оставьте комментарий | обсуждение | отзывы | коментарі | залишити коментар | \
    نظرات | نظر شما | ارسال نظر | دیدگاه | دیدگاه ها | دیدگاه شما | دیدگاهتان را بنویسید | نظرات کاربران | \
    نظرات بینندگان | ثبت نظر | التعليقات | تعليقات | اترك تعليقا | أضف تعليق | اترك رد | شارك برأيك | \
    תגובות | הוסף תגובה | השארת תגובה | 댓글 | 댓글쓰기 | コメント | コメントを残す | 评论 | 发表评论 | 留言 | 发表回复 | komentar | \
    tinggalkan balasan | bình luận";

/// Whole headings that open something else.
const ELSEWHERE: &str = "\
    related | related articles | related posts | related stories | related news | related links | \
    related content | related topics | related coverage | related reading | related items | related videos | \
    you may also like | you might also like | you may like | you might like | more stories | more news | \
    more articles | read more | read next | read also | also read | up next | next up | recommended | \
    recommended for you | recommendations | editors picks | most read | most popular | popular posts | \
    popular | trending | trending now | latest | latest news | latest posts | latest stories | \
    recent posts | recent articles | dont miss | further reading | share | share this | share this article | \
    share this post | share this story | share article | sharing is caring | spread the word | tags | \
    topics | filed under | categories | keywords | about the author | about the authors | author | \
    about author | meet the author | written by | newsletter | sign up | subscribe | follow us | \
    stay connected | stay up to date | get the latest | advertisement | sponsored | sponsored content | \
    promoted | promoted content | around the web | from around the web | more from the web | \
    story timeline | download our app | join our newsletter | today's top | ähnliche beiträge | \
    ähnliche artikel | ähnliche themen | verwandte artikel | verwandte beiträge | verwandte themen | \
    weitere artikel | weitere beiträge | weitere themen | weitere meldungen | weitere nachrichten | \
    weitere news | mehr zum thema | mehr zu diesem thema | zum thema | das könnte sie auch interessieren | \
    das könnte dich auch interessieren | das könnte ihnen auch gefallen | das könnte dir auch gefallen | \
    auch interessant | auch lesenswert | lesen sie auch | lies auch | empfehlungen | empfohlene artikel | \
    empfehlungen der redaktion | empfehlungen aus der redaktion | leser empfehlen | meistgelesen | \
    meist gelesen | neueste beiträge | neueste artikel | aktuelle beiträge | über den autor | \
    über die autorin | über die autoren | der autor | die autorin | die autoren | autor | autorin | teilen | \
    artikel teilen | beitrag teilen | diesen artikel teilen | schlagwörter | schlagworte | stichworte | \
    themen | kategorien | anzeige | newsletter abonnieren | nächster artikel | vorheriger artikel | \
    mehr aus | quellen und links | articles similaires | articles liés | articles connexes | à lire aussi | \
    lire aussi | à lire également | sur le même sujet | sur le même thème | à voir aussi | voir aussi | \
    les plus lus | dans la même rubrique | plus d'articles | à propos de l'auteur | partager | \
    partager cet article | mots clés | publicité | recommandé | noticias relacionadas | \
    artículos relacionados | notas relacionadas | relacionadas | relacionados | te puede interesar | \
    te recomendamos | también te puede interesar | más noticias | más leídas | lo más leído | lo más visto | \
    lee también | leer más | ver también | compartir | etiquetas | temas | sobre el autor | archivado en | \
    publicidad | matérias relacionadas | notícias relacionadas | artigos relacionados | leia também | \
    leia mais | veja também | mais lidas | mais lidos | saiba mais | compartilhe | sobre o autor | \
    publicidade | articoli correlati | leggi anche | potrebbe interessarti | potrebbero interessarti | \
    ti potrebbe interessare | ti potrebbero interessare | condividi | più letti | informazioni sull'autore | \
    gerelateerde artikelen | gerelateerd | lees ook | lees meer | meest gelezen | deel dit artikel | \
    läs också | läs mer | mest lästa | les også | læs også | czytaj też | czytaj także | czytaj więcej | \
    zobacz także | zobacz też | polecane | powiązane | udostępnij | ilgili haberler | benzer haberler | \
    ayrıca okuyun | читайте также | читать также | по теме | похожие записи | похожие новости | \
    похожие материалы | материалы по теме | новости по теме | другие новости | ещё по теме | рекомендуем | \
    популярное | самое читаемое | поделиться | теги | об авторе | реклама | подписывайтесь | читайте ещё | \
    смотрите также | читайте також | матеріали за темою | самые популярные | مطالب مرتبط | اخبار مرتبط | \
    خبرهای مرتبط | مطالب پیشنهادی | پیشنهاد سردبیر | بیشتر بخوانید | همچنین بخوانید | پربازدیدترین | \
    پربیننده ترین | آخرین اخبار | برچسب ها | برچسبها | اشتراک گذاری | کلیدواژه | لینک کوتاه | \
    مواضيع ذات صلة | أخبار ذات صلة | مقالات ذات صلة | اقرأ أيضا | اقرأ المزيد | قد يهمك | الأكثر قراءة | \
    شارك | قد يعجبك أيضا | الكلمات المفتاحية | קראו גם | קראו עוד | כתבות נוספות | אולי יעניין אותך | \
    עוד בנושא | תגיות | שתפו | 関連記事 | おすすめ記事 | 関連ニュース | 人気記事 | 相关新闻 | 相关阅读 | 相关文章 | 延伸阅读 | 延伸閱讀 | 相關新聞 | \
    推荐阅读 | 관련기사 | 관련 기사 | 많이 본 뉴스 | berita terkait | baca juga";

static COMMENTS_FOLDED: LazyLock<HashSet<String, RandomState>> =
    LazyLock::new(|| COMMENTS.split(" | ").map(|words| bare(&fold::fold(words))).collect());
/// Those of several words, which may go on.
static COMMENT_PHRASES: LazyLock<Vec<&String>> =
    LazyLock::new(|| COMMENTS_FOLDED.iter().filter(|words| words.contains(' ')).collect());
static ELSEWHERE_FOLDED: LazyLock<HashSet<String, RandomState>> =
    LazyLock::new(|| ELSEWHERE.split(" | ").map(|words| bare(&fold::fold(words))).collect());

/// What a heading or a short line announces, given folded; `None` where it is a heading like others.
pub(super) fn announced(folded: &str) -> Option<Ending> {
    if folded.len() > 240 || folded.chars().count() > 60 {
        return None;
    }
    let bare = bare(folded);
    if bare.is_empty() {
        return None;
    }
    if COMMENTS_FOLDED.contains(&bare) || COMMENT_PHRASES.iter().any(|phrase| bare.starts_with(phrase.as_str())) {
        Some(Ending::Comments)
    } else if ELSEWHERE_FOLDED.contains(&bare) {
        Some(Ending::Elsewhere)
    } else {
        None
    }
}

/// Folded words without numbers and marks: *12 Comments:* is *comments*.
fn bare(folded: &str) -> String {
    let mut bare = String::with_capacity(folded.len());
    let mut ended = false;
    for c in folded.chars().filter(|c| *c != '\'') {
        if !c.is_alphabetic() {
            ended = true;
            continue;
        }
        if ended && !bare.is_empty() {
            bare.push(' ');
        }
        bare.push(c);
        ended = false;
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_that_lead_away_are_known_in_many_languages() {
        for heading in [
            "12 Comments",
            "Leave a Reply",
            "Комментарии (3)",
            "Kommentar verfassen Antwort abbrechen",
            "نظرات کاربران",
            "تعليقات",
            "Kommentare:",
        ] {
            assert_eq!(announced(&fold::fold(heading)), Some(Ending::Comments), "{heading}");
        }
        for heading in ["Related Articles", "Читайте также:", "اخبار مرتبط", "اقرأ أيضاً", "קראו גם", "Don’t miss"]
        {
            assert_eq!(announced(&fold::fold(heading)), Some(Ending::Elsewhere), "{heading}");
        }
        for heading in ["What the ministry said", "Comments of the minister on the bridge", "", "2023"] {
            assert_eq!(announced(&fold::fold(heading)), None, "{heading}");
        }
    }
}
