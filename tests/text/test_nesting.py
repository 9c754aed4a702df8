"""Markup that would cost a parser too much is told in time (reliability 5)."""

import pytest

from feedsvc.text.nesting import is_too_deep

MARKUP = {
    "few tags": ("<div>" * 999, False),
    "deep": ("<div>" * 1_000, True),
    "deep, closing others": ("<div></b>" * 1_000, True),
    "wide": ("<div><p>x</div>" * 2_000, False),
    "void": ("<br><li><img>" * 2_000, False),
    "formatting that is copied": (
        "".join(f"<font size={n}>" for n in range(400)) + "<p>" * 9_000,
        True,
    ),
}


@pytest.mark.parametrize(("markup", "too_deep"), MARKUP.values(), ids=MARKUP)
def test_only_what_nests_beyond_reason_is_too_deep(markup: str, too_deep: bool) -> None:  # noqa: FBT001 -- a table
    assert is_too_deep(markup) is too_deep
