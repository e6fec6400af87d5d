"""Rows of summaries as recorded facts make them: facts in the order of a key in, rows in that order out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from zhengpin.domain.order_counts import OrderCounts
from zhengpin.domain.order_state import OrderState, whole
from zhengpin.domain.price import Stratum
from zhengpin.storage import codec
from zhengpin.storage.correction import Row
from zhengpin.storage.observations import observation_from_row
from zhengpin.storage.order_sums import Counted
from zhengpin.storage.order_tallies import NONE, BuyerDay, Day, lines_after
from zhengpin.storage.price_intake import baseline_row
from zhengpin.storage.prices import stratum_of
from zhengpin.storage.quotes import Quote, quote_of, text_with

QUOTES_AT_ONCE = 1000
"""Of one stratum, before they are merged."""


def fresh_lines(events: Iterable[Any]) -> Iterator[Row]:
    """Rows of `order_lines` from events that are ordered by order."""
    for order_id, rows in groupby(events, key=attrgetter("order_id")):
        lines = lines_after({}, (codec.ORDER_EVENT.from_text(row.body) for row in rows))
        yield from ({"order_id": order_id, **line._asdict(), **lines[line]._asdict()} for line in sorted(lines))


def fresh_days(kind: Counted, lines: Iterable[Any], name: str) -> Iterator[Row]:
    """Days of each listing or supplier from lines that are ordered by it and by order."""
    for subject, of_subject in groupby(lines, key=attrgetter(name)):
        days: dict[Day, OrderCounts] = {}
        for _, of_order in groupby(of_subject, key=attrgetter("order_id")):
            state = _whole(of_order)
            day = Day(kind, subject, state.day)
            days[day] = days.get(day, NONE).plus(state.counts)
        yield from (
            {"subject_kind": kind, "subject": subject, "day": day.day, **days[day]._asdict()} for day in sorted(days)
        )


def fresh_buyer_days(lines: Iterable[Any]) -> Iterator[Row]:
    """Days of each supplier's buyers from lines that are ordered by supplier and order."""
    for supplier_id, of_supplier in groupby(lines, key=attrgetter("supplier_id")):
        days: dict[BuyerDay, OrderCounts] = {}
        for _, of_order in groupby(of_supplier, key=attrgetter("order_id")):
            state = _whole(of_order)
            if state.buyer_id:
                day = BuyerDay(supplier_id, state.buyer_id, state.day)
                days[day] = days.get(day, NONE).plus(state.counts)
        yield from ({**day._asdict(), **days[day]._asdict()} for day in sorted(days))


def _whole(lines: Iterable[Any]) -> OrderState:
    return whole(OrderState._make(getattr(row, each) for each in OrderState._fields) for row in lines)


def fresh_baselines(observations: Iterable[Any]) -> Iterator[Row]:
    """Baselines of each product from observations that are ordered by it."""
    for product_key, of_product in groupby(observations, key=attrgetter("product_key")):
        if not product_key:
            continue
        texts: dict[Stratum, str] = {}
        pending: defaultdict[Stratum, list[Quote]] = defaultdict(list)
        for price in map(observation_from_row, of_product):
            stratum = stratum_of(price)
            pending[stratum].append(quote_of(price))
            if len(pending[stratum]) >= QUOTES_AT_ONCE:
                texts[stratum] = text_with(texts.get(stratum), pending.pop(stratum))
        texts |= {stratum: text_with(texts.get(stratum), quotes) for stratum, quotes in pending.items()}
        yield from sorted(
            (baseline_row(stratum, text) for stratum, text in texts.items()),
            key=itemgetter("territory", "currency", "condition", "sale_kind", "channel"),
        )
