"""Store voters. One who is banned has no vote that counts; one who is pardoned has the same votes again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from zhengpin.domain.vote import Voter, WhyNotCounted
from zhengpin.errors import ZhengpinError
from zhengpin.storage.store import Store
from zhengpin.storage.work import UnitOfWork
from zhengpin.usecases.call import Call, replayed, sealed
from zhengpin.usecases.problem import problem_from_json, problem_to_json
from zhengpin.usecases.record_facts import Problems
from zhengpin.usecases.recount_votes import AT_ONCE, recount_votes


class UpsertVoters:
    """Store a batch of voters, or replace them."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, call: Call, items: Sequence[Voter | ZhengpinError]) -> Problems:
        """Store the voters; a request that was answered before is answered the same way and stores nothing.

        A ban is answered when the last vote is out of the count. A banned voter may have cast very many: they are taken
        out page by page, and whoever is interrupted goes on where it stopped when the request is sent again.
        """
        voters = [item for item in items if isinstance(item, Voter)]
        while True:
            with self._store.begin(call.marketplace, len(items)) as unit:
                before = replayed(unit.requests, call)
                if before is not None:
                    return [problem_from_json(problem) for problem in before]
                call.check_deadline()
                unit.voters.upsert_many(voters)
                if not _recount_page(unit, voters, self._clock()):
                    problems: Problems = [item if isinstance(item, ZhengpinError) else None for item in items]
                    answer = sealed([problem_to_json(problem) for problem in problems])
                    unit.requests.add(call.method, call.request_id, call.payload_digest, answer, self._clock())
                    return problems


def _recount_page(unit: UnitOfWork, voters: Sequence[Voter], now: datetime) -> bool:
    """Bring some votes of voters into line with whether they are banned; false if all are."""
    last = {voter.voter_id: voter for voter in voters}
    wrong = {each.voter_id: None if each.banned else WhyNotCounted.BANNED for each in last.values()}
    waiting = unit.current_votes.voters_with(list(wrong.items()))
    for voter_id in sorted(waiting):
        right = WhyNotCounted.BANNED if last[voter_id].banned else None
        votes = unit.current_votes.of_voter(voter_id, wrong[voter_id], AT_ONCE)
        recount_votes(unit, [replace(vote, why_not=right) for vote in votes], now)
        return True
    return False
