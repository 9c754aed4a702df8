"""What is published stays right, whatever its list does (reliability.md, 53, 66, 67)."""

from datetime import timedelta

import pytest

from tests.collect.world import (
    FEED,
    World,
    article,
    entry,
    page,
    rss,
    source,
    story,
    whole,
)

MINUTE = timedelta(minutes=1)


async def test_an_article_that_its_list_drops_for_a_while_stays_and_returns() -> None:
    """reliability.md, 66: what is absent once is not withdrawn, and no news later."""
    w = World([source()])
    w.answers[FEED] = rss(whole(1), whole(2))
    await w.visit()
    before = w.articles()
    for answer in (rss(whole(2)), rss(whole(2), whole(1))):
        w.answers[FEED] = answer
        report = await w.visit()
        assert (report.new, report.changed) == (0, 0)
        assert w.articles() == before


@pytest.mark.parametrize(
    "edited",
    [whole(1, "The mill bridge opens"), whole(1, body="The bridge is open again.")],
    ids=["headline", "text"],
)
async def test_an_edit_keeps_the_id_and_moves_updated_once(edited: str) -> None:
    """reliability.md, 67."""
    w = World([source()])
    w.answers[FEED] = rss(whole(1))
    await w.visit()
    [before] = w.articles()
    w.answers[FEED] = rss(edited)
    assert (await w.visit()).changed == 1
    [after] = w.articles()
    assert (after.id, after.published) == (before.id, before.published)
    assert (before.updated, after.updated) == (before.published, w.now)
    w.answers[FEED] = rss(edited, whole(2))
    assert (await w.visit()).changed == 0
    assert after in w.articles()


async def test_ids_and_texts_that_change_each_time_stop_counting_after_24() -> None:
    """reliability.md, 53."""
    w = World([source()])
    for n in range(27):
        guid = f"<guid isPermaLink='false'>churn-{n}</guid></item>"
        edited = whole(1, body=f"It was read {n} times.")
        w.answers[FEED] = rss(edited.replace("</item>", guid))
        await w.visit()
    [one] = w.articles()
    assert "read 24 times" in one.content_text
    assert one.updated == w.now - 2 * MINUTE
    keys = [f"guid:river:churn-{n}" for n in range(27)]
    assert list(w.store.known("river", keys)) == keys[:1]  # nor do they fill the ledger


@pytest.mark.parametrize(
    "again",
    [
        "http://www.news.example.org/1.html",
        "https://m.news.example.org/1.html?utm_source=app",
        "https://news.example.org/1.html/",
        "https://news.example.org/amp/1.html",
    ],
    ids=["www", "mobile", "slash", "amp"],
)
async def test_an_address_written_otherwise_at_another_visit_is_no_news(
    again: str,
) -> None:
    """reliability.md, 58; an AMP page names the article's own as its canonical one."""
    w = World([source()])
    w.answers |= {FEED: rss(entry(1)), story(1): article(story(1), "The story")}
    await w.visit()
    [before] = w.articles()
    head = f'<link rel="canonical" href="{story(1)}">'
    w.answers[FEED] = rss(entry(1, "Story 1!").replace(story(1), again))
    body = article(again, "The story", head=head).body
    w.answers[again] = page(again, body)
    report = await w.visit()
    assert report.new == 0
    assert [one.id for one in w.articles()] == [before.id]
