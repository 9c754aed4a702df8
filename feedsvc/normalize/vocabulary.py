"""The usual section names of zh and en news sites, by IPTC Media Topic (contract, 2)."""

from types import MappingProxyType

__all__ = ["USUAL"]

_NAMES = {
    "politics": "时政 政治 要闻 政务 时政要闻 政务要闻 人大 政协 党建 外交 politics government "
    "policy diplomacy parliament elections",
    "economy": "经济 财经 产经 金融 商业 股市 股票 证券 房产 地产 汽车 三农 农业 能源 外贸 "
    "economy business finance money markets companies economics trade industry "
    "agriculture",
    "society": "社会 民生 社会新闻 社区 公益 society social community people",
    "culture": "文化 文娱 娱乐 影视 艺术 读书 文旅 非遗 历史 culture arts entertainment books "
    "film movies music theatre heritage",
    "education": "教育 高考 校园 科教 education schools universities campus",
    "health": "健康 卫生 医疗 医药 养生 卫健 疫情 health medicine healthcare wellness",
    "environment": "环境 环保 生态 生态环境 绿色 气候 environment climate nature ecology",
    "science": "科技 科学 技术 数码 互联网 人工智能 科技动态 创新 science tech technology "
    "innovation digital space ai sci-tech",
    "sport": "体育 足球 篮球 电竞 sport sports football soccer basketball olympics",
    "disaster": "灾害 事故 应急 灾害事故 disaster disasters accidents emergency",
    "labour": "劳动 就业 人社 工会 招聘 labour labor jobs employment work",
    "lifestyle": "生活 时尚 美食 旅游 家居 lifestyle life style food travel fashion",
    "religion": "宗教 religion faith",
    "crime": "法治 法制 案件 司法 公安 crime law justice courts",
    "conflict": "军事 国防 冲突 conflict military defence defense war",
    "weather": "天气 气象 预报 气象服务 weather forecast",
    "human-interest": "人物 奇闻 人间 human-interest profiles",
}

USUAL = MappingProxyType(
    {name: term for term, names in _NAMES.items() for name in names.split()}
)
"""Folded section name → term; names that span subjects (国际, World) map nowhere."""
