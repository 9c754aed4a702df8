"""What edited rules would read, beside what readers have."""

from dataclasses import replace

import pytest

from feedsvc.errors import Code, Fault, Stage
from feedsvc.inspect.record import Difference
from feedsvc.inspect.reread import Entry, Reread, differences
from feedsvc.model.article import Article, RawItem
from feedsvc.model.config import Source
from feedsvc.normalize import identity
from tests.store.samples import make_article

TIMES = Source(id="times", url="https://news.example/")
ONE, TWO = make_article(1), make_article(2)
ELSEWHERE = "https://news.example/one.html"
OTHER_ID = identity.make(ELSEWHERE)


def entry(article: Article) -> Entry:
    return RawItem(url=article.url, title=article.title), article.id


def new(url: str, title: str | None = None) -> Entry:
    return RawItem(url=url, title=title), ""


RETITLED = replace(ONE, title="另一标题")
READ = replace(ONE, id=OTHER_ID, url=ELSEWHERE)


@pytest.mark.parametrize(
    ("entries", "read", "found"),
    [
        ([entry(ONE), entry(TWO)], [], []),
        (
            [entry(ONE), entry(TWO)],
            [RETITLED],
            [Difference(ONE.url, "title", ONE.title, RETITLED.title)],
        ),
        ([entry(ONE)], [], [Difference(TWO.url, "", TWO.title, None)]),
        (
            [entry(ONE), entry(TWO), new(ELSEWHERE, "新")],
            [],
            [Difference(ELSEWHERE, "", None, "新")],
        ),
        (
            [new(ELSEWHERE, "标题  1"), entry(TWO)],
            [],
            [Difference(ONE.url, "id", ONE.id, OTHER_ID)],
        ),
        (
            [new(ELSEWHERE), entry(TWO)],
            [READ],
            [Difference(ONE.url, "id", ONE.id, OTHER_ID)],
        ),
        (
            [entry(ONE), entry(TWO), new(ELSEWHERE, ONE.title)],
            [],
            [Difference(ELSEWHERE, "", None, ONE.title)],
        ),
        (
            [new(ELSEWHERE), entry(TWO)],
            [],
            [
                Difference(ELSEWHERE, "", None, ELSEWHERE),
                Difference(ONE.url, "", ONE.title, None),
            ],
        ),
    ],
    ids=[
        "the same", "retitled", "dropped", "added", "renamed by its list",
        "renamed by its page", "a double", "nothing to know it by",
    ],
)  # fmt: skip
def test_articles_are_told_by_what_becomes_of_them(
    entries: list[Entry], read: list[Article], found: list[Difference]
) -> None:
    assert list(differences(TIMES, entries, [ONE, TWO], read)) == found


def test_articles_of_one_title_are_each_taken_once() -> None:
    same = replace(TWO, title=ONE.title)
    entries = [new(f"{ELSEWHERE}?{n}", ONE.title) for n in (1, 2, 3)]
    told = list(differences(TIMES, entries, [ONE, same], []))
    assert [one.field for one in told] == ["id", "id", ""]
    assert {one.before for one in told} == {ONE.id, TWO.id, None}


def test_that_a_page_is_not_kept_is_no_fault_of_the_rules() -> None:
    def fault(detail: Code) -> Fault:
        args = {"detail": str(detail)}
        return Fault(code=Code.W_ARTICLE, stage=Stage.FETCH, args=args)

    reread = Reread(source="times", faults=[fault(Code.E_NO_RECORD), fault(Code.E_DNS)])
    assert reread.told == [fault(Code.E_DNS)]
