"""`zhengpin supplier links`: with whom a supplier belongs together."""

from __future__ import annotations

import typer

from zhengpin_client.cli.link_tables import links_story
from zhengpin_client.cli.session import Session
from zhengpin_client.cli.supplier_scores import SupplierArgument


def links(context: typer.Context, supplier_id: SupplierArgument) -> None:
    """Show with whom a supplier belongs together and what says so, and the ring from its factory to its shops."""
    session: Session = context.obj
    with session.connect() as zhengpin:
        found = zhengpin.get_supplier_links(supplier_id)
    if session.as_json:
        session.print_json(found)
        return
    for part in links_story(found, session):
        session.out.print(part)
