"""`zhengpin votes`, the import of votes, and what all calls that change votes share."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from google.rpc import code_pb2

from client_runs import Run
from fake_zhengpin import FakeZhengpin, a_status, violations
from vote_answers import AT, DRIPPED, words_of
from zhengpin.v1 import vote_pb2
from zhengpin_client import Zhengpin


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
    assert fake.imported == [True], "the file tells when they were cast"
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
