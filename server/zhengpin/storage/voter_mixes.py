"""What sort of voters vote on targets, as the last full solve of trust found them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass

from zhengpin.domain.vote import Target
from zhengpin.domain.votes_around import VoterMix
from zhengpin.storage import vote_tables as tables
from zhengpin.storage.revisions import Topic, raise_revision
from zhengpin.storage.scope import Scope


@dataclass(frozen=True, slots=True)
class VoterMixes:
    """Mixes of voters, to be added to; screenings read them with all else around a listing."""

    scope: Scope

    def put_many(self, mixes: Mapping[Target, VoterMix]) -> None:
        """Store the mixes of targets, or replace them."""
        if mixes:
            rows = ((target.kind, target.key, *astuple(mix)) for target, mix in mixes.items())
            self.scope.upsert_distinct(tables.voter_mixes, rows)
            raise_revision(self.scope, Topic.VOTES)
