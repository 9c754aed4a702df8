"""OPML, sitemap and robots.txt list exactly what stands."""

from dataclasses import replace

from lxml import etree

from feedsvc.output.files import media_type
from tests.publish.world import LOCAL, SPORT, House, article, config

BASE = "https://feeds.example.org"
NS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}
LANGUAGES = ("zh", "en", "zh-Hant")


def house() -> House:
    h = House(config(languages=LANGUAGES))
    h.keep(article(1))
    h.publish()
    return h


def tree(h: House, path: str) -> etree._Element:
    return etree.fromstring(h.output.bodies()[path])


def test_every_language_has_a_list_of_its_feeds() -> None:
    h = house()
    for language in LANGUAGES:
        listed = tree(h, f"{language}/feeds.opml").findall("body/outline")
        terms = ("all", "local", "sport")
        wanted = [f"{BASE}/{language}/{term}/feed.rss" for term in terms]
        assert [outline.get("xmlUrl") for outline in listed] == wanted
        paths = [str(x.get("xmlUrl")).removeprefix(f"{BASE}/") for x in listed]
        assert set(paths) < set(h.output.bodies())


def test_the_sitemap_holds_every_page_and_no_other() -> None:
    h = house()
    found = tree(h, "sitemap.xml").findall("s:url/s:loc", NS)
    pages = {
        f"{BASE}/{path.removesuffix('index.html')}"
        for path in h.output.bodies()
        if path.endswith("/index.html") or path.startswith("categories/")
    }
    assert {loc.text for loc in found} == pages
    assert len(found) == len(pages)


def test_places_name_the_same_place_in_every_language() -> None:
    h = house()
    root = tree(h, "sitemap.xml")
    places = {
        str(url.findtext("s:loc", namespaces=NS)): {
            link.get("hreflang"): link.get("href") for link in url.findall("x:link", NS)
        }
        for url in root.findall("s:url", NS)
    }
    local = {tag: f"{BASE}/{tag}/local/" for tag in LANGUAGES}
    assert places[f"{BASE}/en/local/"] == local | {"x-default": f"{BASE}/zh/local/"}
    doors = {tag: f"{BASE}/{tag}/" for tag in LANGUAGES}
    assert places[f"{BASE}/en/"] == doors | {"x-default": f"{BASE}/"}
    for alternates in places.values():
        for href in alternates.values():
            assert href == f"{BASE}/" or places[str(href)] == alternates


def test_robots_txt_names_every_sitemap() -> None:
    h = house()
    named = [
        line.removeprefix(f"Sitemap: {BASE}/")
        for line in h.output.bodies()["robots.txt"].decode().splitlines()
        if line.startswith("Sitemap: ")
    ]
    assert named == ["sitemap.xml", *(f"{tag}/news-sitemap.xml" for tag in LANGUAGES)]
    assert set(named) < set(h.output.bodies())


def test_every_file_is_known_by_the_type_that_it_was_placed_with() -> None:
    h = house()
    kinds = {"opml": "text/x-opml", "xml": "application/xml", "txt": "text/plain"}
    for unit, stamp in h.output.stamps().items():
        for file in h.output.read(unit, stamp):
            assert file.media_type == media_type(file.path), file.path
            kind = kinds.get(file.path.rpartition(".")[2])
            assert not kind or file.media_type == f"{kind}; charset=utf-8"


def test_a_new_label_is_followed() -> None:
    h = house()
    label = {"zh": "体坛", "en": "Games"}
    h.reopen(config((LOCAL, replace(SPORT, title=label)), languages=LANGUAGES))
    before = h.output.dates()
    h.publish()
    assert "體壇" in h.output.bodies()["zh-Hant/feeds.opml"].decode()
    after = h.output.dates()
    assert after["en/feeds.opml"] > before["en/feeds.opml"]
    assert after["sitemap.xml"] > before["sitemap.xml"]
