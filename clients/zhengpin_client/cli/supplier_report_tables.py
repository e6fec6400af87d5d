"""A supplier's report for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.console import RenderableType
from rich.table import Table

from zhengpin.v1 import supplier_report_pb2
from zhengpin_client import words
from zhengpin_client.amounts import amount_text
from zhengpin_client.cli.score_tables import score_story
from zhengpin_client.cli.session import Session
from zhengpin_client.cli.tables import pairs, plain
from zhengpin_client.score_figures import chance_text, of_orders
from zhengpin_client.words import Language, phrase


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
    yield _improvements(report, lang) if report.improvements else phrase("nothing_raises", lang)
    yield _troubles(report, lang) if report.troubles else phrase("no_orders_90", lang)
    yield _products(report, lang) if report.products else phrase("no_products", lang)


def _improvements(report: supplier_report_pb2.SupplierReport, language: Language) -> Table:
    table = _table(phrase("what_raises", language))
    table.add_column(phrase("to_do", language))
    table.add_column(phrase("gain", language), justify="right")
    for each in report.improvements:
        table.add_row(plain(words.text(each.how, language)), f"+{each.gain}")
    return table


def _troubles(report: supplier_report_pb2.SupplierReport, language: Language) -> Table:
    title = f"{phrase('troubles', language)} · {phrase('orders_90', language)}: {report.orders:,}"
    table = _table(title, phrase("usual_of", language, peers=report.peers) if report.peers else "")
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
    table = _table(phrase("best_selling", language), phrase("positions_note", language))
    table.add_column(phrase("product", language), overflow="fold", ratio=1)
    for name in ("unit_price", "market_median", "other_sellers", "units_30", "units_before"):
        table.add_column(phrase(name, language), justify="right")
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


def _table(title: str, caption: str = "") -> Table:
    return Table(box=box.SIMPLE_HEAD, pad_edge=False, title=title, title_justify="left", caption=caption or None)
