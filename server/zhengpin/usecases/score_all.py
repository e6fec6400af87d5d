"""Score all suppliers of a marketplace anew: what is usual of them is fitted, and what they have has grown older.

Nothing is read here but what was added up before; whose evidence time alone has changed is only noted, and so is who
offers goods that are voted on, who was scored before it offered any, and who answers for others that are the same
company (`score_stale`). Where it stands is in the store, so that a process that is killed goes on where it was; until
then each supplier's score names the table that it was made with.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime
from typing import Final, NamedTuple

from zhengpin.domain.scored_supplier import FittedPriors
from zhengpin.domain.vote import TargetKind
from zhengpin.domain.word import Word
from zhengpin.storage.score_columns import Restanding, ScoreColumns
from zhengpin.storage.store import Store
from zhengpin.suppliers.score.caps import caps_of
from zhengpin.suppliers.score.columns import add_columns, fade_columns, points_in_columns
from zhengpin.suppliers.score.priors import PriorFit

PAGE: Final = 2000
"""Suppliers that one unit of work writes: nobody else writes meanwhile."""


class Step(Word):
    """What the job does."""

    NOTED = "suppliers_noted"
    """Whose evidence is to be read anew."""
    READ = "suppliers_read"
    SCORED = "suppliers_scored"
    CHANGES = "scores_changed"


class Part(NamedTuple):
    """A part of the job that is done."""

    step: Step
    done: int


class ScoreAll:
    """Score all suppliers of one marketplace."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, marketplace: str) -> Iterator[Part]:
        """Do so, or go on with those that are left, part by part; whoever asks may stop after any."""
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
        fit, now = PriorFit(), self._clock()
        for page in self._pages(marketplace, ""):
            add_columns(fit, page.categories, *fade_columns(page.sums, now))
            self._note_placed(marketplace, page)
            yield Part(Step.READ, len(page.supplier_ids))
        fitted = FittedPriors(fit.table(now.isoformat(), now.astimezone(UTC).date()))
        with self._store.begin(marketplace) as unit:
            unit.score_priors.add(fitted.table)
        return fitted

    def _note_placed(self, marketplace: str, page: ScoreColumns) -> None:
        """Note those who offered nothing when they were scored, and do by now.

        A listing is no evidence and marks nobody, so they would have no place in their category until an order came.
        """
        placeless = [each for each, category in zip(page.supplier_ids, page.categories, strict=True) if not category]
        with self._store.read(marketplace) as reader:
            placed = reader.offered_goods.placed(placeless)
        if placed:
            with self._store.begin(marketplace, len(placed)) as unit:
                unit.stale_suppliers.mark(placed)

    def _score(self, marketplace: str, fitted: FittedPriors) -> Iterator[Part]:
        """Score page by page from where it stopped; whoever was scored meanwhile is noted, for it may be by old priors.

        Only what is written keeps others from writing.
        """
        table = fitted.table
        for page in self._pages(marketplace, fitted.reached):
            now = self._clock()
            caps = [caps_of(each, now) for each in page.blemishes]
            stands = points_in_columns(*fade_columns(page.sums, now), table, page.categories, caps)
            with self._store.begin(marketplace, PAGE) as unit:
                changes, overtaken = unit.supplier_scores.restand(Restanding(page, stands, now, table.version))
                unit.stale_suppliers.mark({*overtaken, *_of_several(page)})
                unit.score_priors.move_to(table.version, page.supplier_ids[-1], None)
            yield Part(Step.SCORED, len(page.supplier_ids))
            yield Part(Step.CHANGES, changes)
        with self._store.begin(marketplace) as unit:
            unit.score_priors.move_to(table.version, "", self._clock())

    def _pages(self, marketplace: str, behind: str) -> Iterator[ScoreColumns]:
        while True:
            with self._store.read(marketplace) as reader:
                page = reader.supplier_scores.columns_behind(behind, PAGE)
            if page is None:
                return
            behind = page.supplier_ids[-1]
            yield page


def _of_several(page: ScoreColumns) -> Iterator[str]:
    """Suppliers that are one company with others: what bars them for these is not known from their own rows."""
    barred = zip(page.supplier_ids, page.blemishes, strict=True)
    yield from (supplier_id for supplier_id, blemishes in barred if blemishes.same_company is not None)
