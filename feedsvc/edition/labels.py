"""What categories and outlets are called in each language."""

import unicodedata
from collections.abc import Mapping
from functools import cache

from feedsvc.edition.words import Words
from feedsvc.model.config import Category, Outlet

__all__ = ["category_label", "outlet_name"]

_USUAL: Mapping[str, tuple[str, ...]] = {
    "xinhua": (
        "新华社",
        "Xinhua",
        "Xinhua News Agency",
    ),
    "xinhuanet": (
        "新华网",
        "Xinhuanet",
    ),
    "peoples-daily": (
        "人民日报",
        "People's Daily",
    ),
    "peoples-daily-online": (
        "人民网",
        "People's Daily Online",
    ),
    "china-daily": (
        "中国日报",
        "China Daily",
    ),
    "china-daily-online": (
        "中国日报网",
        "chinadaily.com.cn",
    ),
    "cctv": (
        "央视",
        "中央电视台",
        "CCTV",
    ),
    "cctv-news": (
        "央视新闻",
        "CCTV News",
    ),
    "cctv-online": (
        "央视网",
        "CCTV.com",
    ),
    "cgtn": ("CGTN",),
    "china-news-service": (
        "中新社",
        "中国新闻社",
        "China News Service",
    ),
    "china-news-online": (
        "中国新闻网",
        "中新网",
        "Chinanews.com",
    ),
    "guangming-daily": (
        "光明日报",
        "Guangming Daily",
    ),
    "guangming-online": ("光明网",),
    "economic-daily": (
        "经济日报",
        "Economic Daily",
    ),
    "science-and-technology-daily": (
        "科技日报",
        "Science and Technology Daily",
    ),
    "global-times": (
        "环球时报",
        "Global Times",
    ),
    "china-youth-daily": (
        "中国青年报",
        "China Youth Daily",
    ),
    "workers-daily": ("工人日报",),
    "legal-daily": (
        "法治日报",
        "法制日报",
        "Legal Daily",
    ),
    "the-paper": (
        "澎湃新闻",
        "The Paper",
    ),
    "caixin": (
        "财新网",
        "财新",
        "Caixin",
    ),
    "beijing-news": (
        "新京报",
        "The Beijing News",
    ),
    "beijing-daily": (
        "北京日报",
        "Beijing Daily",
    ),
    "southern-metropolis-daily": ("南方都市报",),
    "nanfang-daily": (
        "南方日报",
        "Nanfang Daily",
    ),
    "jiefang-daily": (
        "解放日报",
        "Jiefang Daily",
    ),
    "shanghai-daily": (
        "上海日报",
        "Shanghai Daily",
    ),
    "shanxi-daily": (
        "山西日报",
        "Shanxi daily",
        "Shanxi Daily",
    ),
    "reuters": (
        "路透社",
        "Reuters",
    ),
    "ap": (
        "美联社",
        "Associated Press",
        "The Associated Press",
        "AP",
    ),
    "afp": (
        "法新社",
        "Agence France-Presse",
        "AFP",
    ),
    "bbc": (
        "英国广播公司",
        "BBC",
        "BBC News",
    ),
    "cna": (
        "中央社",
        "Central News Agency",
    ),
    "rthk": (
        "香港电台",
        "RTHK",
    ),
}
"""How the usual zh and en outlets print themselves; ``outlet.*`` holds their names."""


def category_label(term: str, category: Category | None, words: Words) -> str:
    """The operator's own label, else the catalog's, else the term itself."""
    own = category.title if category else {}
    label = own.get(words.language) or own.get(words.language.partition("-")[0])
    if label:
        return label
    known = words.text("labels", f"category.{term}")
    return term if known == f"category.{term}" else known


def outlet_name(printed: str, words: Words, outlets: Mapping[str, Outlet]) -> str:
    """A printed outlet in the reader's language; as printed when nobody knows it."""
    folded = _fold(printed)
    for outlet in outlets.values():
        if folded in map(_fold, outlet.printed):
            return outlet.name.get(words.language, printed)
    key = _printed().get(folded)
    return words.text("labels", f"outlet.{key}") if key else printed


@cache
def _printed() -> Mapping[str, str]:
    return {_fold(name): key for key, names in _USUAL.items() for name in names}


def _fold(name: str) -> str:
    """A name as it is compared: no case, no width, no spaces."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
