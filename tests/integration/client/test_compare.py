"""`zhengpin verdicts compare`: verdicts of a fake server beside a truth made by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from client_runs import Run
from fake_zhengpin import FakeZhengpin
from zhengpin.v1 import listing_pb2, verdict_pb2
from zhengpin_client import Zhengpin

TRUTHS: dict[str, dict[str, Any]] = {
    "obvious-1": {"fake": True, "kind": "dirt-cheap", "clever": False},
    "obvious-2": {"fake": True, "kind": "dirt-cheap", "clever": False},
    "clever-1": {"fake": True, "kind": "ring", "clever": True},
    "clearance-1": {"fake": False, "kind": "clearance", "looks_like": "dirt-cheap"},
    "clearance-2": {"fake": False, "kind": "clearance", "looks_like": "dirt-cheap"},
    "retail-1": {"fake": False, "kind": "newcomers-introduction", "looks_like": ""},
}
DECISIONS = {
    "obvious-1": verdict_pb2.DECISION_BLOCK,
    "obvious-2": verdict_pb2.DECISION_REVIEW,
    "clearance-1": verdict_pb2.DECISION_REVIEW,
    "clearance-2": verdict_pb2.DECISION_WATCH,
}


def the_verdict(listing: listing_pb2.Listing) -> verdict_pb2.Verdict:
    decision = DECISIONS.get(listing.listing_id, verdict_pb2.DECISION_ALLOW)
    return verdict_pb2.Verdict(
        verdict_id=f"v-{listing.listing_id}",
        listing_id=listing.listing_id,
        decision=decision,
        degraded=["model absent"],
    )


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    file = tmp_path / "truth.jsonl"
    rows = [{"truth": {"listing_id": name, **truth}} for name, truth in TRUTHS.items()]
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return file


@pytest.fixture(autouse=True)
def _judged(fake: FakeZhengpin, zhengpin: Zhengpin) -> None:
    """A verdict on each, and on one more that the truth doesn't know."""
    fake.judge = the_verdict
    list(zhengpin.screen_many(listing_pb2.Listing(listing_id=name) for name in (*TRUTHS, "other")))


def test_what_was_caught_and_missed_is_shown_by_kind(run: Run, truth: Path) -> None:
    outcome = run("verdicts", "compare", truth)

    lines = [" ".join(line.split()) for line in outcome.out.splitlines()]
    assert outcome.code == 0, outcome.err
    assert "obvious fakes 2 1 1 · · 100%" in lines
    assert "ring 1 · · · 1 0%" in lines
    assert "clearance 2 · 1 1 · 50%" in lines
    assert "newcomers-introduction 1 · · · 1 0%" in lines
    assert "review 2 of 3 67% (21–94%) 1 of 3 67%" in lines
    assert "watch 2 of 3 67% (21–94%) 2 of 3 50%" in lines
    assert lines[lines.index("fake, missed · ring · allow") + 1] == "zhengpin verdicts show clever-1"
    assert "genuine, passed · clearance · looks like dirt-cheap · watch" in lines
    assert "Degraded: away at the time (6): no learned model served: rules alone decided" in lines
    assert max(map(len, outcome.out.splitlines())) <= 80


def test_programs_get_one_document(run: Run, truth: Path) -> None:
    outcome = run("--json", "verdicts", "compare", truth)

    document = json.loads(outcome.out)
    assert (document["listings"], document["unjudged"], document["bad_rows"]) == (6, 0, 0)
    review = next(each for each in document["at_least"] if each["decision"] == "DECISION_REVIEW")
    assert (review["caught"], review["fakes"], review["suspected"], review["genuine"]) == (2, 3, 1, 3)
    assert document["examples"] == {
        "caught": "obvious-1",
        "missed": "clever-1",
        "suspected": "clearance-1",
        "passed": "clearance-2",
    }
    assert document["kinds"][0] == {
        "group": "obvious_fake",
        "kind": "dirt-cheap",
        "looks_like": "",
        "listings": 2,
        "decisions": {"DECISION_REVIEW": 1, "DECISION_BLOCK": 1},
    }


def test_it_is_said_in_chinese_too(run: Run, truth: Path) -> None:
    outcome = run("verdicts", "compare", truth, "--lang", "zh")

    assert "精心伪装的假货" in outcome.out
    assert "漏掉的假货 · ring · 放行" in outcome.out


def test_a_listing_without_a_verdict_is_counted_as_such(run: Run, tmp_path: Path) -> None:
    labels = tmp_path / "labels.csv"
    labels.write_text("listing_id,fake\nobvious-1,true\nnever-judged,true\n", encoding="utf-8")

    outcome = run("verdicts", "compare", labels)

    assert outcome.code == 0
    assert "not judged" in outcome.out
    assert "fakes 2 1 · · · 1 50%" in [" ".join(line.split()) for line in outcome.out.splitlines()]


def test_bad_rows_are_named_and_the_others_compared(run: Run, truth: Path) -> None:
    truth.write_text(truth.read_text("utf-8") + '{"listing_id": "retail-2", "fake": "perhaps"}\n', encoding="utf-8")

    outcome = run("verdicts", "compare", truth, "--json")

    assert outcome.code == 1
    assert outcome.err == "truth.jsonl:7: truth.fake: must be true or false, and is 'perhaps'\n"
    assert json.loads(outcome.out)["bad_rows"] == 1


@pytest.mark.parametrize(
    ("content", "wrong"),
    [("", "truth.jsonl tells of no listing"), ('{"fake": true}\n', "truth.jsonl:1: truth.listing_id: is missing")],
)
def test_a_file_without_any_truth_is_refused_with_what_to_write(
    run: Run, fake: FakeZhengpin, truth: Path, content: str, wrong: str
) -> None:
    truth.write_text(content, encoding="utf-8")
    calls = len(fake.calls)

    outcome = run("verdicts", "compare", truth)

    assert outcome.code == 2
    assert wrong in " ".join(outcome.err.replace("│", " ").split())
    assert len(fake.calls) == calls
