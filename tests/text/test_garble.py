"""Text read in the wrong encoding is told from text that makes sense."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.text.encoding import decode
from feedsvc.text.garble import garbled

CORPUS = Path(__file__).resolve().parents[2] / "../shared/corpus"

SIMPLIFIED = (
    "山西省阳泉市召开经济工作会议，部署明年重点任务。会议指出，要坚持稳中求进工作总基调，"
    "推动高质量发展，保障和改善民生。"
)
TRADITIONAL = (
    "臺北市政府今天宣布，將於下週舉辦國際書展，邀請來自世界各地的作家與讀者交流，並開放線上"
    "報名參加活動。"
)
ENGLISH = (
    "The mayor said: “We don’t know yet.” It’s the city’s café that is closed for now, and"
    " nobody on the council could say for how long it would be."
)
MIXED = f"{SIMPLIFIED} {ENGLISH}"

WRONG = {
    "UTF-8 as GBK": (SIMPLIFIED, "utf-8", "gb18030", "utf-8"),
    "UTF-8 as GBK, traditional": (TRADITIONAL, "utf-8", "gb18030", "utf-8"),
    "UTF-8 as GBK, in English": (ENGLISH, "utf-8", "gb18030", "utf-8"),
    "UTF-8 as windows-1252": (SIMPLIFIED, "utf-8", "cp1252", "utf-8"),
    "UTF-8 as windows-1252, in English": (ENGLISH, "utf-8", "cp1252", "utf-8"),
    "UTF-8 as Latin-1": (SIMPLIFIED, "utf-8", "latin-1", "utf-8"),
    "GBK as Latin-1": (SIMPLIFIED, "gb18030", "latin-1", "gb18030"),
    "GBK as windows-1252": (SIMPLIFIED, "gb18030", "cp1252", "gb18030"),
    "Big5 as Latin-1": (TRADITIONAL, "big5hkscs", "latin-1", "big5hkscs"),
    "Big5 as GBK": (TRADITIONAL, "big5hkscs", "gb18030", "big5hkscs"),
    "GBK as UTF-8": (SIMPLIFIED, "gb18030", "utf-8", None),
    "both languages, UTF-8 as GBK": (MIXED, "utf-8", "gb18030", "utf-8"),
}


@pytest.mark.parametrize(
    ("text", "written", "read", "right"), WRONG.values(), ids=WRONG
)
def test_a_wrong_reading_is_told_with_the_right_one(
    text: str, written: str, read: str, right: str | None
) -> None:
    found = garbled(text.encode(written).decode(read, "replace"))
    assert found is not None
    assert found.evidence
    assert found.encoding == right


@pytest.mark.parametrize(
    "text", ["锟斤拷锟斤拷新闻锟斤拷", "烫烫烫烫烫" * 3, "A \ufffd\ufffd\ufffd b"]
)
def test_what_was_lost_for_good_is_told(text: str) -> None:
    assert garbled(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        SIMPLIFIED,
        TRADITIONAL,
        ENGLISH,
        MIXED,
        "Größe, Façade, Ærø, Łódź – “naïve” déjà vu à Zürich. Ça va? Çök iyi.",
        "東京都は新しい計画を発表しました。詳しくは公式サイトをご覧ください。",
        "Газета сообщила о новых планах правительства.",
        "龘靐齉爩鱻麤",
        f"{SIMPLIFIED} \ufffd",
        "An emoji \U0001f600, a sign ™ and a price of 20 € – that’s all.",
    ],
)
def test_what_makes_sense_is_let_alone(text: str) -> None:
    assert garbled(text) is None


@pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus is not here")
def test_no_page_of_the_corpus_is_taken_for_garbled_when_it_is_read_rightly() -> None:
    lines = (CORPUS / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    for line in map(json.loads, lines):
        body = (CORPUS / line["file"]).read_bytes()
        title = line["expected"]["title"]
        assert garbled(title) is None, line["file"]
        assert garbled(f"{title}\n{line['expected'].get('body_starts') or ''}") is None
        assert garbled(decode(body, override=line["encoding_actual"]).text) is None


@given(st.text(max_size=400))
def test_any_text_is_judged(text: str) -> None:
    found = garbled(text)
    assert found is None or found.evidence
