"""Sketches tell what texts share, alike on every machine."""

import random
import subprocess
import sys
from collections.abc import Callable

import pytest

from feedsvc.text.likeness import Sketch, held, sketch

WORDS = [
    "river",
    "bridge",
    "council",
    "water",
    "engineer",
    "market",
    "season",
    "village",
    "bus",
    "school",
    "winter",
    "harvest",
    "price",
    "train",
    "field",
    "doctor",
    "music",
    "light",
    "stone",
    "garden",
]
CHARACTERS = "山西阳泉河桥水市场村学校冬天价格火车田医生音乐石头花园道路工程师孩子老人早晨夜里开放检修通知记者"


def english(seed: int, words: int = 300) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) for _ in range(words))


def chinese(seed: int, characters: int = 800) -> str:
    chance = random.Random(seed)
    return "".join(chance.choice(CHARACTERS) for _ in range(characters))


def exactly(one: str, other: str) -> float:
    """What :func:`held` estimates, counted."""

    def grams(text: str) -> set[str]:
        return {text[n : n + 4] for n in range(len(text) - 3)}

    first, second = grams(one), grams(other)
    return len(first & second) / min(len(first), len(second))


@pytest.mark.parametrize("share", [0.0, 0.3, 0.65, 0.9, 1.0])
@pytest.mark.parametrize("seed", range(5))
def test_the_share_of_a_text_that_another_holds_is_told_within_a_tenth(
    share: float, seed: int
) -> None:
    whole, other = chinese(seed, 2000), chinese(seed + 100, 2000)
    cut = int(share * 1000)
    part = whole[:cut] + other[: 1000 - cut]
    found = held(sketch("", whole).grams, sketch("", part).grams)
    assert found == pytest.approx(exactly(whole, part), abs=0.1)


def test_a_part_of_a_text_is_held_whole_either_way_round() -> None:
    whole = chinese(1, 3000)
    one, other = sketch("", whole), sketch("", whole[500:1500])
    assert held(one.grams, other.grams) == held(other.grams, one.grams) > 0.98


def test_what_is_empty_is_held_by_nothing() -> None:
    empty = sketch("", "")
    assert empty == Sketch(grams=(), figures=(), bands=())
    assert held(empty.grams, sketch("", chinese(1)).grams) == 0.0


@pytest.mark.parametrize(
    "other",
    [
        "THE RIVER ROSE BY TWO METRES",
        "The river rose, by two metres!",
        "The  river\nrose by “two” metres",
    ],
    ids=["case", "punctuation", "spaces"],
)
def test_only_letters_and_digits_count(other: str) -> None:
    plain = sketch("", "The river rose by two metres")
    assert sketch("", other).grams == plain.grams


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("3月5日", "3月5日", 1.0),
        ("3月5日", "3月6日", 0.5),
        ("3月5日", "3个5级", 0.0),
        ("12.5 percent of 1,200 men", "12.5 percent of 1,300 men", 0.5),
    ],
)
def test_a_figure_is_a_number_with_what_it_counts(
    one: str, other: str, share: float
) -> None:
    assert held(sketch("", one).figures, sketch("", other).figures) == share


@pytest.mark.parametrize("text", [chinese(3, 3000), english(3, 700)])
@pytest.mark.parametrize(
    "change",
    [
        lambda t: t[: len(t) // 3],
        lambda t: t[:130],
        lambda t: t[len(t) // 5 :],
        lambda t: "a new beginning of another hand, " + t,
        lambda t: t.replace("o", "u", 20).replace("水", "河", 5),
    ],
    ids=["cut", "summary", "other intro", "more before", "edited"],
)
def test_what_holds_a_good_part_of_a_text_shares_a_band(
    text: str, change: Callable[[str], str]
) -> None:
    assert {*sketch("", text).bands} & {*sketch("", change(text)).bands}


def test_what_has_nothing_in_common_shares_no_band() -> None:
    seen = [sketch("", chinese(seed)).bands for seed in range(40)]
    assert len({band for bands in seen for band in bands}) == sum(map(len, seen))


@pytest.mark.parametrize("seed", ["1", "2"])
def test_a_sketch_is_the_same_in_every_process(seed: str) -> None:
    asked = "from feedsvc.text.likeness import sketch; print(sketch('标题', 'Zwei 5月 𠀀'*99))"
    told = subprocess.run(
        [sys.executable, "-c", asked],
        env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == str(sketch("标题", "Zwei 5月 𠀀" * 99))


def test_half_a_surrogate_pair_does_no_harm() -> None:
    assert sketch("\ud800", "\udfff 12 m \ud800").figures == sketch("", "12 m").figures
