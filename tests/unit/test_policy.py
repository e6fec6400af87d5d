"""The policy: what may happen by itself, and what needs a person."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengpin.domain.hit import ActionKind, Family, Hit, Proof, Severity, Text
from zhengpin.domain.ladder import PEOPLE_ONLY, RESTRICTIONS, STRICTNESS, SUSPICIONS
from zhengpin.domain.policy import Policy, Subject, judge
from zhengpin.domain.verdict import Adjustment, Decision, Judgement, Restriction, Risk

NOW = datetime(2026, 3, 1, tzinfo=UTC)
NEW = Subject(as_of=NOW)
ON_SALE = Subject(as_of=NOW, on_sale_since=NOW - timedelta(days=30))
POLICY = Policy()
SURE = Risk(0.99, 0.9, "listing_risk/1", suspicion=0.99)
DECISIONS = list(Decision)


def a_hit(
    action: ActionKind = ActionKind.HOLD,
    family: Family = Family.PRICE,
    proof: Proof = Proof.STATISTICAL,
    rule_id: str = "price.far-below-market",
) -> Hit:
    return Hit(
        rule_id=rule_id,
        ref="",
        pack="test",
        pack_version=1,
        family=family,
        severity=Severity.HIGH,
        proof=proof,
        action=action,
        observed=(),
        threshold="price.vs_market < 0.5",
        because=Text(zh="低", en="low"),
    )


hits = st.builds(
    a_hit,
    action=st.sampled_from(ActionKind),
    family=st.sampled_from(Family),
    proof=st.sampled_from(Proof),
    rule_id=st.text("abc", min_size=1, max_size=3),
)
subjects = st.builds(
    Subject,
    as_of=st.just(NOW),
    on_sale_since=st.none() | st.sampled_from([NOW - timedelta(hours=1), NOW - timedelta(days=9)]),
    allow_listed=st.booleans(),
    restrictions=st.lists(
        st.builds(
            Restriction,
            kind=st.sampled_from([ActionKind.HOLD, ActionKind.DEMOTE]),
            since=st.sampled_from([NOW - timedelta(days=days) for days in (0, 1, 6, 7, 30)]),
        ),
        max_size=2,
    ).map(tuple),
)
risks = st.none() | st.builds(
    Risk,
    probability=st.floats(0, 1),
    anomaly=st.floats(0, 1),
    model_version=st.just("listing_risk/1"),
    suspicion=st.none() | st.floats(0, 1),
)


def strictness(judgement: Judgement) -> int:
    return DECISIONS.index(judgement.decision)


def test_a_listing_without_hits_is_allowed_for_a_week() -> None:
    judgement = judge((), None, NEW, POLICY)
    assert (judgement.decision, judgement.actions) == (Decision.ALLOW, ())
    assert judgement.valid_until == NOW + timedelta(days=7)


def test_one_statistical_family_is_reviewed_without_touching_the_listing() -> None:
    judgement = judge((a_hit(), a_hit(rule_id="price.below-cost")), None, ON_SALE, POLICY)
    assert judgement.decision is Decision.REVIEW
    assert [action.kind for action in judgement.actions] == [ActionKind.OPEN_CASE]
    assert judgement.reasons[0].adjustments == (Adjustment.RESTRICTION_NEEDS_SECOND_FAMILY,)


def test_two_families_hold_a_new_listing_for_a_day() -> None:
    judgement = judge((a_hit(), a_hit(family=Family.LISTING, rule_id="listing.replica-words")), None, NEW, POLICY)
    held = judgement.actions[0]
    assert (held.kind, held.until) == (ActionKind.HOLD, NOW + timedelta(hours=24))
    assert judgement.valid_until == held.until


def test_two_families_demote_a_listing_on_sale_for_a_week() -> None:
    judgement = judge((a_hit(), a_hit(family=Family.LISTING)), None, ON_SALE, POLICY)
    demoted = judgement.actions[0]
    assert (demoted.kind, demoted.until) == (ActionKind.DEMOTE, NOW + timedelta(days=7))
    assert Adjustment.DEMOTED_AS_ON_SALE in judgement.reasons[0].adjustments


def test_votes_and_complaints_are_one_witness_however_many_they_are() -> None:
    complaints = a_hit(ActionKind.HOLD, Family.SERVICE, rule_id="orders.buyers-report-fakes")
    votes = a_hit(ActionKind.DEMOTE, Family.VOTES, rule_id="votes.product-warned-of")
    judgement = judge((complaints, votes), None, NEW, POLICY)
    assert [each.kind for each in judgement.actions] == [ActionKind.OPEN_CASE]
    for heard in (complaints, votes):
        held = judge((heard, a_hit(family=Family.LISTING)), None, NEW, POLICY)
        assert ActionKind.HOLD in {each.kind for each in held.actions}


def test_a_restriction_always_comes_with_a_case() -> None:
    judgement = judge((a_hit(proof=Proof.DETERMINISTIC),), None, NEW, POLICY)
    assert [action.kind for action in judgement.actions] == [ActionKind.HOLD, ActionKind.OPEN_CASE]


def test_housekeeping_is_no_second_family() -> None:
    reminder = a_hit(ActionKind.INFORM, Family.AUTHORISATION, Proof.DETERMINISTIC, "brand.letter-ends-soon")
    judgement = judge((a_hit(), reminder), None, NEW, POLICY)
    assert [action.kind for action in judgement.actions] == [ActionKind.OPEN_CASE, ActionKind.INFORM]


def test_proof_delists_without_a_person() -> None:
    judgement = judge((a_hit(ActionKind.DELIST, Family.CODE, Proof.DETERMINISTIC),), None, NEW, POLICY)
    assert judgement.decision is Decision.BLOCK


def test_statistics_never_delist() -> None:
    judgement = judge((a_hit(ActionKind.DELIST), a_hit(ActionKind.DELIST, Family.LISTING)), None, NEW, POLICY)
    assert judgement.decision is Decision.REVIEW
    assert judgement.reasons[0].adjustments[0] is Adjustment.DELISTING_NEEDS_PROOF


@pytest.mark.parametrize("action", sorted(PEOPLE_ONLY))
def test_what_is_for_people_opens_a_case(action: ActionKind) -> None:
    judgement = judge((a_hit(action, Family.RING, Proof.DETERMINISTIC),), None, NEW, POLICY)
    assert [each.kind for each in judgement.actions] == [ActionKind.OPEN_CASE]
    assert judgement.reasons[0].adjustments == (Adjustment.LEFT_TO_PEOPLE,)


def test_an_allow_list_entry_shields_from_statistics_and_says_so() -> None:
    judgement = judge((a_hit(), a_hit(family=Family.LISTING)), None, replace(NEW, allow_listed=True), POLICY)
    assert judgement.decision is Decision.ALLOW
    assert {reason.adjustments for reason in judgement.reasons} == {(Adjustment.SHIELDED_BY_ALLOW_LIST,)}


def test_an_allow_list_entry_does_not_shield_from_proof() -> None:
    proof = a_hit(ActionKind.DELIST, Family.CODE, Proof.DETERMINISTIC)
    assert judge((proof,), None, replace(NEW, allow_listed=True), POLICY).decision is Decision.BLOCK


def test_the_model_alone_sends_to_review_and_restricts_nothing() -> None:
    judgement = judge((), SURE, replace(ON_SALE, model_chosen=True), POLICY)
    assert [action.kind for action in judgement.actions] == [ActionKind.OPEN_CASE]
    assert (judgement.decision, judgement.lane_decision) == (Decision.REVIEW, Decision.ALLOW)


def test_a_model_that_nobody_chose_for_this_marketplace_opens_no_case() -> None:
    assert judge((), SURE, ON_SALE, POLICY).decision is Decision.ALLOW


@pytest.mark.parametrize(("anomaly", "decision"), [(0.9995, Decision.REVIEW), (0.99, Decision.ALLOW)])
def test_a_model_without_labels_asks_about_the_most_unusual_alone(anomaly: float, decision: Decision) -> None:
    judgement = judge((), Risk(None, anomaly, "listing_risk/1"), replace(ON_SALE, model_chosen=True), POLICY)
    assert judgement.decision is decision


def test_a_probability_that_the_rules_put_right_asks_for_nothing() -> None:
    judgement = judge((), replace(SURE, suspicion=0.1), replace(ON_SALE, model_chosen=True), POLICY)
    assert judgement.decision is Decision.ALLOW


A_BOOST = a_hit(ActionKind.BOOST, Family.VOTES, rule_id="votes.product-recommended")


def test_a_listing_that_nothing_speaks_against_is_put_forward_and_allowed() -> None:
    reminder = a_hit(ActionKind.INFORM, Family.AUTHORISATION, rule_id="brand.letter-ends-soon")
    assert [each.kind for each in judge((A_BOOST,), None, ON_SALE, POLICY).actions] == [ActionKind.BOOST]
    assert judge((A_BOOST,), None, ON_SALE, POLICY).decision is Decision.ALLOW
    assert ActionKind.BOOST in {each.kind for each in judge((A_BOOST, reminder), None, ON_SALE, POLICY).actions}


@pytest.mark.parametrize("action", [ActionKind.LABEL, ActionKind.ASK_DOCUMENTS, ActionKind.OPEN_CASE, ActionKind.HOLD])
def test_whoever_is_warned_of_asked_or_suspected_is_not_put_forward(action: ActionKind) -> None:
    judgement = judge((A_BOOST, a_hit(action)), None, ON_SALE, POLICY)
    assert ActionKind.BOOST not in {each.kind for each in judgement.actions}
    assert judgement.reasons[-1].adjustments == (Adjustment.BOOST_NEEDS_NO_OBJECTION,)


def test_whom_the_chosen_model_suspects_is_not_put_forward() -> None:
    judgement = judge((A_BOOST,), SURE, replace(ON_SALE, model_chosen=True), POLICY)
    assert [each.kind for each in judgement.actions] == [ActionKind.OPEN_CASE]


def test_an_allow_list_entry_shields_from_no_boost_and_from_what_speaks_against_it() -> None:
    shielded = replace(ON_SALE, allow_listed=True)
    assert [each.kind for each in judge((A_BOOST, a_hit()), None, shielded, POLICY).actions] == [ActionKind.BOOST]


def test_a_sample_is_ordered_without_a_case() -> None:
    judgement = judge((a_hit(ActionKind.ORDER_SAMPLE, Family.VOTES),), None, ON_SALE, POLICY)
    assert [each.kind for each in judgement.actions] == [ActionKind.ORDER_SAMPLE]
    assert judgement.decision is Decision.WATCH


def test_a_restriction_ends_however_often_the_listing_is_judged() -> None:
    evidence = (a_hit(), a_hit(family=Family.LISTING))
    subject, ends = ON_SALE, set()
    for days in range(0, 40, 3):
        subject = replace(subject, as_of=NOW + timedelta(days=days))
        judgement = judge(evidence, None, subject, POLICY)
        subject = replace(subject, restrictions=judgement.restrictions)
        ends |= {action.until for action in judgement.actions if action.kind is ActionKind.DEMOTE}
        assert judgement.decision is Decision.REVIEW
    assert ends == {NOW + timedelta(days=7)}
    assert {reason.adjustments[-1] for reason in judgement.reasons} == {Adjustment.RESTRICTION_USED_UP}


def test_a_restriction_may_begin_anew_after_a_verdict_without_it() -> None:
    evidence = (a_hit(), a_hit(family=Family.LISTING))
    clean = judge((), None, ON_SALE, POLICY)
    again = judge(evidence, None, replace(ON_SALE, restrictions=clean.restrictions), POLICY)
    assert again.actions[0].until == NOW + timedelta(days=7)


@given(st.lists(hits, max_size=6), hits, risks, subjects)
def test_one_more_hit_never_softens_a_verdict(some: list[Hit], more: Hit, risk: Risk | None, subject: Subject) -> None:
    before = judge(tuple(some), risk, subject, POLICY)
    after = judge((*some, more), risk, subject, POLICY)
    assert strictness(after) >= strictness(before)


@given(st.lists(hits, max_size=6), risks, subjects)
def test_the_model_never_softens_and_never_restricts(some: list[Hit], risk: Risk | None, subject: Subject) -> None:
    alone = judge(tuple(some), None, subject, POLICY)
    together = judge(tuple(some), risk, subject, POLICY)
    assert strictness(together) >= strictness(alone)
    assert {each.kind for each in together.actions} - {each.kind for each in alone.actions} <= {ActionKind.OPEN_CASE}
    assert together.lane_decision is alone.decision


vote_hits = st.builds(a_hit, action=st.sampled_from(ActionKind), family=st.just(Family.VOTES))
mild_hits = st.builds(a_hit, action=st.sampled_from(sorted(set(ActionKind) - SUSPICIONS)), proof=st.sampled_from(Proof))


@given(st.lists(vote_hits, max_size=6), st.lists(mild_hits, max_size=3), risks, subjects)
def test_votes_alone_never_hold_demote_or_delist(
    voted: list[Hit], others: list[Hit], risk: Risk | None, subject: Subject
) -> None:
    judgement = judge((*voted, *others), risk, subject, POLICY)
    assert not {each.kind for each in judgement.actions} & (RESTRICTIONS | {ActionKind.DELIST})
    assert judgement.decision is not Decision.BLOCK


@given(st.lists(hits, max_size=6), risks, subjects)
def test_only_proof_blocks_and_people_keep_what_is_theirs(some: list[Hit], risk: Risk | None, subject: Subject) -> None:
    judgement = judge(tuple(some), risk, subject, POLICY)
    proven = any(hit.proof is Proof.DETERMINISTIC and hit.action is ActionKind.DELIST for hit in some)
    assert (judgement.decision is Decision.BLOCK) == proven
    assert not {action.kind for action in judgement.actions} & PEOPLE_ONLY


@given(st.lists(hits, max_size=6), risks, subjects)
def test_a_verdict_does_not_depend_on_the_order_of_the_hits(
    some: list[Hit], risk: Risk | None, subject: Subject
) -> None:
    forwards, backwards = (judge(tuple(order), risk, subject, POLICY) for order in (some, some[::-1]))
    assert (forwards.decision, forwards.actions) == (backwards.decision, backwards.actions)


@given(st.lists(hits, max_size=6), risks, subjects)
def test_every_lowering_is_named_in_its_reason(some: list[Hit], risk: Risk | None, subject: Subject) -> None:
    for reason in judge(tuple(some), risk, subject, POLICY).reasons:
        assert (reason.taken is reason.proposed) == (not reason.adjustments)
        if Adjustment.DEMOTED_AS_ON_SALE not in reason.adjustments:
            assert STRICTNESS[reason.taken] <= STRICTNESS[reason.proposed]


@given(st.lists(hits, min_size=1, max_size=6), risks, subjects)
def test_every_restriction_ends(some: list[Hit], risk: Risk | None, subject: Subject) -> None:
    for action in judge(tuple(some), risk, subject, POLICY).actions:
        if action.kind in {ActionKind.HOLD, ActionKind.DEMOTE}:
            assert action.until is not None
            assert action.until <= NOW + timedelta(days=7)
