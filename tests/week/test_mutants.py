"""Mutants of feedsvc that make ids otherwise: each must be caught by what it publishes.

They are no mocks of what a test needs, but the faults that tests are there to catch.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest

from feedsvc.edition.localize import Localizer
from feedsvc.normalize import identity
from feedsvc.text import urls
from tests.week.installation import visited
from tests.week.judge import Judge
from tests.week.newsroom import Clock
from tests.week.script import START
from tests.week.subscriber import read_tree

pytestmark = pytest.mark.integration

NOW = START + timedelta(days=1)

_make, _identity, _tag = identity.make, urls.identity, Localizer._tag


def sized(size: int, *of: Any) -> str:
    return blake2b(identity._key(*of).encode(), digest_size=size).hexdigest()


def with_scheme(url: str, tracking: tuple[str, ...] = ()) -> str:
    return f"{url.partition(':')[0]}://{_identity(url, tracking)}"


def with_mirror(url: str, tracking: tuple[str, ...] = ()) -> str:
    return f"www.{_identity(url, tracking)}" if "//www." in url else _identity(url)


def with_tracking(url: str, tracking: tuple[str, ...] = ()) -> str:
    found = re.search(r"utm_source=\w+", url)
    return f"{_identity(url, tracking)}?{found[0]}" if found else _identity(url)


def with_slash(url: str, tracking: tuple[str, ...] = ()) -> str:
    return _identity(url, tracking) + ("/" if url.endswith("/") else "")


def without_query(url: str, tracking: tuple[str, ...] = ()) -> str:
    return _identity(url, tracking).partition("?")[0]


MUTANTS: dict[str, tuple[object, str, Callable[..., str]]] = {
    "a shorter digest": (identity, "make", partial(sized, 15)),
    "a longer digest": (identity, "make", partial(sized, 20)),
    "the tail of the digest": (identity, "make", lambda *of: _make(*of)[::-1]),
    "the scheme kept": (urls, "identity", with_scheme),
    "www. kept": (urls, "identity", with_mirror),
    "tracking kept": (urls, "identity", with_tracking),
    "the slash kept": (urls, "identity", with_slash),
    "the query dropped": (urls, "identity", without_query),
    "another form": (
        Localizer,
        "_tag",
        lambda self, one: _tag(self, one).replace("2026:", "2026:articles/"),
    ),
    "the language in it": (
        Localizer,
        "_tag",
        lambda self, one: f"{_tag(self, one)}/{self.language}",
    ),
}


async def test_feedsvc_as_it_is_passes(tmp_path: Path) -> None:
    feeds = read_tree(await visited(tmp_path, Clock(NOW)))
    judge = Judge()
    judge.read(feeds, NOW)
    assert judge.missing(feeds, NOW) == set()


@pytest.mark.parametrize(
    ("place", "name", "mutant"), MUTANTS.values(), ids=MUTANTS.keys()
)
async def test_a_mutant_is_caught(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    place: object,
    name: str,
    mutant: Callable[..., str],
) -> None:
    monkeypatch.setattr(place, name, mutant)
    feeds = read_tree(await visited(tmp_path, Clock(NOW)))
    assert any(copy.entries for copy in feeds.values())
    with pytest.raises(AssertionError, match=r": id |lost|nobody wrote"):
        Judge().read(feeds, NOW)
