"""The members of an enumeration, freed of what leads to them and of what counts them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.answers.pieces import Piece, balanced
from search.answers.values import chinese_number

_UNIT = r"(?:个|门|项|类|种|所|家|大|条|名|位|本|支|份|张|道|人次|人|枚|万元|亿元)"
_COUNTED = re.compile(rf"(.{{2,}}?)\s*等?\s*(\d+|[两三四五六七八九十]+)\s*{_UNIT}\D{{0,12}}")
_OWN_COUNT = re.compile(rf"(.{{2,}}?)[各共]?\s*\d+\s*{_UNIT}(?:证书)?")
_VERB = (
    r"开设|开办|设有|设立|增设|新增|新成立|成立|推进|引进|引入|列出|列有|包括|涵盖|改考|改学|增加|举办|打造|建有|拥有|采取|"
    r"推出|推行|安排|取得|获得|考取|开展|聘请|邀请|组织|编写|出台|印发|下发|制定|选派|输送|新建|建成|培养|培育|加强|强化|"
    r"通过|利用|依托|采用|试点|参加|分为|分成|包含|含有|围绕|聚焦|坚持|深化"
)
_LEAD = re.compile(
    rf"(?:[\u4e00-\u9fff]{{0,8}}?(?P<verb>{_VERB})了?|(?P<set>[\u4e00-\u9fff]{{0,4}}(?<!建)设(?!备|计|施|置|想|定|法))"
    r"|(?P<case>其中|在(?!线|校|职|岗|读|籍|建)|将|把|由|向(?!上|阳)|按|即|如(?!何|期|意)|从(?!业|教|事)|对(?!口|接|外|应|标|抗|比|话)|"
    r"以(?!人|德|赛|工|文|美|劳|教|岗|导|产|考|点)))"
)
_OURS = re.compile(r"(?:我|本|该|全)(?:[省市区县校]|国)(?:的|共有|现有|有)?(?=.{2})")
_QUOTED = re.compile(r"[^“”]{0,10}“[^“”]{2,12}”[—－-]{1,2}(?=.{2})")


def plain(items: Sequence[Piece]) -> list[Piece]:
    """The items without the verb or the place before the first, without figures behind them, each once."""
    if len(items) < 2:
        return [*items]
    first, *others = items
    freed = _uncounted([_freed(first, others), *others])
    found: dict[str, Piece] = {}
    for item in freed:
        found.setdefault(item.folded, item)
    return list(found.values())


def _freed(first: Piece, others: Sequence[Piece]) -> Piece:
    """The first item behind what leads in the whole row; where the others begin with such words too they belong."""
    for pattern in (_QUOTED, _OURS, _LEAD):
        found = pattern.match(first.folded)
        alike = any(pattern.match(other.folded) for other in others)
        rest = first.part(found.end(), len(first.text)).strip() if found and not alike else first
        if len(rest.text) > 1 and balanced(rest.text):
            first = rest
    return first


def _uncounted(items: list[Piece]) -> list[Piece]:
    """Without what counts them behind the last (茶艺、陶艺、制茶3个证书), or behind each (甲校3个、乙校2个)."""
    own = [_OWN_COUNT.fullmatch(item.folded) for item in items]
    if all(own):
        return [item.part(0, found.end(1)) for item, found in zip(items, own, strict=True) if found]
    *others, last = items
    counted = _COUNTED.fullmatch(last.folded)
    size = counted and (float(counted[2]) if counted[2].isdigit() else chinese_number(counted[2]))
    return [*others, last.part(0, counted.end(1))] if counted and size == len(items) else items
