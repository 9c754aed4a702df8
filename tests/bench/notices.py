"""Notices and daily reports of our own, whose forms never change and whose news does."""

import random
from collections.abc import Callable

__all__ = ["DAILY", "NOTICES"]

Form = Callable[[random.Random], tuple[str, str, str]]
"""Chance → a title, a body, a language."""

_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华建国"
_PLACES = [
    "盂县",
    "平定县",
    "矿区",
    "郊区",
    "城区",
    "昔阳县",
    "和顺县",
    "寿阳县",
    "榆次区",
    "左权县",
]
_POSTS = [
    "教育局局长",
    "财政局副局长",
    "水利局局长",
    "文化馆馆长",
    "交通运输局副局长",
    "统计局局长",
    "林业局副局长",
    "司法局局长",
]
_ROADS = [
    "南大街",
    "德胜街",
    "桃北路",
    "新华路",
    "平坦街",
    "开发东路",
    "义井路",
    "泉中路",
]
_NAMES = [
    "Alder",
    "Birch",
    "Cole",
    "Dane",
    "Ellis",
    "Frost",
    "Grant",
    "Hale",
    "Ingram",
    "Joyce",
    "Keane",
    "Lowe",
]
_TOWNS = [
    "Millbrook",
    "Ashford",
    "Redhill",
    "Stonegate",
    "Westbury",
    "Oakham",
    "Fairview",
    "Linton",
]
_STREETS = [
    "Mill Lane",
    "Station Road",
    "Harbour Street",
    "Church Hill",
    "King Street",
    "Park Avenue",
]
_SKIES = [
    "sunny",
    "cloudy",
    "overcast with showers",
    "clear",
    "foggy in the morning",
    "windy",
]
_CHINESE_SKIES = ["晴", "多云", "阴有小雨", "晴转多云", "雾", "阵雨转晴"]


def _person(chance: random.Random) -> str:
    given = "".join(chance.sample(_GIVEN, chance.randint(1, 2)))
    return chance.choice(_FAMILY) + given


def _n(chance: random.Random, low: int, high: int) -> int:
    return chance.randint(low, high)


def _appointment(chance: random.Random) -> tuple[str, str, str]:
    one, two, three = (_person(chance) for _ in range(3))
    posts = chance.sample(_POSTS, 3)
    place, day, number = chance.choice(_PLACES), _n(chance, 1, 28), _n(chance, 10, 99)
    body = (
        f"{place}人民政府关于{one}等同志职务任免的通知\n政任〔2026〕{number}号\n"
        "各乡镇人民政府，县直各有关单位：\n经县人民政府研究决定：\n"
        f"任命{one}为{place}{posts[0]}，试用期一年；\n任命{two}为{place}{posts[1]}；\n"
        f"免去{three}的{place}{posts[2]}职务。\n以上任职时间自文件印发之日起计算。\n"
        f"{place}人民政府\n2026年{_n(chance, 1, 12)}月{day}日\n（此件公开发布）"
    )
    return f"{place}人民政府关于{one}等同志职务任免的通知", body, "zh"


def _outage(chance: random.Random) -> tuple[str, str, str]:
    road, place = chance.choice(_ROADS), chance.choice(_PLACES)
    day, start = _n(chance, 1, 28), _n(chance, 6, 12)
    body = (
        f"尊敬的用户：\n因{road}供水管网检修，定于{_n(chance, 1, 12)}月{day}日{start}时至{start + _n(chance, 3, 9)}时"
        f"停水，影响范围为{place}{road}沿线{_n(chance, 3, 30)}个小区，涉及用户约{_n(chance, 200, 9000)}户。"
        "请相关用户提前做好储水准备，恢复供水时间如有变化，将另行通知。恢复供水初期，水质可能出现短时浑浊，"
        f"请放水片刻后再使用。由此带来的不便，敬请谅解。\n供水服务热线：{_n(chance, 2000000, 6999999)}\n"
        f"{place}供水有限公司"
    )
    return f"关于{road}停水的通知", body, "zh"


def _tender(chance: random.Random) -> tuple[str, str, str]:
    place, road = chance.choice(_PLACES), chance.choice(_ROADS)
    number = f"YQ-2026-{_n(chance, 100, 999)}"
    body = (
        f"一、项目编号：{number}\n二、项目名称：{place}{road}道路改造工程\n三、中标信息\n"
        f"供应商名称：{chance.choice(_ROADS)}{_person(chance)}建设工程有限公司\n"
        f"中标金额：{_n(chance, 100, 9999)}.{_n(chance, 10, 99)}万元\n四、评审专家名单：{_person(chance)}、{_person(chance)}、{_person(chance)}\n"
        "五、公告期限：自本公告发布之日起1个工作日。\n六、凡对本次公告内容提出询问，请按以下方式联系。\n"
        f"采购人：{place}住房和城乡建设局\n联系方式：0353-{_n(chance, 2000000, 6999999)}"
    )
    return f"{place}{road}道路改造工程中标结果公告", body, "zh"


def _weather_warning(chance: random.Random) -> tuple[str, str, str]:
    place, color = chance.choice(_PLACES), chance.choice(["蓝色", "黄色", "橙色"])
    what = chance.choice(["大风", "暴雨", "寒潮", "大雾"])
    body = (
        f"{place}气象台{_n(chance, 1, 12)}月{_n(chance, 1, 28)}日{_n(chance, 0, 23)}时{_n(chance, 0, 59)}分发布{what}{color}预警信号："
        f"预计未来{chance.choice([6, 12, 24])}小时，{place}大部分地区将受{what}影响，局地可达{_n(chance, 5, 10)}级。"
        "请有关单位和人员做好防范准备。防御指南：1.政府及相关部门按照职责做好防御工作；2.关好门窗，加固围板、棚架、广告牌等"
        "易被风吹动的搭建物；3.停止露天活动和高空等户外危险作业；4.行人注意尽量少骑自行车，不要在广告牌、临时搭建物等下面逗留。"
    )
    return f"{place}发布{what}{color}预警", body, "zh"


def _vacancy(chance: random.Random) -> tuple[str, str, str]:
    town, street = chance.choice(_TOWNS), chance.choice(_STREETS)
    name, post = (
        chance.choice(_NAMES),
        chance.choice(["Librarian", "Surveyor", "Teacher", "Caretaker", "Planner"]),
    )
    body = (
        f"{town} Council invites applications for the post of {post} at its {street} offices. "
        f"The salary is £{_n(chance, 18, 49)},{_n(chance, 100, 999)} a year for {_n(chance, 20, 37)} hours a week. "
        "You will have a good general education, experience of working with the public and a willingness to learn. "
        "We are an equal opportunities employer and welcome applications from all parts of the community. "
        f"For an informal talk call {name} {chance.choice(_NAMES)} on 01{_n(chance, 100, 999)} {_n(chance, 100000, 999999)}. "
        f"Closing date: {_n(chance, 1, 28)} {chance.choice(['March', 'June', 'October'])}. Interviews will be held in the week that follows."
    )
    return f"Vacancy: {post}", body, "en"


def _closure(chance: random.Random) -> tuple[str, str, str]:
    town, street = chance.choice(_TOWNS), chance.choice(_STREETS)
    body = (
        f"{street} in {town} will be closed to all traffic between {_n(chance, 6, 11)} am and {_n(chance, 1, 9)} pm on "
        f"{_n(chance, 1, 28)} {chance.choice(['May', 'July', 'September'])} while {chance.choice(['a water main', 'a gas pipe', 'the bridge deck', 'a sewer'])} is repaired. "
        f"Diversions by way of {chance.choice(_STREETS)} will be signed. Access for residents and for the emergency services will be "
        "kept at all times. Buses will stop at the nearest point outside the closure. We apologise for any inconvenience and "
        f"thank you for your patience. Questions may be put to the highways desk on 01{_n(chance, 100, 999)} {_n(chance, 100000, 999999)}, quoting works number {_n(chance, 1000, 9999)}."
    )
    return f"{street} to close for repairs", body, "en"


def _filing(chance: random.Random) -> tuple[str, str, str]:
    firm = f"{chance.choice(_NAMES)} & {chance.choice(_NAMES)} plc"
    body = (
        f"{firm} announces that on {_n(chance, 1, 28)} October 2026 it bought {_n(chance, 10, 900)},{_n(chance, 100, 999)} of its ordinary shares "
        f"of 5p each on the London market at prices between {_n(chance, 100, 300)}p and {_n(chance, 301, 500)}p. The shares will be cancelled. "
        f"After the purchase the company has {_n(chance, 100, 900)},{_n(chance, 100, 999)},{_n(chance, 100, 999)} ordinary shares in issue, none of them in treasury. "
        "This figure may be used by shareholders as the denominator for the calculations by which they decide whether they must notify "
        f"their interest in the company, or a change to that interest. Enquiries: {chance.choice(_NAMES)} {chance.choice(_NAMES)}, company secretary."
    )
    return f"{firm}: transaction in own shares", body, "en"


def _forecast(chance: random.Random) -> tuple[str, str, str]:
    day = _n(chance, 1, 27)
    lines = "".join(
        f"{place}：{chance.choice(_CHINESE_SKIES)}，{_n(chance, -9, 9)}～{_n(chance, 10, 30)}℃，{chance.choice(['东', '南', '西', '北'])}风{_n(chance, 1, 5)}级；"
        for place in _PLACES
    )
    body = (
        f"市气象台{_n(chance, 1, 12)}月{day}日17时发布天气预报。今天夜间到明天白天，全市{chance.choice(_CHINESE_SKIES)}，最高气温{_n(chance, 10, 30)}℃，"
        f"最低气温{_n(chance, -9, 9)}℃，空气质量指数{_n(chance, 20, 200)}。{lines}"
        "气象部门提醒：早晚温差较大，请适时增减衣物；外出请关注最新天气信息，注意交通安全。"
    )
    return "阳泉市天气预报", body, "zh"


def _vegetables(chance: random.Random) -> tuple[str, str, str]:
    goods = [
        "大白菜",
        "土豆",
        "西红柿",
        "黄瓜",
        "青椒",
        "茄子",
        "豆角",
        "菠菜",
        "猪肉",
        "鸡蛋",
    ]
    lines = "，".join(
        f"{g}每公斤{_n(chance, 1, 30)}.{_n(chance, 0, 9)}{_n(chance, 0, 9)}元"
        for g in goods
    )
    body = (
        f"据市价格监测中心监测，{_n(chance, 1, 12)}月{_n(chance, 1, 28)}日我市主要农副产品价格总体{chance.choice(['平稳', '上涨', '下降'])}。"
        f"其中：{lines}。与上日相比，{_n(chance, 1, 5)}种上涨，{_n(chance, 1, 5)}种下降。市场货源充足，供应稳定，"
        "价格监测中心将继续做好监测预警工作，及时发布价格信息。"
    )
    return "今日农副产品价格监测", body, "zh"


def _market(chance: random.Random) -> tuple[str, str, str]:
    up = chance.choice(["rose", "fell", "gained", "lost"])
    names = chance.sample(_NAMES, 4)
    body = (
        f"Shares {up} on {chance.choice(['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'])} in moderate trade. The benchmark index closed at {_n(chance, 2, 9)},{_n(chance, 100, 999)}.{_n(chance, 10, 99)} points, "
        f"a change of {_n(chance, 0, 3)}.{_n(chance, 10, 99)} per cent on the day. {names[0]} Mining {chance.choice(['rose', 'fell'])} {_n(chance, 1, 9)}.{_n(chance, 1, 9)} per cent to {_n(chance, 100, 999)}p, "
        f"{names[1]} Foods {chance.choice(['rose', 'fell'])} {_n(chance, 1, 9)}.{_n(chance, 1, 9)} per cent and {names[2]} Energy {chance.choice(['rose', 'fell'])} {_n(chance, 1, 9)}.{_n(chance, 1, 9)} per cent. "
        f"Turnover was {_n(chance, 1, 9)}.{_n(chance, 1, 9)} billion. Advancing issues numbered {_n(chance, 100, 900)} against {_n(chance, 100, 900)} decliners. "
        f"In currency trading the pound stood at {_n(chance, 1, 2)}.{_n(chance, 1000, 9999)} dollars. Brent crude was quoted at {_n(chance, 50, 120)}.{_n(chance, 10, 99)} dollars a barrel."
    )
    return "Stocks close: the day on the market", body, "en"


def _skies(chance: random.Random) -> tuple[str, str, str]:
    lines = " ".join(
        f"{town}: {chance.choice(_SKIES)}, high {_n(chance, 8, 30)}, low {_n(chance, -5, 7)}, wind {_n(chance, 5, 60)} km/h."
        for town in _TOWNS
    )
    body = (
        f"The forecast for {chance.choice(['Monday', 'Tuesday', 'Wednesday', 'Thursday'])}, issued at 5 pm. It will be {chance.choice(_SKIES)} for most of the county, "
        f"with a {_n(chance, 1, 9)}0 per cent chance of rain. {lines} Sunrise is at 6:{_n(chance, 10, 59)} and sunset at 5:{_n(chance, 10, 59)}. "
        "Drivers are asked to take care on high ground. The next forecast will be issued tomorrow at the same time."
    )
    return "County weather forecast", body, "en"


NOTICES: list[Form] = [
    _appointment, _outage, _tender, _weather_warning, _vacancy, _closure, _filing,
]  # fmt: skip
DAILY: list[Form] = [_forecast, _vegetables, _market, _skies]
