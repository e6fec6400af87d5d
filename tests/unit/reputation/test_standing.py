"""What votes add up to: shares, intervals, parents, boards and the words for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import groupby

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import beta

from zhengpin.domain.standing import Board, Parent, Proposal, Standing, VoteCounts
from zhengpin.domain.vote import Target, TargetKind
from zhengpin.domain.vote_tally import VoteTally
from zhengpin.reputation.boards import MARGIN, board_of
from zhengpin.reputation.posterior import Posterior, posterior, prior_share, usual_shares
from zhengpin.reputation.standing import Surroundings, standing_of
from zhengpin.reputation.tallies import Evidence
from zhengpin.reputation.weights import grown

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
KETTLE = Target(TargetKind.PRODUCT, "gtin:06901234567892")
SHARES = st.floats(0.02, 0.98)
VOTES = st.floats(0, 1000)
EVIDENCE = st.builds(Evidence, recommend=VOTES, warn=VOTES, circles=st.integers(0, 50))


def a_parent(
    share: float, certainty: float = 1.0, votes: float = 100.0, key: str = "acme", usual: float = 0.6
) -> Parent:
    return Parent(Target(TargetKind.BRAND, key), certainty, share, usual, votes)


PARENTS = st.lists(st.builds(a_parent, SHARES, st.sampled_from([0.0, 0.005, 0.3, 0.5, 1.0]), VOTES), max_size=4)


def a_standing(
    recommend: float,
    warn: float,
    *,
    usual: float = 0.6,
    parents: tuple[Parent, ...] = (),
    before: Standing | None = None,
    circles: int = 30,
    votes: VoteTally | None = None,
    alarmed: bool = False,
) -> Standing:
    worth = grown(recommend, NOW), grown(warn, NOW)
    tally = replace(votes or VoteTally(), recommend=worth[0], warn=worth[1], circles=circles)
    return standing_of(KETTLE, tally, Surroundings(usual, parents, alarmed), NOW, before)


@given(prior=SHARES, evidence=EVIDENCE)
def test_the_interval_holds_ninety_percent_of_the_beta_posterior(prior: float, evidence: Evidence) -> None:
    found = posterior(prior, evidence)

    exact = beta(10 * prior + evidence.recommend, 10 * (1 - prior) + evidence.warn)
    assert found.share == pytest.approx(exact.mean())
    assert (exact.cdf(found.low), exact.sf(found.high)) == pytest.approx((0.05, 0.05))


@given(prior=SHARES, evidence=EVIDENCE, more=st.floats(0, 100))
def test_one_more_recommending_vote_never_lowers_the_share(prior: float, evidence: Evidence, more: float) -> None:
    before = posterior(prior, evidence)
    after = posterior(prior, replace(evidence, recommend=evidence.recommend + more))

    assert after.share >= before.share
    assert after.low >= before.low - 1e-9
    assert after.high >= before.high - 1e-9


@given(share=SHARES, votes=st.floats(0, 500), more=st.floats(0.1, 500))
def test_the_interval_narrows_as_evidence_grows(share: float, votes: float, more: float) -> None:
    few = posterior(share, Evidence(votes * share, votes * (1 - share)))
    many = posterior(share, Evidence((votes + more) * share, (votes + more) * (1 - share)))

    assert many.high - many.low < few.high - few.low


@pytest.mark.parametrize("prior", [0.0, 1.0])
def test_a_prior_that_leaves_no_doubt_gives_no_interval(prior: float) -> None:
    assert posterior(prior, Evidence()) == Posterior(prior, prior, prior)


@given(share=SHARES, usual=SHARES, votes=st.lists(VOTES, min_size=1, max_size=4))
def test_a_target_without_votes_stands_where_its_parents_do(share: float, usual: float, votes: list[float]) -> None:
    parents = tuple(a_parent(share, votes=each, usual=usual) for each in votes)

    assert a_standing(0, 0, usual=usual, parents=parents, circles=0).share == pytest.approx(share)


@given(parents=PARENTS)
def test_the_prior_lies_between_what_is_usual_and_the_parents(parents: list[Parent]) -> None:
    shares = [0.6, *(each.share for each in parents)]

    assert min(shares) - 1e-9 <= prior_share(parents, 0.6) <= max(shares) + 1e-9


def test_a_parent_that_nobody_votes_on_says_nothing() -> None:
    assert prior_share((a_parent(0.5, votes=0, usual=0.5),), 0.85) == pytest.approx(0.85)


def test_a_target_is_expected_to_be_as_much_better_than_usual_as_its_brand_is() -> None:
    assert prior_share((a_parent(0.8, usual=0.5),), 0.8) == pytest.approx(16 / 17)  # odds of 4 times 4
    assert prior_share((a_parent(0.1, usual=0.5),), 0.9) == pytest.approx(0.5)


def test_without_parents_what_is_usual_is_expected() -> None:
    assert prior_share((), 0.7) == 0.7
    assert prior_share((a_parent(0.1, certainty=0.0),), 0.7) == 0.7


def test_a_parent_speaks_as_far_as_it_is_certain() -> None:
    assert prior_share((a_parent(0.1, usual=0.5, certainty=0.5),), 0.5) == pytest.approx(0.25)  # odds of 1 : 9, by half


def test_a_single_vote_on_one_parent_does_not_hide_another_with_many() -> None:
    warned = a_parent(0.1, votes=500)
    unvoted, once = a_parent(0.6, votes=0, key="somewhere"), a_parent(0.62, votes=1, key="somewhere")

    assert prior_share((warned, unvoted), 0.6) < 0.2
    assert prior_share((warned, once), 0.6) - prior_share((warned, unvoted), 0.6) < 0.05


def test_what_is_usual_is_the_mean_of_targets_however_many_votes_one_has() -> None:
    good, drowned = Evidence(40, 10), Evidence(0, 100_000)
    kettles = (TargetKind.PRODUCT, "kettles")

    assert usual_shares([(kettles, good)] * 3)[kettles] == pytest.approx(0.74, abs=0.02)
    assert usual_shares([(kettles, good)] * 300)[kettles] == pytest.approx(0.8, abs=0.01)
    assert usual_shares([(kettles, good)] * 3 + [(kettles, drowned)])[kettles] > 0.5


def test_what_is_usual_in_a_category_leans_on_its_kind() -> None:
    kettles, lamps, brands = (TargetKind.PRODUCT, "kettles"), (TargetKind.PRODUCT, "lamps"), (TargetKind.BRAND, "")
    good, bad = Evidence(90, 10), Evidence(10, 90)

    usual = usual_shares([(kettles, good)] * 50 + [(lamps, bad)] * 50 + [(brands, bad)])

    assert usual[TargetKind.PRODUCT, ""] == pytest.approx(0.5)
    assert usual[lamps] < 0.2
    assert usual[kettles] > 0.8
    assert usual_shares([(kettles, good)] * 50 + [(lamps, bad)])[lamps] > 0.7
    assert usual[brands] == pytest.approx((0.5 + 10 / 110) / (1 + 100 / 110))
    assert usual_shares([]) == {}


def test_a_target_of_enough_good_votes_is_red_and_of_bad_ones_black() -> None:
    assert a_standing(40, 2).board is Board.RED
    assert a_standing(2, 40).board is Board.BLACK
    assert a_standing(24, 16).board is Board.UNLISTED


@pytest.mark.parametrize(("votes", "circles"), [(7.9, 30), (40, 4)])
def test_a_board_is_not_entered_on_little_evidence(votes: float, circles: int) -> None:
    assert a_standing(votes, 0, usual=0.3, circles=circles).board is Board.UNLISTED


def test_it_takes_more_to_enter_a_board_than_to_stay() -> None:
    near = next(votes for votes in range(8, 60) if a_standing(votes, 2).low > 0.6)
    red = a_standing(60, 2)

    assert a_standing(near, 2).board is Board.UNLISTED
    assert a_standing(near, 2, before=red).board is Board.RED
    assert a_standing(6, 0, usual=0.3, circles=4, before=red).board is Board.RED
    assert a_standing(5.9, 0, usual=0.3, circles=4, before=red).board is Board.UNLISTED
    assert a_standing(6, 0, usual=0.3, circles=3, before=red).board is Board.UNLISTED


BOARDS = st.sampled_from(list(Board))
LITTLE = st.floats(-MARGIN / 4, MARGIN / 4)


@given(
    start=BOARDS,
    low=st.floats(0.1, 0.8),
    width=st.floats(0.02, 0.2),
    votes=st.floats(2, 20),
    trembles=st.lists(st.tuples(LITTLE, st.floats(-0.9, 0.9)), max_size=30),
)
def test_small_changes_never_let_a_target_come_and_go(
    start: Board, low: float, width: float, votes: float, trembles: list[tuple[float, float]]
) -> None:
    boards = [start]
    for shift, more in trembles:
        found = Posterior(low + width / 2 + shift, low + shift, low + width + shift)
        boards.append(board_of(boards[-1], found, Evidence(votes + more, 0, 9), usual=0.5))

    visited = [board for board, _ in groupby(boards)]
    assert len(visited) == len(set(visited)), "it came back to a board that it had left"


@given(start=BOARDS, share=SHARES, evidence=EVIDENCE, usual=SHARES)
def test_nothing_new_changes_no_board(start: Board, share: float, evidence: Evidence, usual: float) -> None:
    found = posterior(share, evidence)
    once = board_of(start, found, evidence, usual)

    assert board_of(once, found, evidence, usual) is once


@given(evidence=EVIDENCE, more=st.floats(0, 100), usual=SHARES)
def test_one_more_recommending_vote_never_blackens(evidence: Evidence, more: float, usual: float) -> None:
    assume(board_of(Board.UNLISTED, posterior(usual, evidence), evidence, usual) is Board.RED)
    better = replace(evidence, recommend=evidence.recommend + more)

    assert board_of(Board.UNLISTED, posterior(usual, better), better, usual) is Board.RED


def test_where_nearly_everything_is_recommended_one_can_still_stand_out() -> None:
    assert a_standing(900, 1, usual=0.96).board is Board.RED


@pytest.mark.parametrize("alarmed", [False, True])
def test_boards_propose_the_same_whoever_raises_an_alarm(alarmed: bool) -> None:
    assert a_standing(40, 2, alarmed=alarmed).proposes == (Proposal.BOOST,)
    assert a_standing(2, 40, alarmed=alarmed).proposes == (Proposal.LABEL, Proposal.DEMOTE, Proposal.ORDER_SAMPLE)
    assert a_standing(24, 16, alarmed=alarmed).proposes == ()


def test_a_target_is_on_its_board_since_it_entered_it() -> None:
    earlier = replace(a_standing(40, 2), since=NOW - timedelta(days=9))

    assert a_standing(41, 2, before=earlier).since == NOW - timedelta(days=9)
    assert a_standing(2, 90, before=earlier).since == NOW
    assert a_standing(2, 90, before=earlier).board is Board.BLACK


def test_reasons_name_their_numbers_in_both_languages() -> None:
    votes = VoteTally(recommend_votes=4, warn_votes=1200, counted_recommend_votes=3, counted_warn_votes=1)
    standing = a_standing(3, 0.5, parents=(a_parent(0.2),), circles=3, votes=votes, alarmed=True)

    assert standing.counts == VoteCounts(recommend=4, warn=1200, counted_recommend=3, counted_warn=1, excluded=1200)

    assert [reason.en for reason in standing.reasons] == [
        "An estimated 37% of owners would recommend it (90% range 17%–59%), surely below the usual 60%.",
        "3.5 effective votes of 3 circles; to enter a board takes 8 votes of 5 circles.",
        "With few votes of its own it leans on the brand acme (20%).",
        "1,200 votes are kept but left out of the count.",
        "Some votes look arranged. They are left out until a person has looked.",
    ]
    assert [reason.zh for reason in standing.reasons] == [
        "估计 37% 的店主会推荐（90%区间 17%–59%），低于同类通常的 60%。",
        "有效票 3.5，来自 3 个圈子；上榜至少需 8 票、5 个圈子。",
        "自身票数不多，估计兼看品牌 acme（20%）。",
        "另有 1,200 票未计入，但仍保留。",
        "部分投票疑似有组织，在人工核查之前不计入。",
    ]


def test_reasons_of_a_listed_target_say_what_keeps_it_there() -> None:
    assert [reason.en for reason in a_standing(40, 2).reasons] == [
        "An estimated 88% of owners would recommend it (90% range 80%–95%), surely above the usual 60%.",
        "42.0 effective votes of 30 circles; to stay on a board takes 6 votes of 4 circles.",
    ]
