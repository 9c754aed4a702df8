"""What each site of the newsroom answers, as a function of path and moment."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape
from typing import Final

from tests.week.script import BEIJING, Story, Version, spell, stories

__all__ = ["HOSTS", "LISTED", "LISTS", "SOURCES", "Answer", "answer", "garble"]

HOSTS: Final = {
    "www.lanhe.example": "lanhe",
    "m.lanhe.example": "lanhe",
    "en.eastgate.example": "eastgate",
    "www.bulletin.example": "bulletin",
    "api.registry.example": "registry",
    "registry.example": "registry",
}
LISTS: Final = {
    "lanhe": "http://www.lanhe.example/news/",
    "eastgate": "http://en.eastgate.example/portal/news/",
    "bulletin": "http://www.bulletin.example/rss.xml",
    "registry": "http://api.registry.example/v1/stories?limit=20",
}
LISTED: Final = 20

_PAGE_RULES: Final = """
[article]
title = "h1"
date = ".date"
content = ".text"
"""
SOURCES: Final = {
    "lanhe": f"""
url = "{LISTS["lanhe"]}"
language = "zh"
kind = "html"
every = "30m"
category = "local"
[list]
item = ".news li"
link = "a"
date = "span"
{_PAGE_RULES}""",
    "eastgate": f"""
url = "{LISTS["eastgate"]}"
language = "en"
kind = "html"
every = "30m"
category = "local"
[list]
item = ".list li"
link = "a"
date = "span"
date_format = "MM dd,yyyy"
[article]
title = ".detail_title"
date = ".detail_info"
date_format = "'Time:' MM dd,yyyy"
content = ".detail_content"
""",
    "bulletin": f"""
url = "{LISTS["bulletin"]}"
language = "zh"
kind = "feed"
every = "30m"
category = "economy"
""",
    "registry": f"""
url = "{LISTS["registry"]}"
language = "en"
kind = "json"
every = "30m"
category = "economy"
[list]
item = "stories"
link = "url"
title = "headline"
date = "time"
{_PAGE_RULES}""",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and a body; no status is a connection that breaks off."""

    status: int | None
    body: bytes = b""
    media_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


_AWAY: Final = Answer(404, b"<title>404</title><p>Not here.</p>")
_CAPTCHA: Final = Answer(
    200,
    "<html><head><title>安全验证</title></head><body><h1>安全验证</h1>"
    "<p>请输入验证码</p><form><input name=code></form></body></html>".encode(),
)
_BUSY: Final = Answer(503, b"busy", headers={"Retry-After": "7200"})

_LINKS: Final = (
    "about/", "contact/", "jobs/", "press/", "maps/", "privacy/", "terms/", "help/",
)  # fmt: skip


def answer(host: str, path: str, now: datetime) -> Answer:
    """What ``host`` answers for a path with its query."""
    site = HOSTS.get(host, "")
    if not site or path == "/robots.txt":
        return _AWAY
    match spell(site, now):
        case "captcha":
            return _CAPTCHA
        case "refused":
            return Answer(None)
        case "busy":
            return _BUSY
        case "gbk":
            return _gbk(_usual(host, site, path, now))
    return _usual(host, site, path, now)


def garble(text: str) -> str:
    """What UTF-8 looks like to who takes it for GBK."""
    return text.encode().decode("gb18030", "replace")


def _gbk(said: Answer) -> Answer:
    return Answer(said.status, said.body.decode().encode("gb18030"), said.media_type)


def _usual(host: str, site: str, path: str, now: datetime) -> Answer:
    if f"http://{host}{path}" == LISTS[site]:
        return _LIST_PAGES[site](_listed(site, now), now)
    place = _untracked(path)
    for story in stories():
        shown = story.at(now)
        if story.site != site or shown is None:
            continue
        if shown.path == place:
            away = story.missing(now)
            return Answer(away, b"gone") if away else _page(story, shown)
        if story.redirects and place in {v.path for v in story.versions}:
            to = {"Location": f"http://{host}{shown.path}"}
            return Answer(301, headers=to)
    return _AWAY


def _untracked(path: str) -> str:
    return path.partition("?utm")[0].partition("&from=")[0]


def _listed(site: str, now: datetime) -> list[tuple[Story, Version]]:
    """The newest stories that are there, newest first."""
    there = [
        (story, shown)
        for story in reversed(stories())
        if story.site == site
        and (shown := story.at(now))
        and story.missing(now) is None
    ]
    return there[:LISTED]


_Listed = Sequence[tuple[Story, Version]]


def _html(language: str, title: str, body: str) -> Answer:
    text = (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head><body>{body}</body></html>"
    )
    return Answer(200, text.encode())


def _page(story: Story, shown: Version) -> Answer:
    text = "".join(f"<p>{escape(p)}</p>" for p in shown.paragraphs)
    born = story.born.astimezone(BEIJING)
    title = escape(shown.title)
    if story.site == "eastgate":
        return _html(
            "en",
            shown.title,
            f'<h2 class="detail_title">{title}</h2><div class="detail_info">'
            f"Time: {born:%m %d,%Y}  Source: Eastgate Daily</div>"
            f'<div class="detail_content">{text}</div>',
        )
    printed = f"{born:%Y-%m-%d %H:%M}" if shown.timed else f"{born:%Y-%m-%d}"
    return _html(
        "zh" if story.site == "lanhe" else "en",
        shown.title,
        f'<h1>{title}</h1><p class="date">{printed}</p><div class="text">{text}</div>',
    )


def _lanhe(listed: _Listed, now: datetime) -> Answer:
    """A list that links to its mobile pages in the night, and by other names."""
    host = "http://m.lanhe.example" if now.hour >= 18 else ""
    rows = "".join(
        f'<li><a href="{host}{v.path}?utm_source=list">{escape(v.title)}</a>'
        f"<span>{s.born.astimezone(BEIJING):%Y-%m-%d}</span></li>"
        for s, v in listed
    )
    return _html("zh", "岚河日报", f'<ul class="news">{rows}</ul>')


def _eastgate(listed: _Listed, now: datetime) -> Answer:
    rows = "".join(
        f'<li><a href="{v.path}">{escape(v.title)}</a>'
        f"<span>{s.born.astimezone(BEIJING):%m %d,%Y}</span></li>"
        for s, v in listed
    )
    match spell("eastgate", now):
        case "relaid":
            body = f'<ol class="stream">{rows}</ol>'
        case "navigation":
            links = "".join(
                f'<li><a href="/{link}">All about the {link.strip("/")} of the town</a>'
                "</li>"
                for link in _LINKS
            )
            body = f'<ul class="list">{links}</ul><ol class="stream">{rows}</ol>'
        case _:
            body = f'<ul class="list">{rows}</ul>'
    return _html("en", "Eastgate", body)


def _bulletin(listed: _Listed, now: datetime) -> Answer:
    state = spell("bulletin", now)
    shown = [] if state == "empty" else listed
    items = "".join(_item(story, version, state, now) for story, version in shown)
    text = (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        "<title>快讯</title><link>http://www.bulletin.example/</link>"
        f"<description>快讯</description>{items}</channel></rss>"
    )
    return Answer(200, text.encode(), "application/rss+xml")


def _item(story: Story, shown: Version, state: str, now: datetime) -> str:
    told = garble if state == "garbled" else str
    born = story.born.astimezone(BEIJING)
    if state == "redated":
        born = now.astimezone(BEIJING)
    if state == "hasty" and spell("bulletin", story.born) == "hasty":
        born += timedelta(days=1)
    date = format_datetime(born)
    if state == "zone":  # the clock of Beijing, said to be that of Greenwich
        date = date.replace("+0800", "+0000")
    guid = f"{story.mark}/{now.timestamp()}" if state == "churn" else story.mark
    text = "".join(f"<p>{told(p)}</p>" for p in shown.paragraphs)
    return (
        f"<item><title>{told(shown.title)}</title>"
        f"<link>http://www.bulletin.example{shown.path}&amp;from=timeline</link>"
        f'<guid isPermaLink="false">{guid}</guid><pubDate>{date}</pubDate>'
        f"<content:encoded><![CDATA[{text}]]></content:encoded></item>"
    )


def _registry(listed: _Listed, now: datetime) -> Answer:
    state = spell("registry", now)
    told = [
        {
            "url": f"http://registry.example{version.path}",
            "headline": version.title,
            "time": _said(story.born, now if state == "today" else None),
        }
        for story, version in ([] if state == "emptied" else listed)
    ]
    body = json.dumps({"stories": told}).encode()
    return Answer(200, body, "application/json")


def _said(born: datetime, instead: datetime | None) -> str:
    at = instead - timedelta(minutes=1) if instead else born
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


_LIST_PAGES: Final = {
    "lanhe": _lanhe,
    "eastgate": _eastgate,
    "bulletin": _bulletin,
    "registry": _registry,
}
