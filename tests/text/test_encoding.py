"""Bytes to text whatever is declared (reliability 9–16)."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.text.encoding import decode, decode_xml
from feedsvc.text.labels import codec_name, public_name

CORPUS = Path(__file__).parents[2] / "../shared/corpus"

CHINESE = "朱镕基和陶喆在阳泉市参加了经济工作会议，会议由市长主持，强调要加快发展。"
TAIWANESE = "臺灣的新聞網站今天報導了關於經濟發展的消息，並且說明未來的計畫與展望。"
JAPANESE = (
    "これは日本語の新聞記事です。今日の天気は晴れで、東京では気温が上がりました。"
)
KOREAN = "오늘의 뉴스입니다. 정부는 새로운 경제 정책을 발표하고 국민에게 설명했습니다."
RUSSIAN = "Сегодня правительство объявило о новой экономической политике для граждан."
FRENCH = (
    "L’économie française a été présentée à l’Assemblée, où le débat s’est prolongé."
)


def page(text: str, codec: str, declared: str | None = None) -> bytes:
    meta = f'<meta charset="{declared}">' if declared else ""
    return f"<html><head>{meta}</head><body><p>{text}</p></body></html>".encode(codec)


AGREE = {
    "declared gb2312, really gbk": ("gbk", "gb2312", CHINESE, "gb18030"),
    "declared gbk": ("gbk", "GBK", CHINESE, "gb18030"),
    "declared big5": ("big5", "Big5", TAIWANESE, "big5"),
    "declared shift_jis": ("shift_jis", "x-sjis", JAPANESE, "shift_jis"),
    "declared euc-jp": ("euc_jp", "euc-jp", JAPANESE, "euc-jp"),
    "declared euc-kr": ("euc_kr", "ks_c_5601-1987", KOREAN, "euc-kr"),
    "declared windows-1251": ("cp1251", "windows-1251", RUSSIAN, "windows-1251"),
    "declared koi8-r": ("koi8-r", "koi8-r", RUSSIAN, "koi8-r"),
    "declared latin-1, really windows-1252": ("cp1252", "iso-8859-1", FRENCH, "windows-1252"),
    "declared iso-8859-5": ("iso8859-5", "iso-8859-5", RUSSIAN, "iso-8859-5"),
    "declared iso-2022-jp": ("iso2022_jp", "iso-2022-jp", JAPANESE, "iso-2022-jp"),
    "declared hz": ("hz", "hz-gb-2312", "阳泉新闻", "hz"),
    "utf-8 declared gb2312": ("utf-8", "gb2312", CHINESE, "utf-8"),
    "utf-8 declared utf-16": ("utf-8", "utf-16", CHINESE, "utf-8"),
    "gbk declared utf-8": ("gbk", "utf-8", CHINESE * 3, "gb18030"),
    "gbk declared latin-1": ("gbk", "iso-8859-1", CHINESE * 3, "gb18030"),
    "big5 declared utf-8": ("big5", "utf-8", TAIWANESE * 3, "big5"),
    "japanese declared utf-8": ("shift_jis", "utf-8", JAPANESE * 3, "shift_jis"),
    "gbk, nothing declared": ("gbk", None, CHINESE * 3, "gb18030"),
    "an unknown label": ("gbk", "klingon", CHINESE * 3, "gb18030"),
    "an empty label": ("utf-8", "", CHINESE, "utf-8"),
    "utf-8 with a mark": ("utf-8-sig", "gb2312", CHINESE, "utf-8"),
    "utf-16 with a mark": ("utf-16", "gb2312", CHINESE, "utf-16le"),
    "utf-16 little without": ("utf-16-le", None, CHINESE, "utf-16le"),
    "utf-16 big without": ("utf-16-be", None, CHINESE, "utf-16be"),
    "ascii": ("ascii", "gb2312", "plain", "utf-8"),
    "gb18030 of four bytes": ("gb18030", "gb2312", f"{CHINESE}㐀😀𠀀", "gb18030"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("codec", "declared", "text", "name"), AGREE.values(), ids=AGREE
)
def test_the_text_is_exact_whatever_is_declared(
    codec: str, declared: str | None, text: str, name: str
) -> None:
    decoded = decode(page(text, codec, declared))
    assert f"<p>{text}</p>" in decoded.text
    assert (decoded.encoding, decoded.damaged, decoded.is_garbled) == (name, 0, False)
    assert decoded.text.startswith("<html>")


def test_the_override_beats_everything() -> None:
    body = "\ufeff阳泉".encode()
    assert decode(body, override="gbk").encoding == "gb18030"


def test_the_byte_order_mark_beats_the_header() -> None:
    decoded = decode("\ufeff阳泉".encode(), content_type="text/html; charset=gbk")
    assert decoded.text == "阳泉"


def test_the_header_counts_where_nothing_else_speaks() -> None:
    body = "Ж".encode("cp1251")
    assert decode(body, content_type='text/html; charset="windows-1251"').text == "Ж"


def test_a_short_text_of_a_chinese_source_is_chinese() -> None:
    assert decode("阳泉".encode("gbk"), language="zh").text == "阳泉"
    assert decode("臺灣新聞".encode("big5"), language="zh-Hant").text == "臺灣新聞"


def test_accented_pairs_are_no_chinese() -> None:
    body = b"<title>M\xebkan\xefk Za\xefn</title>"
    assert (
        decode(body, content_type="text/html; charset=iso-8859-1").text[7:13]
        == "Mëkanï"
    )


def test_a_few_bad_bytes_leave_utf8_what_it_is() -> None:
    decoded = decode(f"{CHINESE * 3}".encode() + b"\xff")
    assert (decoded.encoding, decoded.damaged) == ("utf-8", 1)
    assert not decoded.is_garbled


def test_a_replacement_character_that_was_sent_is_no_damage() -> None:
    assert decode(f"{CHINESE}\ufffd".encode()).damaged == 0
    assert decode(f"{CHINESE * 3}\ufffd".encode() + b"\xff").damaged == 1


def test_what_is_not_sure_is_called_garbled() -> None:
    decoded = decode(page("", "ascii", "utf-8") + bytes(range(0x80, 0x100)) * 4)
    assert decoded.is_garbled


GB18030 = {
    "the euro of gbk": (b"\x80", "€"),
    "the euro between": (b"\xd1\xf4\x80\xc8\xaa", "阳€泉"),
    "vertical forms": (b"\xa6\xd9\xa6\xda\xa6\xdb", "\ufe10\ufe12\ufe11"),
    "m with acute": (b"\xa8\xbc", "\u1e3f"),
    "radicals": (b"\xfe\x59\xfe\x61", "\u9fb4\u9fb5"),
    "ext-a of four bytes": (b"\x81\x39\xee\x39", "㐀"),
    "emoji of four bytes": (b"\x94\x39\xfc\x36", "😀"),
    "a bad byte": (b"\xff\xd1\xf4", "\ufffd阳"),
}


@pytest.mark.parametrize(("body", "text"), GB18030.values(), ids=GB18030)
def test_gb18030_is_that_of_the_web(body: bytes, text: str) -> None:
    assert decode(body, override="gbk").text == text


def test_the_declaration_is_found_far_down_and_outside_of_comments() -> None:
    head = "<!-- <meta charset=koi8-r> -->" + "<script>x</script>" * 500
    body = f"{head}<meta charset=klingon><meta charset='windows-1251'>Ж".encode(
        "cp1251"
    )
    assert decode(body).text.endswith("Ж")


XML = {
    "declared gb2312": ('<?xml version="1.0" encoding="gb2312"?>', "gbk", "gb18030"),
    "declared, after a blank": ("\n<?xml version='1.0' encoding='GBK' ?>", "gbk", "gb18030"),
    "declared utf-16, really utf-8": ('<?xml version="1.0" encoding="utf-16"?>', "utf-8", "utf-8"),
    "utf-16": ('<?xml version="1.0" encoding="utf-16"?>', "utf-16", "utf-16le"),
}  # fmt: skip


@pytest.mark.parametrize(("head", "codec", "name"), XML.values(), ids=XML)
def test_xml_is_read_by_its_declaration(head: str, codec: str, name: str) -> None:
    decoded = decode_xml(f"{head}<rss>{CHINESE}</rss>".encode(codec))
    assert decoded.text.endswith(f"<rss>{CHINESE}</rss>")
    assert decoded.encoding == name


def test_a_body_cut_inside_a_character_is_read_at_every_cut() -> None:
    body = page(CHINESE * 3, "gbk", "gb2312")
    whole = decode(body).text
    for end in range(200, len(body)):
        assert whole.startswith(decode(body[:end]).text.rstrip("\ufffd"))


@given(st.binary(max_size=400), st.sampled_from([None, "gbk", "utf-8", "hz", "x"]))
def test_no_bytes_raise(body: bytes, label: str | None) -> None:
    for read in (decode, decode_xml):
        read(body, override=label)
        read(body, content_type=f"text/html; charset={label}", language="zh")


LABELS = {
    "GB2312": "gb18030",
    " 'utf8' ": "utf-8",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "TIS-620": "cp874",
    "x-gbk": "gb18030",
    "utf-16": "utf-16-le",
    "idna": None,
    "punycode": None,
    "mac-roman": "mac-roman",
    "base64": None,
    "klingon": None,
    "a\0b": None,
    "": None,
    None: None,
}


@pytest.mark.parametrize(("label", "codec"), LABELS.items(), ids=map(str, LABELS))
def test_a_label_means_what_the_web_means(label: str | None, codec: str | None) -> None:
    assert codec_name(label) == codec


def test_an_encoding_is_called_as_the_web_calls_it() -> None:
    names = ["cp1252", "iso8859-2", "cp949", "koi8-r"]
    assert [public_name(n) for n in names] == [
        "windows-1252",
        "iso-8859-2",
        "euc-kr",
        "koi8-r",
    ]


@pytest.mark.skipif(
    not CORPUS.exists(), reason="the corpus is not beside the repository"
)
@pytest.mark.parametrize(
    ("manifest", "key", "most"),
    [("feeds.jsonl", "true_encoding", 1), ("articles.jsonl", "encoding_actual", 0)],
)
def test_the_corpus_is_read_in_its_true_encodings(
    manifest: str, key: str, most: int
) -> None:
    read = decode_xml if manifest.startswith("feeds") else decode
    missed = []
    for line in (CORPUS / manifest).read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        true = (entry.get(key) or "").removesuffix("-cyrillic")
        codec = codec_name(true) or codec_name(true.rpartition("-")[0])
        body = (CORPUS / entry["file"]).read_bytes()
        if (
            codec
            and read(body).text != read(body, override=codec).text
            and true != "ascii"
        ):
            missed.append(entry["file"])
    assert len(missed) <= most, missed
