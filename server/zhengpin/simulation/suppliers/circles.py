"""Circles: suppliers that share things, because they belong together or for an honest reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from zhengpin.simulation.chance import Chance
from zhengpin.simulation.supplier_parameters import TraceName, Traces


class Circle(StrEnum):
    """Why suppliers share things."""

    RING = "ring"
    """One truth behind several shops and a factory."""
    GROUP = "group"
    """A head office and its branch."""
    HEIR = "heir"
    """A terminated supplier, and the same company under another name."""
    SUCCESSION = "succession"
    """A company, and what it goes on in after a merger or a split."""
    WAREHOUSE = "warehouse"
    """Many shops send from one depot, and take returns there."""
    AGENCY = "agency"
    """An agency keeps many shops' books and accounts, with its own telephone and computers."""
    FAMILY = "family"
    """Businesses of relatives, each its own."""
    COWORKING = "coworking"
    """Tenants of one floor."""
    SECOND_HAND_DEVICE = "second-hand-device"
    """One sold its computer to another."""
    RECYCLED_PHONE = "recycled-phone"
    """The telephone company gave a number to another customer."""

    @property
    def together(self) -> bool:
        """Whether one truth stands behind all in it."""
        return self in _TOGETHER

    @property
    def looks_like(self) -> str:
        """What an honest circle is taken for; empty for the others."""
        return "" if self.together else Circle.HEIR if self in _SINGLE_THING else Circle.RING


_TOGETHER = frozenset({Circle.RING, Circle.GROUP, Circle.HEIR, Circle.SUCCESSION})
_SINGLE_THING = frozenset({Circle.SECOND_HAND_DEVICE, Circle.RECYCLED_PHONE})


@dataclass(frozen=True, slots=True)
class Membership:
    """One supplier's place in a circle."""

    circle: Circle
    path: str
    """The circle's name in the simulation's world."""
    shared: Mapping[TraceName, str]
    """What this supplier shares of each kind: those with the same name have the same thing."""
    manner: str = ""
    """How a ring hides: `open`, `split` or `weak`."""


def membership(circle: Circle, path: str, member: str, traces: Traces, chance: Chance) -> Membership:
    """Let a member share what its own throws say of what all in the circle have."""
    shared = {
        kind: f"{path}/{kind}" for kind, share in traces.items() if chance.fraction(f"{path}/{kind}/{member}") < share
    }
    return Membership(circle, path, shared)
