"""Bytes to text: UTF-8, GB18030, Big5 and UTF-16, with and without byte order mark."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.errors import ReadError
from corpus.readers.content import fail
from corpus.records import Problem

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE_BYTES = 1 << 14
_CHARDET_BYTES = 1 << 14

_COMMON_LEADS = {"gb2312": range(0xB0, 0xD8), "big5": range(0xA4, 0xC7)}
"""Lead bytes of the frequent characters: GB 2312 level 1 (3,755 characters) and Big5 level 1 (5,401)."""

_SYMBOL_LEADS = range(0xA1, 0xA4)

_ACCEPTED = 0.8
"""Share of frequent characters above which a decoding is believed; real Chinese text has 0.95 and more,
a wrong decoding of it 0.6 and less."""

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_MAX_CONTROLS = 0.1
"""Share of control characters above which bytes are no text; a text with stray NULs has far fewer."""

_FEW_CONTROLS = 8
"""Control characters that even a short text may have."""

_MAX_BROKEN = 0.05
"""Share of undecodable places up to which a file is damaged rather than of another encoding."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was in, and what was lost."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of `data`; `declared` is an encoding that the file itself names (HTML).

    Raises `ReadError` "binary" when no encoding makes text of it.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _believed(data[len(bom) :], name)
    wide = _looks_wide(data)
    if wide is None:
        # GB18030 takes nearly any bytes, UTF-8 next to none but its own: what decodes as UTF-8 is UTF-8.
        for name in filter(None, ("utf-8", declared)):
            text = _strict(data, name)
            if text is not None and not _is_noise(text):
                return Decoded(text, name)
    best = max(_candidates(data, wide), key=lambda pair: pair[0])
    if best[0] < _ACCEPTED:
        raise _binary()
    return _lenient(data, best[1])


def _binary() -> ReadError:
    return fail(
        "binary",
        "The file looks neither like text nor like a known format.",
        "Save it as .docx, .pdf or UTF-8 text and add that.",
    )


def _believed(data: bytes, encoding: str) -> Decoded:
    """What a byte order mark announces, unless the rest belies it."""
    decoded = _lenient(data, encoding)
    if decoded.problems and decoded.text.count("\ufffd") > _MAX_BROKEN * len(decoded.text) + 1:
        raise _binary()
    if encoding != "utf-8" and _plausibility(data[:_SAMPLE_BYTES], encoding) < _ACCEPTED / 2:
        raise _binary()
    return decoded


def _is_noise(text: str) -> bool:
    """Whether so many control characters stand in it that it is no text, whatever it decodes as."""
    sample = text[:_SAMPLE_BYTES]
    return len(_CONTROLS.findall(sample)) > max(_FEW_CONTROLS, _MAX_CONTROLS * len(sample))


def _candidates(data: bytes, wide: str | None) -> Iterator[tuple[float, str]]:
    """(plausibility, encoding), from 0 to 1."""
    sample = _cut(data)
    yield 0.0, "utf-8"
    if wide:
        yield _plausibility(sample, wide), wide
        return
    for name in ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be"):
        yield _plausibility(sample, name), name
    guess = _chardet(data)
    if guess:
        # The guess decides between encodings that both look right; it does not overrule the characters.
        yield min(1.0, _plausibility(sample, guess) + 0.02), guess


def _cut(data: bytes) -> bytes:
    """A sample that ends at a line's end where it can, so that it doesn't cut a character."""
    if len(data) <= _SAMPLE_BYTES:
        return data
    end = data.rfind(b"\n", 0, _SAMPLE_BYTES)
    return data[: end if end > _SAMPLE_BYTES // 2 else _SAMPLE_BYTES]


def _chardet(data: bytes) -> str | None:
    import chardet

    guess = chardet.detect(data[:_CHARDET_BYTES])["encoding"]
    if guess is None:
        return None
    name = codecs.lookup(guess).name
    return {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs"}.get(name, name)


def _plausibility(sample: bytes, encoding: str) -> float:
    """Share of characters that are frequent in Chinese text, letters, digits or usual signs."""
    text = sample.decode(encoding, errors="replace")
    if not text:
        return 0.0
    broken = text.count("\ufffd")
    if broken > max(1, _MAX_BROKEN * len(text)):
        return 0.0
    return max(_frequent(text, codec) for codec in _COMMON_LEADS)


def _frequent(text: str, codec: str) -> float:
    good = total = 0
    leads = _COMMON_LEADS[codec]
    for char in text:
        if char in "\r\n\t ":
            continue
        total += 1
        code = char.encode(codec, errors="ignore")
        good += char.isprintable() and bool(code) and (code[0] in leads or code[0] in _SYMBOL_LEADS or len(code) == 1)
    return good / total if total else 0.0


def _looks_wide(data: bytes) -> str | None:
    """UTF-16 without byte order mark shows by its zero bytes, all on one side."""
    sample = data[:_SAMPLE_BYTES]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if even + odd < len(sample) // 200 or even + odd < 2:
        return None
    if odd > 8 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 8 * odd else None


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode("gb18030" if encoding.lower() in {"gb2312", "gbk"} else encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _lenient(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    broken = text.count("\ufffd") - data.decode(encoding, errors="ignore").count("\ufffd")
    if not broken:
        return Decoded(text, encoding)
    message = f"{broken} places can't be decoded as {encoding} and were replaced by \ufffd; check the file's encoding."
    return Decoded(text, encoding, (Problem("encoding", message),))
