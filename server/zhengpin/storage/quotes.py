"""The latest price of each seller, as a baseline keeps it.

Merging is commutative and associative, and a seller beyond the limit can't come back by an older price: the same
observations make the same baseline in any order of arrival.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import compress, starmap, zip_longest
from operator import neg
from typing import NamedTuple

from pydantic_core import from_json, to_json

from zhengpin.domain.moment import microseconds_of, moment_of
from zhengpin.domain.price import BASELINE_DAYS, BASELINE_SELLERS, PriceObservation

_SPAN = microseconds_of(timedelta(days=BASELINE_DAYS))
_NEVER = datetime.max.replace(tzinfo=UTC)
_NONE = "[]"
"""No quotes, as a text."""
_BORDER = "],["
"""What is between two quotes."""
_BORDER_IN_A_NAME = r"]\u002c["
"""The same to whoever reads the JSON."""


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
        return moment_of(self.captured)


def quote_of(price: PriceObservation) -> Quote:
    """An observation as a quote."""
    captured = microseconds_of(price.captured_at)
    return Quote(captured, price.observation_id, price.seller, price.unit_price.nanos, price.listing_id)


def merged(quotes: Iterable[Quote]) -> list[Quote]:
    """The latest quote of each seller, the newest first, at most `BASELINE_SELLERS`."""
    latest: dict[str, Quote] = {}
    for quote in quotes:
        known = latest.get(quote.seller)
        if known is None or known < quote:
            latest[quote.seller] = quote
    return sorted(latest.values(), reverse=True)[:BASELINE_SELLERS]


class Window(NamedTuple):
    """The moments whose prices count as of now, both ends inclusive: the last `BASELINE_DAYS`."""

    first: int
    last: int

    @classmethod
    def until(cls, as_of: datetime) -> Window:
        """The window that ends now: what was seen later is not known yet."""
        last = microseconds_of(as_of)
        return cls(last - _SPAN, last)

    def of(self, newest_first: Sequence[int]) -> slice:
        """Where the moments of the window stand."""
        return slice(*(bisect_left(newest_first, -border, key=neg) for border in (self.last, self.first - 1)))

    def moves_at(self, newest_first: Sequence[int]) -> datetime:
        """When, exclusive, the first of some moments leaves the window or comes into it."""
        within = self.of(newest_first)
        coming = newest_first[: within.start][-1:]
        leaving = [moment + _SPAN + 1 for moment in newest_first[within][-1:]]
        return min(map(moment_of, (*coming, *leaving)), default=_NEVER)


class Quotes(NamedTuple):
    """Quotes in columns of one length, the newest first: to look at hundreds one by one would take too long."""

    captured: tuple[int, ...] = ()
    observation_ids: tuple[str, ...] = ()
    sellers: tuple[str, ...] = ()
    nanos: tuple[int, ...] = ()
    listing_ids: tuple[str, ...] = ()

    def chosen(self, chosen: Collection[bool]) -> Quotes:
        """Some of them."""
        return Quotes._make(tuple(compress(column, chosen)) for column in self)

    def within(self, window: Window) -> Quotes:
        """Those seen in a window."""
        place = window.of(self.captured)
        return Quotes._make(column[place] for column in self)


def text_with(text: str | None, quotes: Sequence[Quote]) -> str:
    """Quotes as JSON: those that a text has, and more. Of those that it has none is made if it can be helped."""
    put_first = _with_newest(text, quotes) if text else None
    if put_first is not None:
        return put_first
    known = quotes_from_text(text) if text else []
    return _text_of(map(_piece_of, merged([*known, *quotes])))


def _with_newest(text: str, quotes: Sequence[Quote]) -> str | None:
    """Prices that were just asked, before those of the other sellers; `None` if they are not that new."""
    newest = merged(quotes)
    if text == _NONE or newest[-1].captured <= int(text[2 : text.index(",")]):
        return None
    others = text[2:-2]
    for quote in newest:
        without = _without(others, quote.seller)
        if without is None:
            return None
        others = without
    room = BASELINE_SELLERS - len(newest)
    if others.count(_BORDER) >= room:
        others = _BORDER.join(others.split(_BORDER, room)[:room])
    return _text_of([*map(_piece_of, newest), *([others] if others else [])])


def _without(pieces: str, seller: str) -> str | None:
    """Quotes without that of a seller, if it has one; `None` where its name is the name of something else as well."""
    name = _in_a_piece(to_json(seller).decode())
    place = pieces.find(name)
    if place < 0:
        return pieces
    before, border, _ = pieces[:place].rpartition(_BORDER)
    named, next_border, after = pieces[len(before) + len(border) :].partition(_BORDER)
    if name in after or quotes_from_text(_text_of([named]))[0].seller != seller:
        return None
    return f"{before}{border and next_border}{after}"


def _piece_of(quote: Quote) -> str:
    """A quote without its brackets."""
    return _in_a_piece(to_json(quote).decode()[1:-1])


def _in_a_piece(text: str) -> str:
    """Let nothing in a name look like the border between two quotes."""
    return text.replace(_BORDER, _BORDER_IN_A_NAME)


def _text_of(pieces: Iterable[str]) -> str:
    return f"[[{_BORDER.join(pieces)}]]"


def quotes_from_text(text: str) -> list[Quote]:
    """The quotes that `text_with` wrote."""
    return list(starmap(Quote, from_json(text)))


def columns_from_text(text: str) -> Quotes:
    """The same in columns."""
    quotes = Quotes(*zip_longest(*from_json(text, cache_strings="none"), fillvalue=""))
    return quotes if quotes.listing_ids else quotes._replace(listing_ids=("",) * len(quotes.sellers))
