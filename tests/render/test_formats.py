"""What holds for every format: the same bytes, whatever the texts are."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from feedsvc.model.article import Image
from feedsvc.model.feed import Feed, Term
from tests.render import golden

FORMATS = pytest.mark.parametrize(
    "render", list(golden.RENDER.values()), ids=list(golden.RENDER)
)
ANY_TEXT = st.text(
    st.one_of(st.characters(), st.sampled_from("\x00\x01\x0b\x0c\x1f\ud800\uffff<&]>"))
)


def filled(text: str) -> Feed:
    """A feed all of whose texts are ``text``."""
    feed = golden.feed("zh")
    entry = replace(
        feed.entries[0],
        title=text,
        authors=(text,),
        contributors=(text,),
        categories=(Term(term=text, label=text, scheme=text),),
        source_name=text,
        outlet=text,
        image=Image(url="https://e.org/1.jpg", caption=text, credit=text),
        summary=text,
        content_html=f"<p>{text}</p>",
        rights=text,
    )
    return replace(
        feed, title=text, description=text, site_title=text, entries=(entry,)
    )


@pytest.mark.parametrize(("name", "body"), list(golden.rendered()))
def test_feeds_are_the_golden_ones(name: str, body: bytes) -> None:
    """If they are to change: ``python -m tests.render.golden``, and read the diff."""
    assert body.decode() == (golden.FOLDER / name).read_text(encoding="utf-8")


def test_no_golden_feed_is_left_over() -> None:
    assert {path.name for path in golden.FOLDER.iterdir()} == {
        name for name, _ in golden.rendered()
    }


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_other_processes_write_the_same_bytes(seed: str) -> None:
    code = (
        "import hashlib; from tests.render import golden;"
        "print(hashlib.sha256(b''.join(b for _, b in golden.rendered())).hexdigest())"
    )
    environ = os.environ | {"PYTHONHASHSEED": seed, "TZ": "America/Lima", "LANG": "C"}
    there = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        env=environ,
        cwd=golden.FOLDER.parents[2],
    )
    here = sha256(b"".join(body for _, body in golden.rendered())).hexdigest()
    assert there.stdout.strip() == here


@FORMATS
def test_control_characters_never_cost_a_feed(
    render: Callable[[Feed], bytes],
) -> None:
    body = render(filled("a\x00\x0bb\x0c\ud800\uffffc"))
    assert "ab c" in body.decode("utf-8")


@given(ANY_TEXT)
def test_no_text_breaks_a_feed(text: str) -> None:
    feed = filled(text)
    for name, render in golden.RENDER.items():
        body = render(feed)
        if name == "json":
            assert json.loads(body)["items"]
        else:
            assert len(etree.fromstring(body))
