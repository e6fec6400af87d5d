"""The garbage collector of a process that screens."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager

NEW_OBJECTS = 50_000
"""So many more objects than were given back start a collection; Python's own 700 come together every few listings."""
OLDER = 20
"""So many collections of one generation start one of the next."""


@contextmanager
def seldom_collected() -> Generator[None]:
    """Look through what is loaded once and never again, and look for cycles seldom: screenings make next to none.

    Else each batch would walk again and again over snapshots that are still in use: a fifth of its processor time.
    """
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, OLDER, OLDER)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
