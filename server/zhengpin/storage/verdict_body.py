"""How a verdict is written: what the columns of its row leave unsaid, as JSON.

    {"form": 2, "as_of": "…Z", "valid_until": "…Z", "signals": "1c4f", "values": ["new", 0, 0.42], "truths": "-f?-"}

- `signals`: which signals were known, hexadecimal; bit n, counted from the lowest, is the edition's n-th signal.
- `values`: the values of those signals, in the edition's order. `NaN` and `Infinity` stand for themselves.
- `truths`: how each of the edition's rules came out: `f` fired, `-` did not, `?` unknown.
- Only where there is something to say: `lane_decision` (where it is another than the decision), `actions`, `reasons`,
  `degraded`, `risk`, `supersedes`, `case_id` and `restrictions`, with the fields that those values have in the
  domain.

The edition that the row names lies in the table `editions`; the packs and what each unknown rule missed are told by it.
A body that begins with `x` is compressed (zlib). A row that names no edition is of the first form: the whole verdict in
its body, every signal and rule in its explanation, each as compressed JSON.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from itertools import compress
from operator import itemgetter
from typing import Any, Final, Literal

from pydantic import TypeAdapter
from pydantic_core import to_json

from zhengpin.domain.edition import Edition, RuleInForce
from zhengpin.domain.explanation import (
    TRUTH_OF,
    Explanation,
    NotEvaluated,
    RuleOutcome,
    SignalReading,
    missing_among,
    unevaluated,
)
from zhengpin.domain.hit import Value
from zhengpin.domain.verdict import Action, Decision, Reason, Restriction, Risk, Verdict
from zhengpin.storage import codec

FORM: Final = 2
LONG: Final = 2048
"""From so many bytes on a body is compressed: several reasons. Half of less is not worth three times the work."""
COMPRESSED: Final = b"x"
MOST_LAYOUTS: Final = 4096
_ONLY_WHERE_SAID = ("actions", "reasons", "degraded", "risk", "supersedes", "case_id", "restrictions")


@dataclass(frozen=True, slots=True)
class _Body:
    """A body as it is read."""

    form: Literal[2]
    as_of: datetime
    valid_until: datetime
    signals: str
    values: tuple[Value, ...]
    truths: str
    lane_decision: Decision | None = None
    actions: tuple[Action, ...] = ()
    reasons: tuple[Reason, ...] = ()
    degraded: tuple[str, ...] = ()
    risk: Risk | None = None
    supersedes: str = ""
    case_id: str = ""
    restrictions: tuple[Restriction, ...] = ()


@dataclass(frozen=True, slots=True)
class _FirstExplanation:
    """An explanation as the first form has it."""

    signals: tuple[SignalReading, ...]
    rules: tuple[RuleOutcome, ...]


_BODY: TypeAdapter[_Body] = TypeAdapter(_Body)
_FIRST_EXPLANATION: codec.Codec[_FirstExplanation] = codec.Codec(_FirstExplanation)


def body_of(verdict: Verdict, explanation: Explanation) -> bytes:
    """Write a verdict's body."""
    presence, pick = _layout(explanation.edition, tuple(explanation.values))
    said: dict[str, Any] = {
        "form": FORM,
        "as_of": explanation.as_of,
        "valid_until": verdict.valid_until,
        "signals": presence,
        "values": pick(explanation.values),
        "truths": explanation.truths,
    }
    if verdict.lane_decision is not verdict.decision:
        said["lane_decision"] = verdict.lane_decision
    for name in _ONLY_WHERE_SAID:
        value = getattr(verdict, name)
        if value:
            said[name] = value
    written = to_json(said, inf_nan_mode="constants")
    return zlib.compress(written, codec.COMPRESSION) if len(written) >= LONG else written


def verdict_from_row(row: Any, editions: Mapping[str, Edition]) -> Verdict:
    """Read a verdict whose row has all columns but the marketplace; `editions` has the one that it names, by digest."""
    if row.edition is None:
        return _from_first_form(row.body, row.explanation)
    said, edition = _read(row.body), editions[row.edition]
    values = dict(zip(_known(edition, int(said.signals, 16)), said.values, strict=True))
    explanation = Explanation(edition, values, said.truths, said.as_of)
    decision = Decision(row.decision)
    return Verdict(
        verdict_id=row.verdict_id,
        listing_id=row.listing_id,
        supplier_id=row.supplier_id,
        decision=decision,
        actions=said.actions,
        reasons=said.reasons,
        lane_decision=said.lane_decision or decision,
        packs=edition.packs,
        not_evaluated=_not_evaluated(edition, said.truths, missing_among(edition.signals, values)),
        degraded=said.degraded,
        evaluated_at=row.evaluated_at,
        as_of=said.as_of,
        valid_until=said.valid_until,
        risk=said.risk,
        supersedes=said.supersedes,
        case_id=said.case_id,
        restrictions=said.restrictions,
        explanation=explanation,
    )


def restrictions_in(body: bytes, edition: str | None) -> tuple[Restriction, ...]:
    """What a verdict restricted, by its row's body and edition."""
    return codec.VERDICT.unpack(body).restrictions if edition is None else _read(body).restrictions


def _read(body: bytes) -> _Body:
    return _BODY.validate_json(zlib.decompress(body) if body.startswith(COMPRESSED) else body)


@lru_cache(MOST_LAYOUTS)
def _layout(edition: Edition, names: tuple[str, ...]) -> tuple[str, Callable[[Mapping[str, Value]], Sequence[Value]]]:
    """Which of an edition's signals are among the names, as a hexadecimal number, and what puts values in order."""
    found = frozenset(names)
    presence = sum(1 << place for place, name in enumerate(edition.signals) if name in found)
    known = tuple(_known(edition, presence))
    return f"{presence:x}", itemgetter(*known) if len(known) > 1 else lambda values: [values[name] for name in known]


def _known(edition: Edition, presence: int) -> Iterable[str]:
    return compress(edition.signals, (presence >> place & 1 for place in range(len(edition.signals))))


@lru_cache(MOST_LAYOUTS)
def _not_evaluated(edition: Edition, truths: str, missing: tuple[str, ...]) -> tuple[NotEvaluated, ...]:
    """The rules whose truth is unknown: one tuple for all verdicts that lack the same, as the rule book gives it."""
    known = set(edition.signals).difference(missing)
    return unevaluated(edition.rules, truths, dict.fromkeys(known, True))


def _from_first_form(body: bytes, packed: bytes | None) -> Verdict:
    """Read the first form. Its explanation names its own signals and rules: an edition that nothing else is of."""
    verdict = codec.VERDICT.unpack(body)
    if packed is None:
        return verdict
    told = _FIRST_EXPLANATION.unpack(packed)
    edition = Edition(
        packs=verdict.packs,
        signals=tuple(reading.name for reading in told.signals),
        rules=tuple(RuleInForce(rule.rule_id, rule.missing) for rule in told.rules),
    )
    letters = {truth: letter for letter, truth in TRUTH_OF.items()}
    values = {reading.name: reading.value for reading in told.signals if reading.value is not None}
    truths = "".join(letters[rule.truth] for rule in told.rules)
    return replace(verdict, explanation=Explanation(edition, values, truths, verdict.as_of))
