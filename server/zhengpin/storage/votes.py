"""Votes as they were cast: a log that is only added to."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select

from zhengpin.domain.vote import Vote
from zhengpin.storage import codec
from zhengpin.storage import vote_tables as tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among

_VOTES = tables.votes.c

_LAST = select(func.coalesce(func.max(_VOTES.number), 0)).where(_VOTES.marketplace == HERE)
_BY_IDS = select(_VOTES.vote_id, _VOTES.body).where(among(tables.votes, "ids", "vote_id"))
_OF_VOTER = (
    select(_VOTES.number, _VOTES.body)
    .where(
        _VOTES.marketplace == HERE,
        _VOTES.voter_id == bindparam("voter_id"),
        _VOTES.number < bindparam("before", type_=_VOTES.number.type),
    )
    .order_by(_VOTES.number.desc())
    .limit(bindparam("most"))
)
_ORDERS = tables.vote_orders.c
_VOTERS = tables.voters.c
_CLAIMED = (
    select(_ORDERS.order_id, _ORDERS.voter_id, _VOTERS.banned)
    .outerjoin(tables.voters, (_VOTERS.marketplace == _ORDERS.marketplace) & (_VOTERS.voter_id == _ORDERS.voter_id))
    .where(among(tables.vote_orders, "orders", "order_id"))
)
NEWEST = 2**63 - 1
"""A number that no vote reaches: before it lie all."""


@dataclass(frozen=True, slots=True)
class VoteReader:
    """Votes as they were cast."""

    scope: Scope

    def find_many(self, vote_ids: Collection[str]) -> dict[str, Vote]:
        """Those of the votes that are stored, by id."""
        if not vote_ids:
            return {}
        return {row.vote_id: codec.VOTE.from_text(row.body) for row in self.scope.rows(_BY_IDS, ids=vote_ids)}

    def of_voter(self, voter_id: str, most: int, before: int = NEWEST) -> list[tuple[int, Vote]]:
        """A voter's votes with their numbers, the last stored first: at most so many, before a number."""
        rows = self.scope.rows(_OF_VOTER, voter_id=voter_id, before=before, most=most)
        return [(row.number, codec.VOTE.from_text(row.body)) for row in rows]


@dataclass(frozen=True, slots=True)
class Votes(VoteReader):
    """Votes, to be read and added to."""

    def add_many(self, votes: Sequence[Vote], received_at: datetime, *, imported: bool) -> None:
        """Store votes whose ids are new, in this order, and when they were told: imported from records, or as cast.

        One unit of work writes at a time, so numbers are by commit.
        """
        if not votes:
            return
        last = int(self.scope.rows(_LAST)[0][0])
        told = {"received_at": received_at, "imported": int(imported)}
        rows = ({**_row_from_vote(vote, number), **told} for number, vote in enumerate(votes, last + 1))
        self.scope.insert(tables.votes, rows)

    def claim_orders(self, orders: Mapping[str, str]) -> dict[str, str]:
        """Note who names each order as its own purchase; give whose it is, as far as nobody told who bought.

        An order is one voter's purchase: whose who named it first, unless that one was banned: then it is free again.
        """
        if not orders:
            return {}
        self.scope.insert_new(tables.vote_orders, orders.items())
        claimed = self.scope.rows(_CLAIMED, orders=orders)
        freed = {row.order_id: orders[row.order_id] for row in claimed if row.banned}
        self.scope.upsert_distinct(tables.vote_orders, freed.items())
        return {row.order_id: row.voter_id for row in claimed} | freed


def _row_from_vote(vote: Vote, number: int) -> dict[str, Any]:
    return {
        "vote_id": vote.vote_id,
        "number": number,
        "voter_id": vote.voter_id,
        "target_kind": vote.target.kind,
        "target_key": vote.target.key,
        "cast_at": vote.cast_at,
        "body": codec.VOTE.to_text(vote),
    }
