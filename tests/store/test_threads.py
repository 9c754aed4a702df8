"""A store serves many threads at once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from feedsvc.model.feed import Edition
from feedsvc.store import Store, open_store
from tests.store.samples import NOW, make_article, make_outcome

ALL = Edition(language="zh", category="all", include_all=True, items=1000)


def test_threads_save_and_read_side_by_side(store: Store) -> None:
    def save(number: int) -> None:
        articles = [make_article(number * 10 + n) for n in range(10)]
        store.save([make_outcome(*articles)], NOW)

    def read(number: int) -> int:
        found = store.newest(ALL)
        store.known("times", [f"news.example/{number}"])
        return len(found) % 10

    with ThreadPoolExecutor(16) as threads:
        saves = [threads.submit(save, number) for number in range(30)]
        reads = [threads.submit(read, number) for number in range(60)]
        assert [s.result() for s in saves] == [None] * 30
        assert {r.result() for r in reads} == {0}
    assert len(store.newest(ALL)) == 300


def test_two_processes_worth_of_stores_share_a_database(
    database: str, tmp_path: Path
) -> None:
    with ThreadPoolExecutor(4) as threads:
        stores = list(threads.map(lambda _: open_store(database, tmp_path), range(4)))
        articles = [make_article(n) for n in range(40)]
        orders = [articles, articles[::-1]] * 20

        def save(number: int) -> None:
            stores[number % 4].save([make_outcome(*orders[number])], NOW)

        assert list(threads.map(save, range(40))) == [None] * 40
    assert [len(s.newest(ALL)) for s in stores] == [40] * 4
    for store in stores:
        store.close()
