"""The latest price of each seller, as a baseline keeps it.

Merging is commutative and associative, and a seller beyond the limit can't come back by an older price: the same
observations make the same baseline in any order of arrival.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import starmap
from typing import NamedTuple

from pydantic_core import from_json, to_json

from zhengpin.domain.price import BASELINE_DAYS, BASELINE_SELLERS, PriceObservation

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_SPAN = timedelta(days=BASELINE_DAYS) // _MICROSECOND
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
        return _EPOCH + self.captured * _MICROSECOND


def quote_of(price: PriceObservation) -> Quote:
    """An observation as a quote."""
    captured = (price.captured_at - _EPOCH) // _MICROSECOND
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
        last = (as_of - _EPOCH) // _MICROSECOND
        return cls(last - _SPAN, last)

    def moves_at(self, captured: Iterable[int]) -> datetime:
        """When, exclusive, the first of some moments leaves the window or comes into it."""
        borders = (moment if moment > self.last else moment + _SPAN + 1 for moment in captured)
        first = min((border for border in borders if border > self.last), default=None)
        return datetime.max.replace(tzinfo=UTC) if first is None else _EPOCH + first * _MICROSECOND


def text_with(text: str | None, quotes: Sequence[Quote]) -> str:
    """Quotes as JSON: those that a text has, and more. Of those that it has none is made if it can be helped."""
    put_first = _with_newest(split(text), quotes) if text else None
    if put_first is not None:
        return _text_of(put_first)
    known = quotes_from_text(text) if text else []
    return _text_of(map(_piece_of, merged([*known, *quotes])))


def _with_newest(pieces: Sequence[str], quotes: Sequence[Quote]) -> list[str] | None:
    """Prices that were just asked, before those of the other sellers; `None` if they are not that new."""
    if not pieces or min(quote.captured for quote in quotes) <= int(pieces[0].partition(",")[0]):
        return None
    newest = {quote.seller: quote for quote in merged(quotes)}
    names = [_in_a_piece(to_json(seller).decode()) for seller in newest]
    named = [piece for piece in pieces if any(name in piece for name in names)]
    if any(quote.seller not in newest for quote in quotes_from_pieces(named)):
        return None  # it is the name of something else as well
    others = [piece for piece in pieces if piece not in named] if named else pieces
    return [*map(_piece_of, newest.values()), *others][:BASELINE_SELLERS]


def _piece_of(quote: Quote) -> str:
    """A quote without its brackets."""
    return _in_a_piece(to_json(quote).decode()[1:-1])


def _in_a_piece(text: str) -> str:
    """Let nothing in a name look like the border between two quotes."""
    return text.replace(_BORDER, _BORDER_IN_A_NAME)


def _text_of(pieces: Iterable[str]) -> str:
    return f"[[{_BORDER.join(pieces)}]]"


def split(text: str) -> list[str]:
    """The text of each quote: a new price leaves those of the others as they are."""
    return text[2:-2].split(_BORDER) if text != _NONE else []


def quotes_from_pieces(pieces: Sequence[str]) -> list[Quote]:
    """The quotes of texts that `split` gave."""
    return quotes_from_text(_text_of(pieces)) if pieces else []


def quotes_from_text(text: str) -> list[Quote]:
    """The quotes that `text_with` wrote."""
    return list(starmap(Quote, from_json(text)))
