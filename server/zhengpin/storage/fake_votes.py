"""Votes that call the goods fake: read as they are cast, and kept ready as what they count together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeAlias

from pydantic_core import from_json, to_json
from sqlalchemy import and_, bindparam, select

from zhengpin.domain.fake_vote import CountedFakeVote, FakeVote
from zhengpin.domain.vote import Target, TargetKind
from zhengpin.domain.votes_around import FakeWords
from zhengpin.storage import vote_tables as tables
from zhengpin.storage.lookups import starting_from
from zhengpin.storage.revisions import Topic, raise_revision
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among

MOST_HEARD = 200
"""On a target, the weightiest, and of those the latest: many that weigh nothing must not silence the others."""
ON_ANY_LISTING = ""
"""Stands for all listings of a target together."""

Said: TypeAlias = tuple[Target, str]
"""A target, and the listing that votes on it were cast before; `ON_ANY_LISTING` for all of them."""

_FAKE = tables.fake_votes.c
_CURRENT = tables.current_votes.c
_WORDS_OF = tables.fake_words.c

_AT_SEATS = select(_FAKE.target_kind, _FAKE.target_key, _FAKE.voter_id).where(
    among(tables.fake_votes, "seats", "target_kind", "target_key", "voter_id")
)
_STANDS = and_(
    _CURRENT.marketplace == HERE,
    _CURRENT.target_kind == _FAKE.target_kind,
    _CURRENT.target_key == _FAKE.target_key,
    _CURRENT.voter_id == _FAKE.voter_id,
)
_COUNTED = (
    select(
        _FAKE.listing_id,
        _FAKE.cast_at,
        _FAKE.sentence,
        _CURRENT.circle,
        _CURRENT.strength,
        _CURRENT.trust,
        _CURRENT.at_most,
    )
    .select_from(starting_from(tables.fake_votes, tables.current_votes, _STANDS))
    .where(
        _FAKE.marketplace == HERE,
        _FAKE.target_kind == bindparam("kind"),
        _FAKE.target_key == bindparam("key"),
        _CURRENT.why_not == "",
    )
    .order_by((_CURRENT.strength * _CURRENT.trust).desc(), _FAKE.cast_at.desc(), _FAKE.voter_id.desc())
    .limit(MOST_HEARD)
)
_SAID = select(_WORDS_OF.target_kind, _WORDS_OF.target_key).where(
    among(tables.fake_words, "said", "target_kind", "target_key", "listing_id")
)
_WORDS = select(tables.fake_words).where(among(tables.fake_words, "targets", "target_kind", "target_key"))


@dataclass(frozen=True, slots=True)
class FakeVoteReader:
    """Votes that call the goods fake."""

    scope: Scope

    def counted(self, target: Target) -> list[CountedFakeVote]:
        """The `MOST_HEARD` weightiest of those on a target that count, the newest first."""
        rows = self.scope.rows(_COUNTED, kind=target.kind, key=target.key)
        return sorted((CountedFakeVote(*row) for row in rows), key=attrgetter("cast_at"), reverse=True)

    def called_fake(self, targets: Collection[Target]) -> set[Target]:
        """Those of the targets that anybody has ever called fake."""
        asked = [(target.kind, target.key, ON_ANY_LISTING) for target in targets]
        rows = self.scope.rows(_SAID, said=asked) if asked else ()
        return {Target(TargetKind(row.target_kind), row.target_key) for row in rows}

    def words(self, targets: Collection[Target]) -> dict[Said, FakeWords]:
        """What the votes on targets count together, in all and for each listing; nothing where nobody calls it fake."""
        rows = self.scope.rows(_WORDS, targets=[(each.kind, each.key) for each in targets]) if targets else ()
        return {
            (Target(TargetKind(row.target_kind), row.target_key), row.listing_id): words_from_row(
                row.votes, row.weight, row.quotes
            )
            for row in rows
        }


@dataclass(frozen=True, slots=True)
class FakeVotes(FakeVoteReader):
    """Votes that call the goods fake, to be read and changed."""

    def replace(self, seats: Collection[tuple[Target, str]], now_said: Sequence[FakeVote]) -> set[Target]:
        """Keep what voters say of targets now, in the place of what they said before. Give the targets it changes.

        `seats` are those who may have said so before: a target and a voter. Of one voter and target there may be one.
        """
        asked = [(target.kind, target.key, voter_id) for target, voter_id in seats]
        before = self.scope.rows(_AT_SEATS, seats=asked) if asked else ()
        self.scope.delete(tables.fake_votes, [row._asdict() for row in before])
        self.scope.upsert_distinct(tables.fake_votes, map(_row_from_vote, now_said))
        said_before = {Target(TargetKind(row.target_kind), row.target_key) for row in before}
        return said_before | {vote.target for vote in now_said}

    def put_words(self, target: Target, words: Mapping[str, FakeWords]) -> None:
        """Store what the votes on a target count together, by listing: nothing else is left of before."""
        old = self.scope.rows(_WORDS, targets=[(target.kind, target.key)])
        self.scope.delete(tables.fake_words, [row._asdict() for row in old if row.listing_id not in words])
        self.scope.upsert_distinct(
            tables.fake_words,
            (
                (target.kind, target.key, listing_id, each.votes, each.weight, to_json(each.quotes).decode())
                for listing_id, each in words.items()
            ),
        )
        raise_revision(self.scope, Topic.VOTES)


def words_from_row(votes: int, weight: float, quotes: str) -> FakeWords:
    """What a row of `fake_words` says."""
    return FakeWords(votes, weight, tuple(from_json(quotes)))


def _row_from_vote(vote: FakeVote) -> tuple[object, ...]:
    return (vote.target.kind, vote.target.key, vote.voter_id, vote.listing_id, vote.cast_at, vote.sentence)
