"""`zhengpin supplier report`: what a supplier is told about itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhengpin_client.cli.session import Session
from zhengpin_client.cli.supplier_report_tables import report_story
from zhengpin_client.cli.supplier_scores import SupplierArgument
from zhengpin_client.cli.writing import able_to_draw, write_page
from zhengpin_client.report.supplier_page import supplier_page


def report(
    context: typer.Context,
    supplier_id: SupplierArgument,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it as one page, with charts, instead of showing it.")
    ] = None,
) -> None:
    """Show what a supplier is told about itself; it names no buyer, no voter and no other company.

    Its score and what would raise it, what went wrong with its orders beside what
    is usual, its rank, its prices beside the market's and how they sell.
    """
    session: Session = context.obj
    if html is not None:
        able_to_draw()
    with session.connect() as zhengpin:
        found = zhengpin.get_supplier_report(supplier_id)
    if html is not None:
        write_page(html, supplier_page(found, session.language, session.show_time))
    if session.as_json:
        session.print_json(found)
    elif html is not None:
        session.out.print(str(html), markup=False, soft_wrap=True)
    else:
        for part in report_story(found, session):
            session.out.print(part)
