"""An edited address is one article's, if the old one is gone (reliability.md, 67).

Whole visits over a real server.
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from feedsvc.collect.recheck import recheck
from feedsvc.fetch import Egress
from feedsvc.model.article import Article
from feedsvc.model.config import Source
from tests.collect.world import BODY, World, article, source
from tests.fetch.conftest import SETTINGS
from tests.fetch.origin import Origin, moved, reply, serving

HOUR = timedelta(hours=1)


class Site(World):
    """A list of articles by slug on a real server."""

    def __init__(self, origin: Origin, egress: Egress, **fields: Any) -> None:
        super().__init__([source(f"{origin.base}/list/", kind="html", **fields)])
        self.origin, self.egress = origin, egress

    async def show(self, *slugs: str, **texts: str) -> Any:
        """Visit a list of these slugs; ``texts`` are what their pages say, if not BODY."""
        rows = "".join(
            f'<li><a href="/news/{slug}.html">The story about the {word(slug)}</a></li>'
            for slug in slugs
        )
        html = f'<html lang=en><body><ul class="list">{rows}</ul></body></html>'
        self.origin.routes["/list/"] = reply(body=html.encode())
        for slug in slugs:
            body = texts.get(word(slug), BODY)
            self.origin.routes[path(slug)] = reply(body=written(slug, body))
        self.origin.asked.clear()
        return await self.visit(fetcher=self.egress)

    @property
    def one(self) -> Article:
        """The article about the bridge."""
        [found] = [a for a in self.articles() if "bridge" in a.title]
        return found


def word(slug: str) -> str:
    """What a story is about: its slug's first word."""
    return slug.partition("-")[0]


def path(slug: str) -> str:
    return f"/news/{slug}.html"


def written(slug: str, body: str = BODY) -> bytes:
    title = f"The story about the {word(slug)}"
    return article("", title, f"{body} It is about the {word(slug)}.").body


@pytest.fixture
async def origin() -> AsyncIterator[Origin]:
    async with serving() as running:
        yield running


@pytest.fixture
async def site(origin: Origin) -> AsyncIterator[Site]:
    """A site with two articles, of which the bridge's address will be edited."""
    async with Egress(SETTINGS) as egress:
        w = Site(origin, egress)
        await w.show("bridge", "harbour")
        yield w


def gone(site: Site, slug: str = "bridge", status: int = 404) -> None:
    site.origin.routes[path(slug)] = reply(status)


@pytest.mark.parametrize("status", [404, 410])
async def test_an_edited_address_keeps_the_id_and_moves_updated_once(
    site: Site, status: int
) -> None:
    before = site.one
    gone(site, status=status)
    report = await site.show("bridge-open", "harbour")
    assert (report.new, report.changed) == (0, 1)
    after = site.one
    assert (after.id, after.published) == (before.id, before.published)
    assert after.url.endswith(path("bridge-open"))
    assert after.updated == site.now
    assert site.origin.paths == ["/list/", path("bridge-open"), path("bridge")]
    report = await site.show("bridge-open", "harbour", "mill")
    assert (report.new, report.changed) == (1, 0)
    assert site.one == after
    assert path("bridge") not in site.origin.paths


async def test_an_old_address_that_leads_to_the_new_one_is_gone_too(
    site: Site,
) -> None:
    before = site.one
    site.origin.routes[path("bridge")] = moved(path("bridge-open"))
    assert (await site.show("bridge-open", "harbour")).new == 0
    assert site.one.id == before.id
    assert site.one.url.endswith(path("bridge-open"))


async def test_the_old_address_still_names_the_article(site: Site) -> None:
    before = site.one
    gone(site)
    await site.show("bridge-open", "harbour")
    report = await site.show("bridge", "harbour")
    assert (report.new, len(site.articles())) == (0, 2)
    assert site.one.id == before.id


async def test_two_addresses_that_both_answer_are_two_articles(site: Site) -> None:
    report = await site.show("bridge-open", "harbour")
    assert report.new == 1
    assert len(site.articles()) == 3


@pytest.mark.parametrize(
    "texts", [{}, {"bridge": "It was opened again, and nobody waited."}]
)
async def test_an_article_that_stands_or_says_something_else_is_not_asked_about(
    site: Site, texts: dict[str, str]
) -> None:
    """Neither the same text while the list shows both, nor another text."""
    listed = ["harbour"] if texts else ["bridge", "harbour"]
    if texts:
        gone(site)
    report = await site.show("bridge-open", *listed, **texts)
    assert report.new == 1
    assert path("bridge") not in site.origin.paths


@pytest.mark.parametrize("status", [500, 503])
async def test_while_the_old_address_gives_no_answer_the_new_one_waits(
    site: Site, status: int
) -> None:
    before = site.one
    gone(site, status=status)
    report = await site.show("bridge-open", "harbour", "mill")
    assert (report.new, report.changed) == (1, 0)
    assert site.codes() == ["W_SAME_TEXT"]
    assert site.one == before
    gone(site)
    report = await site.show("bridge-open", "harbour", "mill")
    assert (report.new, report.changed) == (0, 1)
    assert site.one.id == before.id
    assert site.codes() == []


def page(title: str, text: str) -> bytes:
    html = f"<title>{title}</title><body><h1>{title}</h1><p>{text}</p></body>"
    return reply(body=html.encode(), content_type="text/html; charset=utf-8")


@pytest.mark.parametrize(
    "said",
    [
        page("404", "您访问的页面不存在"),
        page("提示", "该文章已被删除"),
        page("Not found", "The page you are looking for does not exist."),
    ],
)
async def test_an_address_that_owns_up_to_be_gone_is_though_it_says_200(
    site: Site, said: bytes
) -> None:
    before = site.one
    site.origin.routes[path("bridge")] = said
    assert (await site.show("bridge-open", "harbour")).new == 0
    assert site.one.id == before.id
    assert site.one.url.endswith(path("bridge-open"))


async def test_a_challenge_at_the_old_address_says_nothing(site: Site) -> None:
    site.origin.routes[path("bridge")] = page("安全验证", "请完成验证后继续访问")
    assert (await site.show("bridge-open", "harbour")).new == 0
    assert site.codes() == ["W_SAME_TEXT"]


async def test_what_waited_is_an_article_of_its_own_if_the_old_one_is_back(
    site: Site,
) -> None:
    gone(site, status=503)
    await site.show("bridge-open", "harbour")
    site.origin.routes[path("bridge")] = reply(body=written("bridge"))
    assert (await site.show("bridge-open", "harbour")).new == 1


async def test_nobody_waits_for_ever(site: Site) -> None:
    before = site.one
    gone(site, status=503)
    await site.show("bridge-open", "harbour")
    site.now += 24 * HOUR
    assert (await site.show("bridge-open", "harbour")).new == 0
    assert site.one.id == before.id


async def test_a_visit_asks_for_ten_old_addresses_and_the_rest_waits(
    site: Site,
) -> None:
    old = [f"word{letter}-of-old" for letter in "abcdefghijklm"]
    await site.show(*old)
    before = {one.id for one in site.articles()}
    for one in old:
        gone(site, one)
    edited = [one.replace("old", "new") for one in old]
    assert (await site.show(*edited)).changed == 10
    assert (await site.show(*edited)).changed == 3
    assert {one.id for one in site.articles()} == before


async def test_after_24_changes_an_edit_moves_the_address_alone(site: Site) -> None:
    gone(site)
    for n in range(25):
        await site.show(f"bridge-{n}", "harbour")
        gone(site, f"bridge-{n}")
    last = site.one
    assert last.updated == site.now - timedelta(minutes=1)
    await site.show("bridge-new", "harbour")
    assert site.one.url.endswith(path("bridge-new"))
    assert (site.one.id, site.one.updated) == (last.id, last.updated)


async def test_the_new_address_is_read_again_for_corrections(site: Site) -> None:
    """Else the old one, which is gone, would have the article withdrawn."""
    gone(site)
    await site.show("bridge-open", "harbour")
    site.now += HOUR
    site.origin.asked.clear()
    sources: dict[str, Source] = {one.id: one for one in site.sources}
    done = await recheck(sources, site.tools(fetcher=site.egress))
    assert (done.checked, done.withdrawn) == (2, 0)
    assert path("bridge") not in site.origin.paths


async def test_an_article_that_was_withdrawn_returns_under_its_new_address(
    site: Site,
) -> None:
    before = site.one
    gone(site)
    sources = {one.id: one for one in site.sources}
    for hours in (1, 6):
        site.now += hours * HOUR
        await recheck(sources, site.tools(fetcher=site.egress))
    assert len(site.articles()) == 1
    assert (await site.show("bridge-open", "harbour")).new == 0
    assert site.one.id == before.id


async def test_what_an_operator_hid_stays_hidden_at_its_new_address(
    site: Site,
) -> None:
    site.store.hide(site.one.id, site.now)
    gone(site)
    await site.show("bridge-open", "harbour")
    assert site.titles() == {"The story about the harbour"}


async def test_other_sources_articles_are_left_alone(
    site: Site, origin: Origin
) -> None:
    """Two papers that print the same are two, even if one of them took it down."""
    gone(site)
    origin.asked.clear()
    async with serving() as other:
        w = Site(other, site.egress, id="other")
        w.store = site.store
        w.now = site.now
        assert (await w.show("bridge-open")).new == 1
        assert path("bridge") not in origin.paths
