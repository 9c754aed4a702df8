"""Cleaning markup: reliability 70–77, and that it can be done twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.text.markup import sanitize

BASE = "https://news.example/a/b.html"
REL = 'rel="noopener noreferrer"'

ATTACKS = {
    "script": "<script>alert(1)</script>",
    "handler": '<p onclick="alert(1)">x</p>',
    "handler without value": "<img src onerror=alert(1)>",
    "javascript in a link": '<a href="javascript:alert(1)">x</a>',
    "javascript with a tab": '<a href="java\tscript:alert(1)">x</a>',
    "javascript with entities": '<a href="&#106;avascript&colon;alert(1)">x</a>',
    "javascript after a control": '<a href="\x01JaVaScRiPt:alert(1)">x</a>',
    "vbscript": '<a href="vbscript:alert(1)">x</a>',
    "data page": '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    "style attribute": '<p style="background:url(javascript:alert(1))">x</p>',
    "style fixed": '<div style="position:fixed;width:expression(alert(1))">x</div>',
    "style element": "<style>@import 'javascript:alert(1)';</style>",
    "link": '<link rel=stylesheet href="javascript:alert(1)">',
    "base": '<base href="javascript:alert(1)//"><a href="x">x</a>',
    "meta refresh": '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
    "iframe srcdoc": '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "button formaction": '<form><button formaction="javascript:alert(1)">x</button></form>',
    "object": '<object data="javascript:alert(1)"></object><embed src="javascript:alert(1)">',
    "template": "<template><script>alert(1)</script></template>",
    "noscript": '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "mathml": "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "svg": '<svg><script>alert(1)</script><a xlink:href="javascript:alert(1)">x</a></svg>',
    "svg style": "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "srcset": '<img src=/x.jpg srcset="javascript:alert(1) 2x">',
    "poster": '<video poster="javascript:alert(1)" src="/v.mp4"></video>',
    "background": '<table background="javascript:alert(1)"><tr><td>x</table>',
    "ping": '<a href="/x" ping="javascript:alert(1)">x</a>',
    "comment": "<!--><img src=x onerror=alert(1)>-->",
    "cdata": "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "nested cdata": "<![CDATA[<![CDATA[<script>alert(1)</script>]]>]]>",
    "unclosed quote": '<img src="x onerror=alert(1)><p title="><script>alert(1)</script>',
    "nul in a tag": "<scr\x00ipt>alert(1)</scr\x00ipt><img o\x00nerror=alert(1) src=x>",
    "split by noscript": "<scr<noscript>ipt>alert(1)</scr</noscript>ipt>",
    "lazy javascript": '<img data-src="javascript:alert(1)">',
    "lazy breaking out": "<img data-src='/x.jpg\" onerror=\"alert(1)'>",
    "textarea": "<textarea><img src=x onerror=alert(1)></textarea>",
    "xmp": "<xmp><img src=x onerror=alert(1)></xmp>",
    "plaintext": "<plaintext><img src=x onerror=alert(1)>",
}


@pytest.mark.parametrize("markup", ATTACKS.values(), ids=ATTACKS)
def test_nothing_active_is_left(markup: str) -> None:
    cleaned = sanitize(markup, BASE).lower()
    tags = cleaned.replace("&lt;", "").replace("&gt;", "")
    for bad in ("<script", " on", "javascript:", "style", "<svg", "<math", "<iframe"):
        assert bad not in tags.replace(" one", ""), cleaned


@pytest.mark.parametrize("markup", ATTACKS.values(), ids=ATTACKS)
def test_cleaning_an_attack_twice_changes_nothing(markup: str) -> None:
    cleaned = sanitize(markup, BASE)
    assert sanitize(cleaned, BASE) == cleaned


KEPT = {
    "paragraphs": ("<p>a</p>\n<p>b</p>", "<p>a</p>\n<p>b</p>"),
    "table": (
        "<table class=x><tr><td colspan=2>1</td><td></td></tr></table>",
        '<table><tbody><tr><td colspan="2">1</td><td></td></tr></tbody></table>',
    ),
    "link": ('<a href="../c d.html">x</a>', f'<a href="https://news.example/c%20d.html" {REL}>x</a>'),
    "mail": ('<a href=" mailto:a@b.example">x</a>', f'<a href="mailto:a@b.example" {REL}>x</a>'),
    "link that leads nowhere": ('<p><a name="top">x</a></p>', "<p>x</p>"),
    "figure": (
        '<figure><img src="/p.jpg" alt="a"><figcaption>c</figcaption></figure>',
        '<figure><img src="https://news.example/p.jpg" alt="a"><figcaption>c</figcaption></figure>',
    ),
    "player": (
        '<video src="/v.mp4" autoplay onplay=x></video>',
        '<video src="https://news.example/v.mp4" controls=""></video>',
    ),
    "player with sources": (
        '<audio><source src="/a.mp3" type="audio/mpeg"></audio>',
        '<audio controls=""><source src="https://news.example/a.mp3" type="audio/mpeg"></audio>',
    ),
    "picture without an address": ("<p>x<a href=/y><img alt=z></a><img></p>", "<p>x</p>"),
    "player without sound": ("<p>x</p><audio></audio>", "<p>x</p>"),
    "span": ("<p><span style='x'>a</span> b</p>", "<p>a b</p>"),
    "blocks stay apart": ("<section>a</section><center>b</center>", "<div>a</div><div>b</div>"),
    "empty": ("<p>&nbsp;</p><div><b> </b></div><p>a<i> </i>b</p>", "<p>a b</p>"),
    "size that is none": ('<p><img src="/p.jpg" width="100%" height="3"></p>', '<p><img src="https://news.example/p.jpg" height="3"></p>'),
    "pre": ("<pre>\n\n  x\n</pre>", "<pre>  x\n</pre>"),
    "control characters": ("<p>a\x00\x1fb&#x1F;c\ufffe\ud800</p>", "<p>abc</p>"),
    "text": ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
    "nothing": ("", ""),
}  # fmt: skip


@pytest.mark.parametrize(("markup", "expected"), KEPT.values(), ids=KEPT)
def test_what_carries_meaning_stays(markup: str, expected: str) -> None:
    assert sanitize(markup, BASE) == expected
    assert sanitize(expected, BASE) == expected


DEEP = {
    name: f"<{name}>" * 100_000
    for name in ("div", "b", "table><td", "font a=1", "ul><li")
}


@pytest.mark.parametrize("markup", DEEP.values(), ids=DEEP)
def test_deep_nesting_is_reduced_to_text(markup: str) -> None:
    assert sanitize(f"{markup}words", BASE) in {"<p>words</p>", "words", "<b>words</b>"}


TAGS = [
    "p",
    "div",
    "span",
    "a",
    "b",
    "i",
    "pre",
    "table",
    "tr",
    "td",
    "ul",
    "li",
    "img",
    "br",
    "form",
    "button",
    "section",
    "select",
    "option",
    "svg",
    "math",
    "style",
    "script",
    "noscript",
    "h1",
    "font",
    "template",
    "frameset",
]
PIECES = st.one_of(
    st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
    st.sampled_from(TAGS).map(lambda tag: f"</{tag}>"),
    st.sampled_from(['<a href="/x">', "<img src=/p.jpg>", "<img data-src='a\"b'>", "<!--", "-->", "<![CDATA[", "\n", "&lt;p&gt;", "&#0;", " "]),
    st.text(max_size=5),
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join))
def test_cleaning_twice_is_cleaning_once(markup: str) -> None:
    cleaned = sanitize(markup, BASE)
    assert sanitize(cleaned, BASE) == cleaned
