"""The whole way from hits to an answer, top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from index.records import Index
from search.answers import cell, compare, confidence, listing, number, text
from search.answers.inquiry import Inquiry, Reply, inquire
from search.records import Answer, Hit, Query, Wanted

_SHAPES: dict[Wanted, tuple[Callable[[Inquiry], Reply | None], ...]] = {
    "number": (cell.reply, number.reply),
    "list": (listing.reply,),
    "compare": (compare.reply,),
    "text": (cell.reply, text.reply),
}


def answer(query: Query, hits: Sequence[Hit], index: Index) -> Answer:
    """What the hits say to the question; `answered` is false where they don't say."""
    inquiry = inquire(query, hits, index)
    replies = [reply for shape in _SHAPES[inquiry.asked.shape] if (reply := shape(inquiry))]
    reply = max(replies, key=lambda one: one.grounds.worth, default=None) or text.reply(inquiry)
    if reply is None:
        return Answer(answered=False, kind="none", text=confidence.silence(inquiry), confidence=0.0)
    sure = confidence.of(inquiry, reply)
    if sure < confidence.ENOUGH:
        return Answer(answered=False, kind="none", text=confidence.silence(inquiry), confidence=sure)
    return Answer(
        answered=True,
        kind=reply.kind,
        text=reply.text,
        confidence=sure,
        items=reply.items,
        citations=reply.citations,
    )
