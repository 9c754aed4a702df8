"""What stood published and is configured no more (reliability case 88b)."""

from dataclasses import replace

from feedsvc.model.config import Category
from feedsvc.model.feed import Document
from feedsvc.output.files import refusal
from tests.publish.world import LOCAL, SPORT, Counting, House, article, config

HEALTH = Category(key="health")


def notices(h: House) -> dict[str, bytes]:
    """Every notice that stands."""
    return {
        path: body
        for path, body in h.output.bodies().items()
        if path.endswith((".gone", ".moved"))
    }


def test_a_removed_category_is_gone_in_every_language() -> None:
    h = House()
    h.keep(article(1, categories=("sport",)))
    h.publish()
    h.reopen(config((LOCAL,)))
    report = h.publish()
    assert {"zh/sport", "en/sport"} <= set(report.switched)
    assert notices(h) == {"zh/sport/.gone": b"", "en/sport/.gone": b""}
    assert "en/sport/feed.rss" not in h.output.bodies()
    assert b"sport" not in h.output.bodies()["en/index.html"]


def test_a_renamed_category_has_moved_with_its_articles() -> None:
    h = House()
    h.keep(article(1, section="Games", categories=("sport",)))
    h.publish()
    games = Category(
        key="games",
        title={"zh": "运动", "en": "Games"},
        sections=("Games",),
        formerly=("sport",),
    )
    h.reopen(config((LOCAL, games)))
    h.publish()
    assert notices(h) == {
        "zh/sport/.moved": b"zh/games",
        "en/sport/.moved": b"en/games",
    }
    assert b"Story 1" in h.output.bodies()["en/games/feed.rss"]


def test_what_has_another_name_has_another_date() -> None:
    h = House(config((LOCAL, replace(SPORT, sections=("Games",)))))
    h.keep(article(1, section="Games", categories=("sport",)))
    h.publish()
    before = h.updated("en/sport")
    games = Category(key="games", title={"en": "Games"}, sections=("Games",))
    h.reopen(config((LOCAL, replace(games, formerly=("sport",)))))
    h.publish()
    assert h.updated("en/games") > before
    assert h.updated("en/games") == h.now.replace(microsecond=0)


def test_a_page_of_what_is_no_category_any_more_goes_with_its_feeds() -> None:
    h = House()
    h.publish()
    assert "categories/sport" in h.output.bodies()
    h.reopen(config((LOCAL,)))
    h.publish()
    assert "categories/sport" not in h.output.bodies()
    assert "categories/local" in h.output.bodies()


def test_a_language_that_is_published_no_more_is_gone() -> None:
    h = House()
    h.publish()
    h.reopen(config(languages=("zh",)))
    h.publish()
    expected = {f"en/{term}/.gone" for term in ("all", "local", "sport")}
    assert set(notices(h)) == expected


def test_a_notice_is_written_once() -> None:
    h = House()
    h.publish()
    h.reopen(config((LOCAL,)))
    h.publish()
    h.keep(article(1))
    assert set(h.publish().switched) == {"en/all", "en/local"}
    h.reopen(config((LOCAL, HEALTH)))
    assert {"zh/health", "en/health"} <= set(h.publish().switched)
    assert set(notices(h)) == {"zh/sport/.gone", "en/sport/.gone"}


def test_a_category_that_comes_back_stands_again() -> None:
    h = House()
    h.keep(article(1, section="Rowing", categories=("sport",)))
    rowing = replace(SPORT, sections=("Rowing",))
    h.reopen(config((LOCAL, rowing)))
    h.publish()
    before = h.updated("en/sport")
    h.reopen(config((LOCAL,)))
    h.publish()
    h.reopen(config((LOCAL, rowing)))
    h.publish()
    assert notices(h) == {}
    assert b"Story 1" in h.output.bodies()["en/sport/feed.rss"]
    assert h.updated("en/sport") > before


def test_a_rename_told_late_turns_gone_into_moved() -> None:
    h = House()
    h.publish()
    h.reopen(config((LOCAL,)))
    h.publish()
    h.reopen(config((replace(LOCAL, formerly=("sport",)),)))
    h.publish()
    assert set(notices(h)) == {"zh/sport/.moved", "en/sport/.moved"}


def test_a_lost_notice_is_put_back() -> None:
    h = House()
    h.publish()
    h.reopen(config((LOCAL,)))
    h.publish()
    h.output = Counting()
    h.reopen(config((LOCAL,)))
    h.publish()
    assert set(notices(h)) == {"zh/sport/.gone", "en/sport/.gone"}


class Full(Counting):
    """An output that takes no notices for now."""

    full = False

    def switch(self, folder: str, documents: list[Document]) -> int:  # type: ignore[override]  # a list is enough here
        if self.full and documents[0].name.startswith("."):
            raise refusal(folder, "no space left")
        return super().switch(folder, documents)


def test_a_notice_that_cannot_be_written_is_written_next_time() -> None:
    output = Full()
    h = House(output=output)
    h.publish()
    output.full = True
    h.reopen(config((LOCAL,)))
    report = h.publish()
    assert [fault.code for fault in report.faults] == ["E_OUTPUT", "E_OUTPUT"]
    assert notices(h) == {}
    output.full = False
    assert not h.publish().failed
    assert set(notices(h)) == {"zh/sport/.gone", "en/sport/.gone"}


def test_a_languages_single_files_go_with_it() -> None:
    h = House()
    h.keep(article(1, language="zh"))
    h.publish()
    assert {"zh/index.html", "zh/feeds.opml", "zh/news-sitemap.xml"} <= set(
        h.output.bodies()
    )
    h.reopen(config(languages=("en",)))
    h.publish()
    assert {p for p in h.output.bodies() if p.startswith("zh/")} == {
        f"zh/{category}/.gone" for category in ("all", "local", "sport")
    }
