"""`zhengpin voters`: trust, and what became of each vote."""

from __future__ import annotations

import json

import pytest
from rich.cells import cell_len

from client_runs import Run
from fake_zhengpin import FakeZhengpin
from vote_answers import a_trust, words_of
from zhengpin.v1 import vote_pb2


@pytest.mark.usefixtures("voted")
def test_a_voter_sees_its_trust_and_of_each_vote_what_it_counts_or_why_not(run: Run) -> None:
    shown = run("voters", "show", "w-1", "--timezone", "UTC").out

    for part in ("Trust 0.62", "By another method 0.31", "Votes 2 of 3 count"):
        assert part in words_of(shown)
    assert "2026-01-01 00:00 UTC recommends 0.27 brand:b-0 2026" in words_of(shown)
    assert "2026-01-01 00:00 UTC warns – brand:b-1 Your own goods." in words_of(shown)
    assert "brand:b-2 Counts 0.27." in words_of(shown), "its order is not known"
    assert "earlier: --limit" not in shown
    assert max(cell_len(line) for line in shown.splitlines()) <= 80


def test_a_voter_with_many_votes_sees_the_latest_and_how_many_more_there_are(run: Run, fake: FakeZhengpin) -> None:
    fake.trusts["w-1"] = a_trust(votes=120)

    shown = run("voters", "show", "w-1", "--limit", "60").out
    told = json.loads(run("voters", "show", "w-1", "--limit", "110", "--json").out)

    assert "60 earlier: --limit shows them" in shown
    assert [each["vote_id"] for each in told["page"]] == [f"v-{place}" for place in range(110)]
    assert told["trust"] == 0.62
    assert "next_page_token" not in told


def test_a_voter_without_votes_sees_no_empty_table(run: Run, fake: FakeZhengpin) -> None:
    fake.trusts["w-1"] = a_trust(votes=0)
    assert "Opinion" not in run("voters", "show", "w-1").out


@pytest.mark.parametrize(
    ("limit", "says"),
    [
        ("50", "Votes 4 of 10 count, 6 replaced by later ones"),
        ("8", "Votes 4 of 4 current ones count; the list also shows replaced ones"),
        ("3", "Votes 4 of 4 count"),
    ],
)
def test_votes_that_later_ones_replaced_are_told_from_those_that_stand(
    run: Run, fake: FakeZhengpin, limit: str, says: str
) -> None:
    trust = fake.trusts["w-1"] = a_trust(votes=10)
    trust.votes = trust.counted_votes = 4
    for place, vote in enumerate(trust.page):
        vote.why_not = vote_pb2.WHY_NOT_COUNTED_SUPERSEDED if place >= 4 else vote_pb2.WHY_NOT_COUNTED_UNSPECIFIED

    shown = words_of(run("voters", "show", "w-1", "--limit", limit).out)

    assert f"{says} Cast" in shown
    assert ("1 earlier: --limit" in shown) == (limit == "3")


def test_a_vote_that_counts_little_is_told_from_one_that_does_not_count(run: Run, fake: FakeZhengpin) -> None:
    fake.trusts["w-1"] = a_trust(votes=3)
    fake.trusts["w-1"].page[0].weight = 0.004

    shown = words_of(run("voters", "show", "w-1").out)

    assert "recommends < 0.01 brand:b-0" in shown
    assert "warns – brand:b-1" in shown
    assert "warns 0.27 brand:b-2" in shown


def test_a_voter_whose_trust_was_not_weighed_yet_has_no_second_opinion(run: Run, fake: FakeZhengpin) -> None:
    fake.trusts["w-1"] = a_trust()
    fake.trusts["w-1"].ClearField("second_opinion")

    assert "By another method" not in run("voters", "show", "w-1").out
    assert "second_opinion" not in run("voters", "show", "w-1", "--json").out


def test_a_voter_that_is_not_there_is_an_error_of_one_line(run: Run) -> None:
    outcome = run("voters", "show", "w-9")
    assert (outcome.code, outcome.err) == (3, "zhengpin: voter 'w-9' is not in this marketplace\n")
