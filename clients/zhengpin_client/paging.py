"""From pages to one row of items."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias, TypeVar

Item = TypeVar("Item")
Page: TypeAlias = tuple[Sequence[Item], str]
"""Some items, and the token of the next page; empty on the last."""


def all_pages(fetch: Callable[[int, str], Page[Item]], limit: int | None, page_size: int) -> Iterator[Item]:
    """Yield the items of page after page, at most `limit`; `fetch` is asked with a page's size and its token."""
    token, left = "", limit
    while left is None or left > 0:
        items, token = fetch(page_size if left is None else min(page_size, left), token)
        yield from items
        if not token:
            return
        left = None if left is None else left - len(items)
