"""How often what processes remember of a marketplace has changed.

A revision is raised in the transaction that makes the change, and read in the one that relies on what is remembered:
so nobody relies on anything that another process has changed since.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, func, literal, select

from zhengpin.storage import tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE

_REVISIONS = tables.revisions.c


class Topic(StrEnum):
    """What changes seldom and is asked for with every screening."""

    BRANDS = "brands"
    """Registered brands, their names and prefixes."""
    STANDINGS = "standings"
    """Which sellers are active, official or authorised."""
    ENTRIES = "entries"
    """List entries."""
    WITHDRAWN = "withdrawn"
    """Which listings were deleted or found to be what they are."""
    REGISTERED_IMAGES = "registered_images"
    """Pictures that others' are compared with."""
    SHOWN_PICTURES = "shown_pictures"
    """Pictures that listings show."""
    MODELS = "models"
    """Which learned models serve."""
    VOTES = "votes"
    """What is known of votes: standings, undecided windows, what sort of voters, who calls the goods fake."""


class Revisions(NamedTuple):
    """The state of each topic in one snapshot of the store."""

    brands: int
    standings: int
    entries: int
    withdrawn: int
    registered_images: int
    shown_pictures: int
    models: int
    votes: int
    """0 until anybody has voted."""
    orders_told: bool
    """Whether the marketplace has told of any order at all: without, "no orders" would be a guess."""

    @property
    def together(self) -> int:
        """A number that differs whenever what markets rest on does: topics only grow, in an order that all share."""
        return self.brands + self.standings + self.entries + self.withdrawn


def _revision(topic: Topic) -> ColumnElement[int]:
    found = select(_REVISIONS.revision).where(_REVISIONS.marketplace == HERE, _REVISIONS.topic == topic.value)
    return func.coalesce(found.scalar_subquery(), 0).label(topic.value)


_ANY_ORDERS = select(literal(1)).where(tables.order_days.c.marketplace == HERE).limit(1).scalar_subquery()
REVISIONS = (*map(_revision, Topic), func.coalesce(_ANY_ORDERS, 0).label("orders_told"))
"""Columns of a statement whose rows `revisions_of` reads."""
_REVISION = select(_REVISIONS.revision).where(_REVISIONS.marketplace == HERE, _REVISIONS.topic == bindparam("topic"))


def revisions_of(row: Any) -> Revisions:
    """The revisions as of the snapshot that a row with the columns `REVISIONS` was read from."""
    return Revisions(
        row.brands,
        row.standings,
        row.entries,
        row.withdrawn,
        row.registered_images,
        row.shown_pictures,
        row.models,
        row.votes,
        bool(row.orders_told),
    )


def raise_revision(scope: Scope, topic: Topic) -> None:
    """Say that something of the topic has changed in this unit of work."""
    scope.add_up(tables.revisions, [(topic.value, 1)])


def raised_revision(scope: Scope, topic: Topic) -> int:
    """Raise the revision of a topic, and give what it has become."""
    raise_revision(scope, topic)
    revision: int = scope.row(_REVISION, topic=topic.value).revision
    return revision
