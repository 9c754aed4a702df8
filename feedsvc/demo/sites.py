"""The newsroom's documents, made from its stories (``newsroom/*.toml``)."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template

__all__ = ["SITES", "Document", "documents"]

HERE = Path(__file__).resolve().parent

SITES = (
    "city",
    "bureau",
    "portal",
    "harbour",
    "observatory",
    "sports",
    "gazette",
    "broken",
)
"""Every site of the newsroom; each stands at an address of its own."""

_LISTS = {
    "city": ("/news/", "list.html"),
    "bureau": ("/dt/", "list.html"),
    "portal": ("/news/", "list.html"),
    "harbour": ("/feed.xml", "feed.xml"),
    "observatory": ("/sitemap.xml", "sitemap.xml"),
    "gazette": ("/", "list.html"),
}
_PAGES = {
    "city": "/news/{}.html",
    "bureau": "/dt/{}.htm",
    "portal": "/news/{}.html",
    "observatory": "/notes/{}",
    "sports": "/story/{}.html",
    "gazette": "/read/{}",
}
_TYPES = {
    ".html": "text/html",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Document:
    """One answer of a site."""

    body: bytes
    media_type: str


def documents(site: str, base: str) -> dict[str, Document]:
    """Every path of ``site``, which stands at ``base`` (no slash at its end)."""
    if site == "broken":
        return {}
    text = (HERE / "newsroom" / f"{site}.toml").read_text(encoding="utf-8")
    newsroom = {**tomllib.loads(text), "base": base}
    stories: list[dict[str, Any]] = newsroom.pop("story")
    return dict(_documents(site, newsroom, stories))


def _documents(
    site: str, newsroom: Mapping[str, Any], stories: list[dict[str, Any]]
) -> Iterator[tuple[str, Document]]:
    if site in _LISTS:
        path, name = _LISTS[site]
        yield path, _document(site, name, {**newsroom, "stories": stories})
    else:
        yield "/api/news", _api(base=str(newsroom["base"]), stories=stories)
    for story in stories:
        if site in _PAGES:
            page = _document(site, "article.html", {**newsroom, "s": story})
            yield _PAGES[site].format(story["slug"]), page
        if "image" in story:
            image = (HERE / "newsroom" / story["image"]).read_bytes()
            yield f"/img/{story['image']}", Document(image, _TYPES[".svg"])


def _document(site: str, name: str, values: Mapping[str, Any]) -> Document:
    text = _template(site, name).render(values)
    # The bureau writes GBK and calls it gb2312, as many a ministry does.
    body = text.encode("gbk" if site == "bureau" else "utf-8")
    return Document(body, _TYPES[Path(name).suffix])


def _template(site: str, name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
    )
    return environment.get_template(f"{site}/{name}")


def _api(base: str, stories: list[dict[str, Any]]) -> Document:
    listed = [
        {
            "id": int(story["slug"]),
            "title": story["title"],
            "link": f"{base}/story/{story['slug']}.html",
            "publishTime": int(story["date"].timestamp() * 1000),
            "intro": story["body"][0],
        }
        for story in stories
    ]
    body = json.dumps({"code": 0, "data": {"list": listed}}, ensure_ascii=False)
    return Document(body.encode(), "application/json")
