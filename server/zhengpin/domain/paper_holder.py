"""Who handed in a file, and when before others."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaperHolder:
    """One supplier that handed in a file as a paper or a letter of its own."""

    supplier_id: str
    place: int
    """Among all that handed it in, in the order in which it was told; two of one place came in no known order."""
    verified: bool = False
    """Somebody has confirmed that it is the supplier's own."""
