"""Lazy images resolved, trackers dropped (reliability 74)."""

import pytest

from feedsvc.text.images import largest, resolve_images
from feedsvc.text.urls import absolute

P = '<img src="https://news.example/p.jpg">'

IMAGES = {
    "plain": ("<img src=/p.jpg>", P),
    "upper case": ("<IMG SRC='/p.jpg'>", P),
    "data-src": ('<img src="/loading.gif" data-src="/p.jpg">', P),
    "data-original before src": ('<img src="/q.jpg" data-original="/p.jpg">', P),
    "placeholder and srcset": ('<img src="data:image/gif;base64,R0" srcset="/s.jpg 100w, /p.jpg 800w">', P),
    "only srcset": ('<img srcset="/p.jpg 2x, /s.jpg">', P),
    "srcset of nothing": ('<img srcset=" , ">', ""),
    "noscript copy": ('<img data-src="/p.jpg"><noscript><img src="/p.jpg"></noscript>', P),
    "noscript alone": ('<img class="lazy"><noscript><img src="/p.jpg"></noscript>', P),
    "picture": ('<picture><source srcset="/p.webp"><img src="/p.jpg"></picture>', P),
    "nowhere": ('<img src="">', ""),
    "a pixel": ('<img src="/t.gif" width="1" height="1px">', ""),
    "hidden": ('<img src="/t.gif" style="display: none">', ""),
    "one pixel by style": ('<img src="/t.gif" style="border:0;width:1px">', ""),
    "a known tracker": ('<img src="http://feeds.feedburner.com/~r/x/1" alt="">', ""),
    "sizes and words stay": (
        '<img alt="a > b" class=x src="/p.jpg" width=3 title="t">',
        '<img src="https://news.example/p.jpg" alt="a &gt; b" title="t" width="3">',
    ),
    "unclosed": ('<img src="/p.jpg', '<img src="/p.jpg'),
    "no image": ("<p>x</p>", "<p>x</p>"),
}  # fmt: skip


@pytest.mark.parametrize(("markup", "expected"), IMAGES.values(), ids=IMAGES)
def test_an_image_has_the_address_of_its_picture(markup: str, expected: str) -> None:
    found = resolve_images(
        markup, lambda href: absolute("https://news.example/a/", href)
    )
    assert found == expected


SETS = {
    "widths": ("a.jpg 100w, b.jpg 200w", "b.jpg"),
    "densities": ("a.jpg, b.jpg 1.5x", "b.jpg"),
    "commas in an address": ("/w_1,h_2/a.jpg 1x, /w_3,h_4/b.jpg 2x", "/w_3,h_4/b.jpg"),
    "odd numbers": ("a.jpg 1.2.3x", "a.jpg"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("srcset", "url"), SETS.values(), ids=SETS)
def test_the_largest_of_a_set(srcset: str, url: str) -> None:
    assert largest(srcset) == url
