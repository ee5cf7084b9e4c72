"""Take out what a word processor leaves inside a line: bookmarks, field codes, characters that show nothing."""

from __future__ import annotations

import re

_BOOKMARK = re.compile(r"\[bookmark:[^\[\]\n]{0,200}\]")
_ANCHOR = re.compile(r"(?<![A-Za-z0-9])_(?:Toc|Ref|Hlk|bookmark)\d+(?:_WPSOffice_Level\d)?|(?<![A-Za-z0-9])_GoBack\b")
_FIELD = re.compile(
    r"""\s?[{\x13]?\s?(?:
        HYPERLINK\s+(?:\\l\s+)?(?:"[^"\n]{0,400}"|[^\s"]{1,400})(?:\s+\\[a-z])*
      | (?:PAGEREF|NOTEREF|REF)\s+_?\w{1,60}(?:\s+\\[a-z*](?:\s+MERGEFORMAT)?)*
      | TOC\s+\\[a-z](?:\s+(?:"[^"\n]{0,60}"|\\[a-z]))*
      | SEQ\s+\S{1,20}\s+\\\*\s*\w+(?:\s+\\[a-z*]\s?\w*)*
      | (?:PAGE|NUMPAGES|DATE|TIME)\s+\\\*\s*\w+
      | \\\*\s*MERGEFORMAT
    )\s?[}\x14]?\s?""",
    re.VERBOSE,
)
_SIGNS_OF_RESIDUE = ("[bookmark", "_Toc", "_Ref", "_Hlk", "_bookmark", "_GoBack")
_SIGNS_OF_FIELDS = ("HYPERLINK", "PAGEREF", "NOTEREF", "REF _", "TOC \\", "SEQ ", "MERGEFORMAT", " \\*")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffc\ue000-\uf8ff]"
)
_ODD_BLANK = re.compile("[\xa0\u2002\u2003\u2009\u202f\x0c]")


def without_residue(text: str) -> str:
    """`text` without bookmarks, field codes, control and private-use characters; odd blanks become plain ones.

    What a field displays stays, and so do tabs and leading blanks, which say something about tables.
    """
    if any(sign in text for sign in _SIGNS_OF_FIELDS):
        text = _FIELD.sub(_blank_between, text)
    if any(sign in text for sign in _SIGNS_OF_RESIDUE):
        text = _ANCHOR.sub("", _BOOKMARK.sub("", text))
    if _INVISIBLE.search(text):
        text = _INVISIBLE.sub("", text)
    return _ODD_BLANK.sub(" ", text) if _ODD_BLANK.search(text) else text


def _blank_between(field: re.Match[str]) -> str:
    """A field between blanks leaves one of them."""
    text = field.group()
    return " " if text[0].isspace() and text[-1].isspace() else ""
