"""tomllib says what a TOML text means, the scanner where; both must agree."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.config.positions import Path, locate, offsets

TEXT = """\
# a = 1
title = "x # no comment"   # b = 2
"quoted key" = 'it''s not'
[site]
base_url . deep = '''
[not.a.table]
fake = 1 ''' # c
list = [ 1, # one
  [ "a]", 'b}' ], { k = "v", "k\\u0032" = [ {} ] },
]
[[outlet]]
name = \"\"\"
"quotes" \\\"\"\" end\"\"\"\"\"
[outlet.labels]
zh = "中文"
[[outlet]]
  when = 1979-05-27 07:32:00
  [[outlet.part]]
  n = 1
  [[outlet.part]]
  n = 2
[a.b.c]
""".replace("'it''s not'", "'it is'")


@pytest.mark.parametrize(
    ("path", "at"),
    [
        (("title",), (2, 1)),
        (("quoted key",), (3, 1)),
        (("site",), (4, 2)),
        (("site", "base_url"), (5, 1)),
        (("site", "base_url", "deep"), (5, 12)),
        (("site", "list"), (8, 1)),
        (("site", "list", 0), (8, 10)),
        (("site", "list", 1, 1), (9, 11)),
        (("site", "list", 2, "k"), (9, 21)),
        (("site", "list", 2, "k2", 0), (9, 44)),
        (("outlet",), (11, 3)),
        (("outlet", 0, "name"), (12, 1)),
        (("outlet", 0, "labels", "zh"), (15, 1)),
        (("outlet", 1, "when"), (17, 3)),
        (("outlet", 1, "part", 0, "n"), (19, 3)),
        (("outlet", 1, "part", 1, "n"), (21, 3)),
        (("a", "b", "c"), (22, 6)),
        (("a",), (22, 2)),
        (("site", "authority"), (4, 2)),
        (("nowhere",), (1, 1)),
    ],
    ids=str,
)
def test_a_key_is_found_where_it_stands(path: Path, at: tuple[int, int]) -> None:
    assert tomllib.loads(TEXT)
    assert locate(TEXT, path) == at


def paths(value: Any, above: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every path in parsed TOML, with what stands there."""
    if above:
        yield above, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*above, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from paths(inner, (*above, index))


def key_at(text: str, offset: int) -> str:
    """The first part of the key that stands at ``offset``."""
    line = text[offset:]
    for end in range(1, len(line) + 1):
        try:
            (key,) = tomllib.loads(f"{line[:end]} = 0")
        except tomllib.TOMLDecodeError:
            continue
        if end == len(line) or line[end] in ' \t.=]"\n':
            return key
    raise AssertionError(line)


keys = st.sampled_from(["a", "b", "c-1", '"a b"', "'#'", '"\\u00e9\\""', '"]"', "3"])
gaps = st.sampled_from(["", " ", "\t"])
breaks = st.sampled_from(["\n", "\n\n", " # x = [1\n", "\n  # \"'''\n"])
soft = st.sampled_from(["", " ", "\n", " # ]}\n  "])


@st.composite
def dotted(draw: st.DrawFn) -> str:
    parts = draw(st.lists(keys, min_size=1, max_size=3))
    return f"{draw(gaps)}.{draw(gaps)}".join(parts)


class Counter:
    """Gives every scalar of one text a number of its own."""

    def __init__(self) -> None:
        self.number = 1000

    def scalar(self, form: str) -> str:
        self.number += 1
        return form.format(self.number)


FORMS = [
    "{}",
    '"{}"',
    "'{}'",
    '"# ] }} , {}"',
    '"\\" {} \\\\"',
    '"""\n{}"""',
    '"""a "" {}"""""',
    "'''x\n' {} '''",
    "'''{}'''''",
    "{}-01-01 07:32:00",
    "-{}",
]


@st.composite
def values(draw: st.DrawFn, counter: Counter, depth: int = 3) -> str:
    kind = draw(st.sampled_from(["scalar", "array", "table"] if depth else ["scalar"]))
    inner = values(counter, depth - 1)
    if kind == "array":
        parts = [
            draw(soft) + draw(inner) + draw(soft)
            for _ in range(draw(st.integers(0, 3)))
        ]
        return f"[{','.join(parts)}{draw(soft)}]"
    if kind == "table":
        pairs = [
            f"{draw(gaps)}{draw(dotted())}{draw(gaps)}={draw(gaps)}{draw(inner)}"
            for _ in range(draw(st.integers(0, 2)))
        ]
        return f"{{{','.join(pairs)}{draw(gaps)}}}"
    return counter.scalar(draw(st.sampled_from(FORMS)))


@st.composite
def documents(draw: st.DrawFn) -> str:
    counter = Counter()
    text = draw(breaks)
    for _ in range(draw(st.integers(1, 6))):
        key = draw(dotted())
        head = draw(st.sampled_from(["pair", "pair", "[{}]", "[[{}]]"]))
        if head == "pair":
            text += f"{key}{draw(gaps)}={draw(gaps)}{draw(values(counter))}"
        else:
            text += head.format(f"{draw(gaps)}{key}{draw(gaps)}")
        text += draw(breaks)
    return text


@given(documents())
def test_every_key_of_a_document_is_found_before_its_value(text: str) -> None:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    found = offsets(text)
    said = dict(paths(data))
    assert found.keys() == said.keys()
    for path, value in said.items():
        offset = found[path]
        if isinstance(path[-1], str):
            assert key_at(text, offset) == path[-1]
        if not isinstance(value, dict | list):
            number = next(n for n in range(1001, 1200) if str(n) in str(value))
            between = text[offset : text.index(str(number))]
            assert not [n for n in range(1001, 1200) if str(n) in between]


pieces = st.sampled_from(
    [
        "a",
        "b",
        '"c"',
        " ",
        "=",
        "= 1\n",
        ".",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        ",",
        "'",
        '"',
        '"""',
        "'''",
        "\\",
        "#",
        "\n",
        "1",
        "-",
    ]
)


@given(st.lists(pieces, max_size=25))
def test_whatever_tomllib_takes_the_scanner_can_walk(parts: list[str]) -> None:
    text = "".join(parts)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert offsets(text).keys() == dict(paths(data)).keys()


def test_deep_nesting_that_tomllib_takes_does_not_exhaust_the_scanner() -> None:
    for depth in range(50, 400, 50):
        text = f"a = {'[' * depth}{']' * depth}\nb = {'{c=' * depth}1{'}' * depth}"
        try:
            tomllib.loads(text)
        except RecursionError:
            break
        assert locate(text, ("b",)) == (2, 1)
