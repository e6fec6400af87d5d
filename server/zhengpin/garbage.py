"""The garbage collector of a process that serves."""

from __future__ import annotations

import gc

NEW_OBJECTS = 50_000
"""So many more objects than were given back start a collection; Python's own 700 come together every few listings."""
OLDER = 20
"""So many collections of one generation start one of the next."""


def settle() -> None:
    """Look through what was loaded once and never again, and look for cycles seldom: screenings make next to none.

    Else each batch would walk again and again over snapshots that are still in use: a fifth of its processor time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, OLDER, OLDER)
