"""Which verdicts to look at, and a page of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhengpin.domain.verdict import Decision, Verdict


@dataclass(frozen=True, slots=True)
class VerdictFilter:
    """Conditions joined by "and"; what is left empty asks for nothing."""

    listing_id: str = ""
    supplier_id: str = ""
    decisions: tuple[Decision, ...] = ()
    """Any of these; empty means all."""
    reason_code: str = ""
    """A rule's id that is among the verdict's reasons."""
    evaluated_from: datetime | None = None
    """Inclusive."""
    evaluated_before: datetime | None = None
    """Exclusive."""
    latest_only: bool = False
    """Only the latest verdict on each listing."""


@dataclass(frozen=True, slots=True)
class VerdictPage:
    """Some verdicts of a longer list."""

    verdicts: tuple[Verdict, ...]
    next_page_token: str = ""
    """Asks for the page that follows; empty on the last one."""
