"""What tests of scores ask for."""

from collections.abc import Callable

import pytest

from scoring import Clock
from zhengpin.storage import Store
from zhengpin.usecases.read_supplier_scores import ReadSupplierScores
from zhengpin.usecases.score_stale import ScoreStale


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def scores(store: Store, clock: Clock) -> ReadSupplierScores:
    return ReadSupplierScores(store, clock)


@pytest.fixture
def work_off(store: Store, clock: Clock) -> Callable[[], int]:
    return lambda: sum(ScoreStale(store, clock)())
