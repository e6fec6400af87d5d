"""`zhengpin supplier score`, `ranking` and `watch`, and the SDK's methods for them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from google.rpc import code_pb2
from rich.cells import cell_len

from client_runs import Run
from fake_zhengpin import FakeZhengpin, a_status
from vote_answers import words_of
from zhengpin.v1 import supplier_score_pb2, supplier_service_pb2, verdict_pb2
from zhengpin_client import Zhengpin
from zhengpin_client.errors import NotFound

MARCH = datetime(2026, 3, 1, tzinfo=UTC)


def moment(days: int = 0) -> Timestamp:
    stamp = Timestamp()
    stamp.FromDatetime(MARCH + timedelta(days=days))
    return stamp


def a_score(supplier_id: str = "acme-factory", **changes: Any) -> supplier_score_pb2.SupplierScore:
    """A good supplier that a confirmed fake holds back."""
    ordinary: dict[str, Any] = {
        "points": 399,
        "low": 380,
        "high": 399,
        "band": supplier_score_pb2.SCORE_BAND_NORMAL,
        "evidence_count": 1234.56,
        "components": [
            supplier_score_pb2.ScoreComponent(
                name="votes", weight=0.07, value=0.81, low=0.7, high=0.9, k=80.5, n=100.25
            ),
        ],
        "caps": [
            supplier_score_pb2.ScoreCap(
                code="confirmed-fake",
                points=399,
                why=verdict_pb2.LocalizedText(zh="有一件假货。", en="One was fake."),
                evidence=["outcome-1"],
                until=moment(90),
            )
        ],
        "reasons": [verdict_pb2.LocalizedText(zh="发货快。", en="Quick to ship.")],
        "next_improvement": supplier_score_pb2.ScoreImprovement(
            about="confirmed-fake", gain=210, how=verdict_pb2.LocalizedText(zh="不再售假。", en="Sell no fake.")
        ),
        "as_of": moment(),
        "version": "1/today",
        "trend": [
            supplier_score_pb2.ScorePoint(as_of=moment(-2), points=200),
            supplier_score_pb2.ScorePoint(as_of=moment(-1), points=610),
            supplier_score_pb2.ScorePoint(as_of=moment(), points=399),
        ],
    }
    return supplier_score_pb2.SupplierScore(supplier_id=supplier_id, **{**ordinary, **changes})


def a_change(supplier_id: str, **changes: Any) -> supplier_service_pb2.ScoreChange:
    ordinary: dict[str, Any] = {
        "changed_at": moment(),
        "points_before": 610,
        "band_before": supplier_score_pb2.SCORE_BAND_GOOD,
        "points": 399,
        "band": supplier_score_pb2.SCORE_BAND_NORMAL,
    }
    return supplier_service_pb2.ScoreChange(supplier_id=supplier_id, **{**ordinary, **changes})


@pytest.fixture
def scored(fake: FakeZhengpin) -> FakeZhengpin:
    """A server on which two suppliers are scored, one of which just fell into another band."""
    low = {"points": 90, "low": 80, "high": 99, "band": supplier_score_pb2.SCORE_BAND_STOP}
    fake.scores = [a_score(), a_score("bad", **low)]
    fake.score_changes = [a_change("f" * 40), a_change("bad", points=700, band=1)]
    return fake


@pytest.mark.usefixtures("scored")
def test_a_score_is_shown_with_what_bars_and_raises_it_and_how_it_went(run: Run) -> None:
    shown = run("supplier", "score", "acme-factory", "--timezone", "UTC").out
    for part in (
        "acme-factory · normal",
        "399 of 1000 (90% range 380–399)",
        "Evidence, in orders 1,234.6",
        "At most 399 points until 2026-05-30 00:00 UTC",
        "One was fake.",
        "outcome-1",
        "Quick to ship.",
        "Sell no fake. (+210 points)",
        "Trend 200 ▂▅▄ 399",
        "Formula 1/today",
        "Votes 7% 81% 70–90% 80.5/100.2",
    ):
        assert part in words_of(shown)
    assert max(cell_len(line) for line in shown.splitlines()) <= 80


def test_a_score_that_a_cap_leaves_no_range_is_shown_alone(run: Run, scored: FakeZhengpin) -> None:
    scored.scores[1].low = scored.scores[1].high = scored.scores[1].points = 99
    assert "Points 99 of 1000 Evidence" in words_of(run("supplier", "score", "bad").out)
    assert "99–99" not in run("supplier", "ranking").out


def test_the_formula_tells_when_it_was_fitted_as_other_times_are_told(run: Run, scored: FakeZhengpin) -> None:
    scored.scores[0].version = "6/2026-03-01T12:30:05.123456+00:00"
    shown = run("supplier", "score", "acme-factory", "--timezone", "Asia/Shanghai").out
    assert "Formula 6, fitted 2026-03-01 20:30 UTC+8" in words_of(shown)


@pytest.mark.usefixtures("scored")
def test_a_score_is_shown_in_chinese(run: Run) -> None:
    shown = run("supplier", "score", "acme-factory", "--lang", "zh").out
    for part in ("普通", "399 分（90%区间 380–399）", "有一件假货。", "不再售假。（+210 分）", "红黑榜投票"):
        assert part in shown


@pytest.mark.usefixtures("scored")
def test_programs_read_a_score_as_json(run: Run) -> None:
    answer = json.loads(run("supplier", "score", "acme-factory", "--json").out)
    assert (answer["points"], answer["band"], len(answer["trend"])) == (399, "SCORE_BAND_NORMAL", 3)


@pytest.mark.usefixtures("scored")
def test_a_supplier_that_is_not_there_is_an_error_of_one_line(run: Run) -> None:
    outcome = run("supplier", "score", "nobody")
    assert (outcome.code, outcome.err) == (3, "zhengpin: supplier 'nobody' is not in this marketplace\n")


def test_the_ranking_is_listed_as_the_options_say(run: Run, scored: FakeZhengpin) -> None:
    options = ["--category", "kitchen", "--band", "stop", "--band", "at_risk", "--limit", "7"]
    listed = run("supplier", "ranking", *options).out
    assert "bad stop 90 80–99 1,234.6" in words_of(listed)
    assert "acme-factory" not in listed
    (asked,) = scored.asked
    assert isinstance(asked, supplier_service_pb2.ListSupplierScoresRequest)
    wanted = [supplier_score_pb2.SCORE_BAND_STOP, supplier_score_pb2.SCORE_BAND_AT_RISK]
    assert (asked.category, list(asked.bands), asked.page_size) == ("kitchen", wanted, 7)
    assert "No supplier fits" in run("supplier", "ranking", "--band", "preferred").out
    assert "'best' is no band" in run("supplier", "ranking", "--band", "best").err


def test_changes_are_shown_as_they_come(run: Run, scored: FakeZhengpin) -> None:
    calls = 0

    def refuse_the_second_stream(_: str) -> None:
        nonlocal calls
        calls += 1
        if calls == 1:
            scored.failures["WatchSupplierScores"].append(a_status(code_pb2.PERMISSION_DENIED, "no more"))

    scored.before = refuse_the_second_stream
    outcome = run("supplier", "watch", "bad", "--from", "0", "--bands", "--timezone", "UTC")
    assert outcome.out.splitlines() == [
        f"2026-03-01 00:00 UTC  {'f' * 40}  610 → 399  good → normal",
        "2026-03-01 00:00 UTC  bad  610 → 700  good → preferred",
    ]
    assert (outcome.code, "no more" in outcome.err) == (3, True)
    asked = scored.asked[0]
    assert isinstance(asked, supplier_service_pb2.WatchSupplierScoresRequest)
    assert (list(asked.supplier_ids), asked.band_changes_only) == (["bad"], True)


def test_an_id_of_32_digits_stays_in_one_piece_in_the_ranking(run: Run, fake: FakeZhengpin) -> None:
    fake.scores = [a_score("d" * 32, band=supplier_score_pb2.SCORE_BAND_PREFERRED)]
    listed = run("supplier", "ranking").out
    assert "d" * 32 in listed
    assert max(cell_len(line) for line in listed.splitlines()) <= 80


@pytest.mark.usefixtures("scored")
def test_many_scores_are_read_at_once_each_with_its_own_error(zhengpin: Zhengpin) -> None:
    good, unknown = zhengpin.batch_get_supplier_scores(["bad", "nobody"])
    assert good.score is not None
    assert (good.score.points, good.error) == (90, None)
    assert isinstance(unknown.error, NotFound)
    assert [each.supplier_id for each in zhengpin.supplier_scores(page_size=1)] == ["acme-factory", "bad"]
    assert not zhengpin.get_supplier_score("bad").trend
