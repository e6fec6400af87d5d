from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengpin.v1 import verdict_pb2
from zhengpin_client.comparison import (
    UNJUDGED,
    Decision,
    Judged,
    by_group,
    by_kind,
    examples,
    judge,
    thresholds,
    wilson,
)
from zhengpin_client.truth import Group, Truth

ALLOW, WATCH = verdict_pb2.DECISION_ALLOW, verdict_pb2.DECISION_WATCH
REVIEW, BLOCK = verdict_pb2.DECISION_REVIEW, verdict_pb2.DECISION_BLOCK

DECISIONS = st.sampled_from([UNJUDGED, ALLOW, WATCH, REVIEW, BLOCK])
JUDGED = st.lists(
    st.builds(Judged, st.builds(Truth, st.uuids().map(str), fake=st.booleans()), DECISIONS), min_size=1, max_size=30
)


def a_fake(decision: Decision, name: str = "f", *, clever: bool | None = None, families: int = 1) -> Judged:
    return Judged(Truth(name, fake=True, kind="copy", clever=clever), decision, families)


def a_genuine(decision: Decision, name: str = "g", *, looks_like: str = "", families: int = 0) -> Judged:
    return Judged(Truth(name, fake=False, kind="retail", looks_like=looks_like), decision, families)


def a_verdict(*families: verdict_pb2.Family.ValueType, taken: verdict_pb2.ActionKind.ValueType) -> verdict_pb2.Verdict:
    verdict = verdict_pb2.Verdict(decision=BLOCK)
    for family in families:
        verdict.reasons.add(family=family, taken=taken)
    return verdict


def test_precision_and_recall_are_those_of_verdicts_at_least_so_strict() -> None:
    judged = [a_fake(BLOCK), a_fake(REVIEW), a_fake(WATCH), a_fake(ALLOW), a_genuine(REVIEW), a_genuine(ALLOW)]

    block, review, watch = thresholds(judged)

    assert (block.recall, block.precision) == (1 / 4, 1.0)
    assert (review.recall, review.precision) == (2 / 4, 2 / 3)
    assert (watch.caught, watch.fakes, watch.suspected, watch.genuine) == (3, 4, 1, 2)


def test_a_fake_that_was_never_judged_was_missed() -> None:
    assert [each.recall for each in thresholds([a_fake(BLOCK), a_fake(UNJUDGED)])] == [0.5, 0.5, 0.5]


def test_without_fakes_there_is_no_recall_and_with_nothing_taken_no_precision() -> None:
    [block, _, _] = thresholds([a_genuine(ALLOW)])

    assert (block.recall, block.recall_interval, block.precision) == (None, None, None)


@given(JUDGED)
def test_a_milder_threshold_never_catches_fewer(judged: list[Judged]) -> None:
    strict_to_mild = thresholds(judged)

    caught = [each.caught for each in strict_to_mild]
    suspected = [each.suspected for each in strict_to_mild]
    assert caught == sorted(caught)
    assert suspected == sorted(suspected)
    assert sum(tally.listings for tally in by_group(judged)) == len(judged)


def test_the_interval_of_a_share_is_wilsons() -> None:
    low, high = wilson(81, 263)  # Newcombe 1998, table I, method 3: 0.2553 to 0.3662

    assert low == pytest.approx(0.2553, abs=5e-5)
    assert high == pytest.approx(0.3662, abs=5e-5)
    assert wilson(0, 3)[0] == 0.0
    assert wilson(3, 3)[1] == 1.0


def test_kinds_stand_in_their_group_the_most_frequent_first() -> None:
    rare = Judged(Truth("r", fake=True, kind="rare"), ALLOW)
    judged = [a_genuine(ALLOW), rare, a_fake(REVIEW), a_fake(BLOCK), Judged(Truth("n", fake=True), ALLOW)]

    assert [(tally.group, tally.listings) for tally in by_group(judged)] == [(Group.FAKE, 4), (Group.GENUINE, 1)]
    assert [tally.kind for tally in by_kind(judged)] == ["copy", "rare", "retail"]
    assert by_kind(judged)[0].suspected == 1.0


def test_a_verdict_that_repeats_what_somebody_told_is_known_as_such() -> None:
    proof, price = verdict_pb2.FAMILY_PROOF, verdict_pb2.FAMILY_PRICE
    delist, label = verdict_pb2.ACTION_KIND_DELIST, verdict_pb2.ACTION_KIND_LABEL
    truth = Truth("l", fake=True)

    assert judge(truth, a_verdict(proof, price, price, taken=delist)) == Judged(truth, BLOCK, 2, known_before=True)
    assert not judge(truth, a_verdict(proof, taken=label)).known_before
    assert not judge(truth, a_verdict(price, taken=delist)).known_before
    assert judge(truth, None) == Judged(truth, UNJUDGED)


def test_examples_are_the_most_telling_of_their_sort() -> None:
    told = Judged(Truth("told", fake=True), BLOCK, 7, known_before=True)
    judged = [
        told,
        a_fake(REVIEW, "one family"),
        a_fake(REVIEW, "three families", families=3),
        a_fake(ALLOW, "obvious", clever=False, families=0),
        a_fake(ALLOW, "clever", clever=True, families=0),
        a_genuine(ALLOW, "plain", families=2),
        a_genuine(WATCH, "look-alike", looks_like="copy", families=1),
        a_genuine(UNJUDGED, "not judged", looks_like="copy"),
    ]

    found = {sort: each.truth.listing_id for sort, each in examples(judged).items()}

    assert found == {"caught": "three families", "missed": "clever", "passed": "look-alike"}
