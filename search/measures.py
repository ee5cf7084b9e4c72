"""Measures of a ranking, from the ranks at which gold quotes are first covered.

Ranks count from 1; None means never. They differ from the textbook in one thing: relevance belongs to quotes, not to
passages, and one passage may cover several.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

DEPTH = 10

Ranks = Sequence[int | None]


def recall(ranks: Ranks, k: int, *, any_of: bool = False) -> float:
    """Share of the quotes that the first `k` passages cover; with `any_of` 1 when one of them is."""
    found = [rank is not None and rank <= k for rank in ranks]
    return float(any(found)) if any_of else sum(found) / len(found)


def gains(ranks: Ranks, *, any_of: bool = False) -> float:
    """NDCG at 10 with binary gain for each passage that covers a new quote.

    Discount 1 / log2(rank + 1) as in Järvelin and Kekäläinen (2002). Quotes covered by one passage gain once, and
    the ideal order has then that many fewer relevant passages.
    """
    seen = sorted(rank for rank in ranks if rank is not None and rank <= DEPTH)
    wanted = len(ranks)
    if any_of:
        seen, wanted = seen[:1], 1
    distinct = sorted(set(seen))
    wanted = max(1, wanted - (len(seen) - len(distinct)))
    return _discounts(distinct) / _discounts(range(1, wanted + 1))


def reciprocal_rank(ranks: Ranks) -> float:
    """1 / rank of the first passage that covers anything, 0 past rank 10."""
    return max((1 / rank for rank in ranks if rank is not None and rank <= DEPTH), default=0.0)


def item_precision(items: Sequence[str], keys: Sequence[Sequence[str]]) -> float:
    """Share of the items of a list answer that bear a gold key in one of its forms; all normalised.

    Measured where a list was asked for and items were given. Beside it `ans_rec` says how much of the list is there.
    """
    return sum(any(form in item for forms in keys for form in forms) for item in items) / len(items)


def _discounts(ranks: Sequence[int]) -> float:
    return sum(1 / log2(rank + 1) for rank in ranks)
