"""Decides which synthetic pages stand for ways of laying out an article that the tests' and the kit's pages do not have; prints a table.

    python -m tests.eval.html_layouts [--show NAME]

The layouts are those of real systems (hashed class names, tables, line breaks for paragraphs, text in JSON-LD, AMP, walls, readers
who write more than the author); the text is written for them. F1 by word, before there were rules for such pages and now:
`TUNED` 0.836 and 0.995, `HELD_OUT` (made of the same pieces, not looked at) 0.778 and 0.998, `SECOND` (scored, then looked at) 0.882
and 0.987, `THIRD` (made when all was done, not looked at) 0.912 and 0.990.
"""

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass

import trafilatura

from pipeline.parsers.html import extract
from tests.eval.shingles import Score, mean, score

AR = (
    "أعلنت بلدية المدينة الساحلية، أمس الثلاثاء، بدء العمل في مشروع تأهيل الكورنيش القديم بتكلفة تبلغ أربعين مليونا.",
    "ويشمل المشروع رصف ممرات المشاة وزراعة ألفي شجرة وإنارة الواجهة البحرية بمصابيح تعمل بالطاقة الشمسية.",
    "وقال رئيس البلدية خلال مؤتمر صحفي إن الأعمال ستنجز على ثلاث مراحل، تنتهي أولاها قبل حلول الصيف المقبل.",
    "وأضاف: «سنبقي نصف الكورنيش مفتوحا أمام الزوار طوال فترة التنفيذ، حتى لا تتضرر المقاهي والمحال القريبة».",
    "ورحب أصحاب المقاهي بالخطوة، لكنهم طالبوا بتعويض عن الأشهر التي ستغلق فيها الطريق المؤدية إلى الميناء.",
    "وكانت عاصفة ضربت الساحل قبل عامين ألحقت أضرارا كبيرة بالأرصفة وجرفت جزءا من الجدار الحجري.",
    "ومن المنتظر أن تعلن البلدية الشهر المقبل عن مناقصة لإنشاء موقف للسيارات يتسع لستمئة مركبة.",
)
AR_OTHER = (
    "فاز فريق الناشئين بلقب البطولة المدرسية لكرة اليد بعد مباراة مثيرة امتدت إلى الأشواط الإضافية.",
    "افتتح معرض الكتاب السنوي أبوابه بمشاركة مئتي دار نشر من عشرين بلدا وسط إقبال كبير من العائلات.",
    "حذرت هيئة الأرصاد من موجة غبار تؤثر في الرؤية على الطرق السريعة خلال ساعات الليل والصباح الباكر.",
    "سجلت أسعار الخضراوات انخفاضا طفيفا في أسواق الجملة مع وفرة المعروض من المحاصيل الشتوية.",
)
EN = (
    "The island's only bakery will close at the end of the month after the owner failed to find a successor.",
    "Residents said they were stunned by the news, which was pinned to the shop door on a sheet of brown paper.",
    "“I have been getting up at two in the morning for forty years,” the baker, 68, said between batches of rolls.",
    "The nearest bread is now a ferry ride away, and in winter the boat runs only on three days of the week.",
    "The parish council has offered the premises rent free for two years to anyone who is willing to take over.",
    "Two couples from the mainland have asked to see the ovens, according to the clerk, but neither has signed.",
    "A public meeting will be held in the village hall on Thursday, and everybody has been asked to bring a cake.",
)
EN_OTHER = (
    "Ferry fares are to rise by a tenth from the spring, the operator said, blaming the price of fuel.",
    "A seal pup that was found on the north beach has been released after three months of care.",
    "The lighthouse will be painted for the first time in twenty years if the weather stays dry.",
    "Volunteers have counted more puffins on the cliffs this year than in any summer since records began.",
)
FA = (
    "شهردار این شهر ساحلی روز سه‌شنبه از آغاز بازسازی پیاده‌راه قدیمی کنار دریا خبر داد و گفت کار در سه مرحله انجام می‌شود.",
    "به گفته او در این طرح دو هزار درخت کاشته می‌شود و چراغ‌های خورشیدی جای چراغ‌های فرسوده را خواهند گرفت.",
    "کسبه محل از این تصمیم استقبال کردند اما خواستار جبران زیان ماه‌هایی شدند که راه بندر بسته خواهد بود.",
    "توفان دو سال پیش به دیوار سنگی ساحل آسیب زد و بخشی از سنگفرش‌ها را با خود برد.",
)
FR = (
    "La seule boulangerie de l'île fermera à la fin du mois, faute de repreneur, a annoncé son propriétaire mardi.",
    "Les habitants ont appris la nouvelle par une feuille de papier collée sur la porte du magasin.",
    "La mairie propose le local gratuitement pendant deux ans à qui voudra bien reprendre le four.",
    "Deux couples venus du continent ont visité les lieux, mais aucun n'a encore signé, précise la secrétaire.",
)
HEAD_AR, HEAD_EN = "بدء تأهيل الكورنيش القديم بتكلفة أربعين مليونا", "Island's last bakery to close after forty years"
HEAD_FA, HEAD_FR = "بازسازی پیاده‌راه ساحلی آغاز شد", "La dernière boulangerie de l'île va fermer"


@dataclass(frozen=True, slots=True)
class Layout:
    """A page and the paragraphs of its article, as an editor would mark them."""

    name: str
    html: str
    paragraphs: tuple[str, ...]


def _p(texts: tuple[str, ...], tag: str = "p", attributes: str = "") -> str:
    return "".join(f"<{tag} {attributes}>{text}</{tag}>" for text in texts)


def _page(title: str, body: str, head: str = "", lang: str = "ar") -> str:
    return f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'


def _ld(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", "@type": "NewsArticle"} | fields, ensure_ascii=False)}</script>'


def _first_words(text: str) -> str:
    return " ".join(text.split()[:4])


def _cards(texts: tuple[str, ...], tag: str = "div") -> str:
    """Links to other articles, each with its first sentence."""
    return "".join(
        f'<{tag}><a href="/{n}"><span>{" ".join(text.split()[:6])}</span></a><{tag}>{text}</{tag}></{tag}>'
        for n, text in enumerate(texts)
    )


_MENU = "".join(
    f'<div class="c1"><a href="/{n}">{name}</a></div>'
    for n, name in enumerate(("الرئيسية", "محليات", "اقتصاد", "رياضة", "ثقافة"))
)
_SHARE = "<div><div>شارك</div><div><a href=#>فيسبوك</a></div><div><a href=#>واتساب</a></div></div>"
_READERS_AR = tuple(f"{text} وهذا رأيي الذي لن أغيره مهما قال الآخرون في هذه الصفحة." for text in AR_OTHER) * 3
_READERS_EN = tuple(f"{text} That is what I think, and I will not change my mind about it." for text in EN_OTHER) * 3

TUNED = (
    Layout(
        "boxes with hashed names",
        _page(
            HEAD_AR,
            f'<div class="css-1x9f2"><div class="css-88ab1">{_MENU}</div><div class="css-0k3d1"><div class="css-77c2e">{HEAD_AR}</div><div class="css-4f5g6">12 مارس 2024 - 10:15</div>'
            f'<div class="css-9z8y7">{"".join(f"<div class=css-p1q2r><div>{text}</div></div>" for text in AR)}</div>{_SHARE}</div>'
            f'<div class="css-5t6u7">{_cards(AR_OTHER)}</div><div class="css-3m4n5">جميع الحقوق محفوظة لهذه الصحيفة 2024، ولا يجوز نقل المواد المنشورة فيها دون إذن.</div></div>',
        ),
        AR,
    ),
    Layout(
        "tables in tables",
        _page(
            HEAD_AR,
            f"<table width=100%><tr><td colspan=3><table><tr><td><a href=/>الرئيسية</a></td><td><a href=/s>رياضة</a></td></tr></table></td></tr>"
            f"<tr><td width=150>{'<br>'.join(f'<a href=/{n}>{text}</a>' for n, text in enumerate(AR_OTHER))}</td>"
            f"<td><table><tr><td><font size=5><b>{HEAD_AR}</b></font></td></tr><tr><td>الثلاثاء 12 مارس 2024</td></tr><tr><td><p align=justify>{'<br><br>'.join(AR)}</p></td></tr></table></td>"
            f"<td width=150><table><tr><td><b>استطلاع</b></td></tr><tr><td>هل تؤيد إغلاق الطريق المؤدية إلى الميناء أثناء الأعمال؟</td></tr></table></td></tr></table>",
        ),
        AR,
    ),
    Layout(
        "line breaks for paragraphs",
        _page(
            HEAD_AR,
            f'<div id=top>{_MENU}</div><h1>{HEAD_AR}</h1><div id=txt>{"<br>".join(AR)}<br>المصدر: وكالات</div><div id=more><h4>اخترنا لكم</h4>{_cards(AR_OTHER)}</div>',
        ),
        AR,
    ),
    Layout(
        "text in JSON-LD only",
        _page(
            HEAD_EN,
            f'<div id=root><div class=loading>Loading the story, one moment please.</div></div><section class=grid>{_cards(EN_OTHER)}</section>',
            _ld(headline=HEAD_EN, datePublished="2024-03-12T10:15:00Z", articleBody=" ".join(EN)),
            "en",
        ),
        EN,
    ),
    Layout(
        "AMP",
        _page(
            HEAD_AR,
            f'<amp-sidebar id=s><ul><li><a href="/">الرئيسية</a></li></ul></amp-sidebar><header><a href="/">الصحيفة</a></header><div class="amp-wp-article"><h1>{HEAD_AR}</h1>'
            f'<amp-img src=a.jpg></amp-img><p class="amp-wp-caption">عمال يرصفون ممرا للمشاة على الكورنيش القديم صباح أمس الثلاثاء.</p><div class="amp-wp-article-content">{_p(AR[:3])}<amp-ad></amp-ad>{_p(AR[3:])}</div>'
            f'<amp-social-share type=x></amp-social-share><amp-list><div role=list>{_cards(AR_OTHER)}</div></amp-list></div>',
        ),
        AR,
    ),
    Layout(
        "a wall, the rest hidden",
        _page(
            HEAD_EN,
            f'<div class=wrap><h1>{HEAD_EN}</h1><div class=txt>{_p(EN[:2])}<div class="paywalled-content" style="display:none">{_p(EN[2:])}</div></div>'
            "<div class=offer><h2>Read on with a subscription</h2><p>You have read all your free articles this month, and we hope that you enjoyed them.</p><p>Subscribers support our journalists and get every story, the app and the weekend magazine.</p><a href=/s>Subscribe now</a><p>Already a subscriber? <a href=/l>Sign in</a></p></div></div>",
            _ld(headline=HEAD_EN, isAccessibleForFree=False, hasPart={"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paywalled-content"}),
            "en",
        ),
        EN,
    ),
    Layout(
        "readers write more than the author",
        _page(
            HEAD_AR,
            f'<div class=col><h1>{HEAD_AR}</h1><div class=matn>{_p(AR)}</div><div class=aara><h3>آراء القراء</h3>{"".join(f"<div class=r><b>قارئ {n}</b><span>12/3/2024</span><p>{text}</p><a href=#>رد</a></div>" for n, text in enumerate(_READERS_AR))}</div></div>',
        ),
        AR,
    ),
    Layout(
        "links and boxes in the text",
        _page(
            HEAD_AR,
            f'<article><h1>{HEAD_AR}</h1><div class=text>{_p(AR[:2])}<p><strong>اقرأ أيضاً: <a href=/1>{AR_OTHER[0]}</a></strong></p>{_p(AR[2:4])}<div class=bx><div>قد يهمك</div>{_cards(AR_OTHER[1:])}</div>'
            f'{_p(AR[4:6])}<p><a href=/2>شاهد: {AR_OTHER[2]}</a></p>{_p(AR[6:])}<p>للاشتراك في نشرتنا البريدية <a href=/n>اضغط هنا</a></p></div></article>',
        ),
        AR,
    ),
    Layout(
        "live blog",
        _page(
            HEAD_EN,
            f'<main><h1>{HEAD_EN}</h1><p class=lead>{EN[0]}</p><div class=updates>{"".join(f"<div class=upd id=u{n}><time>1{n}:05</time><h3>{_first_words(text)}</h3><p>{text}</p><a href=#u{n}>Share this update</a></div>" for n, text in enumerate(EN[1:]))}</div></main><aside>{_cards(EN_OTHER)}</aside>',
            _ld(**{"@type": "LiveBlogPosting", "headline": HEAD_EN, "liveBlogUpdate": [{"@type": "BlogPosting", "headline": text[:20], "articleBody": text} for text in EN[1:]]}),
            "en",
        ),
        (EN[0], *(part for text in EN[1:] for part in (_first_words(text), text))),
    ),
    Layout(
        "each paragraph in wrappers",
        _page(
            HEAD_EN,
            f'<div id=__next><div data-r=1><h1>{HEAD_EN}</h1><div><span>By A. Writer</span><span>March 12, 2024</span></div>{"".join(f"<div data-b={n}><div><div><p>{text}</p></div></div></div><div data-a={n}><span>Advertisement</span></div>" for n, text in enumerate(EN))}</div>'
            f"<div data-r=2><h2>Most viewed</h2>{_cards(EN_OTHER)}</div></div>",
            lang="en",
        ),
        EN,
    ),
)  # fmt: skip

HELD_OUT = (
    Layout(
        "brief among teasers",
        _page(
            HEAD_AR,
            f'<div class=a>{_MENU}</div><div class=b><h1>{HEAD_AR}</h1><span>منذ ساعتين</span><div class=d>{_p(AR[:2])}</div></div><div class=e><h3>المزيد</h3>{_cards(AR_OTHER * 2)}</div><div class=f>{_cards(AR_OTHER)}</div>',
        ),
        AR[:2],
    ),
    Layout(
        "frames of an old portal",
        _page(
            HEAD_FA,
            f"<center><table><tr><td dir=rtl><div class=t>{HEAD_FA}</div><div class=s>سه‌شنبه ۲۲ اسفند ۱۴۰۲</div><div class=body-text>{''.join(f'{text}<br/><br/>' for text in FA)}</div><div>کد خبر: ۱۲۳۴۵</div><div>ارسال نظر</div></td><td>{'<hr>'.join(f'<a href=/{n}>{text[:40]}</a>' for n, text in enumerate(FA))}</td></tr></table></center>",
            lang="fa",
        ),
        FA,
    ),
    Layout(
        "a wall without the rest",
        _page(
            HEAD_FR,
            f'<main><h1>{HEAD_FR}</h1><p class=chapo>{FR[0]}</p><div class=corps>{_p(FR[1:])}</div><div class=mur><p>Il vous reste 80 % de cet article à découvrir, la suite est réservée aux abonnés.</p><a href=/abo>Je m\'abonne pour un euro</a><p>Déjà abonné ? <a href=/c>Se connecter</a></p></div></main>',
            _ld(headline=HEAD_FR, isAccessibleForFree=False),
            "fr",
        ),
        FR,
    ),
    Layout(
        "escaped markup in JSON-LD",
        _page(
            HEAD_AR,
            f'<div id=app></div><div class=ticker>{_cards(AR_OTHER)}</div>',
            _ld(headline=HEAD_AR, articleBody="".join(f"&lt;p&gt;{text}&lt;/p&gt;" for text in AR)),
        ),
        AR,
    ),
    Layout(
        "questions and answers",
        _page(
            HEAD_EN,
            f'<div class=page><h1>{HEAD_EN}</h1><div class=qa>{"".join(f"<p><b>{q}</b></p><p>{a}</p>" for q, a in zip(("Why now?", "Who told the island?", "Will anyone take over?"), EN[2:5], strict=True))}</div><div class=disc><h4>12 responses</h4>{_p(_READERS_EN)}</div></div>',
            lang="en",
        ),
        tuple(part for pair in zip(("Why now?", "Who told the island?", "Will anyone take over?"), EN[2:5], strict=True) for part in pair),
    ),
    Layout(
        "list of points above the text",
        _page(
            HEAD_EN,
            f'<div class=l-main><h1>{HEAD_EN}</h1><ul class=x><li>{EN[0]}</li><li>{EN[3]}</li></ul><div class=l-text>{"".join(f"<div class=para>{text}</div>" for text in EN[1:])}</div><div class=l-tags><a href=/t>Bread</a> <a href=/u>Islands</a></div><div class=l-next>{_cards(EN_OTHER)}</div></div>',
            lang="en",
        ),
        (EN[0], EN[3], *EN[1:]),
    ),
)  # fmt: skip

SECOND = (
    Layout(
        "cards with a link to the rest",
        _page(
            HEAD_EN,
            f'<div class=k1><h1>{HEAD_EN}</h1><div class=k2>{_p(EN)}</div></div><div class=k3>'
            + "".join(f"<div class=k4><h4>{_first_words(text)}</h4><p>{text}</p><a href=/{n}>Continue</a></div>" for n, text in enumerate(EN_OTHER)) + "</div>",
            lang="en",
        ),
        EN,
    ),
    Layout(
        "pictures with captions in boxes",
        _page(
            HEAD_AR,
            f'<div class=s1><h1>{HEAD_AR}</h1>'
            + "".join(f"<p>{text}</p>" + (f"<div class=m1><img src={n}.jpg><div class=m2>{AR_OTHER[n]}</div><div class=m3>(رويترز)</div></div>" if n < 3 else "") for n, text in enumerate(AR))
            + "</div>",
        ),
        AR,
    ),
    Layout(
        "text in two boxes around an advertisement",
        _page(
            HEAD_AR,
            f'<div class=h><h1>{HEAD_AR}</h1></div><div class=g><div class=g1>{_p(AR[:4])}</div><div class=g2><span>إعلان</span></div><div class=g1>{_p(AR[4:])}</div></div><div class=g3>{_cards(AR_OTHER)}</div>',
        ),
        AR,
    ),
    Layout(
        "about the author and about the site",
        _page(
            HEAD_EN,
            f'<main><h1>{HEAD_EN}</h1><div class=w1>{_p(EN)}</div><div class=w2><img src=a.jpg alt=""><p>A. Writer has covered the islands for eleven years. She lives above the harbour with two cats.</p></div></main>'
            "<div class=w3><p>We use small files that are stored on your device to measure how our pages are used, and to show advertisements.</p><button>Accept</button><a href=/p>Settings</a></div>"
            "<div class=w4><p>The Example Times is published on every working day by Example Media, Harbour Road 1. All rights reserved.</p></div>",
            lang="en",
        ),
        EN,
    ),
    Layout(
        "moving headlines and preformatted text",
        _page(HEAD_AR, f'<marquee>{" *** ".join(AR_OTHER)}</marquee><h2>{HEAD_AR}</h2><pre>{(chr(10) * 2).join(AR)}</pre><table><tr><td><a href=/>عودة</a></td></tr></table>'),
        AR,
    ),
    Layout(
        "a main part whose name says side",
        _page(
            HEAD_EN,
            f'<div class="with-sidebar widget-area"><div class="post-share-wrap"><h1>{HEAD_EN}</h1>{_p(EN)}</div></div><div class="sidebar"><h3>Most read</h3>{_cards(EN_OTHER)}</div>',
            lang="en",
        ),
        EN,
    ),
    Layout(
        "headlines alone in lists between paragraphs",
        _page(
            HEAD_AR,
            f'<div class=n1><h1>{HEAD_AR}</h1><div class=n2>{_p(AR[:3])}<ul>{"".join(f"<li><a href=/{n}>{text}</a></li>" for n, text in enumerate(AR_OTHER))}</ul>{_p(AR[3:])}</div><div class=n3>تابعونا على مواقع التواصل الاجتماعي</div></div>',
        ),
        AR,
    ),
    Layout(
        "paragraphs are spans",
        _page(
            HEAD_AR,
            f'<div class=z1><h1>{HEAD_AR}</h1><div class=z2>{"".join(f"<span style=display:block>{text}</span>" for text in AR)}</div><div class=z3>{"".join(f"<span><a href=/{n}>{text}</a></span>" for n, text in enumerate(AR_OTHER))}</div></div>',
        ),
        AR,
    ),
)  # fmt: skip

THIRD = (
    Layout(
        "page builder",
        _page(
            HEAD_EN,
            f'<div class="elementor elementor-12"><div class="elementor-widget-heading"><h1>{HEAD_EN}</h1></div><div class="elementor-widget-text-editor"><div class="elementor-widget-container">{_p(EN[:4])}</div></div>'
            f'<div class="elementor-widget-image"><img src=a.jpg></div><div class="elementor-widget-text-editor"><div class="elementor-widget-container">{_p(EN[4:])}</div></div>'
            + '<div class="elementor-posts-container">' + "".join(f"<div class=elementor-post><h3><a href=/{n}>{_first_words(text)}</a></h3><div class=elementor-post__excerpt><p>{text}</p></div><a href=/{n}>Read More</a></div>" for n, text in enumerate(EN_OTHER)) + "</div></div>",
            lang="en",
        ),
        EN,
    ),
    Layout(
        "fonts and spans, list under a flat label",
        _page(
            HEAD_AR,
            f'<div dir=rtl><font size=6 color=red>{HEAD_AR}</font><br>{"".join(f"<div><font size=4><span lang=AR-SA><b>{text}</b></span></font></div><div>&nbsp;</div>" for text in AR)}<h3>مواضيع ذات صلة</h3><ul>{"".join(f"<li><a href=/{n}>{text}</a></li>" for n, text in enumerate(AR_OTHER))}</ul></div>',
        ),
        AR,
    ),
    Layout(
        "components named by data attributes",
        _page(
            HEAD_EN,
            f'<main id=main-content><div data-component=headline-block><h1>{HEAD_EN}</h1></div><div data-component=byline-block><span>A. Writer</span><span>Island correspondent</span></div>{_p(EN, "div", "data-component=text-block")}'
            f'<div data-component=topic-list><a href=/t>Islands</a></div><div data-component=uploader-block><p>Are you on the island? Tell us what you think by filling in the form below, and leave a number.</p></div></main><section data-component=features><h2>Top stories</h2>{_cards(EN_OTHER)}</section>',
            lang="en",
        ),
        EN,
    ),
    Layout(
        "newsletter as a page",
        _page(
            HEAD_EN,
            f'<div class=post><h1>{HEAD_EN}</h1><div class="available-content">{_p(EN[:3])}<div class="subscription-widget-wrap"><p>Thanks for reading! Subscribe for free to receive new posts and support my work.</p><form><input type=email><button>Subscribe</button></form></div>{_p(EN[3:])}</div></div><div class=footer-wrap><p>© 2024 A. Writer</p></div>',
            lang="en",
        ),
        EN,
    ),
    Layout(
        "text straight in the body",
        _page(HEAD_AR, f'<a href=/>الرئيسية</a> | <a href=/s>أرشيف</a> | <a href=/c>اتصل بنا</a><hr><h2>{HEAD_AR}</h2>{"<br><br>".join(AR)}<hr><a href=/p>السابق</a> <a href=/n>التالي</a><hr>تصميم وبرمجة شركة المثال'),
        AR,
    ),
    Layout(
        "two languages",
        _page(
            HEAD_AR,
            f'<div class=m><h1>{HEAD_AR}</h1><div class=l1 dir=rtl>{_p(AR)}</div><div class=l2 dir=ltr lang=fr>{_p(FR)}</div></div><div class=o>{_cards(AR_OTHER)}</div>',
        ),
        (*AR, *FR),
    ),
)  # fmt: skip


def _warraq(html: str) -> str:
    return extract(html).body or ""


def _trafilatura(html: str) -> str:
    return trafilatura.extract(html, include_comments=False, favor_precision=True) or ""


EXTRACTORS: dict[str, Callable[[str], str]] = {"warraq": _warraq, "trafilatura": _trafilatura}


def scored(layout: Layout, run: Callable[[str], str]) -> Score:
    """Precision and recall by word."""
    return score(" ".join(layout.paragraphs), run(layout.html), 1)


def main() -> None:
    """Print the table, or what is made of one page."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--show")
    show = options.parse_args().show
    if show:
        page = extract(next(layout.html for layout in (*TUNED, *HELD_OUT, *SECOND, *THIRD) if layout.name == show))
        raise SystemExit(f"{page.extractor} {page.confidence} {page.headline}\n\n{page.body}\n\n{page.embedded}")
    print(
        f"{'':38}" + "".join(f"{name:>27}" for name in EXTRACTORS) + "\n" + " " * 38 + "  precision  recall     F1" * 2
    )
    for title, layouts in (("tuned", TUNED), ("held out", HELD_OUT), ("second", SECOND), ("third", THIRD)):
        for layout in layouts:
            cells = [scored(layout, run) for run in EXTRACTORS.values()]
            print(f"{layout.name:38}" + "".join(f"{s.precision:11.3f}{s.recall:8.3f}{s.f1:8.3f}" for s in cells))
        means = [mean([scored(layout, run) for layout in layouts]) for run in EXTRACTORS.values()]
        print(f"{title.upper():38}" + "".join(f"{s.precision:11.3f}{s.recall:8.3f}{s.f1:8.3f}" for s in means) + "\n")


if __name__ == "__main__":
    main()
