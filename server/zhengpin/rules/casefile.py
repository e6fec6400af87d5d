"""The form of a file of cases, and what is said when it has another."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from zhengpin.domain.hit import Value
from zhengpin.errors import PackProblem
from zhengpin.rules.document import Document, Place
from zhengpin.signals.signal import Signal, SignalType


class CaseKind(StrEnum):
    """What a case expects of its rule."""

    FIRES = "fires"
    NEAR_MISSES = "near_misses"
    """It must surely not fire: unknown is no near miss."""
    UNKNOWN = "unknown"


Written = dict[str, Any]


class RuleCasesForm(BaseModel):
    """The cases of one rule."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: str
    fires: Annotated[list[Written], Field(min_length=1)]
    near_misses: Annotated[list[Written], Field(min_length=1)]
    unknown: list[Written] = []


@dataclass(frozen=True, slots=True)
class Case:
    """Signals under which a rule should come out in some way."""

    line: int
    rule_id: str
    kind: CaseKind
    values: dict[str, Value]


def read_cases(
    document: Document, catalogue: Mapping[str, Signal], rules: Iterable[str]
) -> tuple[tuple[Case, ...], tuple[PackProblem, ...]]:
    """Give the cases of a pack's rules that can be run, and everything that is wrong with the file."""
    reader = _Reader(document, catalogue)
    entries = document.content if isinstance(document.content, list) else []
    if not entries:
        reader.refuse((), "", "the file is no list of cases", "start each entry with `- rule: its-id`")
    known = tuple(rules)
    for number, entry in enumerate(entries):
        reader.entry(number, entry, known)
    untested = [rule for rule in known if rule not in reader.named]
    for rule in untested:
        remedy = "add at least one case under `fires` and one under `near_misses`"
        reader.refuse((), rule, "the rule has no cases", remedy)
    return tuple(reader.cases), tuple(reader.problems)


class _Reader:
    def __init__(self, document: Document, catalogue: Mapping[str, Signal]) -> None:
        self.cases: list[Case] = []
        self.problems: list[PackProblem] = []
        self.named: set[str] = set()
        self._document = document
        self._catalogue = catalogue

    def refuse(self, place: Place, rule: str, wrong: str, remedy: str) -> None:
        self.problems.append(PackProblem(self._document.file, self._document.line(place), rule, wrong, remedy))

    def entry(self, number: int, entry: object, known: tuple[str, ...]) -> None:
        name = str(entry.get("rule", "")) if isinstance(entry, dict) else ""
        self.named.add(name)
        try:
            form = RuleCasesForm.model_validate(entry)
        except ValidationError as error:
            for each in error.errors():
                self.refuse((number, *each["loc"]), name, *_said(each))
            return
        if form.rule not in known:
            self.refuse((number, "rule"), name, "the pack has no such rule", "remove the entry")
            return
        for kind in CaseKind:
            for position, written in enumerate(getattr(form, kind)):
                self._case((number, kind.value, position), form.rule, kind, written)

    def _case(self, place: Place, rule: str, kind: CaseKind, written: Written) -> None:
        misfits = [misfit for name, value in written.items() if (misfit := _misfit(name, value, self._catalogue))]
        for wrong, remedy in misfits:
            self.refuse(place, rule, wrong, remedy)
        if not misfits:
            values = {
                name: tuple(sorted(value)) if isinstance(value, list) else value for name, value in written.items()
            }
            self.cases.append(Case(self._document.line(place), rule, kind, values))


def _said(error: ErrorDetails) -> tuple[str, str]:
    key = str(error["loc"][0]) if error["loc"] else "the entry"
    match error["type"]:
        case "missing":
            return f"`{key}` is missing", "add at least one case"
        case "too_short":
            return f"`{key}` is empty", "add at least one case"
        case "extra_forbidden":
            return f"unknown key `{key}`", "keys are rule, fires, near_misses, unknown"
        case _:
            return f"`{key}` has another form", "write a list of signals, such as `- {price.vs_market: 0.4}`"


def _misfit(name: str, value: object, catalogue: Mapping[str, Signal]) -> tuple[str, str] | None:
    """Say why a value can't be this signal's, and what to do."""
    signal = catalogue.get(name)
    if signal is None:
        close = difflib.get_close_matches(name, catalogue, n=1, cutoff=0.5)
        return f"{name} is no signal of the catalogue", f"did you mean {close[0]}?" if close else "remove it"
    if not _has_type(value, signal.type):
        return f"{name} is {value!r}", f"write a value of type {signal.type}"
    texts = value if isinstance(value, list) else [value] if isinstance(value, str) else []
    if signal.choices and not set(texts) <= set(signal.choices):
        return f"{name} is {value!r}", f"it takes {', '.join(signal.choices)}"
    if isinstance(value, int | float) and not _in_range(value, signal):
        return f"{name} is {value!r}", f"stay within its range, from {_bound(signal.low)} to {_bound(signal.high)}"
    return None


def _has_type(value: object, kind: SignalType) -> bool:
    match kind:
        case SignalType.BOOLEAN:
            return isinstance(value, bool)
        case SignalType.INTEGER:
            return isinstance(value, int) and not isinstance(value, bool)
        case SignalType.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case SignalType.CHOICE:
            return isinstance(value, str)
        case SignalType.SET:
            return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _bound(bound: float | None) -> str:
    return "no limit" if bound is None else f"{bound:g}"


def _in_range(value: float, signal: Signal) -> bool:
    return (signal.low is None or value >= signal.low) and (signal.high is None or value <= signal.high)
