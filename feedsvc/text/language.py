"""Which language a text is in, what a label for one means, and which one a reader wants.

Chinese is ``zh`` (in simplified characters) or ``zh-Hant``; every other language is its
bare BCP 47 subtag. Regions matter for Chinese alone, where they tell the characters.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from types import MappingProxyType

from feedsvc.text.script import census, is_traditional

__all__ = ["detect", "is_latin", "negotiate", "tag"]

_SAMPLE = 1000
"""Characters that are enough to tell (0.05 ms)."""
_BEYOND_LATIN = re.compile("[\u0250-\u1dff\u1f00-\u1fff\u2c00-\U0010ffff]")
_HAN_WEIGHT = 8
"""A Chinese character says about as much as so many letters beside it."""
_KANA_SHARE = 10
"""Japanese has at least one kana among so many characters."""
_WORD = re.compile(r"[^\W\d_]+")
_CLEAR, _RARE = 1.4, 40
"""A language is certain with more than so many times the function words of the next
one, and at least one of them among so many words; text in ASCII may tie with English."""
_ONE_LANGUAGE = MappingProxyType(
    {"hangul": "ko", "greek": "el", "hebrew": "he", "thai": "th", "devanagari": "hi"}
)
_FUNCTION_WORDS = MappingProxyType(
    {
        "en": "the a of and to in is that for it was on are with as at by from be this have has an its he will after says over new not how why what",
        "de": "der die das und ist nicht mit den von ein eine auf für im dem zu sich des auch wird bei nach aus einen über",
        "fr": "le la les et des est une du dans pour que qui sur pas au aux en un ce avec plus par sont",
        "es": "el la los las que y por una con para del en un de se lo como más su al es",
        "it": "il la che di per non è una con del della sono in un le gli da nel alla dei",
        "pt": "o os que do da em um para não com uma de as dos na no mais por ao é",
        "nl": "de het een van en dat op te zijn niet voor met is in die aan er ook naar",
        "pl": "i w na z do się nie że jest po od za przez dla jak",
        "sv": "och att det som en på är av för med till den har inte ett om",
        "tr": "ve bir bu için ile da de olarak çok daha sonra olan",
        "id": "yang dan di dengan untuk dari ini pada itu dalam akan tidak ke",
        "vi": "của và là có cho được trong một các người không với những",
    }
)
_LANGUAGES_OF = MappingProxyType(
    {
        word: tuple(
            lang for lang, words in _FUNCTION_WORDS.items() if word in words.split()
        )
        for words in _FUNCTION_WORDS.values()
        for word in words.split()
    }
)
_TAG = re.compile(r"([a-z]{2,3})(?:-[a-z0-9]{1,8})*", re.ASCII)
_ISO_639_1 = frozenset(
    re.findall(
        "..",
        "aaabaeafakamanarasavayazbabebgbhbibmbnbobrbscacechcocrcscucvcydadedvdzeeeleneoeset"
        "eufafffifjfofrfygagdglgngugvhahehihohrhthuhyhziaidieigiiikioisitiujajvkakgkikjkkkl"
        "kmknkokrkskukvkwkylalblglilnloltlulvmgmhmimkmlmnmrmsmtmynanbndnengnlnnnonrnvnyocoj"
        "omorospapiplpsptqurmrnrorurwsascsdsesgsiskslsmsnsosqsrssstsusvswtatetgthtitktltnto"
        "trtstttwtyugukuruzvevivowawoxhyiyozazhzu",
    )
)
_ALIASES = MappingProxyType(
    {"cn": "zh", "chi": "zh", "zho": "zh", "cmn": "zh", "eng": "en", "ger": "de"}
    | {"deu": "de", "fre": "fr", "fra": "fr", "spa": "es", "rus": "ru", "jpn": "ja"}
    | {"kor": "ko", "por": "pt", "ita": "it", "iw": "he", "in": "id", "ji": "yi"}
)
_SIMPLIFIED = frozenset({"hans", "chs"})
_TRADITIONAL = frozenset({"hant", "cht"})
_TRADITIONAL_REGIONS = frozenset({"tw", "hk", "mo"})

_MOST_RANGES = 32
"""Language ranges that are read of a header; more are no wish but an attack."""


def detect(text: str) -> str | None:
    """The language of a text by its script and function words; None if that is open."""
    sample = text[:_SAMPLE]
    letters = Counter(sample)
    scripts = census(letters)
    if not scripts:
        return None
    asian = _east_asian(scripts, letters)
    if asian:
        return asian
    main = max(scripts, key=lambda name: scripts[name])
    if main == "latin":
        return _latin(sample)
    if main == "cyrillic":
        return _cyrillic(letters)
    if main == "arabic":
        return "fa" if sum(letters[char] for char in "پچژگ") else "ar"
    return _ONE_LANGUAGE.get(main)


def is_latin(text: str) -> bool:
    """Whether a text has no letter but Latin ones: what cheaply rules out much."""
    return not _BEYOND_LATIN.search(text)


def _east_asian(scripts: dict[str, int], letters: Counter[str]) -> str | None:
    han, kana = scripts.get("han", 0), scripts.get("kana", 0)
    hangul = scripts.get("hangul", 0)
    other = sum(scripts.values()) - han - kana - hangul
    if not han + kana + hangul or (han + kana + hangul) * _HAN_WEIGHT < other:
        return None
    if hangul > han:
        return "ko"
    if kana * _KANA_SHARE >= han + kana:
        return "ja"
    return "zh-Hant" if is_traditional(letters) else "zh"


def _cyrillic(letters: Counter[str]) -> str:
    if any(letters[char] for char in "іїєґ"):
        return "uk"
    return "bg" if letters["ъ"] and not letters["ы"] + letters["э"] else "ru"


def _latin(sample: str) -> str | None:
    words = _WORD.findall(sample.lower())
    votes = Counter(lang for word in words for lang in _LANGUAGES_OF.get(word, ()))
    (first, most), (_, second) = (*votes.most_common(2), ("", 0), ("", 0))[:2]
    if votes["en"] == most and sample.isascii():
        first, second = "en", 0
    return first if most * _RARE >= len(words) and most > second * _CLEAR else None


def tag(raw: str | None) -> str | None:
    """The language that a label such as ``zh_CN`` or ``en-US`` names; None for nonsense.

    Chinese keeps its characters apart: ``zh`` or ``zh-Hant``, by script (hans, hant)
    or else by region (Taiwan, Hong Kong and Macao write traditional ones).
    """
    label = re.split(r"[.@;,\s]", (raw or "").strip().lower())[0].replace("_", "-")
    match = _TAG.fullmatch(label)
    if not match:
        return None
    base = _ALIASES.get(match[1], match[1])
    if base == "zh":
        return "zh-Hant" if _means_traditional(set(label.split("-")[1:])) else "zh"
    return base if base in _ISO_639_1 else None


def _means_traditional(subtags: set[str]) -> bool:
    if subtags & _SIMPLIFIED:
        return False
    return bool(subtags & (_TRADITIONAL | _TRADITIONAL_REGIONS))


def negotiate(accept_language: str, available: Sequence[str]) -> str:
    """The best of the available languages for a reader (RFC 9110 §12.5.4).

    A reader of one kind of Chinese characters is given the other kind before another
    language. Ranges with q=0 exclude; without a match it is the first not excluded,
    or else the first of all.
    """
    ranges = sorted(_ranges(accept_language), key=lambda one: -one[1])
    refused = {tag(name) for name, quality in ranges if not quality}
    welcome = [one for one in available if tag(one) not in refused]
    for name, quality in ranges:
        chosen = _match(name, welcome) if quality else None
        if chosen:
            return chosen
    return (*welcome, *available)[0]


def _ranges(header: str) -> Iterator[tuple[str, float]]:
    """Each language range with its weight; those with a malformed weight are left out."""
    for part in header.split(",", _MOST_RANGES)[:_MOST_RANGES]:
        name, _, parameter = part.partition(";")
        weight = re.fullmatch(
            r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", parameter, re.IGNORECASE | re.ASCII
        )
        if name.strip() and (weight or not parameter.strip()):
            yield name.strip(), min(1.0, float(weight[1])) if weight else 1.0


def _match(name: str, available: Sequence[str]) -> str | None:
    wanted = tag(name)
    if name == "*":
        return next(iter(available), None)
    if wanted is None:
        return None
    exact = (one for one in available if tag(one) == wanted)
    close = (one for one in available if (tag(one) or "")[:2] == wanted[:2] == "zh")
    return next(exact, None) or next(close, None)
