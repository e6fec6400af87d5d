"""Score all suppliers anew once a day: what is usual of them is fitted, and what they have is a day older.

Nothing is read here but what was added up before; whose evidence time alone has changed is only noted, and so is who
offers goods that are voted on (`score_stale`). Where it stands is in the store, so that a process that is killed goes
on where it was; until then each supplier's score names the table that it was made with.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime
from typing import Final, NamedTuple

from zhengpin.domain.scored_supplier import FittedPriors, ScoredSupplier
from zhengpin.domain.vote import TargetKind
from zhengpin.domain.word import Word
from zhengpin.storage.store import Store
from zhengpin.suppliers.score.priors import PriorFit
from zhengpin.suppliers.score.sums import fade
from zhengpin.usecases.supplier_evidence import scored

PAGE: Final = 500
"""Suppliers that one unit of work scores: nobody else writes meanwhile."""


class Step(Word):
    """What a day's scoring does."""

    NOTED = "suppliers_noted"
    """Whose evidence is to be read anew."""
    READ = "suppliers_read"
    SCORED = "suppliers_scored"
    CHANGES = "scores_changed"


class Part(NamedTuple):
    """A part of a day's scoring that is done."""

    step: Step
    done: int


class ScoreDaily:
    """Score the suppliers of every marketplace in which that was not done today (UTC)."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def __call__(self) -> Iterator[int]:
        """Score part by part; tell after each how much was done."""
        for marketplace in self._store.marketplaces_with_scores():
            with self._store.read(marketplace) as reader:
                latest = reader.score_priors.latest()
            if latest is None or latest.finished_at is None or latest.table.fitted_on < self._clock().date():
                yield from (part.done for part in self.of(marketplace))

    def of(self, marketplace: str) -> Iterator[Part]:
        """Score all suppliers of one marketplace, or go on with those that are left; whoever asks may stop anywhere."""
        with self._store.read(marketplace) as reader:
            fitted = reader.score_priors.latest()
        if fitted is None or fitted.finished_at is not None:
            yield from self._note_due(marketplace)
            yield from self._note_voted(marketplace)
            fitted = yield from self._fit(marketplace)
        yield from self._score(marketplace, fitted)

    def _note_due(self, marketplace: str) -> Iterator[Part]:
        """Note those of whom time alone has told more."""
        behind, today = "", self._clock().astimezone(UTC).date()
        while True:
            with self._store.begin(marketplace, PAGE) as unit:
                due = unit.stale_suppliers.due(today, behind, PAGE)
                unit.stale_suppliers.mark(due)
            if not due:
                return
            behind = due[-1]
            yield Part(Step.NOTED, len(due))

    def _note_voted(self, marketplace: str) -> Iterator[Part]:
        """Note those who offer products that are voted on."""
        behind = ""
        while True:
            with self._store.begin(marketplace, PAGE) as unit:
                targets = unit.weighing.targets_behind(TargetKind.PRODUCT, behind, PAGE)
                offering = unit.stale_suppliers.offering(targets)
                unit.stale_suppliers.mark(offering)
            if not targets:
                return
            behind = targets[-1].key
            yield Part(Step.NOTED, len(offering))

    def _fit(self, marketplace: str) -> Generator[Part, None, FittedPriors]:
        """Fit what is usual to all who are scored, and store it as the table of now."""
        fit, behind, now = PriorFit(), "", self._clock()
        while page := self._read(marketplace, behind):
            for each in page:
                fit.add(each.evidence.category, fade(each.evidence.sums, now))
            behind = page[-1].supplier_id
            yield Part(Step.READ, len(page))
        fitted = FittedPriors(fit.table(now.isoformat(), now.astimezone(UTC).date()))
        with self._store.begin(marketplace) as unit:
            unit.score_priors.add(fitted.table)
        return fitted

    def _read(self, marketplace: str, behind: str) -> list[ScoredSupplier]:
        with self._store.read(marketplace) as reader:
            return reader.supplier_scores.behind(behind, PAGE)

    def _score(self, marketplace: str, fitted: FittedPriors) -> Iterator[Part]:
        """Score page by page from where it stopped."""
        table, behind = fitted.table, fitted.reached
        is_done = False
        while not is_done:
            now = self._clock()
            with self._store.begin(marketplace, PAGE) as unit:
                page = unit.supplier_scores.behind(behind, PAGE)
                is_done = len(page) < PAGE
                behind = page[-1].supplier_id if page else behind
                changes = unit.supplier_scores.put_many(
                    [scored(each.supplier_id, each.evidence, table, now) for each in page]
                )
                unit.score_priors.move_to(table.version, behind, now if is_done else None)
            yield Part(Step.SCORED, len(page))
            yield Part(Step.CHANGES, changes)
