"""The short answer inside a sentence: the date asked for by "when", the document, the company, the person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.answers.cues import Focus
from search.answers.pieces import Piece
from search.answers.terms import Terms
from search.answers.wording import english_date
from search.records import Language

_NEAR = 25
"""Characters on either side in which the question's words speak for a part."""
_EDGE = r"(?<![^，、：；。“”由是和与）\s])"
_ROLES = r"同志|老师|教师|校长|书记|主任|大师|先生|女士|局长|院长|教授|选手|同学"
_OFFICE = (
    r"(?<=市长|省长|主席|县长|区长|校长|书记|局长|院长)\s*[\u4e00-\u9fff](?:[ \u3000·]*[\u4e00-\u9fff]){1,5}(?=\n|$)"
)
"""A name that ends its line behind an office, as those who report sign: 市长 王 明."""
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶"
    "阎余潘杜戴夏钟汪田姜范石姚谭廖邹熊陆郝孔崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易武乔贺赖龚庞樊兰"
    "殷施陶洪翟颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦柳邢路岳梅莫庄辛祝左涂谷祁舒耿牟卜肖詹苗凌费纪靳"
    "盛童欧甄项裴卫屈鲍覃霍翁隋植柏柯阮桂闵柴华冉房辜吉饶刁瞿戚丘米池滕晋苑邬臧畅宫嵺苟褚廉简娄盖符奚"
    "木穆党燕郎邸冀谈姬屠郜晏栾郁商蒙喻揭窦迟宇敖糜鄢冷花仇艾蓝稽仲虞卞封竺冼衣楚佟栗匡宗巫鞠荆谌银沙"
    "岑蔺云酆麦巴杭"
)
"""Surnames that begin few other words; 高, 方 or 成 behind 学生 mostly begin one."""
_COMPOUND = "欧阳|上官|司马|诸葛|闻人|东方|皇甫|尉迟|公孙|令狐|夏侯|慕容|长孙|宇文|司徒|端木"
_PERSON = rf"(?:{_COMPOUND}|[{_SURNAMES}])[\u4e00-\u9fff]{{1,2}}?"
_TITLES = (
    r"教师|老师|班主任|工程师|艺人|焊工|师傅|传承人|大师|主任|校长|学生|同学|店长|店主|负责人|选手|教练|队长|书记|船长|导师|专家|校友|"
    r"毕业生|学员|院长|局长|市长|县长|区长|省长|主席|组长|厂长|经理|董事长|版师"
)
_AFTER = r"(?=[，。、：；（）”]|[带发在把将做说的领认写为是因与和任参获用设从到对主担组等]|$)"
_TITLED = rf"(?:{_TITLES})(?P<person>{_PERSON}){_AFTER}"
"""A name behind what somebody is, as running text has it: 教师闻人澈带队."""
_YEAR, _DAY = r"(?:19|20)\d\d\s*年", r"\d{1,2}\s*月(?:\s*\d{1,2}\s*日|份)?"
_SHAPES: dict[Focus, re.Pattern[str]] = {
    "when": re.compile(rf"{_YEAR}(?:\s*{_DAY})?|{_DAY}"),
    "day": re.compile(rf"(?:{_YEAR}\s*)?\d{{1,2}}\s*月\s*\d{{1,2}}\s*日"),
    "document": re.compile(r"《[^《》]{2,60}》"),
    "company": re.compile(r"(?<=[与和由对向，、：将入给是为“])[^，。；、“”（）与和由]{2,24}?(?:有限公司|公司|集团)"),
    "who": re.compile(rf"{_TITLED}|{_EDGE}[\u4e00-\u9fff·]{{2,3}}(?={_ROLES})|{_OFFICE}"),
}


def pointed(focus: Focus, sentences: Sequence[Piece], terms: Terms) -> Piece | None:
    """The part of some sentences that names what is asked for; of several the one nearest to the question's words."""
    shape = _SHAPES.get(focus)
    if shape is None:
        return None
    found = [
        (terms.coverage(_around(sentence, *match.span())), sentence.part(*_named(match)).strip())
        for sentence in sentences
        for match in shape.finditer(sentence.text)
    ]
    return max(found, key=lambda one: one[0])[1] if found else None


def _named(match: re.Match[str]) -> tuple[int, int]:
    """Where the name itself stands, without what the person is."""
    person = match.re.groupindex.get("person")
    return match.span(person) if person and match[person] else match.span()


def names_something(focus: Focus) -> bool:
    """Whether a question of this kind wants a name or a date that can be recognised by its form."""
    return focus in _SHAPES


def put(part: Piece, focus: Focus, language: Language) -> str:
    """The short answer in the question's language: dates also in English form."""
    english = english_date(part.text) if focus in {"when", "day"} and language == "en" else ""
    return f"{english} ({part.text})" if english else part.text


def _around(sentence: Piece, start: int, end: int) -> str:
    return sentence.folded[max(0, start - _NEAR) : start] + "\n" + sentence.folded[end : end + _NEAR]
