"""The usual section names of zh and en news sites, by IPTC Media Topic (contract, 2).

Names that span subjects (国际, World, 要闻, Features, Opinion) map nowhere: an operator
may say under ``sections`` what they are to mean.
"""

from types import MappingProxyType
from typing import Final

__all__ = ["USUAL"]

_NAMES: Final = {
    "politics": (
        "时政|政治|政务|人大|政协|党建|外交|两会|台海|政經|"
        "時政|政務|兩岸|politics|government|policy|diplomacy|parliament|elections|"
        "election|congress|us politics|uk politics|white house|china politics"
    ),
    "economy": (
        "经济|财经|产经|金融|商业|商务|股市|股票|证券|基金|银行|保险|期货|房产|楼市|"
        "地产|房地产|汽车|三农|农业|能源|外贸|产业|企业|公司|宏观|消费|投资|创业|"
        "經濟|財經|產經|商業|證券|房產|地產|農業|產業|"
        "economy|business|finance|money|markets|market|companies|company|economics|"
        "trade|industry|industries|agriculture|energy|property|real estate|banking|"
        "investing|stocks|autos|motoring|personal finance|us economy|china economy|"
        "world economy|small business|retail|farming"
    ),
    "society": (
        "社会|民生|社区|公益|人口|慈善|百姓|城事|社會|社區|society|community|"
        "communities|people|population|immigration|family|gender|race"
    ),
    "culture": (
        "文化|文娱|娱乐|影视|电影|电视|音乐|艺术|读书|阅读|文学|文旅|非遗|历史|考古|"
        "文物|戏曲|书画|收藏|明星|文體|文化藝術|娛樂|影視|電影|音樂|藝術|讀書|歷史|"
        "culture|arts|art|entertainment|books|film|films|movies|music|theatre|theater|"
        "heritage|history|tv|television|celebrity|celebrities|stage|design|literature|"
        "museums|art & design|tv & radio|arts & culture|showbiz|media"
    ),
    "education": (
        "教育|高考|校园|科教|考试|留学|招生|高校|大学|中小学|校園|考試|留學|"
        "education|schools|school|universities|university|campus|students|"
        "higher education|learning"
    ),
    "health": (
        "健康|卫生|医疗|医药|养生|卫健|疫情|医学|中医|卫生健康|健康養生|衛生|醫療|醫藥|"
        "health|medicine|medical|healthcare|health care|wellness|wellbeing|well|"
        "mental health|coronavirus|covid-19|public health|nhs"
    ),
    "environment": (
        "环境|环保|生态|生态环境|绿色|气候|碳中和|自然资源|環境|環保|生態|氣候|"
        "environment|climate|nature|ecology|wildlife|sustainability|climate change|"
        "climate crisis|green|conservation|animals"
    ),
    "science": (
        "科技|科学|技术|数码|互联网|人工智能|创新|航天|通信|手机|智能|信息化|it|"
        "科學|技術|數碼|互聯網|創新|science|sciences|sci-tech|tech|technology|"
        "innovation|digital|space|ai|artificial intelligence|gadgets|internet|"
        "computing|astronomy|physics|science & tech|社会科学|社科"
    ),
    "sport": (
        "体育|足球|篮球|电竞|奥运|排球|乒乓球|赛事|cba|nba|中超|體育|籃球|電競|運動|"
        "sport|sports|football|soccer|basketball|olympics|tennis|cricket|golf|rugby|"
        "f1|formula 1|nfl|mlb|nhl|athletics|cycling|boxing|esports|swimming"
    ),
    "disaster": (
        "灾害|事故|应急|灾害事故|消防|地震|突发|災害|應急|disaster|disasters|accident|"
        "accidents|emergency|earthquake|fires"
    ),
    "labour": (
        "劳动|就业|人社|工会|招聘|职场|社保|人才|勞動|就業|職場|labour|labor|jobs|"
        "employment|work|careers|workplace|unions"
    ),
    "lifestyle": (
        "生活|时尚|美食|旅游|家居|女性|亲子|育儿|餐饮|出行|情感|星座|休闲|時尚|旅遊|旅行|"
        "親子|休閒|lifestyle|life|life & style|style|food|travel|fashion|homes|"
        "food & drink|recipes|living|tourism|beauty|parenting|gardening|"
        "home & garden|leisure"
    ),
    "religion": "宗教|佛教|信仰|religion|faith|beliefs|church",
    "crime": (
        "法治|法制|法律|案件|司法|公安|反腐|廉政|纪检|警方|政法|法院|检察|"
        "crime|law|justice|courts|court|legal|law & order|police|anti-corruption"
    ),
    "conflict": (
        "军事|国防|冲突|军情|防务|軍事|國防|衝突|military|defence|defense|war|conflict|"
        "security|national security"
    ),
    "weather": (
        "天气|气象|预报|气象服务|天气预报|天氣|氣象|weather|forecast|weather forecast"
    ),
    "human-interest": (
        "人物|奇闻|人间|奇趣|趣闻|人物故事|奇聞|趣聞|human interest|human-interest|"
        "profiles|profile|odd|offbeat|weird|oddly enough|good news"
    ),
}

USUAL = MappingProxyType(
    {name: term for term, names in _NAMES.items() for name in names.split("|")}
)
"""Folded section name → term."""
