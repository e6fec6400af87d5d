"""Whatever a verdict says, its row says: what is read back is equal, down to the last bit of a number."""

import json
import math
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import AN_EDITION, NOW, a_reason, a_verdict
from zhengpin.domain.edition import FIRED, NOT_FIRED, UNKNOWN, Edition, PackVersion, RuleInForce
from zhengpin.domain.explanation import Explanation
from zhengpin.domain.hit import Value
from zhengpin.domain.verdict import Decision, Verdict
from zhengpin.storage import codec
from zhengpin.storage.verdict_body import LONG, body_of, verdict_from_row

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values: st.SearchStrategy[Value] = (
    st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | texts
    | st.lists(texts, unique=True).map(lambda found: tuple(sorted(found)))
)
names = st.lists(texts, min_size=1, max_size=8, unique=True)
some: Any = (
    (str, texts),
    (float, st.floats(allow_nan=False, allow_infinity=False)),
    (datetime, st.datetimes(timezones=st.just(UTC))),
)
for kind, strategy in some:
    st.register_type_strategy(kind, strategy)


@st.composite
def explanations(draw: st.DrawFn) -> Explanation:
    signals = tuple(draw(names))
    rules = draw(st.lists(st.builds(RuleInForce, texts, st.lists(st.sampled_from(signals), unique=True).map(tuple))))
    edition = Edition(tuple(draw(st.lists(st.from_type(PackVersion)))), signals, tuple(rules))
    truths = "".join(draw(st.sampled_from([FIRED, NOT_FIRED, UNKNOWN])) for _ in rules)
    known = draw(st.permutations(signals))[: draw(st.integers(0, len(signals)))]
    return Explanation(edition, {name: draw(values) for name in known}, truths, draw(st.from_type(datetime)))


def stored_and_read(verdict: Verdict) -> Verdict:
    assert verdict.explanation is not None
    edition = codec.EDITION.from_text(codec.EDITION.to_text(verdict.explanation.edition))
    columns = ("verdict_id", "listing_id", "supplier_id", "decision", "evaluated_at")
    row = {name: getattr(verdict, name) for name in columns}
    body = body_of(verdict, verdict.explanation)
    return verdict_from_row(SimpleNamespace(**row, edition=edition.digest, body=body), {edition.digest: edition})


@given(bare=st.from_type(Verdict), explanation=explanations())
@settings(max_examples=100, deadline=None)
def test_every_verdict_comes_back_equal(bare: Verdict, explanation: Explanation) -> None:
    edition = explanation.edition
    verdict = replace(
        bare,
        packs=edition.packs,
        not_evaluated=explanation.not_evaluated,
        as_of=explanation.as_of,
        explanation=explanation,
    )
    read = stored_and_read(verdict)
    assert read == verdict
    assert read.explanation is not None
    assert (read.packs, read.explanation.rules) == (verdict.packs, explanation.rules)
    assert [type(each) for each in read.explanation.values.values()] == [
        type(explanation.values[name]) for name in read.explanation.values
    ]


def test_what_is_no_number_stays_none_and_is_missing() -> None:
    values: dict[str, Value] = {"price.paid": math.inf, "price.vs_market": math.nan}
    explanation = Explanation(AN_EDITION, values, UNKNOWN, NOW)
    read = stored_and_read(a_verdict(explanation=explanation))
    assert read.explanation is not None
    assert read.explanation.values["price.paid"] == math.inf
    assert str(read.explanation.values["price.vs_market"]) == "nan"
    assert read.not_evaluated == explanation.not_evaluated != ()


def test_verdicts_that_lack_the_same_share_what_was_not_evaluated() -> None:
    explanation = Explanation(AN_EDITION, {"price.paid": 1.0}, UNKNOWN, NOW)
    other = replace(explanation, values={"price.paid": 2.0})
    one, two = (stored_and_read(a_verdict(explanation=each)) for each in (explanation, other))
    assert one.not_evaluated == explanation.not_evaluated
    assert one.not_evaluated is two.not_evaluated


def test_an_ordinary_body_can_be_read_by_any_tool() -> None:
    verdict = a_verdict(decision=Decision.ALLOW, lane_decision=Decision.ALLOW, reasons=())
    assert verdict.explanation is not None
    assert json.loads(body_of(verdict, verdict.explanation)) == {
        "form": 2,
        "as_of": "2026-03-01T12:00:00Z",
        "valid_until": "2026-03-08T12:00:00Z",
        "signals": "2",
        "values": [0.42],
        "truths": "f",
    }


def test_a_long_body_is_compressed() -> None:
    verdict = a_verdict(reasons=tuple(a_reason(f"reason.{number}") for number in range(20)))
    assert verdict.explanation is not None
    assert len(body_of(verdict, verdict.explanation)) < LONG
    assert stored_and_read(verdict) == verdict


@pytest.mark.parametrize(
    "other",
    [
        replace(AN_EDITION, packs=(PackVersion("listing-screening", 1, "e" * 64),)),
        replace(AN_EDITION, signals=AN_EDITION.signals[::-1]),
        replace(AN_EDITION, rules=(RuleInForce("price.far-below-market", ("price.paid",)),)),
    ],
)
def test_an_edition_s_digest_tells_every_part_of_it(other: Edition) -> None:
    assert other.digest != AN_EDITION.digest
    assert replace(AN_EDITION).digest == AN_EDITION.digest
