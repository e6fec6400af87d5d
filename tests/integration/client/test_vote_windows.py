"""`zhengpin vote-windows`: votes left out, on which a person decides."""

from __future__ import annotations

import json

from rich.cells import cell_len

from client_runs import Run
from fake_zhengpin import FakeZhengpin
from vote_answers import DRIPPED, words_of
from zhengpin.v1 import vote_pb2


def test_windows_are_listed_with_what_speaks_against_them_and_until_when_to_decide(
    run: Run, voted: FakeZhengpin
) -> None:
    listed = run("vote-windows", "list", "--undecided", "--timezone", "UTC").out

    for part in (
        f"Window {DRIPPED}",
        "product:gtin:06904235001013 · burst · undecided",
        "Votes left out 48 (its own past explains about 3.2)",
        "Cast 2026-01-01 00:00 UTC – 2026-01-01 02:00 UTC",
        "48 votes where its past explains [2J3.",
        "Decide by 2026-01-03 00:00 UTC",
        "lockstep · undecided",
    ):
        assert part in words_of(listed)
    assert "\x1b" not in listed
    assert "Decide with: zhengpin vote-windows decide ID --uphold, or --lift" in listed
    assert max(cell_len(line) for line in listed.splitlines()) <= 80
    assert voted.asked[0].undecided  # type: ignore[attr-defined]


def test_a_window_is_decided_by_somebody_with_a_note(run: Run, voted: FakeZhengpin) -> None:
    upheld = run("vote-windows", "decide", DRIPPED, "--uphold", "--actor", "wang", "--note", "hired accounts").out
    lifted = json.loads(run("vote-windows", "decide", "w-2", "--lift", "--json").out)

    assert "burst · upheld" in upheld
    assert "Decided wang · 20" in words_of(upheld)
    assert "· hired accounts" in words_of(upheld)
    assert voted.windows[0].decision == vote_pb2.VOTE_WINDOW_DECISION_UPHELD
    assert lifted["decision"] == "VOTE_WINDOW_DECISION_LIFTED"
    assert lifted["decided_by"]
    assert "恢复计票" in run("vote-windows", "list", "--lang", "zh").out


def test_a_window_that_is_not_there_is_an_error_of_one_line(run: Run) -> None:
    outcome = run("vote-windows", "decide", "w-9", "--lift")
    assert (outcome.code, outcome.err) == (3, "zhengpin: vote_window 'w-9' is not in this marketplace\n")


def test_where_nothing_is_left_out_the_list_says_so(run: Run) -> None:
    assert run("vote-windows", "list").out == "No votes are left out\n"
