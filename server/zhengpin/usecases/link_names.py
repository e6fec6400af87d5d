"""What linked suppliers are called, beside their ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zhengpin.domain.ring import Link
from zhengpin.domain.supplier import Supplier
from zhengpin.storage.work import Reader


def with_names(reader: Reader, links: Sequence[Link]) -> tuple[Link, ...]:
    """The links, each with the name by which the other supplier is stored; empty where it is not."""
    stored = reader.suppliers.without_shops({link.supplier_id for link in links})
    return tuple(replace(link, name=stored.get(link.supplier_id, Supplier("")).name) for link in links)
