"""What the outlets are called that pages print as their source."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import cache

from feedsvc.edition.labels import named
from feedsvc.edition.words import Words
from feedsvc.model.config import Outlet

__all__ = ["Names", "outlet_name", "own_names"]

Names = Mapping[str, Mapping[str, str]]
"""Localized names by folded print."""

_LANGUAGES = ("zh", "en", "zh-Hant")

_PRINTED = """
21st-century-business-herald: 21世纪经济报道, 21财经
afp: AFP, 法新社（AFP）
al-jazeera: Al Jazeera English
ap: AP News, Associated Press, The Associated Press
bbc: BBC News, 英国广播公司
bbc-chinese: BBC中文, BBC中文网, BBC News 中文
beijing-daily: 北京日报客户端
beijing-news: 新京报网, 新京报客户端, Beijing News
bloomberg: Bloomberg News, 彭博, 彭博新闻社
caixin: 财新, 财新周刊, 财新传媒, Caixin Global
cctv: 中央电视台, CCTV+
cctv-news: 央视新闻客户端, CCTV News Client
cctv-online: cctv.cn
cgtn: 中国国际电视台
china-daily: 中国日报社, 中国日报客户端
china-daily-online: chinadaily.com.cn, 中国日报中文网
china-media-group: 中央广播电视总台, CMG
china-national-radio: CNR
china-news-online: 中新网, Chinanews, Chinanews.com, ecns.cn, ECNS
china-news-service: 中国新闻社
china-radio-international: CRI
china-youth-daily: 中青报, 中国青年报客户端
cna: CNA, 中央通讯社
cnn: 美国有线电视新闻网
cnr-online: 央广网客户端, CNR Online
cri-online: cri.cn
dpa: 德国新闻社
dw: 德国之声中文网, Deutsche Welle
economic-daily: 经济日报客户端
efe: EFE, 埃菲通讯社
financial-times: 英国金融时报, FT中文网
global-times: 环球时报客户端
guangming-daily: 光明日报客户端
guangming-online: gmw.cn
guardian: Guardian, 英国卫报
huanqiu: huanqiu.com
jiefang-daily: Jiefang Ribao
kyodo: Kyodo, 共同通信社
legal-daily: 法制日报
lianhe-zaobao: zaobao.com, 新加坡联合早报
nanfang-daily: 南方日报客户端
new-york-times: New York Times, 纽约时报中文网
nikkei: Nikkei, Nikkei Asia
npr: National Public Radio
peoples-daily: 人民日报社, 人民日报客户端
peoples-daily-online: 人民网客户端, people.cn, en.people.cn
reuters: Thomson Reuters, 路透
rfi: Radio France Internationale, 法广
rthk: Radio Television Hong Kong
science-and-technology-daily: S&T Daily
shanghai-daily: Shanghai Daily News
shanxi-daily: 山西日报客户端
south-china-morning-post: SCMP
southern-metropolis-daily: 南都
tass: 俄通社-塔斯社
the-paper: 澎湃, thepaper.cn
voa: VOA, 美国之音中文网
wall-street-journal: Wall Street Journal, WSJ
washington-post: Washington Post
workers-daily: 工人日报客户端
xinhua: Xinhua News Agency, 新华社客户端, 新华社新媒体
xinhuanet: 新华网客户端
yicai: 第一财经日报, Yicai Global
yonhap: Yonhap, 韩国联合通讯社
"""
"""Further prints of the outlets that the catalogs name (``outlet.*``)."""


def outlet_name(printed: str, words: Words, own: Names) -> str | None:
    """A printed outlet in the reader's language; None when nobody knows it."""
    folded = _fold(printed)
    names = own.get(folded, {}), _usual().get(folded, {})
    known = (named(each, words.language) for each in names)
    return next(filter(None, known), None)


def own_names(outlets: Mapping[str, Outlet]) -> Names:
    """The operator's outlets by all that they are known to print."""
    return _by_print((outlet.name, outlet.printed) for outlet in outlets.values())


@cache
def _usual() -> Names:
    """The usual zh and en outlets by what they print, from the catalogs."""
    words = {language: Words.load(language) for language in _LANGUAGES}
    known = []
    for line in _PRINTED.strip().splitlines():
        key, _, printed = line.partition(": ")
        names = {
            tag: said.text("labels", f"outlet.{key}") for tag, said in words.items()
        }
        known.append((names, tuple(printed.split(", "))))
    return _by_print(known)


def _by_print(
    outlets: Iterable[tuple[Mapping[str, str], Collection[str]]],
) -> Names:
    """Names by every folded print; a name is a print as well, but never before one."""
    known = list(outlets)
    by_name = {_fold(n): names for names, _ in known for n in names.values()}
    return by_name | {_fold(p): names for names, printed in known for p in printed}


def _fold(name: str) -> str:
    """A name as it is compared: no case, no width, no spaces, one apostrophe."""
    folded = unicodedata.normalize("NFKC", name).casefold().replace("’", "'")
    return "".join(folded.split())
