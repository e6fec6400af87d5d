"""`zhengpin supplier links`: with whom a supplier belongs together."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhengpin_client.cli.link_tables import link_rows, links_story
from zhengpin_client.cli.session import Session
from zhengpin_client.cli.supplier_scores import SupplierArgument
from zhengpin_client.cli.writing import able_to_draw, write_page
from zhengpin_client.report.links_page import links_page


def links(
    context: typer.Context,
    supplier_id: SupplierArgument,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write one page, with the ring as a graph, instead.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many links at most; a page and --json tell all.")] = 50,
) -> None:
    """Show with whom a supplier belongs together and what says so, and the ring from its factory to its shops.

    What two share says the more, the fewer others share it: each bit doubles the
    odds that they belong together.
    """
    session: Session = context.obj
    if html is not None:
        able_to_draw()
    with session.connect() as zhengpin:
        found = zhengpin.get_supplier_links(supplier_id)
    if html is not None:
        write_page(html, links_page(found, link_rows(found, session.language), session.language))
    if session.as_json:
        session.print_json(found)
    elif html is not None:
        session.out.print(str(html), markup=False, soft_wrap=True)
    else:
        for part in links_story(found, session, limit):
            session.out.print(part)
