"""The latest price of each seller, as a baseline keeps it.

Merging is commutative and associative, and a seller beyond the limit can't come back by an older price: the same
observations make the same baseline in any order of arrival.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from pydantic_core import from_json, to_json

from zhengpin.domain.price import BASELINE_DAYS, BASELINE_SELLERS, PriceObservation

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_SELLER = 2

Plain = TypeVar("Plain", "Quote", list[Any])
"""A quote, or the same values in a list as JSON has them."""


class Quote(NamedTuple):
    """The latest price of one seller."""

    captured: int
    """Microseconds since 1970."""
    observation_id: str
    """Decides between two prices of one moment."""
    seller: str
    nanos: int
    """Billionths of one unit of the stratum's currency, for one unit of the product."""
    listing_id: str = ""
    """Empty for prices seen elsewhere, and for those that were kept before it was."""

    @property
    def captured_at(self) -> datetime:
        """When the price was seen."""
        return _EPOCH + self.captured * _MICROSECOND


def quote_of(price: PriceObservation) -> Quote:
    """An observation as a quote."""
    captured = (price.captured_at - _EPOCH) // _MICROSECOND
    return Quote(captured, price.observation_id, price.seller, price.unit_price.nanos, price.listing_id)


def merged(quotes: Iterable[Plain]) -> list[Plain]:
    """The latest quote of each seller, the newest first, at most `BASELINE_SELLERS`."""
    latest: dict[Any, Plain] = {}
    for quote in quotes:
        seller = quote[_SELLER]
        known = latest.get(seller)
        if known is None or known < quote:
            latest[seller] = quote
    return sorted(latest.values(), reverse=True)[:BASELINE_SELLERS]


def in_window(quotes: Iterable[Quote], as_of: datetime) -> list[Quote]:
    """The quotes of the last `BASELINE_DAYS`, both ends inclusive; what was seen later is not known yet."""
    last = (as_of - _EPOCH) // _MICROSECOND
    first = last - timedelta(days=BASELINE_DAYS) // _MICROSECOND
    return [quote for quote in quotes if first <= quote.captured <= last]


def window_ends(quotes: Iterable[Quote], as_of: datetime) -> datetime:
    """Until when, exclusive, `in_window` gives what it gives as of now."""
    now = (as_of - _EPOCH) // _MICROSECOND
    days = timedelta(days=BASELINE_DAYS) // _MICROSECOND
    borders = (quote.captured if quote.captured > now else quote.captured + days + 1 for quote in quotes)
    first = min((border for border in borders if border > now), default=None)
    return datetime.max.replace(tzinfo=UTC) if first is None else _EPOCH + first * _MICROSECOND


def text_with(text: str | None, quotes: Sequence[Quote]) -> str:
    """Quotes as JSON: those that a text has, and more. As long as nobody asks for one, none is made of what it has."""
    if text and len(quotes) == 1 and _goes_first(quotes[0], text):
        return f"[{to_json(quotes[0]).decode()},{text[1:]}"
    known: list[list[Any]] = from_json(text) if text else []
    return to_json(merged([*known, *map(list, quotes)])).decode()


def _goes_first(quote: Quote, text: str) -> bool:
    """Whether a quote can surely be put before the others without a look at each: the price that was just asked.

    It is newer than the first, its seller stands nowhere, and there is room. A text within that looks like a border
    between quotes or like the seller only makes it unsure.
    """
    newest = int(text[2 : text.index(",")])
    room = text.count("],[") + 1 < BASELINE_SELLERS
    return room and quote.captured > newest and to_json(quote.seller).decode() not in text


def quotes_from_text(text: str) -> list[Quote]:
    """The quotes that `text_with` wrote."""
    return [Quote(*quote) for quote in from_json(text)]
