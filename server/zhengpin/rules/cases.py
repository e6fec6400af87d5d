"""Rule tests as data: for every rule, signals under which it fires and signals under which it nearly does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from zhengpin.domain.explanation import RuleTruth
from zhengpin.errors import InvalidPack, PackProblem
from zhengpin.rules.casefile import Case, CaseKind, read_cases
from zhengpin.rules.document import read_document, read_text
from zhengpin.rules.pack import Pack, load_packs
from zhengpin.rules.rulebook import RuleBook
from zhengpin.signals.signal import Observation, Signal

EXPECTED: Final = {
    CaseKind.FIRES: RuleTruth.FIRED,
    CaseKind.NEAR_MISSES: RuleTruth.NOT_FIRED,
    CaseKind.UNKNOWN: RuleTruth.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case and what came of it."""

    file: str
    line: int
    rule_id: str
    kind: CaseKind
    truth: RuleTruth

    @property
    def passed(self) -> bool:
        """The rule came out as expected."""
        return self.truth is EXPECTED[self.kind]

    def __str__(self) -> str:
        """Read as one line: `file:line: rule: expected fired, was not_fired`."""
        return f"{self.file}:{self.line}: {self.rule_id}: expected {EXPECTED[self.kind]}, was {self.truth}"


@dataclass(frozen=True, slots=True)
class CaseReport:
    """Every case's result, and what is wrong with the files of cases themselves."""

    results: tuple[CaseResult, ...]
    problems: tuple[PackProblem, ...]

    @property
    def failures(self) -> tuple[CaseResult, ...]:
        """The cases that did not come out as expected."""
        return tuple(result for result in self.results if not result.passed)

    @property
    def passed(self) -> bool:
        """Every rule has its cases, and every case came out as expected."""
        return not self.problems and not self.failures


def check(folder: Path, catalogue: Mapping[str, Signal]) -> list[PackProblem]:
    """Give every problem of the packs in a folder; none if they may be loaded together."""
    try:
        load_packs(folder, catalogue)
    except InvalidPack as error:
        return list(error.problems)
    return []


def run_cases(packs: Iterable[Pack], cases_folder: Path, catalogue: Mapping[str, Signal]) -> CaseReport:
    """Run the cases of each pack from `<folder>/<pack>.yaml`, on the rule engine.

    A rule without a firing case and a near miss is a problem, and so is a value that its signal can't have.
    """
    results: list[CaseResult] = []
    problems: list[PackProblem] = []
    for pack in packs:
        path = cases_folder / f"{pack.name}.yaml"
        try:
            document = read_document(read_text(path), str(path))
        except InvalidPack as error:
            problems += error.problems
            continue
        cases, wrong = read_cases(document, catalogue, [rule.rule_id for rule in pack.rules])
        problems += wrong
        results += _run(pack, cases, str(path))
    return CaseReport(tuple(results), tuple(problems))


def _run(pack: Pack, cases: Iterable[Case], file: str) -> list[CaseResult]:
    book = RuleBook([pack])
    try:
        return [CaseResult(file, case.line, case.rule_id, case.kind, _truth(book, case)) for case in cases]
    finally:
        book.close()


def _truth(book: RuleBook, case: Case) -> RuleTruth:
    outcomes = book.explain(Observation(case.values))
    return next(outcome.truth for outcome in outcomes if outcome.rule_id == case.rule_id)
