"""Plain text: paragraphs, titles and lengths (reliability 17–21, 76)."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.text.markup import one_line, plain, shorten

PARAGRAPHS = {
    "blocks": ("<p>a b\n c</p>d<br>e<div>f<span>g</span></div>", "a b c\nd\ne\nfg"),
    "lists": ("<ul><li>1<li>2</ul>", "1\n2"),
    "table": ("<table><tr><td>a</td><td>b</td></tr></table>", "a\nb"),
    "silent": ("a<script>x</script><!-- y --><style>z</style><template>t</template>b", "ab"),
    "no markup": ("1 &lt; 2\n\n\n &amp; 3", "1 < 2\n& 3"),
    "nested beyond reason": ("<div>" * 2_000 + "x", "x"),
    "a surrogate": ("<p>a\ud800b</p>", "a?b"),
    "nothing": ("<p> </p>", ""),
}  # fmt: skip


@pytest.mark.parametrize(("markup", "text"), PARAGRAPHS.values(), ids=PARAGRAPHS)
def test_plain_gives_the_text_line_by_line(markup: str, text: str) -> None:
    assert plain(markup) == text


TITLES = {
    "tags": ("a <b>b</b> <SPAN class='x'>c</SPAN>", "a b c"),
    "no tags": ("x <y and z> w, 1 < 2", "x <y and z> w, 1 < 2"),
    "entities once": ("AT&amp;T &amp;lt;b&amp;gt;", "AT&T &lt;b&gt;"),
    "break": ("a<br/>b", "a b"),
    "script": ("<script>alert(1)</script>a<!-- b -->", "a"),
    "white space": ("\n a&nbsp;&nbsp;b\t\u3000c\u2028d ", "a b c d"),
    "only markup": ("&nbsp; <p></p>", ""),
    "controls": ("a\x00\x1b\x9b&#0;&#x1F;&#xD800;\ufffe\ud800b", "ab"),
    "bidi": ("a\u202eb\u2066c\u200fd\ufeff", "abcd"),
    "joiners stay": ("👨‍👩‍👧", "👨‍👩‍👧"),
    "chinese": ("《山西日报》：“阳泉”", "《山西日报》：“阳泉”"),
    "formula and log injection": ("=cmd()\n\x1b[31mx", "=cmd() [31mx"),
}


@pytest.mark.parametrize(("found", "title"), TITLES.values(), ids=TITLES)
def test_a_title_is_one_plain_line(found: str, title: str) -> None:
    assert one_line(found) == title


@given(st.text())
def test_a_title_is_always_one_line_that_can_be_sent(text: str) -> None:
    title = one_line(text)
    assert title.encode().decode() == title
    assert len(title.splitlines()) <= 1


FAMILY = "👨‍👩‍👧‍👦"
CUTS = {
    "short": ("abc", 3, "abc"),
    "chinese": ("中文字符测试", 4, "中文字…"),
    "at a word": ("hello world foo bar", 13, "hello world…"),
    "between words": ("hello world foo", 12, "hello world…"),
    "one long word": ("a" * 30, 5, "aaaa…"),
    "a family is one": (FAMILY * 5, 4, FAMILY * 3 + "…"),
    "families fit": (FAMILY * 4, 4, FAMILY * 4),
    "combining": ("e\u0301" * 4, 3, "e\u0301" * 2 + "…"),
    "beyond the basic plane": ("𠀀" * 5, 3, "𠀀𠀀…"),
    "nothing fits": ("abc", 0, "…"),
}


@pytest.mark.parametrize(("text", "limit", "cut"), CUTS.values(), ids=CUTS)
def test_shorten_never_splits_a_character(text: str, limit: int, cut: str) -> None:
    assert shorten(text, limit) == cut


@given(st.text(), st.integers(1, 20))
def test_shorten_keeps_its_limit(text: str, limit: int) -> None:
    assert len(regex.findall(r"\X", shorten(text, limit))) <= limit
