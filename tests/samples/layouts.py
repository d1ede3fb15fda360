"""Sample pages of other layouts than the aggregator's, written by hand, and a crawl; every outlet and name is invented."""

import json

PORTAL = """\
عاجل: افتتاح جسر المشاة في حي النخيل | توقعات بأمطار على الساحل | نتائج دوري المدارس
الرئيسية  أخبار  اقتصاد  رياضة  ثقافة
السبت 9 مارس 2024 - 28 شعبان 1445 هـ

أخبار

ألف كتاب جديد في مكتبة الحي القديم

كتبت: محررة الشؤون الثقافية
نشر منذ 3 ساعات

أضافت مكتبة الحي القديم ألف كتاب جديد إلى رفوفها، نصفها للأطفال، بعد حملة تبرعات استمرت ستة أسابيع وشارك فيها سكان الحي وطلاب المدارس القريبة.

وقالت مديرة المكتبة إن الكتب "اختيرت بالتصويت"، وإن القاعة ستفتح أبوابها ساعتين إضافيتين كل مساء حتى نهاية الشهر المقبل.

ويستطيع المشتركون استعارة خمسة كتب في المرة الواحدة، على أن تعاد خلال أسبوعين، فيما يبقى الاشتراك مجانيا لمن هم دون الثامنة عشرة.

وتخطط المكتبة لإقامة نادٍ للقراءة يجتمع مساء كل خميس، يناقش فيه الحضور كتابا واحدا في الشهر ويستضيفون مؤلفه كلما أمكن ...

شارك  طباعة  إرسال
الأكثر قراءة
حديقة النهر تغلق مبكرا في الشتاء
سوق السمك يعود إلى مكانه القديم
جميع الحقوق محفوظة 2024
"""

# The aggregator after a redesign: outlet and stamp stand where they stood, the publication line is another one.
REDESIGNED = """\
صدى الواحة:
2024-03-09@10:00:00 GMT

مهرجان التمور يفتح أبوابه في الواحة

منشور في 9 مارس 2024

افتتح مهرجان التمور أبوابه في الواحة صباح السبت بمشاركة أربعين مزارعا عرضوا ثلاثين صنفا، في دورة وصفها المنظمون بأنها الأكبر منذ عشر سنوات.

وأوضحت اللجنة المنظمة أن المهرجان يستمر خمسة أيام، وأن الدخول مجاني للجميع، وأن جزءا من العائدات سيخصص لترميم قنوات الري القديمة.

مقالات مشابهة

  • سباق الهجن يختتم موسمه
"""

SITE = """\
<!DOCTYPE html>
<html lang="en"><head>
<meta charset="utf-8">
<title>Ferry adds two evening crossings | Larkhaven Courier</title>
<meta property="og:site_name" content="Larkhaven Courier">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
 "headline": "Ferry adds two evening crossings", "datePublished": "2024-03-08T17:30:00-04:00",
 "author": {"@type": "Person", "name": "Harbour desk"}, "keywords": ["ferry", "timetable"]}</script>
</head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<main><article><h1>Ferry adds two evening crossings</h1>
<p>The harbour board will run two more ferries every evening from April, after passengers asked for later boats all winter.</p>
<p>The last crossing leaves the island at half past ten, an hour later than now, and the fare stays the same until the autumn.</p>
<p>A spokeswoman said that the board would count passengers for three months and then decide whether the boats stay.</p>
</article></main>
<aside><h2>Most read</h2><ul><li><a href="/a">Market hall reopens</a></li><li><a href="/b">Rain until Friday</a></li></ul></aside>
<footer>Copyright Larkhaven Courier</footer>
</body></html>
"""


def loose_pages() -> dict[str, bytes]:
    """Pages of other layouts by file name: an Arabic portal, the same in windows-1256, a redesign, and an HTML site."""
    return {
        "portal.txt": PORTAL.encode(),
        "portal-windows-1256.txt": PORTAL.replace("ألف كتاب", "ألفا كتاب").encode("cp1256"),
        "aggregator-redesigned.txt": REDESIGNED.encode(),
        "site.html": SITE.encode(),
        "portal.jsonl": b"".join(
            json.dumps({"id": str(n), "crawl_date": "2024-03-09T12:00:00Z", "text": text}, ensure_ascii=False).encode()
            + b"\n"
            for n, text in enumerate(
                (PORTAL.replace("ألف كتاب", "ثلاثة آلاف كتاب"), PORTAL.replace("منذ 3 ساعات", "في 03/02/2024"))
            )
        ),
    }


def crawl() -> bytes:
    """A WARC with a page, and an answer of each kind that is no page."""
    html = {"Content-Type": "text/html; charset=utf-8"}
    page = SITE.replace("Ferry adds", "Ferry drops").encode()
    records = [
        _record("response", 1, _answer("200 OK", html, page)),
        _record("response", 2, _answer("404 Not Found", html, b"<html><body>gone</body></html>")),
        _record("response", 3, _answer("200 OK", {"Content-Type": "image/png"}, b"\x89PNG")),
        _record("response", 4, b""),
        _record("response", 5, _answer("200 OK", html, page[:300]), "WARC-Truncated: length\r\n"),
        _record("revisit", 6, b""),
    ]
    return b"".join(records)


def _answer(status: str, headers: dict[str, str], body: bytes) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def _record(kind: str, number: int, block: bytes, extra: str = "") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:sample:{number}>\r\nWARC-Date: 2024-03-09T08:00:00Z\r\n"
        f"WARC-Target-URI: https://larkhaven.example/crawl/{number}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"{extra}Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"
