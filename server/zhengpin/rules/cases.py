"""Rule tests as data: for every rule, signals under which it fires and signals under which it nearly does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from zhengpin.domain.verdict import RuleTruth, Value
from zhengpin.errors import InvalidPack, PackProblem
from zhengpin.rules.document import Document, read_document, read_text
from zhengpin.rules.pack import Pack, load_packs
from zhengpin.rules.rulebook import RuleBook
from zhengpin.signals.signal import Observation, Signal, SignalType


class CaseKind(StrEnum):
    """What a case expects of its rule."""

    FIRES = "fires"
    NEAR_MISSES = "near_misses"
    """It must surely not fire: unknown is no near miss."""
    UNKNOWN = "unknown"


EXPECTED: Final = {
    CaseKind.FIRES: RuleTruth.FIRED,
    CaseKind.NEAR_MISSES: RuleTruth.NOT_FIRED,
    CaseKind.UNKNOWN: RuleTruth.UNKNOWN,
}

Signals = dict[str, bool | int | float | str | list[str]]


class RuleCasesForm(BaseModel):
    """The cases of one rule."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: str
    fires: Annotated[list[Signals], Field(min_length=1)]
    near_misses: Annotated[list[Signals], Field(min_length=1)]
    unknown: list[Signals] = []


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

    A rule without a firing case and a near miss is a problem, and so is a case whose values the catalogue does not allow.
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
        _run_pack(pack, document, catalogue, results, problems)
    return CaseReport(tuple(results), tuple(problems))


def _run_pack(
    pack: Pack,
    document: Document,
    catalogue: Mapping[str, Signal],
    results: list[CaseResult],
    problems: list[PackProblem],
) -> None:
    forms = _forms(document, problems)
    known = {rule.rule_id for rule in pack.rules}
    for number, form in forms:
        if form.rule not in known:
            line = document.line((number, "rule"))
            problems.append(
                PackProblem(document.file, line, form.rule, f"pack {pack.name} has no such rule", "remove it")
            )
    tested = {form.rule for _, form in forms}
    for rule_id in (rule.rule_id for rule in pack.rules if rule.rule_id not in tested):
        remedy = "add at least one case under `fires` and one under `near_misses`"
        problems.append(PackProblem(document.file, 1, rule_id, "the rule has no cases", remedy))
    book = RuleBook([pack])
    try:
        for number, form in forms:
            if form.rule in known:
                results += _run_rule(book, document, number, form, catalogue, problems)
    finally:
        book.close()


def _run_rule(
    book: RuleBook,
    document: Document,
    number: int,
    form: RuleCasesForm,
    catalogue: Mapping[str, Signal],
    problems: list[PackProblem],
) -> Iterator[CaseResult]:
    for kind in CaseKind:
        cases: list[Signals] = getattr(form, kind)
        for place, signals in enumerate(cases):
            line = document.line((number, kind.value, place))
            wrong = [(name, said) for name, value in signals.items() if (said := _misfit(name, value, catalogue))]
            problems += (
                PackProblem(document.file, line, form.rule, f"{name} {said}", "correct it") for name, said in wrong
            )
            if wrong:
                continue
            values: dict[str, Value] = {
                name: tuple(sorted(value)) if isinstance(value, list) else value for name, value in signals.items()
            }
            outcomes = {outcome.rule_id: outcome.truth for outcome in book.explain(Observation(values))}
            yield CaseResult(document.file, line, form.rule, kind, outcomes[form.rule])


def _forms(document: Document, problems: list[PackProblem]) -> list[tuple[int, RuleCasesForm]]:
    """Read the entries of a file one by one, so that one bad entry doesn't hide the others."""
    forms: list[tuple[int, RuleCasesForm]] = []
    entries = document.content if isinstance(document.content, list) else []
    if not entries:
        remedy = "start each entry with `- rule: its-id`"
        problems.append(PackProblem(document.file, 1, "", "the file is no list of cases", remedy))
    for number, entry in enumerate(entries):
        try:
            forms.append((number, TypeAdapter(RuleCasesForm).validate_python(entry)))
        except ValidationError as error:
            problems += _form_problems(document, number, entry, error)
    return forms


def _form_problems(document: Document, number: int, entry: Any, error: ValidationError) -> Iterator[PackProblem]:
    rule = str(entry.get("rule", "")) if isinstance(entry, dict) else ""
    seen: set[str] = set()
    for each in error.errors():
        key = ".".join(str(part) for part in each["loc"][:3])
        if key in seen:
            continue
        seen.add(key)
        wrong = f"`{key}`: {each['msg'][:1].lower()}{each['msg'][1:]}"
        line = document.line((number, *each["loc"]))
        yield PackProblem(document.file, line, rule, wrong, "see rules/README.md for the form of cases")


def _misfit(name: str, value: object, catalogue: Mapping[str, Signal]) -> str:
    """Say why a value can't be this signal's; empty if it can."""
    signal = catalogue.get(name)
    if signal is None:
        return "is no signal of the catalogue"
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    fits = {
        SignalType.BOOLEAN: isinstance(value, bool),
        SignalType.INTEGER: isinstance(value, int) and is_number,
        SignalType.NUMBER: is_number,
        SignalType.CHOICE: isinstance(value, str),
        SignalType.SET: isinstance(value, list),
    }[signal.type]
    if not fits:
        return f"is {value!r}, not a value of type {signal.type}"
    texts = value if isinstance(value, list) else [value] if isinstance(value, str) else []
    strange = [text for text in texts if signal.choices and text not in signal.choices]
    if strange:
        return f"is never {strange[0]!r}"
    if is_number and not _in_range(signal, float(value)):  # type: ignore[arg-type] - a number, as just tested
        return f"is {value!r}, outside its range"
    return ""


def _in_range(signal: Signal, value: float) -> bool:
    return (signal.low is None or value >= signal.low) and (signal.high is None or value <= signal.high)
