"""A supplier's report for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Final

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from zhengpin.v1 import supplier_report_pb2
from zhengpin_client import words
from zhengpin_client.amounts import amount_text
from zhengpin_client.cli.score_tables import score_story
from zhengpin_client.cli.session import Session
from zhengpin_client.cli.tables import pairs, plain, section
from zhengpin_client.score_figures import chance_text, of_orders
from zhengpin_client.words import Language, phrase

_HEADING: Final = 8
"""Characters in a line of a figure's heading: what is left of the line is for the product's name."""


def report_story(report: supplier_report_pb2.SupplierReport, session: Session) -> Iterator[RenderableType]:
    """The score with its components, the rank, what would raise it, what went wrong, and how its goods stand."""
    lang = session.language
    yield from score_story(report.score, session)
    grid = pairs()
    if report.HasField("rank"):
        place = phrase("rank_of", lang, rank=report.rank.rank, of=report.rank.of_suppliers)
        grid.add_row(phrase("rank", lang), plain(f"{place} · {report.rank.category}"))
    if report.HasField("late_chance"):
        grid.add_row(phrase("outlook", lang), f"{chance_text(report.late_chance)} {phrase('late_chance', lang)}")
    if grid.rows:
        yield grid
    if report.improvements:
        yield section(phrase("what_raises", lang))
        yield _improvements(report, lang)
    else:
        yield phrase("nothing_raises", lang)
    if report.troubles:
        orders = phrase("named", lang, what=phrase("orders_90", lang), said=f"{report.orders:,}")
        yield section(f"{phrase('troubles', lang)} · {orders}")
        yield _troubles(report, lang)
        if report.peers:
            yield Text(phrase("usual_of", lang, peers=report.peers), "dim")
    else:
        yield phrase("no_orders_90", lang)
    if report.products:
        yield section(phrase("best_selling", lang))
        yield _products(report, lang)
        yield Text(phrase("median_note", lang), "dim")
    else:
        yield phrase("no_products", lang)


def _improvements(report: supplier_report_pb2.SupplierReport, language: Language) -> Table:
    table = _table()
    table.add_column(phrase("to_do", language))
    table.add_column(phrase("gain", language), justify="right")
    for each in report.improvements:
        table.add_row(plain(words.text(each.how, language)), f"+{each.gain}")
    return table


def _troubles(report: supplier_report_pb2.SupplierReport, language: Language) -> Table:
    table = _table()
    table.add_column(phrase("trouble", language))
    for name in ("of_orders", "share", "usual"):
        table.add_column(phrase(name, language), justify="right")
    for each in report.troubles:
        known = each.HasField("usual_share")
        worse = known and each.share > each.usual_share
        table.add_row(
            words.trouble(each.trouble, language),
            of_orders(each, report),
            f"{each.share:.1%}",
            f"{each.usual_share:.1%}" if known else "–",
            style="yellow" if worse else "",
        )
    return table


def _products(report: supplier_report_pb2.SupplierReport, language: Language) -> Table:
    table = _table()
    table.add_column(phrase("product", language), overflow="fold", ratio=1)
    for name in ("unit_price", "market_median", "other_sellers", "units_30", "units_before"):
        table.add_column("\n".join(wrap(phrase(name, language), _HEADING)), justify="right")
    for each in report.products:
        table.add_row(
            plain(each.title or each.listing_id),
            amount_text(each.price) if each.HasField("price") else "–",
            amount_text(each.market_price) if each.HasField("market_price") else "–",
            f"{each.market_sellers:,}",
            f"{each.units:,}",
            f"{each.units_before:,}",
        )
    return table


def _table() -> Table:
    return Table(box=box.SIMPLE_HEAD, pad_edge=False)
