"""Voters, what they did, and how far their votes count. The ids are pseudonyms; they never leave in lists."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from zhengpin.domain.vote import Voter
from zhengpin.domain.vote_tally import KnownVoter, VoterTrust
from zhengpin.storage import vote_tables as tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among

_VOTERS = tables.voters.c
_TRUST = tables.voter_trust.c

_INVITERS = tables.voters.alias("inviters")
_WITH_INVITERS = select(
    tables.voters, func.coalesce(_INVITERS.c.supplier_id, "").label("inviter_supplier_id")
).outerjoin(_INVITERS, (_INVITERS.c.marketplace == _VOTERS.marketplace) & (_INVITERS.c.voter_id == _VOTERS.invited_by))
_AT_POLLS = (
    _WITH_INVITERS.add_columns(
        *[column for column in tables.voter_trust.columns if column.name not in {"marketplace", "voter_id"}],
    )
    .outerjoin(tables.voter_trust, (_TRUST.marketplace == _VOTERS.marketplace) & (_TRUST.voter_id == _VOTERS.voter_id))
    .where(among(tables.voters, "ids", "voter_id"))
)
_BY_IDS = select(tables.voters).where(among(tables.voters, "ids", "voter_id"))
_ALL = _WITH_INVITERS.where(_VOTERS.marketplace == HERE).order_by(_VOTERS.voter_id)
_TRUST_BY_IDS = select(tables.voter_trust).where(among(tables.voter_trust, "ids", "voter_id"))


@dataclass(frozen=True, slots=True)
class VoterReader:
    """Voters as they are stored."""

    scope: Scope

    def find_many(self, voter_ids: Collection[str]) -> dict[str, Voter]:
        """Those of the voters that are known, by id."""
        if not voter_ids:
            return {}
        return {row.voter_id: _voter_from_row(row) for row in self.scope.rows(_BY_IDS, ids=voter_ids)}

    def at_polls(self, voter_ids: Collection[str]) -> dict[str, KnownVoter]:
        """Those of the voters that are known, by id, with what must be known of them when they vote."""
        rows = self.scope.rows(_AT_POLLS, ids=voter_ids) if voter_ids else ()
        return {row.voter_id: _known_from_row(row) for row in rows}

    def all(self) -> Iterator[KnownVoter]:
        """Every voter, by id, a page at a time; without trust."""
        for row in self.scope.stream(_ALL):
            yield KnownVoter(_voter_from_row(row), inviter_supplier_id=row.inviter_supplier_id)

    def trust(self, voter_ids: Collection[str]) -> dict[str, VoterTrust]:
        """How far voters' votes count, by id; those who never voted are left out."""
        if not voter_ids:
            return {}
        return {row.voter_id: VoterTrust(*row[1:]) for row in self.scope.rows(_TRUST_BY_IDS, ids=voter_ids)}


@dataclass(frozen=True, slots=True)
class Voters(VoterReader):
    """Voters, to be read and changed."""

    def upsert_many(self, voters: Sequence[Voter]) -> None:
        """Store voters, or replace them; of two with one id the last is kept."""
        self.scope.upsert(
            tables.voters,
            (
                {
                    "voter_id": voter.voter_id,
                    "registered_at": voter.registered_at,
                    "supplier_id": voter.supplier_id,
                    "invited_by": voter.invited_by,
                    "banned": int(voter.banned),
                }
                for voter in voters
            ),
        )

    def put_trust(self, several: Sequence[VoterTrust]) -> None:
        """Store how far voters' votes count, or replace it."""
        self.scope.upsert_distinct(tables.voter_trust, map(_row_from_trust, several))


def _known_from_row(row: Any) -> KnownVoter:
    # The columns of the voter, its inviter's supplier, and those of trust, which are empty before the first vote.
    trust = None if row.trust is None else VoterTrust(row.voter_id, *row[7:])
    return KnownVoter(_voter_from_row(row), trust, row.inviter_supplier_id)


def _row_from_trust(trust: VoterTrust) -> tuple[object, ...]:
    return (
        trust.voter_id,
        trust.trust,
        trust.votes,
        trust.first_at,
        trust.last_at,
        trust.unhurried,
        trust.day_squares,
        trust.on_last_day,
        trust.proven,
        trust.agreed,
        trust.second_opinion,
        trust.solved_at,
        trust.acquaintances,
    )


def _voter_from_row(row: Any) -> Voter:
    return Voter(row.voter_id, row.registered_at, row.supplier_id, row.invited_by, bool(row.banned))
