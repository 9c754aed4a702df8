"""Simplified Chinese becomes Traditional; what is not Chinese text stays as it is."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.text.traditional import converted, converted_markup, converted_name

TEXTS = {
    "characters": ("汾河两岸丰收在望", "汾河兩岸豐收在望"),
    "one character that is several": ("皇后在理发店后面", "皇后在理髮店後面"),
    "the words of Taiwan": ("互联网软件", "網際網路軟體"),
    "a press conference": ("新闻发布会", "新聞發布會"),
    "beside another word": ("并发布通知", "並發布通知"),
    "the law's procedure": ("司法程序", "司法程序"),
    "a programmer": ("程序员", "程式設計師"),
    "across two words": ("领导出席，世界面临", "領導出席，世界面臨"),
    "an agency's code": ("组织机构代码审核", "組織機構代碼審核"),
    "a statement": ("发表声明了", "發表聲明了"),
    "already traditional": ("國際", "國際"),
    "English": ("Fenyang – a city", "Fenyang – a city"),
    "both": ("山西 Shanxi 发展", "山西 Shanxi 發展"),
    "an address": (
        "见https://x.example/新闻/1?q=发展。发展",
        "見https://x.example/新闻/1?q=发展。發展",
    ),
    "text beside an address": ("https://x.example/1发展", "https://x.example/1發展"),
    "nothing": ("", ""),
    "half a surrogate pair": ("中\ud800国", "中國"),
    "a control character": ("中\x00国", "中國"),
}

MARKUP = {
    "text": ("<p>软件</p>", "<p>軟體</p>"),
    "an attribute": (
        '<a href="https://x.example/软件" title="软件">软件</a>',
        '<a href="https://x.example/软件" title="软件">軟體</a>',
    ),
    "an attribute that looks like a tag": (
        '<img alt="<p>软件</p>">软件',
        '<img alt="<p>软件</p>">軟體',
    ),
    "entities": ("<p>软件 &amp; &lt;p&gt;</p>", "<p>軟體 &amp; &lt;p&gt;</p>"),
    "code": ("<code>软件</code>软件", "<code>软件</code>軟體"),
    "code in code": (
        "<pre>件<pre>件们</pre>们<br></pre>们",
        "<pre>件<pre>件们</pre>们<br></pre>們",
    ),
    "another language": ('<i lang="ja">国会</i>国会', '<i lang="ja">国会</i>國會'),
    "Chinese by name": ('<i lang="zh-CN">国会</i>', '<i lang="zh-CN">國會</i>'),
    "a link in another language": (
        '<a hreflang="ja" href="https://x.example/">国会</a>',
        '<a hreflang="ja" href="https://x.example/">國會</a>',
    ),
    "an end without a beginning": ("</code>国会", "</code>國會"),
    "no Chinese": ("<p>Text</p>", "<p>Text</p>"),
}

NAMES = {
    "a surname that is another character elsewhere": ("于伟", "于偉"),
    "a given name": ("王范里", "王范里"),
    "a usual name": ("张华", "張華"),
    "a bell for a surname": ("钟楼", "鍾樓"),
    "an institution": ("新闻发布办公室", "新聞發布辦公室"),
    "English": ("Yu Wei", "Yu Wei"),
}


def cases(table: dict[str, tuple[str, str]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        ("simplified", "traditional"), table.values(), ids=table
    )


@cases(TEXTS)
def test_text_is_converted(simplified: str, traditional: str) -> None:
    assert converted(simplified) == traditional


@cases(MARKUP)
def test_only_the_text_of_markup_is_converted(
    simplified: str, traditional: str
) -> None:
    assert converted_markup(simplified) == traditional


@cases(NAMES)
def test_names_of_people_keep_their_characters(
    simplified: str, traditional: str
) -> None:
    assert converted_name(simplified) == traditional


@given(st.text(alphabet="<>=\"'/ abcp国发&;\n"))
def test_no_markup_loses_anything_but_characters(markup: str) -> None:
    back = converted_markup(markup).translate({ord("國"): "国", ord("發"): "发"})
    assert back.replace("髮", "发") == markup


def test_dictionaries_are_loaded_only_when_a_text_needs_them() -> None:
    asked = (
        "import sys; from feedsvc.edition.localize import Localizer;"
        "from feedsvc.text.traditional import converted;"
        "converted('Text'); sys.exit('opencc' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
