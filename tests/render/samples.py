"""A small newsroom of our own, in zh and en, for the tests of pages and of browsers."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlencode

from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.article import Image
from feedsvc.model.feed import Conversion, Entry, Feed, Published, Term
from feedsvc.model.status import (
    Coverage,
    Held,
    Incident,
    SourceRow,
    Spending,
    State,
    StatusReport,
)
from feedsvc.model.visit import Visit
from feedsvc.render.listing import Listing, Row
from feedsvc.text.traditional import converted

BASE = "http://feeds.example.org"
FORMATS = ("rss", "atom", "json")
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)

SITE = {"zh": "山西新闻", "en": "Shanxi News", "zh-Hant": "山西新聞"}
SOURCE = {"zh": "示例日报", "en": "Example Daily", "zh-Hant": "示例日報"}
LABELS = {
    "all": ("全部", "All news"),
    "local": ("本地", "Local"),
    "economy": ("经济", "Economy, business and finance"),
    "culture": ("文化", "Arts, culture and entertainment"),
    "education": ("教育", "Education"),
    "health": ("健康", "Health"),
    "environment": ("环境", "Environment"),
    "science": ("科学技术", "Science and technology"),
    "sport": ("体育", "Sport"),
    "weather": ("天气", "Weather"),
    "human-interest": ("人情趣味", "Human interest"),
}

ZH = [
    (
        "古城墙边的旧书市重新开张，三十家书摊周末迎客",
        "停办两年的旧书市上周六在南门外重新开张。书摊之间摆着长凳，读者可以坐下来慢慢翻看；摊主说，第一天卖得最好的是地方志和连环画。",
    ),
    ("晋祠公园银杏进入最佳观赏期", None),
    (
        "新开通的一百零八路公交车把三个村子和县医院连在一起",
        "早班车六点十分从柳沟村发出，全程四十分钟。七十二岁的李大娘说，以前看病要转两趟车。",
    ),
    ("面食节落幕：七天卖出十二万碗", "组织者统计，刀削面占了将近一半。"),
]
EN = [
    (
        "Old book market reopens beside the city wall, with thirty stalls at weekends",
        "After two years away the market returned to the south gate on Saturday. Benches stand between the stalls so that readers may sit; local histories and picture books sold best on the first day.",
    ),
    ("Ginkgo trees at their best in Jinci park", None),
    (
        "New bus line 108 joins three villages to the county hospital",
        "The first bus leaves Liugou at ten past six and takes forty minutes. It used to take two changes.",
    ),
    ("Noodle week ends with 120,000 bowls served", "Nearly half were knife-cut."),
]


def label(term: str, language: str) -> str:
    zh, en = LABELS[term]
    return {"zh": zh, "en": en, "zh-Hant": converted(zh)}[language]


def date_text(moment: datetime, language: str) -> str:
    if language == "en":
        return moment.strftime("%B %-d, %Y")
    return f"{moment.year}年{moment.month}月{moment.day}日"


def entry(number: int, language: str = "zh", pictures: str = BASE) -> Entry:
    title, summary = (EN if language == "en" else ZH)[number % 4]
    if language == "zh-Hant":
        title, summary = converted(title), summary and converted(summary)
    moment = NOON - timedelta(hours=7 * number)
    term = ("local", "economy", "culture")[number % 3]
    return Entry(
        id=f"tag:feeds.example.org,2026:{number:032x}",
        url=f"https://news.example.org/{language}/{number}.html",
        title=title,
        language=language,
        published=moment,
        updated=moment,
        precision="day",
        date_text=date_text(moment, language),
        authors=("李明",),
        contributors=(),
        categories=(
            Term(term=term, label=label(term, language), scheme=f"{BASE}/categories/"),
        ),
        source_id="daily",
        source_name=SOURCE[language],
        source_url="https://news.example.org/",
        source_path=f"{language}/sources/daily",
        outlet=None,
        image=Image(url=f"{pictures}/photo.svg", caption=title)
        if number % 2 == 0
        else None,
        summary=summary,
        content_html=f"<p>{summary}</p>",
        converted=Conversion(id="tag:x", language="zh", note="由簡體中文自動轉換")
        if language == "zh-Hant"
        else None,
    )


def description(name: str, language: str) -> str:
    if language == "en":
        return f"{name} from {SITE['en']}"
    said = f"{SITE[language]}“{name}”栏目的最新文章"
    return converted(said) if language == "zh-Hant" else said


def feed(
    language: str = "zh",
    term: str = "local",
    entries: tuple[Entry, ...] | None = None,
    languages: tuple[str, ...] = ("zh", "en"),
) -> Feed:
    if entries is None:
        entries = tuple(entry(n, language) for n in range(8))
    name = label(term, language)
    others = [other for other in languages if other != language]
    return Feed(
        id=f"tag:feeds.example.org,2026:{language}/{term}",
        path=f"{language}/{term}",
        base_url=BASE,
        language=language,
        category=Term(term=term, label=name, scheme=f"{BASE}/categories/{term}"),
        heading=name,
        title=f"{SITE[language]} – {name}",
        description=description(name, language),
        site_title=SITE[language],
        updated=NOON,
        entries=entries,
        formats=FORMATS,
        siblings=tuple((other, f"{other}/{term}") for other in others),
        default_path=f"zh/{term}",
        contact="mailto:editor@example.org",
        rights=None,
    )


def search(language: str = "zh", languages: tuple[str, ...] = ("zh", "en")) -> Feed:
    """What a search found: words that are hostile to a page, a category."""
    query = "煤炭 <b>\"&'"
    return replace(
        feed(language, "local", languages=languages),
        path=f"{language}/search",
        parameters=urlencode({"q": query, "category": "local"}, quote_via=quote),
        query=query,
        heading=f"“{query}” · {label('local', language)}",
        siblings=tuple((tag, f"{tag}/search") for tag in languages if tag != language),
        default_path="zh/search",
    )


def listing(language: str = "zh", languages: tuple[str, ...] = ("zh", "en")) -> Listing:
    rows = [
        Row(
            language=language,
            path=f"{language}/{term}",
            term=term,
            label=label(term, language),
            description=description(label(term, language), language),
            title=f"{SITE[language]} – {label(term, language)}",
            entries=0 if term == "weather" else 50 - 3 * number or 1,
            updated=NOON,
            updated_text=date_text(NOON, language),
        )
        for number, term in enumerate(LABELS)
    ]
    return Listing(
        language=language,
        languages=languages,
        base_url=BASE,
        site_title=SITE[language],
        rows=tuple(rows),
        formats=FORMATS,
        opened=datetime(2026, 1, 1, tzinfo=UTC),
        sources=(("daily", SOURCE[language]), ("river", "River & <Lake>")),
        contact="mailto:editor@example.org",
    )


@dataclass(frozen=True)
class Site:
    """An installation that operators look after."""

    site_title: str = SITE["zh"]
    base_url: str = BASE
    authority: str = "feeds.example.org,2026"
    opened: datetime = datetime(2026, 1, 1, tzinfo=UTC)


def row(name: str, state: State = "ok", *faults: Incident) -> SourceRow:
    """A source as operators see it."""
    visit = Visit(source=name, due=NOON + timedelta(hours=1), last_success=NOON)
    return SourceRow(
        source=name,
        state=state,
        visit=visit,
        rate=None,
        spending=Spending(requests=42.4, unmodified=0.875),
        coverage=Coverage(items=120),
        doubted=None,
        faults=faults,
    )


def incident(code: Code, place: str, hours: int, over: int | None = None) -> Incident:
    """A fault that came and went, or did not, so many hours before noon."""
    fault = Fault(
        code=code,
        stage=Stage.FETCH,
        place=place,
        args={"detail": "<b>nobody</b>", "status": 404},
        retry_at=NOON + timedelta(hours=1),
    )
    cleared = None if over is None else NOON - timedelta(hours=over)
    return Incident(fault=fault, at=NOON - timedelta(hours=hours), cleared_at=cleared)


def standing() -> StatusReport:
    """How a newsroom stands in which not all is well."""
    gone = incident(Code.E_NOT_FOUND, "https://river.example/news/?a=1&b=2", 5)
    passed = incident(Code.E_CONNECT, "https://valley.example/", 30, over=28)
    paths = ("zh/all", "zh/local", "en/all", "en/local")
    return StatusReport(
        sources=[row("river", "failed", gone), row("valley", "ok", passed)],
        feeds=[
            Published(path=path, digest="0", updated=NOON, entries=50, size=398_112)
            for path in paths
        ],
        subscriptions={"zh/all": 3},
        unreached=(),
        unmapped=["Court & Social"],
        held=[Held(id="1", title="<Garbled>", fault=gone.fault, at=NOON)],
        spent=312,
    )
