"""Store voters. One who is banned has no vote that counts; one who is pardoned has the same votes again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
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
        told = [item for item in items if isinstance(item, Voter)]
        voter_ids = {voter.voter_id for voter in told}
        is_under_way = False
        while True:
            with self._store.begin(call.marketplace, len(items)) as unit:
                before = replayed(unit.requests, call)
                if before is not None:
                    return [problem_from_json(problem) for problem in before]
                call.check_deadline(is_under_way=is_under_way)
                if not is_under_way:  # once only: whoever tells otherwise meanwhile has the last word
                    unit.voters.upsert_many(told)
                if not _recount_page(unit, voter_ids, self._clock()):
                    problems: Problems = [item if isinstance(item, ZhengpinError) else None for item in items]
                    answer = sealed([problem_to_json(problem) for problem in problems])
                    unit.requests.add(call.method, call.request_id, call.payload_digest, answer, self._clock())
                    return problems
            is_under_way = True


def _recount_page(unit: UnitOfWork, voter_ids: Collection[str], now: datetime) -> bool:
    """Bring some votes of voters into line with whether they are banned by now; false if all are."""
    right = {
        voter_id: WhyNotCounted.BANNED if voter.banned else None
        for voter_id, voter in unit.voters.find_many(voter_ids).items()
    }
    wrong = {voter_id: WhyNotCounted.BANNED if why_not is None else None for voter_id, why_not in right.items()}
    waiting = unit.current_votes.voters_with([*wrong.items()])
    if not waiting:
        return False
    voter_id = min(waiting)
    votes = unit.current_votes.of_voter(voter_id, wrong[voter_id], AT_ONCE)
    recount_votes(unit, [replace(vote, why_not=right[voter_id]) for vote in votes], now)
    return True
