//! What stands around an article: menus, most-read lists, notices and footers, in the outlet's language. All invented.

/// The standing words of a site in one language.
pub(super) struct Wording {
    pub(super) menu: [&'static str; 6],
    pub(super) home: &'static str,
    pub(super) most_read: &'static str,
    pub(super) related: &'static str,
    /// Headlines of other pages.
    pub(super) others: [&'static str; 6],
    pub(super) share: &'static str,
    pub(super) tags: &'static str,
    pub(super) advertisement: &'static str,
    pub(super) newsletter: &'static str,
    pub(super) comments: &'static str,
    pub(super) cookies: &'static str,
    pub(super) rights: &'static str,
    pub(super) about: &'static str,
    pub(super) by: &'static str,
    pub(super) search: &'static str,
}

/// The words for a language; English for those that have none here.
pub(super) fn of(language: &str) -> &'static Wording {
    match language.split('-').next().unwrap_or_default() {
        "fa" => &PERSIAN,
        "ar" => &ARABIC,
        "ru" => &RUSSIAN,
        "he" => &HEBREW,
        _ => &ENGLISH,
    }
}

const PERSIAN: Wording = Wording {
    menu: ["سیاسی", "اقتصادی", "بین‌الملل", "استان‌ها", "ورزشی", "عکس و فیلم"],
    home: "صفحه نخست",
    most_read: "پربازدیدترین‌ها",
    related: "اخبار مرتبط",
    others: [
        "قیمت نان در سه استان تغییر نمی‌کند",
        "آغاز ثبت‌نام اردوهای دانش‌آموزی از فردا",
        "هوای پایتخت تا آخر هفته سرد می‌ماند",
        "نمایشگاه صنایع دستی در اصفهان گشایش یافت",
        "جدول پخش مسابقه‌های هفته یازدهم",
        "گفت‌وگو با سازنده قدیمی‌ترین سه‌تار شهر",
    ],
    share: "به اشتراک بگذارید",
    tags: "برچسب‌ها",
    advertisement: "آگهی: فروش ویژه فرش ماشینی با ارسال رایگان به سراسر کشور",
    newsletter: "خبرنامه ما را هر صبح در صندوق خود بخوانید",
    comments: "نظر شما پس از بررسی منتشر می‌شود",
    cookies: "این پایگاه برای آمار بازدید از کوکی استفاده می‌کند",
    rights: "همه حقوق برای این خبرگزاری محفوظ است. استفاده از مطالب با ذکر منبع آزاد است.",
    about: "درباره ما",
    by: "خبرنگار",
    search: "جست‌وجو",
};

const ARABIC: Wording = Wording {
    menu: ["محليات", "عربي ودولي", "اقتصاد", "محافظات", "رياضة", "صور وفيديو"],
    home: "الرئيسية",
    most_read: "الأكثر قراءة",
    related: "مواضيع ذات صلة",
    others: [
        "افتتاح معرض الكتاب بمشاركة عشرين دار نشر",
        "الأرصاد: أمطار متفرقة نهاية الأسبوع",
        "تعديل مواعيد الحافلات بين المدن",
        "حملة لزراعة ألف شجرة في الريف",
        "نتائج الجولة السابعة من الدوري",
        "ورشة لتعليم الخط العربي للأطفال",
    ],
    share: "شارك هذا الخبر",
    tags: "كلمات مفتاحية",
    advertisement: "إعلان: عروض نهاية العام على الأجهزة المنزلية",
    newsletter: "اشترك في نشرتنا البريدية",
    comments: "التعليقات تعبر عن رأي أصحابها",
    cookies: "يستخدم هذا الموقع ملفات تعريف الارتباط",
    rights: "جميع الحقوق محفوظة. يسمح بالنقل مع ذكر المصدر.",
    about: "من نحن",
    by: "تحرير",
    search: "بحث",
};

const RUSSIAN: Wording = Wording {
    menu: ["Политика", "Экономика", "Мир", "Регионы", "Спорт", "Фото"],
    home: "Главная",
    most_read: "Самое читаемое",
    related: "Материалы по теме",
    others: [
        "В субботу откроется выставка старых карт",
        "Синоптики обещают снег к концу недели",
        "Расписание пригородных поездов изменится",
        "Мастера резьбы по дереву собрались на фестиваль",
        "Итоги девятого тура чемпионата",
        "Как выбрать тёплую обувь на зиму",
    ],
    share: "Поделиться",
    tags: "Теги",
    advertisement: "Реклама. Окна со скидкой до конца месяца",
    newsletter: "Подпишитесь на утреннюю рассылку",
    comments: "Комментарии проходят проверку",
    cookies: "Сайт использует файлы cookie",
    rights: "Все права защищены. При цитировании ссылка обязательна.",
    about: "О редакции",
    by: "Автор",
    search: "Поиск",
};

const HEBREW: Wording = Wording {
    menu: ["פוליטי", "כלכלה", "בעולם", "מקומי", "ספורט", "תמונות"],
    home: "דף הבית",
    most_read: "הנקראות ביותר",
    related: "כתבות נוספות",
    others: [
        "תערוכת צילום חדשה תיפתח בשבת",
        "התחזית: גשם בצפון עד סוף השבוע",
        "שינויים בלוח הרכבות בחודש הבא",
        "מאה עצים ניטעו בפארק העירוני",
        "תוצאות המחזור השמיני",
        "מתכון למרק חורף ב־20 דקות",
    ],
    share: "שתפו",
    tags: "תגיות",
    advertisement: "פרסומת: מבצע סוף שנה על מוצרי חשמל",
    newsletter: "הירשמו לידיעון היומי",
    comments: "התגובות עוברות בדיקה",
    cookies: "האתר משתמש בעוגיות",
    rights: "כל הזכויות שמורות.",
    about: "אודות",
    by: "מאת",
    search: "חיפוש",
};

const ENGLISH: Wording = Wording {
    menu: ["World", "Politics", "Business", "Regions", "Sport", "Pictures"],
    home: "Home",
    most_read: "Most read",
    related: "Related coverage",
    others: [
        "Ferry service to resume after the holidays",
        "Museum opens its collection of old maps",
        "Weekend forecast: rain, then clearing",
        "City to plant a thousand trees by spring",
        "Results of the eighth round",
        "Five soups for a cold evening",
    ],
    share: "Share this story",
    tags: "Topics",
    advertisement: "Advertisement: winter tyres with free fitting until Sunday",
    newsletter: "Get the morning briefing in your inbox",
    comments: "Comments are moderated before they appear",
    cookies: "We use cookies to count visits",
    rights: "All rights reserved. Quotation with attribution is welcome.",
    about: "About us",
    by: "By",
    search: "Search",
};
