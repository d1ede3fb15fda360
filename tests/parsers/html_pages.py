"""Decides how the synthetic pages of the HTML tests look: layouts of real systems around text written for the tests."""

import json

AR = (
    "أعلنت وزارة النقل اليوم افتتاح الجسر الجديد أمام حركة المرور بعد أعمال صيانة استمرت ثلاثة أشهر كاملة.",
    "وقال المتحدث باسم الوزارة إن الجسر سيخفف الازدحام في وسط المدينة، مضيفا أن العمل أنجز قبل موعده بأسبوعين.",
    "وكان الجسر قد أغلق في مطلع الصيف بسبب تشققات ظهرت في قواعده، وهو ما أثار قلق السكان في الأحياء القريبة.",
    "ومن المقرر أن تبدأ المرحلة الثانية من المشروع في الخريف المقبل وتشمل الطرق المؤدية إلى الميناء.",
)
EN = (
    "The city council approved the new water budget on Tuesday after a debate that lasted most of the night.",
    "Members argued that the pipes under the old town, laid in the last century, would not survive another winter.",
    "“We have waited long enough,” said the head of the works committee, who had asked for twice the amount.",
    "Work is to begin in the spring, the council said, and will close two streets for about six weeks.",
)
HEAD_AR, HEAD_EN = "افتتاح الجسر الجديد بعد ثلاثة أشهر", "Council approves water budget"
OTHER = "انتهت المباراة الودية بين الفريقين بالتعادل دون أهداف وسط حضور كبير من الجماهير التي ملأت المدرجات منذ الصباح."


def paragraphs(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def ld(**fields: object) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle"} | fields
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


WORDPRESS = f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><title>{HEAD_AR} - صحيفة المثال</title>
<meta property="og:title" content="{HEAD_AR}"><meta property="og:site_name" content="صحيفة المثال">
<meta property="article:published_time" content="2024-11-30T08:15:00+03:00"><meta property="article:modified_time" content="2024-11-30T09:00:00+03:00">
<meta property="article:section" content="محليات"><meta property="article:tag" content="جسور"><meta property="article:tag" content="مرور">
<link rel="canonical" href="https://paper.example/2024/11/30/bridge"></head>
<body class="rtl single single-post"><nav class="menu"><a href="/">الرئيسية</a><a href="/s">رياضة</a></nav>
<div class="ticker"><a href="/1">خبر عاجل أول من الشريط المتحرك</a><a href="/2">خبر عاجل ثان من الشريط المتحرك</a></div>
<article class="post type-post tag-roads category-local"><header><h1 class="entry-title">{HEAD_AR}</h1>
<div class="entry-meta">بقلم: هيئة التحرير <time class="entry-date" datetime="2024-11-30T08:15:00+03:00">30 نوفمبر، 2024</time></div></header>
<div class="entry-content"><figure class="wp-caption"><img src="a.jpg" alt="x"><figcaption>الجسر بعد افتتاحه أمام السيارات في صورة التقطت أمس من الضفة الأخرى.</figcaption></figure>
{paragraphs(AR[:2])}<div class="related-posts"><h3>اقرأ أيضاً</h3><ul><li><a href="/3">عنوان خبر آخر لا علاقة له بالجسر إطلاقا</a></li></ul></div>
<h2>أعمال الصيانة</h2>{paragraphs(AR[2:])}<ul><li>الطريق الدائري</li><li>طريق الميناء</li></ul>
<div class="sharedaddy sd-sharing"><h3>شارك هذا الموضوع</h3><a href="#">فيسبوك</a></div></div>
<div class="author-box"><p>كاتب صحفي مختص بالشأن المحلي، يكتب منذ سنوات طويلة في الصحف العربية ويهتم بقضايا المدن.</p></div></article>
<div id="comments"><p>تعليق طويل من أحد القراء يشكو فيه من الازدحام الدائم في شوارع المدينة ويطالب بحلول أخرى.</p></div>
<aside class="sidebar"><h2>الأكثر قراءة</h2><ul><li><a href="/4">خبر أول</a></li></ul></aside>
<footer><p>جميع الحقوق محفوظة لصحيفة المثال 2024، ولا يجوز نقل المواد دون إذن خطي من إدارة الصحيفة.</p></footer></body></html>"""

JSONLD_ONLY = f"""<html lang="en"><head><title>{HEAD_EN} | Example Times</title>
{ld(headline=HEAD_EN, datePublished="2024-05-03T22:10:00Z", articleBody=chr(10).join(EN), author=[{"@type": "Person", "name": "A. Writer"}], publisher={"name": "Example Times"}, keywords=["water", "budget"])}
</head><body><div id="app"></div><p>Please enable scripts.</p></body></html>"""

GRAPH_BROKEN = f"""<html><head><title>{HEAD_EN}</title><script type="application/ld+json">
{{"@graph":[{{"@type":"WebSite","name":"Example Times"}},{{"@type":["NewsArticle","Article"],"headline":"{HEAD_EN}","datePublished":"2024-05-03",}},]}}
</script></head><body><h1>{HEAD_EN}</h1><div class="article-body">{paragraphs(EN)}</div></body></html>"""

TABLES = f"""<html><body bgcolor=white><table width=760><tr><td width=140><a href=1>News</a><br><a href=2>Sport</a><br><a href=3>Weather</a></td>
<td><font size=5><b>{HEAD_EN}</b></font><br><font size=1>May 3, 2024</font><br><br>{"<br><br>".join(EN)}</td>
<td width=120><a href=4>Some other story about the harbour fire</a><br><a href=5>And another one about the school roof</a></td></tr></table></body></html>"""

AMP = f"""<!doctype html><html amp lang="ar"><head><title>{HEAD_AR}</title>{ld(headline=HEAD_AR, datePublished="2024-11-30T08:15:00+03:00")}</head>
<body><amp-sidebar id="s"><ul><li><a href="/">الرئيسية</a></li></ul></amp-sidebar><main><h1>{HEAD_AR}</h1>
<amp-img src="a.jpg"></amp-img>{paragraphs(AR[:2])}<amp-ad width=300></amp-ad>{paragraphs(AR[2:])}</main></body></html>"""

LIVE = f"""<html lang="en"><head>{ld(**{"@type": "LiveBlogPosting", "headline": HEAD_EN, "datePublished": "2024-05-03T08:00:00Z"})}</head><body><main><h1>{HEAD_EN}</h1>
{"".join(f"<article class='post-{n}'><h2>Entry {n}</h2><p>{text}</p></article>" for n, text in enumerate(EN))}</main></body></html>"""

TWO_ARTICLES = f"""<html lang="ar"><head><meta property="og:title" content="{HEAD_AR}"></head><body><main>
<article><h1>{HEAD_AR}</h1><div class="article-body">{paragraphs(AR)}</div></article>
<article><h1>تعادل في المباراة الودية</h1><div class="article-body">{paragraphs((OTHER,) * 9)}</div></article></main></body></html>"""

TWEETS = f"""<html lang="ar"><head><title>{HEAD_AR}</title></head><body><article><h1>{HEAD_AR}</h1><div class="entry-content">{paragraphs(AR[:2])}
<blockquote class="twitter-tweet" data-width="550"><p lang="ar" dir="rtl">افتتحنا الجسر اليوم أمام السيارات <a href="https://t.co/x">pic.twitter.com/x</a></p>&mdash; وزارة النقل (@transport_x) <a href="https://twitter.com/transport_x/status/1">November 30, 2024</a></blockquote>
<script async src="https://platform.twitter.com/widgets.js"></script>{paragraphs(AR[2:])}
<blockquote class="twitter-tweet"><a href="https://twitter.com/x/status/2"></a></blockquote></div></article>
<blockquote class="twitter-tweet"><p>منشور في عمود آخر</p>&mdash; غيرها (@other_x) <a href="/">May 1, 2020</a></blockquote></body></html>"""

VERSE_LINES = tuple(" ".join(line.split()[at : at + 4]) for line in EN for at in range(0, len(line.split()), 4))
VERSE = f"""<html lang="en"><head><title>{HEAD_EN}</title></head><body><article><h1>{HEAD_EN}</h1>{paragraphs(VERSE_LINES)}</article></body></html>"""
