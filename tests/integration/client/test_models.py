"""`zhengpin models` and the SDK's methods for learned models."""

from __future__ import annotations

import json

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from google.rpc import code_pb2
from google.type.date_pb2 import Date

from client_runs import Run
from fake_zhengpin import FakeZhengpin, a_status
from zhengpin.v1 import model_pb2, model_service_pb2
from zhengpin_client import Rejected, WrongState, Zhengpin

VERSION = "2026-03-01-0f8fad5b"
SINCE = Timestamp(seconds=1_767_225_600)


def some_worth(average_precision: float, recall: float = 0.0) -> model_pb2.ModelWorth:
    together = model_pb2.ModelMetrics(average_precision=average_precision, recall_at_review=recall)
    return model_pb2.ModelWorth(together=together)


def a_model(version: str = VERSION, **changes: object) -> model_pb2.Model:
    return model_pb2.Model(
        version=version,
        stage=model_pb2.MODEL_STAGE_LIVE,
        trained_at=SINCE,
        labels=model_pb2.LabelCounts(fake=1200, genuine=3400, unlabelled=5),
        worth=some_worth(0.4567),
        **changes,  # type: ignore[arg-type]
    )


@pytest.fixture
def watched(fake: FakeZhengpin) -> FakeZhengpin:
    """A server with a model of which everything is known."""
    change = model_pb2.ModelStageChange(
        version=VERSION, stage=model_pb2.MODEL_STAGE_LIVE, actor="wang", note="better\x1b[2J", changed_at=SINCE
    )
    week = model_pb2.CalibrationWeek(
        since=Date(year=2026, month=2, day=23), listings=40, expected=0.1, observed=0.125, low=0.055, high=0.261
    )
    check = model_pb2.ModelCheck(
        version=VERSION,
        checked_at=SINCE,
        verdicts=900,
        drifts=[model_pb2.SignalDrift(feature="price.vs_market", psi=0.312, by_chance=0.05)],
        calibration=[week],
        alarms=["price.vs_market has moved"],
    )
    trial = model_pb2.ShadowTrial(verdicts=5000, both_above=7, live_alone=1, shadow_alone=12)
    fake.models[VERSION] = model_service_pb2.ModelDetails(
        model=a_model(), card="# A card\n\nSays *much*.", history=[change], checks=[check], trial=trial
    )
    fake.models["2026-02-01-0f8fad5b"] = model_service_pb2.ModelDetails(model=a_model("2026-02-01-0f8fad5b"))
    fake.comparison = model_pb2.ModelComparison(
        version=VERSION,
        baseline="2026-02-01-0f8fad5b",
        worth=some_worth(0.5, 0.25),
        baseline_worth=some_worth(0.4, 0.2),
        finding="its average precision is 0.500",
    )
    return fake


@pytest.mark.usefixtures("watched")
def test_versions_are_listed_with_their_stage_and_figures(run: Run) -> None:
    listed = run("models", "list").out
    assert "2026-03-01-0f8fad5b   live" in listed
    assert "1,200/3,400" in listed
    assert "0.457" in listed
    told = json.loads(run("models", "list", "--json").out)
    assert [each["version"] for each in told["models"]] == [VERSION, "2026-02-01-0f8fad5b"]


def test_where_no_model_is_the_list_says_who_decides(run: Run) -> None:
    assert "rules alone decide" in run("models", "list").out


@pytest.mark.usefixtures("watched")
def test_a_version_is_shown_with_its_card_history_checks_and_trial(run: Run) -> None:
    shown = run("models", "show", VERSION, "--timezone", "UTC").out
    for part in ("A card", "Says much.", "wang", "better [2J", "price.vs_market has moved", "0.312"):
        assert part in shown
    assert "10.0%" in shown
    assert "12.5% (5.5%–26.1%)" in shown
    assert "5,000 verdicts; asked for a look: both 7, the live one alone 1, this one alone 12" in " ".join(
        shown.split()
    )
    assert "\x1b" not in shown
    assert "影子试行" in run("models", "show", VERSION, "--lang", "zh").out


def test_a_version_that_is_not_there_is_an_error_of_one_line(run: Run) -> None:
    outcome = run("models", "show", VERSION)
    assert (outcome.code, outcome.err) == (3, f"zhengpin: model '{VERSION}' is not in this marketplace\n")


def test_training_ends_with_the_model_and_its_comparison(run: Run, watched: FakeZhengpin) -> None:
    outcome = run("models", "train", "--actor", "wang", "--note", "weekly")
    assert f"Kept as a candidate: zhengpin models promote {VERSION} --live" in outcome.out
    assert "0.500" in outcome.out
    assert "0.400" in outcome.out
    assert "25.0%" in outcome.out
    trained = watched.models[VERSION].model
    assert (trained.trained_by, trained.note) == ("wang", "weekly")
    assert json.loads(run("models", "train", "--json").out)["model"]["version"] == VERSION


@pytest.mark.usefixtures("watched")
def test_two_versions_are_compared(run: Run) -> None:
    assert "its average precision is 0.500" in run("models", "compare", VERSION).out
    assert json.loads(run("models", "compare", VERSION, "--json").out)["worth"]["together"]["recall_at_review"] == 0.25


def test_a_version_is_promoted_and_gone_back_from(run: Run, watched: FakeZhengpin) -> None:
    promoted = run("models", "promote", VERSION, "--shadow", "--actor", "wang", "--force", "--note", "a trial")
    assert f"{VERSION} is now in shadow (in place of 2026-02-01-0f8fad5b)" in promoted.out
    assert watched.models[VERSION].model.stage == model_pb2.MODEL_STAGE_SHADOW
    assert watched.models[VERSION].model.note == "wang: a trial (True)"
    assert json.loads(run("models", "promote", VERSION, "--live", "--json").out)["stage"] == "MODEL_STAGE_LIVE"
    back = run("models", "rollback")
    assert f"{VERSION} is retired; live is 2026-02-01-0f8fad5b" in back.out
    assert json.loads(run("models", "rollback", "--json").out)["retired"] == VERSION
    watched.shipped_model = VERSION
    assert f"{VERSION} serves on, but asks for no more looks: it only advises" in run("models", "rollback").out


@pytest.mark.parametrize(
    ("stages", "says"), [([], "give --live or --shadow"), (["--live", "--shadow"], "give --live or --shadow, not both")]
)
def test_a_promotion_must_say_to_what(run: Run, fake: FakeZhengpin, stages: list[str], says: str) -> None:
    outcome = run("models", "promote", VERSION, *stages)
    assert outcome.code == 2
    assert says in outcome.err
    assert fake.calls == []


def test_what_does_not_fit_the_present_state_is_an_error_of_its_own(fake: FakeZhengpin, zhengpin: Zhengpin) -> None:
    fake.failures["RollbackModel"].append(a_status(code_pb2.FAILED_PRECONDITION, "there is nothing to go back to"))
    with pytest.raises(WrongState, match=r"^there is nothing to go back to$"):
        zhengpin.rollback_model("wang")


def test_a_training_that_another_one_hinders_is_refused_with_its_reason(fake: FakeZhengpin, zhengpin: Zhengpin) -> None:
    fake.failures["TrainModel"].append(a_status(code_pb2.RESOURCE_EXHAUSTED, "a model is being trained"))
    with pytest.raises(Rejected, match="a model is being trained"):
        list(zhengpin.train_model("wang"))


def test_every_change_carries_a_request_id_of_its_own(fake: FakeZhengpin, zhengpin: Zhengpin) -> None:
    fake.models[VERSION] = model_service_pb2.ModelDetails(model=a_model())
    list(zhengpin.train_model("wang"))
    zhengpin.promote_model(VERSION, model_pb2.MODEL_STAGE_LIVE, "wang")
    zhengpin.rollback_model("wang")
    ids = [request_id for _, _, request_id in fake.calls]
    assert len(set(ids)) == len(ids) == 3
    assert all(ids)
