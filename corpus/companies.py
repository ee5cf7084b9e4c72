"""How names of companies are made: place, core, form (杭州 | 猫盒 | 有限公司)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus.schools import PlacedName, split_places

_FORM = re.compile(r"(?:集团)?(?:股份有限公司|有限责任公司|有限公司)$|集团公司$|集团$|公司$")
_SHORT_FORM = "公司"


@dataclass(frozen=True, slots=True)
class CompanyName(PlacedName):
    """A company's name in its parts."""

    form: str


@cache
def parse_company(name: str) -> CompanyName | None:
    """The parts of a company's name; None if it ends with no form of company or has no core."""
    form = _FORM.search(name)
    if form is None:
        return None
    places, core = split_places(name[: form.start()])
    core = core.strip("（()）")
    return CompanyName(places, core, form[0]) if core else None


def same_company(one: CompanyName, other: CompanyName) -> bool:
    """Whether two names can be one company's: the same core, and form and place the same or left out in one.

    A group and its companies (某某集团, 某某有限公司) are different ones.
    """
    forms = {one.form, other.form}
    return (one.body in other.bodies or other.body in one.bodies) and (len(forms) == 1 or _SHORT_FORM in forms)
