"""Wraps article text in page layouts of our own, with the truth of each page, to measure the generic segmenter."""

import random
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass
class Story:
    headline: str
    body: list[str]


@dataclass
class Page:
    text: str
    headline: str
    body: list[str]
    published: str | None = None
    embedded: list[Story] = field(default_factory=list)


MONTHS = ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]
LEVANT = [
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
]
MAGHREB = ["يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"]
DAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
NAMES = ["سعاد الكيلاني", "مروان الهاشمي", "ليلى بن صالح", "هشام العوضي", "نادر الشامي"]
MENU = ["الرئيسية", "سياسة", "اقتصاد", "رياضة", "ثقافة", "منوعات", "صحة", "رأي"]

Wrap = Callable[[Story, list[Story], random.Random], Page]


def _when(rng):
    return datetime(2023, 1, 1) + timedelta(minutes=rng.randrange(60 * 24 * 700))


def _day(moment, months, form="{d} {m} {y}"):
    return form.format(d=moment.day, m=months[moment.month - 1], y=moment.year)


def gulf_daily(story, others, rng):
    when = _when(rng)
    published = f"{DAYS[when.weekday()]} {_day(when, MONTHS)} - {when:%H:%M}"
    lines = [
        "صحيفة الساحل | " + " | ".join(MENU),
        f"{DAYS[(when.weekday() + 2) % 7]} {_day(when + timedelta(days=2), MONTHS)} م | 12 رجب 1445 هـ",
        story.headline,
        f"{rng.choice(NAMES)} - الدمام",
        published,
        "مشاركة",
        "طباعة",
    ]
    lines += story.body
    lines += ["الأكثر قراءة", *(other.headline for other in others[:5]), "جميع الحقوق محفوظة © صحيفة الساحل 2024"]
    return Page("\n\n".join(lines), story.headline, story.body, published)


def egypt_portal(story, others, rng):
    when = _when(rng)
    ticker = " | ".join(other.headline for other in others[:6])
    published = f"{DAYS[when.weekday()]} {when:%d}/{_day(when, MONTHS, '{m}/{y}')} - {when:%I:%M} ص"
    lines = [ticker, f"{DAYS[when.weekday()]} {_day(when, MONTHS)} - 3 شعبان 1445 - 5 أمشير 1740", *MENU, story.headline, f"كتب: {rng.choice(NAMES)}", f"نشر في: {published}", story.body[0], "اقرأ أيضا: " + others[6].headline, *story.body[1:], "شارك", "تم النسخ", "موضوعات متعلقة", *(o.headline for o in others[7:11]), "أضف تعليق", "الاسم", "البريد الإلكتروني", "التعليقات لا تعبر إلا عن رأي أصحابها"]  # fmt: skip
    return Page("\n".join(lines), story.headline, story.body, published)


def maghreb_site(story, others, rng):
    when = _when(rng)
    published = f"{DAYS[when.weekday()]} {_day(when, MAGHREB)} - {when:%H}س{when:%M}"
    lines = ["الرئيسية › مجتمع", story.headline, published, f"بقلم: {rng.choice(NAMES)}", "صورة: أرشيف", *story.body, "الوسوم: " + "، ".join(story.headline.split()[:3]), "قد يعجبك أيضا", *(f"• {o.headline}" for o in others[:4]), "تعليقات الزوار", "1 - متابع", "كلام في محله وشكرا للكاتب على هذا الموضوع المهم جدا للجميع.", "2 - مواطن", "نتمنى أن يصل صوتنا إلى المسؤولين وأن نرى حلا قريبا لهذه المشكلة."]  # fmt: skip
    return Page("\n".join(lines), story.headline, story.body, published)


def levant_wire(story, others, rng):
    when = _when(rng)
    published = f"{_day(when, LEVANT)} {when:%H:%M}"
    lines = [f"{story.headline} - وكالة الجبل", *(o.headline for o in others[:4]), story.headline, published, *story.body, "المصدر: وكالة الجبل", "إقرأ أيضاً:", others[5].headline, *others[5].body]  # fmt: skip
    return Page("\n\n".join(lines), story.headline, story.body, published, [others[5]])


def relative_time(story, others, rng):
    published = f"منذ {rng.randrange(3, 59)} دقيقة"
    lines = ["عاجل", others[0].headline, "أخبار", story.headline, published, *story.body, "الكلمات المفتاحية", *story.headline.split()[:3], "المزيد من الأخبار", *(o.headline for o in others[1:6])]  # fmt: skip
    return Page("\n\n".join(lines), story.headline, story.body, published)


def hard_wrapped(story, others, rng):
    when = _when(rng)
    published = _day(when, MONTHS)
    blocks = [story.headline, f"تاريخ النشر: {published}", *story.body, "مقالات ذات صلة", *(f"- {o.headline}" for o in others[:4])]  # fmt: skip
    return Page("\n\n".join(textwrap.fill(b, 80) for b in blocks), story.headline, story.body, published)


def tail_story(story, others, rng):
    """A second article without any cue: its headline, its date and byline, its text."""
    when = _when(rng)
    published = _day(when, MONTHS)
    lines = [story.headline, f"{published} | {rng.choice(NAMES)}", *story.body, others[0].headline, _day(when - timedelta(days=3), MONTHS), *others[0].body[:4], "© 2024 جميع الحقوق محفوظة"]  # fmt: skip
    return Page(
        "\n\n".join(lines), story.headline, story.body, published, [Story(others[0].headline, others[0].body[:4])]
    )


def inline_links(story, others, rng):
    """Related headlines under a bare cue inside the body, which then goes on."""
    body = story.body
    half = (len(body) + 1) // 2
    lines = ["تخطي إلى المحتوى", "القائمة", story.headline, *body[:half], "اقرأ أيضا", others[0].headline, *body[half:], "شارك المقال", "مقالات مشابهة", *(o.headline for o in others[1:5]), "اشترك في النشرة البريدية", "سياسة الخصوصية", "اتصل بنا"]  # fmt: skip
    return Page("\n\n".join(lines), story.headline, story.body, None)


def page_clock_only(story, others, rng):
    """The only date is the site's clock in the head."""
    when = _when(rng)
    lines = [f"{DAYS[when.weekday()]} {_day(when, MONTHS)}", *MENU, *(o.headline for o in others[:3]), story.headline, "حجم الخط", *story.body, "السابق", others[4].headline, "التالي", others[5].headline]  # fmt: skip
    return Page("\n".join(lines), story.headline, story.body, None)


def two_embedded(story, others, rng):
    when = _when(rng)
    published = f"{when:%Y/%m/%d}"
    lines = [story.headline, published, *story.body, "كلمات دلالية: أخبار", "اقرأ أيضا", others[0].headline, *others[0].body[:3], "شاهد أيضا", others[1].headline, *others[1].body[:3], "الأحدث", *(o.headline for o in others[2:8])]  # fmt: skip
    return Page(
        "\n\n".join(lines), story.headline, story.body, published, [Story(o.headline, o.body[:3]) for o in others[:2]]
    )


def one_line(story, others, rng):
    when = _when(rng)
    published = _day(when, MONTHS)
    lines = [story.headline, f"نشر في {published}", *story.body, "مقالات ذات صلة", *(o.headline for o in others[:3])]
    return Page(" | ".join(lines), story.headline, story.body, published)


def sidebar_first(story, others, rng):
    """Lists with dates stand above the article, comments with long prose below."""
    when = _when(rng)
    published = f"{_day(when, LEVANT)} - {when:%H:%M}"
    lines = ["أخبار اليوم"]
    for other in others[:5]:
        lines += [other.headline, _day(when - timedelta(days=rng.randrange(5)), LEVANT)]
    lines += [
        "أخبار محلية",
        story.headline,
        published,
        f"عدد المشاهدات: {rng.randrange(9000)}",
        *story.body,
        "التعليقات (2)",
        rng.choice(NAMES),
        "منذ ساعتين",
        others[6].body[0],
        rng.choice(NAMES),
        "منذ يوم",
        others[7].body[0],
        "اترك تعليقا",
        "لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *",
    ]
    return Page("\n".join(lines), story.headline, story.body, published)


def standfirst(story, others, rng):
    """Highlights, caption and byline between headline and text; an unseparated run of headlines on top."""
    when = _when(rng)
    published = f"تم النشر {_day(when, MONTHS)}"
    lines = [
        " ".join(o.headline for o in others[:6]),
        "سياسة",
        story.headline,
        " ".join(story.body[0].split()[:9]),
        f"{rng.choice(NAMES)} - مراسلون",
        f"{published} | آخر تحديث {_day(when + timedelta(days=1), MONTHS)}",
        "(أ ف ب)",
        *story.body,
        f"* {others[7].headline}",
        f"* {others[8].headline}",
        "تابعونا على",
        "فيسبوك",
        "تويتر",
        "يوتيوب",
        "عن الموقع",
        "هيئة التحرير",
    ]
    return Page("\n\n".join(lines), story.headline, story.body, _day(when, MONTHS))


def wrapped_close(story, others, rng):
    """Wrapped at 72 columns without blank lines."""
    when = _when(rng)
    published = f"{when.day}-{when.month}-{when.year}"
    blocks = [story.headline, published, *story.body, "روابط ذات صلة", *(o.headline for o in others[:4])]
    return Page("\n".join(textwrap.fill(b, 72) for b in blocks), story.headline, story.body, published)


def hero_teasers(story, others, rng):
    """Three teasers with summaries above the article, another article below it under its own credit."""
    when = _when(rng)
    published = f"{when:%d.%m.%Y}"
    lines = []
    for other in others[:3]:
        lines += [other.headline, " ".join(other.body[0].split()[:25]) + "..."]
    tail = Story(others[5].headline, others[5].body[:3])
    lines += [
        story.headline,
        published,
        *story.body,
        "المصدر: وكالات",
        tail.headline,
        f"{when - timedelta(days=1):%d.%m.%Y}",
        *tail.body,
        "المصدر: خاص",
        "الأكثر تداولا",
        *(f"{i}. {o.headline}" for i, o in enumerate(others[6:11], 1)),
    ]
    return Page("\n\n".join(lines), story.headline, story.body, published, [tail])


def bare(story, others, rng):
    """Headline and text, nothing else."""
    return Page("\n".join([story.headline, *story.body]), story.headline, story.body)


def interrupted(story, others, rng):
    """Embeds, adverts and link lists inside the text."""
    when = _when(rng)
    published = f"{DAYS[when.weekday()]}، {_day(when, MONTHS)} {when:%H:%M}"
    half = (len(story.body) + 1) // 2
    lines = [
        story.headline,
        published,
        "حفظ",
        "مشاركة",
        *story.body[:half],
        "إعلان",
        "أخبار متعلقة",
        *(o.headline for o in others[:3]),
        others[4].body[0].split(".")[0][:150] + " pic.twitter.com/ab12cd34",
        "— وكالة الأنباء (@spagov) March 3, 2024",
        *story.body[half:],
        "قصص ذات صلة",
        *(o.headline for o in others[5:8]),
        "حمل التطبيق",
        "App Store",
        "Google Play",
    ]
    return Page("\n\n".join(lines), story.headline, story.body, published)


LAYOUTS: dict[str, Wrap] = {
    f.__name__: f
    for f in (
        gulf_daily,
        egypt_portal,
        maghreb_site,
        levant_wire,
        relative_time,
        hard_wrapped,
        tail_story,
        inline_links,
        page_clock_only,
        two_embedded,
        one_line,
        sidebar_first,
        standfirst,
        wrapped_close,
        hero_teasers,
        bare,
        interrupted,
    )
}
