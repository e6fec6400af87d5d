"""`zhengpin standings`, and the SDK's methods for them."""

from __future__ import annotations

import json

import pytest
from rich.cells import cell_len

from client_runs import Run
from fake_zhengpin import FakeZhengpin
from vote_answers import DRIPPED, a_standing, words_of
from zhengpin.v1 import reputation_service_pb2, vote_pb2
from zhengpin_client import Zhengpin
from zhengpin_client.targets import read_target


@pytest.mark.usefixtures("voted")
def test_a_standing_is_shown_with_its_reasons_and_where_it_comes_from(run: Run) -> None:
    shown = run("standings", "show", "brand:acme", "--timezone", "Asia/Shanghai").out

    for part in (
        "brand:acme · red board",
        "91% (86–95%)",
        "Usual in its category 78%",
        "Effective votes 23.4",
        "Circles 17",
        "1,240 recommend, 31 warn; 1,210 and 30 count, 31 left out",
        "Since 2026-01-01 08:00 UTC+8",
        "Surely above the usual.",
        "put forward in search",
        "factory:f-1 80% 70%",
    ):
        assert part in words_of(shown)
    assert "wait for a person" not in shown
    assert max(cell_len(line) for line in shown.splitlines()) <= 80


@pytest.mark.usefixtures("voted")
def test_a_standing_whose_votes_wait_for_a_person_says_so_in_both_languages(run: Run) -> None:
    assert "wait for a person to decide" in run("standings", "show", "origin:中国").out
    in_chinese = run("standings", "show", "origin:中国", "--lang", "zh").out
    for part in ("黑榜", "等待人工决定", "高于同类。", "搜索提权"):
        assert part in in_chinese


@pytest.mark.usefixtures("voted")
def test_a_target_that_is_not_there_is_an_error_of_one_line(run: Run) -> None:
    outcome = run("standings", "show", "brand:nobody")
    assert (outcome.code, outcome.err) == (3, "zhengpin: target 'nobody' is not in this marketplace\n")


def test_a_board_is_listed_as_the_options_say(run: Run, voted: FakeZhengpin) -> None:
    options = ["--board", "red", "--kind", "brand", "--category", "kitchen", "--origin", "中国", "--limit", "7"]

    listed = run("standings", "list", *options).out

    assert "Board Target recommend Good/bad votes Circles" in words_of(listed)
    assert "red board brand:acme 91% (86–95%) 1,240/31 23.4 17" in words_of(listed)
    assert "Effective votes are weighed by trust; circles are groups of acquaintances." in words_of(listed)
    assert "origin:中国" not in listed
    assert max(cell_len(line) for line in listed.splitlines()) <= 80
    assert voted.asked == [
        reputation_service_pb2.ListStandingsRequest(
            board=vote_pb2.BOARD_RED,
            kind=vote_pb2.VOTE_TARGET_KIND_BRAND,
            category="kitchen",
            origin="中国",
            page_size=7,
        )
    ]


@pytest.mark.parametrize(
    ("target", "row"),
    [
        ("product:gtin:06904235001013", "91% (86–95%) 1,240/31 23.4 Effective votes are weighed by trust."),
        (f"brand:{'b' * 40}", "91% (86–95%)"),
    ],
)
def test_a_target_keeps_its_name_in_one_piece_in_a_narrow_terminal(
    run: Run, fake: FakeZhengpin, target: str, row: str
) -> None:
    fake.standings = [a_standing(target)]

    listed = run("standings", "list").out

    assert words_of(listed).endswith(f"red board {target} {row}"), "what is not shown is not explained"
    assert max(cell_len(line) for line in listed.splitlines()) <= 80


@pytest.mark.usefixtures("voted")
def test_programs_get_each_standing_on_a_line(run: Run) -> None:
    told = [json.loads(line) for line in run("standings", "list", "--json").out.splitlines()]
    assert [each["target"] for each in told] == [{"brand_id": "acme"}, {"origin": "中国"}]
    assert json.loads(run("standings", "show", "brand:acme", "--json").out) == told[0]


def test_an_empty_board_says_so(run: Run) -> None:
    assert run("standings", "list").out == "No target fits\n"
    assert run("standings", "list", "--json").out == ""


def test_standings_are_listed_over_all_pages_up_to_a_limit(fake: FakeZhengpin, zhengpin: Zhengpin) -> None:
    fake.standings = [a_standing(f"brand:b-{number}") for number in range(25)]

    every = [each.target.brand_id for each in zhengpin.standings(page_size=10)]
    some = [each.target.brand_id for each in zhengpin.standings(limit=12, page_size=10)]

    assert every == [f"b-{number}" for number in range(25)]
    assert some == every[:12]
    assert [request.page_size for request in fake.asked] == [10, 10, 10, 10, 2]  # type: ignore[attr-defined]


def test_a_target_may_be_given_by_its_name(zhengpin: Zhengpin, voted: FakeZhengpin) -> None:
    assert zhengpin.get_standing("brand:acme") == zhengpin.get_standing(read_target("brand:acme"))
    assert [each.window_id for each in zhengpin.excluded_vote_windows("brand:acme")] == [DRIPPED, "w-2"]
    assert voted.asked[-1].target.brand_id == "acme"  # type: ignore[attr-defined]
