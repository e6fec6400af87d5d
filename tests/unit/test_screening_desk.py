"""The desk: who comes together is screened together, and nobody pays for another's fault or patience."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

from builders import a_verdict
from zhengpin.domain.verdict import Verdict
from zhengpin.errors import DeadlinePassed, Fault, Unavailable
from zhengpin.usecases.call import Call
from zhengpin.usecases.screening import Screening, ScreeningOutcome
from zhengpin.usecases.screening_desk import MOST_AT_ONCE, ScreeningDesk

CALL = Call("here", "ScreenListing")
LONG = 10.0


class Screener:
    """Judges once it is let, and remembers what it was given."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.judging = threading.Semaphore(0)
        self.pages: list[tuple[str, list[str]]] = []
        self.poison = ""
        self.busy = ""

    def __call__(self, call: Call, screenings: Sequence[Screening]) -> Sequence[ScreeningOutcome]:
        names = [screening.listing_id for screening in screenings]
        self.pages.append((call.marketplace, names))
        self.judging.release()
        assert self.go_on.wait(LONG)
        if self.poison in names:
            raise ZeroDivisionError
        if self.busy in names:
            raise Unavailable("the store is busy")
        return [a_verdict(listing_id=name) for name in names]


class Queue:
    """Calls that come to one desk, in order, while the first is judged."""

    def __init__(self) -> None:
        self.screener = Screener()
        self.desk = ScreeningDesk(self.screener)
        self.pool = ThreadPoolExecutor(MOST_AT_ONCE + 4)
        self.tasks: list[Future[ScreeningOutcome]] = []

    def comes(self, name: str, call: Call = CALL) -> None:
        """Send one more call, and wait until it stands in the queue or is judged."""
        waiting = len(self.desk._waiting)
        self.tasks.append(self.pool.submit(self.desk, call, Screening(listing_id=name)))
        if len(self.tasks) == 1:
            assert self.screener.judging.acquire(timeout=LONG)
            return
        while len(self.desk._waiting) == waiting:
            pass

    def outcomes(self) -> list[ScreeningOutcome]:
        """Let everything be judged."""
        self.screener.go_on.set()
        outcomes = [task.result(LONG) for task in self.tasks]
        self.pool.shutdown()
        return outcomes


def judged(outcome: ScreeningOutcome) -> str:
    assert isinstance(outcome, Verdict)
    return outcome.listing_id


def test_those_who_come_meanwhile_are_one_page_and_each_gets_its_own_verdict() -> None:
    queue = Queue()
    for name in "abcd":
        queue.comes(name)
    assert [judged(outcome) for outcome in queue.outcomes()] == ["a", "b", "c", "d"]
    assert queue.screener.pages == [("here", ["a"]), ("here", ["b", "c", "d"])]


def test_one_who_comes_alone_leads_itself_every_time() -> None:
    queue = Queue()
    queue.screener.go_on.set()
    assert [judged(queue.desk(CALL, Screening(listing_id=name))) for name in "ab"] == ["a", "b"]
    assert queue.screener.pages == [("here", ["a"]), ("here", ["b"])]


def test_marketplaces_are_not_screened_together() -> None:
    queue = Queue()
    for name, marketplace in (("a", "here"), ("b", "here"), ("c", "there"), ("d", "here")):
        queue.comes(name, replace(CALL, marketplace=marketplace))
    assert [judged(outcome) for outcome in queue.outcomes()] == ["a", "b", "c", "d"]
    assert queue.screener.pages == [("here", ["a"]), ("here", ["b"]), ("there", ["c"]), ("here", ["d"])]


def test_a_page_has_its_limit() -> None:
    queue = Queue()
    names = [str(number) for number in range(MOST_AT_ONCE + 2)]
    for name in names:
        queue.comes(name)
    assert [judged(outcome) for outcome in queue.outcomes()] == names
    assert [len(page) for _, page in queue.screener.pages] == [1, MOST_AT_ONCE, 1]


def test_only_the_one_at_fault_suffers() -> None:
    queue = Queue()
    for name in "abcd":
        queue.comes(name)
    queue.screener.poison = "c"
    outcomes = queue.outcomes()
    assert isinstance(outcomes[2], Fault)
    assert [judged(outcome) for outcome in outcomes if isinstance(outcome, Verdict)] == ["a", "b", "d"]


def test_a_store_that_is_away_is_told_to_everyone_at_once() -> None:
    queue = Queue()
    for name in "abc":
        queue.comes(name)
    queue.screener.busy = "b"
    outcomes = queue.outcomes()
    assert judged(outcomes[0]) == "a"
    assert [type(outcome) for outcome in outcomes[1:]] == [Unavailable, Unavailable]
    assert len(queue.screener.pages) == 2


def test_whoever_waits_no_longer_is_not_screened() -> None:
    queue = Queue()
    for name, is_gone in (("a", False), ("b", True), ("c", False)):
        queue.comes(name, replace(CALL, expired=[lambda: False, lambda: True][is_gone]))
    outcomes = queue.outcomes()
    assert isinstance(outcomes[1], DeadlinePassed)
    assert queue.screener.pages == [("here", ["a"]), ("here", ["c"])]
