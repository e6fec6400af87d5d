"""`zhengpin votes`, `standings`, `voters` and `vote-windows`, the import of votes, and the SDK's methods for them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from google.rpc import code_pb2
from rich.cells import cell_len

from client_runs import Run
from fake_zhengpin import FakeZhengpin, a_status, violations
from zhengpin.v1 import reputation_service_pb2, vote_pb2
from zhengpin.v1.verdict_pb2 import LocalizedText
from zhengpin_client import Zhengpin
from zhengpin_client.targets import read_target

AT = Timestamp(seconds=1_767_225_600)
"""2026-01-01 00:00 UTC."""
DRIPPED = "9f31c0de-11aa-4b5e-8f7e-0f8fad5bd9cb"


def a_standing(target: str = "brand:acme", **changes: Any) -> vote_pb2.Standing:
    ordinary: dict[str, Any] = {
        "board": vote_pb2.BOARD_RED,
        "since": AT,
        "share": 0.912,
        "low": 0.861,
        "high": 0.952,
        "effective_votes": 23.45,
        "circles": 17,
        "recommend_votes": 1240,
        "warn_votes": 31,
        "counted_recommend_votes": 1210,
        "counted_warn_votes": 30,
        "excluded_votes": 31,
        "category_share": 0.78,
        "parents": [vote_pb2.StandingParent(target=read_target("factory:f-1"), certainty=0.8, share=0.7)],
        "proposes": [vote_pb2.STANDING_PROPOSAL_BOOST],
        "reasons": [LocalizedText(zh="高于同类。", en="Surely above the usual.")],
        "as_of": AT,
    }
    return vote_pb2.Standing(target=read_target(target), **{**ordinary, **changes})


def a_window(window_id: str = DRIPPED, **changes: Any) -> vote_pb2.VoteWindow:
    ordinary: dict[str, Any] = {
        "target": read_target("product:gtin:06904235001013"),
        "why": vote_pb2.WHY_NOT_COUNTED_BURST,
        "cast_from": AT,
        "cast_until": Timestamp(seconds=AT.seconds + 7200),
        "votes": 48,
        "expected_votes": 3.2,
        "raised_at": AT,
        "decide_by": Timestamp(seconds=AT.seconds + 48 * 3600),
        "evidence": [LocalizedText(zh="48 票，往常约 3 票。", en="48 votes where its past explains \x1b[2J3.")],
    }
    return vote_pb2.VoteWindow(window_id=window_id, **{**ordinary, **changes})


def a_trust(votes: int = 3) -> reputation_service_pb2.VoterTrust:
    counted = [
        vote_pb2.CountedVote(
            vote_id=f"v-{place}",
            target=read_target(f"brand:b-{place}"),
            opinion=vote_pb2.OPINION_WARN if place else vote_pb2.OPINION_RECOMMEND,
            cast_at=AT,
            weight=0.0 if place == 1 else 0.27,
            why_not=vote_pb2.WHY_NOT_COUNTED_OWN_TARGET if place == 1 else vote_pb2.WHY_NOT_COUNTED_UNSPECIFIED,
            text=LocalizedText(zh="计入 0.27。", en="Your own goods." if place == 1 else "Counts 0.27."),
            purchase=vote_pb2.PURCHASE_PROOF_ORDER_UNKNOWN if place == 2 else vote_pb2.PURCHASE_PROOF_UNSPECIFIED,
        )
        for place in range(votes)
    ]
    return reputation_service_pb2.VoterTrust(
        voter_id="w-1", trust=0.62, second_opinion=0.31, votes=votes, counted_votes=votes - 1, page=counted
    )


@pytest.fixture
def voted(fake: FakeZhengpin) -> FakeZhengpin:
    """A server on which somebody stands on each board, with a voter and windows."""
    black = {"board": vote_pb2.BOARD_BLACK, "share": 0.2, "low": 0.12, "high": 0.31, "alarmed": True}
    fake.standings = [a_standing(), a_standing("origin:中国", **black)]
    fake.trusts = {"w-1": a_trust()}
    fake.windows = [a_window(), a_window("w-2", why=vote_pb2.WHY_NOT_COUNTED_LOCKSTEP)]
    fake.windows[1].ClearField("expected_votes")
    return fake


def words_of(text: str) -> str:
    return " ".join(text.replace("│", " ").split())


# --- votes -----------------------------------------------------------------------------------------------------------


def test_a_vote_is_cast_with_all_that_the_voter_says(run: Run, fake: FakeZhengpin) -> None:
    said = ["--warn", "--tag", "fake", "--tag", "Poor_Quality", "--text", "味道不对", "--order", "o-1"]
    when = ["--at", "2026-01-01T08:00:00", "--timezone", "Asia/Shanghai", "--predicted-share", "0.4"]

    outcome = run("votes", "cast", "gtin:6904235001013", "--voter", "w-1", "--vote-id", "v-1", *said, *when)

    assert outcome.code == 0, outcome.err
    assert outcome.out == "Vote v-1 is stored; what it counts: zhengpin voters show w-1\n"
    assert fake.stored["vote_id"]["v-1"] == vote_pb2.Vote(
        vote_id="v-1",
        voter_id="w-1",
        target=vote_pb2.VoteTarget(gtin="6904235001013"),
        opinion=vote_pb2.OPINION_WARN,
        cast_at=AT,
        tags=[vote_pb2.VOTE_TAG_FAKE, vote_pb2.VOTE_TAG_POOR_QUALITY],
        text="味道不对",
        purchase=vote_pb2.Purchase(order_id="o-1"),
        predicted_share=0.4,
    )


def test_a_vote_without_more_words_is_cast_now_under_an_id_of_its_own(run: Run, fake: FakeZhengpin) -> None:
    before = Timestamp()
    before.GetCurrentTime()

    outcome = run("votes", "cast", "brand:acme", "--voter", "w-1", "--recommend", "--json")

    [vote] = fake.stored["vote_id"].values()
    assert json.loads(outcome.out)["vote_id"] == vote.vote_id != ""
    assert 0 <= vote.cast_at.seconds - before.seconds < 60
    assert not vote.HasField("purchase")
    assert not vote.HasField("predicted_share")


def test_a_refused_vote_is_an_error_of_one_line(run: Run, fake: FakeZhengpin) -> None:
    fake.refuse["v-1"] = violations({"voter_id": "is unknown: tell of the voter first"})

    outcome = run("votes", "cast", "brand:acme", "--voter", "w-9", "--recommend", "--vote-id", "v-1")

    assert (outcome.code, outcome.err) == (3, "zhengpin: voter_id: is unknown: tell of the voter first\n")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["votes", "cast", "acme", "--voter", "w-1", "--warn"], "'acme' is no target: write what it is before a colon"),
        (["votes", "cast", "brand:acme", "--voter", "w-1"], "give --recommend or --warn"),
        (["votes", "cast", "brand:a", "--voter", "w-1", "--warn", "--recommend"], "--recommend or --warn, not both"),
        (["votes", "cast", "brand:a", "--voter", "w-1", "--warn", "--tag", "fakes"], "no reason: did you mean 'fake'?"),
        (["standings", "list", "--board", "rde"], "'rde' is no board: did you mean 'red'?"),
        (["standings", "list", "--kind", "shop"], "'shop' is no kind of target: it is one of product, brand"),
        (["standings", "show", "brand:"], "'brand:' is no target"),
        (["vote-windows", "list", "--target", "acme"], "'acme' is no target"),
        (["vote-windows", "decide", DRIPPED], "give --uphold or --lift"),
        (["vote-windows", "decide", DRIPPED, "--lift", "--uphold"], "give --uphold or --lift, not both"),
    ],
)
def test_wrong_usage_says_what_to_write(run: Run, fake: FakeZhengpin, arguments: list[str], says: str) -> None:
    outcome = run(*arguments)

    assert outcome.code == 2
    assert says in words_of(outcome.err)
    assert fake.calls == []


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_voters_are_imported_before_their_votes_from_any_sort_of_file(
    run: Run, fake: FakeZhengpin, tmp_path: Path, form: str
) -> None:
    vote = {"vote_id": "v-1", "voter_id": "w-1", "opinion": "OPINION_WARN", "cast_at": "2026-01-01T00:00:00Z"}
    voter = {"voter_id": "w-1", "registered_at": "2025-01-01T00:00:00Z", "invited_by": "w-0"}
    files = [tmp_path / f"{name}.{form}" for name in ("votes", "voters")]
    if form == "jsonl":
        nested = {**vote, "target": {"brand_id": "acme"}, "tags": ["VOTE_TAG_FAKE", "VOTE_TAG_UNSAFE"]}
        files[0].write_text(f"{json.dumps({'vote': nested})}\n{json.dumps({'voter': voter})}\n", "utf-8")
        runs = [run("import", files[0])]
    else:
        flat = {**vote, "opinion": "warn", "target.brand_id": "acme", "tags": "fake;unsafe"}
        for file, row in zip(files, (flat, voter), strict=True):
            a_table(file, row)
        runs = [run("import", files[1], "--kind", "voter"), run("import", files[0], "--kind", "vote")]

    assert [each.code for each in runs] == [0] * len(runs), [each.err for each in runs]
    assert [method for method, _, _ in fake.calls] == ["UpsertVoters", "CastVotes"]
    assert fake.stored["voter_id"]["w-1"].invited_by == "w-0"
    assert fake.stored["vote_id"]["v-1"] == vote_pb2.Vote(
        vote_id="v-1",
        voter_id="w-1",
        target=vote_pb2.VoteTarget(brand_id="acme"),
        opinion=vote_pb2.OPINION_WARN,
        cast_at=AT,
        tags=[vote_pb2.VOTE_TAG_FAKE, vote_pb2.VOTE_TAG_UNSAFE],
    )


def a_table(file: Path, row: dict[str, str]) -> None:
    """A file of one row, in the form that its name says."""
    if file.suffix == ".csv":
        file.write_text(f"{','.join(row)}\n{','.join(row.values())}\n", "utf-8")
        return
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(pyarrow.Table.from_pylist([row]), file)


# --- standings -------------------------------------------------------------------------------------------------------


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
        ("product:gtin:06904235001013", "91% (86–95%) 1,240/31 23.4"),
        (f"brand:{'b' * 40}", "91% (86–95%)"),
    ],
)
def test_a_target_keeps_its_name_in_one_piece_in_a_narrow_terminal(
    run: Run, fake: FakeZhengpin, target: str, row: str
) -> None:
    fake.standings = [a_standing(target)]

    listed = run("standings", "list").out

    assert f"red board {target} {row} Effective" in words_of(listed)
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


# --- voters ----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("voted")
def test_a_voter_sees_its_trust_and_of_each_vote_what_it_counts_or_why_not(run: Run) -> None:
    shown = run("voters", "show", "w-1", "--timezone", "UTC").out

    for part in ("Trust 0.62", "By another method 0.31", "Votes 2 of 3 count"):
        assert part in words_of(shown)
    assert "2026-01-01 00:00 UTC recommends 0.27 brand:b-0 2026" in words_of(shown)
    assert "2026-01-01 00:00 UTC warns – brand:b-1 Your own goods." in words_of(shown)
    assert "brand:b-2 Counts 0.27." in words_of(shown), "its order is not known"
    assert "earlier votes" not in shown
    assert max(cell_len(line) for line in shown.splitlines()) <= 80


def test_a_voter_with_many_votes_sees_the_latest_and_how_many_more_there_are(run: Run, fake: FakeZhengpin) -> None:
    fake.trusts["w-1"] = a_trust(votes=120)

    shown = run("voters", "show", "w-1", "--limit", "60").out
    told = json.loads(run("voters", "show", "w-1", "--limit", "110", "--json").out)

    assert "60 earlier votes: --limit shows them" in shown
    assert [each["vote_id"] for each in told["page"]] == [f"v-{place}" for place in range(110)]
    assert told["trust"] == 0.62
    assert "next_page_token" not in told


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
    assert ("1 earlier votes: --limit" in shown) == (limit == "3")


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


# --- windows ---------------------------------------------------------------------------------------------------------


def test_windows_are_listed_with_what_speaks_against_them_and_until_when_to_decide(
    run: Run, voted: FakeZhengpin
) -> None:
    listed = run("vote-windows", "list", "--undecided", "--timezone", "UTC").out

    for part in (
        f"Window {DRIPPED}",
        "product:gtin:06904235001013 · burst · undecided",
        "Votes left out 48 (by its own past about 3.2)",
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


# --- calls -----------------------------------------------------------------------------------------------------------


def test_every_change_of_votes_carries_a_request_id_and_keeps_it_when_it_is_sent_again(
    voted: FakeZhengpin, zhengpin: Zhengpin
) -> None:
    voted.failures["CastVotes"].append(a_status(code_pb2.UNAVAILABLE, "restarting"))

    zhengpin.upsert_voters([vote_pb2.Voter(voter_id="w-1")])
    zhengpin.cast_votes([vote_pb2.Vote(vote_id="v-1")])
    zhengpin.decide_vote_window(DRIPPED, vote_pb2.VOTE_WINDOW_DECISION_LIFTED, "wang")

    assert [method for method, _, _ in voted.calls] == ["UpsertVoters", "CastVotes", "CastVotes", "DecideVoteWindow"]
    ids = [request_id for _, _, request_id in voted.calls]
    assert ids[1] == ids[2]
    assert len(set(ids)) == 3
    assert all(ids)


@pytest.mark.parametrize("command", ["votes", "standings", "voters", "vote-windows"])
def test_every_command_explains_itself(run: Run, command: str) -> None:
    outcome = run(command, "--help")

    assert outcome.code == 0
    assert "Usage: zhengpin" in outcome.out
    assert max(len(line) for line in outcome.out.splitlines()) <= 80
