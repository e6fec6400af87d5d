"""Writing a report: one self-contained HTML page and one CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from zhengpin.v1 import verdict_pb2
from zhengpin_client import words
from zhengpin_client.report.csv_file import write_csv
from zhengpin_client.report.pages import fill_page
from zhengpin_client.report.rows import Report
from zhengpin_client.words import Language

MOST_ROWS = 2000
"""Rows on the page; a phone opens no more. The CSV has all."""


def write_report(report: Report, folder: Path, language: Language, marketplace: str, made_at: str) -> dict[str, str]:
    """Write `report.html` and `verdicts.csv`, and say where they are; raises UnusableFile if the extra is missing."""
    page = _page(report, language, marketplace, made_at)
    folder.mkdir(parents=True, exist_ok=True)
    html, table = folder / "report.html", folder / "verdicts.csv"
    html.write_text(page, encoding="utf-8")
    write_csv(table, _csv_rows(report))
    return {"html": str(html), "csv": str(table)}


def _csv_rows(report: Report) -> Iterator[Mapping[str, str]]:
    for row in report.rows:
        yield {
            **row.cells,
            "title": row.title,
            "product": row.product,
            "currency": row.currency,
            "unit_price": "" if row.unit_price is None else f"{row.unit_price:.2f}",
            "over_market_median": "" if row.against_market is None else f"{row.against_market:.3f}",
            "market_sellers": "" if row.market_sellers is None else str(row.market_sellers),
        }


def _page(report: Report, language: Language, marketplace: str, made_at: str) -> str:
    from markupsafe import Markup  # noqa: PLC0415 - an extra: only reports need it

    from zhengpin_client.report.charts import decision_chart, price_chart, reason_chart  # noqa: PLC0415

    shown = report.rows[:MOST_ROWS]
    links = [f"#row-{place}" if place < MOST_ROWS else "" for place in range(len(report.rows))]
    return fill_page(
        "page.html.j2",
        language,
        decision=lambda value: words.decision(value, language),
        css_class=lambda value: verdict_pb2.Decision.Name(value).removeprefix("DECISION_").lower(),
        report=report,
        rows=shown,
        products=_products(report),
        marketplace=marketplace,
        made_at=made_at,
        decision_chart=Markup(decision_chart(report, language)),  # noqa: S704 - drawn here, its texts are escaped
        reason_chart=Markup(reason_chart(report)),  # noqa: S704
        price_chart=Markup(price_chart(report, language, links)),  # noqa: S704
    )


def _products(report: Report) -> list[dict[str, Any]]:
    """Sum up each product for the table beside the chart, the largest first."""
    found = [[report.rows[place] for place in places] for places in report.products().values()]
    return [
        {
            "product": rows[0].product,
            "currency": rows[0].currency,
            "lowest": min(row.against_market or 0 for row in rows),
            "highest": max(row.against_market or 0 for row in rows),
            "listings": len(rows),
        }
        for rows in found
    ]
