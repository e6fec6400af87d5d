"""The service's own path, from a request's bytes to the answer's, with a stopwatch on it: all but what gRPC takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import uuid4

from google.protobuf.json_format import ParseDict

from zhengpin.domain.policy import Policy
from zhengpin.domain.verdict import Verdict
from zhengpin.profiling.stopwatch import Stage, Stopwatch
from zhengpin.rules.hits import Evaluation
from zhengpin.rules.rulebook import RuleBook
from zhengpin.service.call import digest_of
from zhengpin.service.convert.verdict import write_verdict
from zhengpin.service.screening import read_or_refuse
from zhengpin.service.validation import check
from zhengpin.signals.observe import observe
from zhengpin.signals.signal import Observation
from zhengpin.simulation.market import Marketplace
from zhengpin.storage.store import Store
from zhengpin.storage.work import Reader, UnitOfWork
from zhengpin.time_ordered_id import time_ordered_id
from zhengpin.told_market import MARKETPLACE
from zhengpin.usecases.call import Call
from zhengpin.usecases.judge_listing import Assess, JudgeListing
from zhengpin.usecases.screen_listings import ScreenListings
from zhengpin.v1 import screening_service_pb2 as pb


class Course:
    """The way of a screening as the service goes it, over a store that holds a simulated marketplace."""

    def __init__(
        self,
        store: Store,
        rulebook: RuleBook,
        assess: Assess,
        market: Marketplace,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Put a stopwatch on the service's own parts."""
        self._watch = Stopwatch(clock)
        self._market = market
        timed = self._watch.timed
        judge = JudgeListing(
            _TimedRuleBook(rulebook, timed(Stage.RULES, rulebook.evaluate)),
            Policy(),
            _now,
            time_ordered_id,
            timed(Stage.RISK, assess),
            observe=timed(Stage.SIGNALS, observe),
        )
        self._screen = ScreenListings(_TimedStore(store, self._watch), timed(Stage.POLICY, judge.page), _now)

    def seconds(self, first: int, pages: int, size: int) -> list[dict[Stage, float]]:
        """Screen pages of new listings, and give the seconds a listing that each page took, by stage.

        `first` is the number of the first new listing (`Marketplace.fresh`).
        """
        found = []
        for number in range(first, first + pages * size, size):
            raw = self._batch(number, size).SerializeToString()
            self._watch.seconds.clear()
            self._watch.start()
            self._run(raw)
            self._watch.stop()
            found.append({stage: self._watch.seconds[stage] / size for stage in Stage})
        return found

    def _batch(self, first: int, size: int) -> pb.BatchScreenListingsRequest:
        batch = pb.BatchScreenListingsRequest(request_id=str(uuid4()))
        for number in range(first, first + size):
            ParseDict(self._market.fresh(number).listing, batch.requests.add().listing)
        return batch

    def _run(self, raw: bytes) -> bytes:
        """What the servicer and its interceptor do, without gRPC."""
        stage = self._watch.stage
        with stage(Stage.DECODE):
            request = pb.BatchScreenListingsRequest.FromString(raw)
            check(request)
            screenings = [*map(read_or_refuse, request.requests)]
            call = Call(MARKETPLACE, "BatchScreenListings", request.request_id, digest_of(request))
        outcomes = self._screen(call, screenings)
        with stage(Stage.ENCODE):
            answer = pb.BatchScreenListingsResponse()
            for place, outcome in enumerate(outcomes):
                if not isinstance(outcome, Verdict):
                    raise outcome
                write_verdict(answer.results.add(index=place).verdict, outcome)
            return answer.SerializeToString()


class _TimedStore(Store):
    """A store whose reads and writes are counted."""

    def __init__(self, store: Store, watch: Stopwatch) -> None:
        self._timed = store
        self._watch = watch

    @contextmanager
    def read(self, marketplace: str) -> Generator[Reader]:
        """Count what is read."""
        with self._watch.stage(Stage.READ), self._timed.read(marketplace) as reader:
            yield reader

    @contextmanager
    def begin(self, marketplace: str, items: int = 1) -> Generator[UnitOfWork]:
        """Count what is written, the commit included."""
        with self._watch.stage(Stage.WRITE), self._timed.begin(marketplace, items) as unit:
            yield unit


class _TimedRuleBook(RuleBook):
    """A rule book whose evaluations are counted."""

    def __init__(self, rulebook: RuleBook, evaluate: Callable[[Observation], Evaluation]) -> None:
        self.packs = rulebook.packs
        self.rules = rulebook.rules
        self._evaluate = evaluate

    def evaluate(self, observation: Observation) -> Evaluation:
        """Count the evaluation."""
        return self._evaluate(observation)


def _now() -> datetime:
    return datetime.now(UTC)
