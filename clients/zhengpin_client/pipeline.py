"""Batches of bounded size, and several calls in flight whose answers keep their order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")

MOST_ITEMS = 500
MOST_BYTES = 4 * 1024 * 1024
"""A quarter of what a server takes in one message."""


def pages(
    items: Iterable[Item], size_of: Callable[[Item], int], most_items: int = MOST_ITEMS, most_bytes: int = MOST_BYTES
) -> Iterator[list[Item]]:
    """Cut items into pages of at most `most_items` and about `most_bytes`; an item that is larger goes alone."""
    page: list[Item] = []
    filled = 0
    for item in items:
        size = size_of(item)
        if page and (len(page) >= most_items or filled + size > most_bytes):
            yield page
            page, filled = [], 0
        page.append(item)
        filled += size
    if page:
        yield page


def in_order(work: Callable[[Item], Answer], items: Iterable[Item], in_flight: int) -> Iterator[tuple[Item, Answer]]:
    """Do `work` on items with at most `in_flight` at a time, and yield each with its answer, in the items' order.

    Holds at most `in_flight` items: the next is taken only when the oldest was answered and consumed. The first error
    is raised in its item's place; calls under way are then left to themselves, and end with their channel.
    """
    source = iter(items)
    threads = ThreadPoolExecutor(in_flight, thread_name_prefix="zhengpin")
    try:
        waiting: deque[tuple[Item, Future[Answer]]] = deque()
        for item in islice(source, in_flight):
            waiting.append((item, threads.submit(work, item)))
        while waiting:
            item, answer = waiting.popleft()
            yield item, answer.result()
            for following in islice(source, 1):
                waiting.append((following, threads.submit(work, following)))
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
