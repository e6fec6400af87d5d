"""What housekeeping finds of models: drift, calibration, and how one in shadow would differ."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from builders import NOW, a_stage_change, a_verdict
from learning import DAY, HERE, PRICE, PriceModel, a_suspicion, judge, keep, price_models, told_labels
from zhengpin.domain.model_check import ModelCheck, ShadowTrial
from zhengpin.domain.model_stage import ModelStage
from zhengpin.domain.policy import Policy
from zhengpin.risk.examples import split
from zhengpin.risk.listing_risk import digest_of
from zhengpin.risk.registry import Kind, Registry
from zhengpin.storage import Store
from zhengpin.usecases.check_models import CheckModels
from zhengpin.usecases.model_examples import ModelExamples
from zhengpin.usecases.try_shadow import TryShadow
from zhengpin.usecases.watch_models import Look, WatchModels


@pytest.fixture
def registry(tmp_path: Path) -> Registry[Any]:
    return price_models(tmp_path / "own")


def serve(store: Store, version: str, stage: ModelStage = ModelStage.LIVE) -> None:
    with store.begin(HERE) as unit:
        unit.models.change([a_stage_change(version, stage)])


def checks(store: Store) -> tuple[ModelCheck, ...]:
    with store.read(HERE) as reader:
        return reader.models.checks()


def _at(moment: datetime) -> Callable[[], datetime]:
    """A clock that stands still."""
    return lambda: moment


def says(version: str, steepness: float) -> Any:
    """The risk that a model of the price tells."""
    return lambda price: a_suspicion(min(max(0.5 + steepness * (1 - price), 0.0), 1.0), version)


def test_what_looks_as_in_training_sounds_no_alarm(store: Store, registry: Registry[Any]) -> None:
    version = keep(registry)
    serve(store, version)
    judge(store, 400)
    assert sum(CheckModels(store, registry, lambda: NOW)(HERE)) == 400
    (check,) = checks(store)
    assert (check.version, check.checked_at, check.verdicts, check.alarms) == (version, NOW, 400, ())
    assert check.drifts[0].feature == "score"
    assert max(drift.psi for drift in check.drifts) < 0.1


def test_prices_that_fell_are_an_alarm_in_the_log_and_in_the_check(store: Store, registry: Registry[Any]) -> None:
    version = keep(registry)
    serve(store, version)
    judge(store, 300, prices=(0.1, 0.4))
    with capture_logs() as logs:
        list(WatchModels(store, "", lambda: [CheckModels(store, registry, lambda: NOW)])())
    (check,) = checks(store)
    assert [drift.feature for drift in check.drifts] == ["score", PRICE]
    assert len(check.alarms) == 2
    (line,) = [line for line in logs if line["event"] == "model.drift"]
    assert (line["log_level"], line["marketplace"], line["version"]) == ("warning", HERE, version)
    assert line["alarms"] == check.alarms


def test_a_model_is_checked_once_a_day(store: Store, registry: Registry[Any]) -> None:
    serve(store, keep(registry))
    judge(store, 20)
    for hours in (0, 1, 23, 24, 30):
        now = NOW + timedelta(hours=hours)
        list(CheckModels(store, registry, _at(now))(HERE))
    assert [check.checked_at for check in checks(store)] == [NOW + DAY, NOW]


def test_only_the_last_seven_days_are_looked_at_and_of_many_a_sample(store: Store, registry: Registry[Any]) -> None:
    serve(store, keep(registry))
    judge(store, 50, name="old", since=NOW - 9 * DAY, span=DAY, prices=(0.1, 0.2))
    list(CheckModels(store, registry, lambda: NOW)(HERE))
    assert checks(store) == ()
    judge(store, 500, name="new")
    list(CheckModels(store, registry, lambda: NOW, most_verdicts=250)(HERE))
    (check,) = checks(store)
    assert check.verdicts == 250
    assert check.alarms == ()


def test_more_fakes_than_expected_are_an_alarm(store: Store, registry: Registry[Any]) -> None:
    version = keep(registry)
    serve(store, version)
    told_labels(store, fakes=60, genuine=60, risk=lambda _: a_suspicion(0.05, version))
    list(CheckModels(store, registry, lambda: NOW)(HERE))
    (check,) = checks(store)
    assert not check.is_calibrated
    assert "more listings are found to be fake than was expected" in check.alarms
    assert sum(week.listings for week in check.calibration) == 120
    assert all(week.expected == pytest.approx(0.05) for week in check.calibration)


def test_what_nobody_has_looked_at_counts_as_not_found_to_be_fake(store: Store, registry: Registry[Any]) -> None:
    version = keep(registry)
    serve(store, version)
    told_labels(store, fakes=60, genuine=60, risk=lambda _: a_suspicion(0.05, version))
    judge(store, 1080, name="u", risk=lambda _: a_suspicion(0.05, version))
    list(CheckModels(store, registry, lambda: NOW, most_verdicts=600)(HERE))
    (check,) = checks(store)
    assert check.is_calibrated
    assert sum(week.listings for week in check.calibration) == pytest.approx(1200, rel=0.05)


@pytest.mark.parametrize(
    ("judged_by", "since"),
    [("another", NOW - 6 * DAY), ("live", NOW + DAY), ("live", NOW - 100 * DAY)],
    ids=["by another model", "when it was known", "long ago"],
)
def test_only_what_the_live_model_said_before_it_was_known_tells_of_its_calibration(
    store: Store, registry: Registry[Any], judged_by: str, since: Any
) -> None:
    version = keep(registry)
    serve(store, version)
    judge(store, 10)
    told_labels(store, risk=lambda _: a_suspicion(0.05, version if judged_by == "live" else judged_by), since=since)
    list(CheckModels(store, registry, lambda: NOW)(HERE))
    assert checks(store)[0].calibration == ()


def test_a_model_in_shadow_scores_what_was_screened_since_and_counts_where_it_would_differ(
    store: Store, registry: Registry[Any]
) -> None:
    live, shadow = keep(registry, 0.25), keep(registry, 0.6)
    serve(store, live)
    judge(store, 30, name="before", risk=says(live, 0.25))
    serve(store, shadow, ModelStage.SHADOW)
    with store.begin(HERE) as unit:
        unit.models.keep_trial(ShadowTrial(shadow, unit.verdicts.last_cursor()))
    look = TryShadow(store, registry, Policy(review_suspicion=0.65))
    assert list(look(HERE)) == []
    judge(store, 450, name="after", risk=says(live, 0.25))
    judge(store, 10, name="degraded")
    assert sum(look(HERE)) == 460
    with store.read(HERE) as reader:
        trial = reader.models.trial(shadow)
        prices = [
            float(str(verdict.explanation.values[PRICE]))
            for verdict in reader.verdict_samples.numbered(range(31, 481))
            if verdict.explanation
        ]
    assert trial is not None
    live_above = [says(live, 0.25)(price).probability >= 0.65 for price in prices]
    shadow_above = [says(shadow, 0.6)(price).probability >= 0.65 for price in prices]
    pairs = list(zip(live_above, shadow_above, strict=True))
    assert (trial.cursor, trial.verdicts, sum(trial.scores)) == (490, 450, 450)
    assert (trial.both_above, trial.live_alone, trial.shadow_alone) == (
        pairs.count((True, True)),
        pairs.count((True, False)),
        pairs.count((False, True)),
    )
    assert trial.shadow_alone > 0
    assert list(look(HERE)) == []


def test_a_page_that_another_process_has_scored_meanwhile_counts_once(
    store: Store, registry: Registry[Any], tmp_path: Path
) -> None:
    live, shadow = keep(registry, 0.25), keep(registry, 0.6)
    serve(store, shadow, ModelStage.SHADOW)
    with store.begin(HERE) as unit:
        unit.models.keep_trial(ShadowTrial(shadow))
    judge(store, 100, risk=says(live, 0.25))
    others: list[int] = []

    class Overtaken(PriceModel):
        """Between the reading of a page and its writing, another process scores all there is."""

        def assess(self, values: Any, category: str = "", rules: Any = None) -> Any:
            if not others:
                others.extend(TryShadow(store, registry, Policy())(HERE))
            return PriceModel.assess(self, values, category, rules)

    overtaken: Kind[Any] = Kind("listing_risk", digest_of, lambda version, _: Overtaken(version, 0.6))
    list(TryShadow(store, Registry(overtaken, tmp_path / "own"), Policy())(HERE))
    with store.read(HERE) as reader:
        trial = reader.models.trial(shadow)
    assert trial is not None
    assert (others, trial.cursor, trial.verdicts) == ([100], 100, 100)


def test_a_model_that_cannot_be_loaded_leaves_a_warning_and_the_others_watched(
    store: Store, registry: Registry[Any], tmp_path: Path
) -> None:
    good, bad = keep(registry, 0.5), keep(registry, 0.6)
    (tmp_path / "own" / "listing_risk" / bad / "model.skops").unlink()
    serve(store, good)
    serve(store, bad, ModelStage.SHADOW)
    judge(store, 20)
    with capture_logs() as logs:
        looks = TryShadow(store, registry, Policy()), CheckModels(store, registry, lambda: NOW)
        list(WatchModels(store, "", lambda: looks)())
    assert [line["event"] for line in logs if line["log_level"] == "warning"] == ["model unreadable"]
    assert len(checks(store)) == 1


def test_where_no_model_serves_nothing_is_looked_at_and_nothing_imported(store: Store) -> None:
    judge(store, 3)
    opened: list[str] = []
    looked_at: list[str] = []

    def look(marketplace: str) -> Iterator[int]:
        looked_at.append(marketplace)
        yield 1

    def looks() -> list[Look]:
        opened.append("looks")
        return [look]

    assert list(WatchModels(store, "", looks)()) == []
    assert opened == []
    assert list(WatchModels(store, "2026-03-01-0f8fad5b", looks)()) == [1]
    assert looked_at == [HERE]


def test_examples_are_what_was_known_then_with_what_was_found_since(store: Store) -> None:
    told_labels(store, fakes=5, genuine=7)
    judge(store, 30, name="u")
    examples = ModelExamples(store)
    labelled = examples.labelled(HERE)
    assert [example.fake for example in labelled] == [True] * 5 + [False] * 7
    assert all(0.2 <= float(str(example.values[PRICE])) <= 1.4 for example in labelled)
    assert {example.category for example in labelled} == {"kitchen/kettles"}
    others = examples.unlabelled(HERE, seed=1)
    assert len(others) == 30
    assert all(example.fake is None for example in others)


def test_of_many_examples_the_same_sample_is_drawn_for_the_same_seed(store: Store) -> None:
    told_labels(store, fakes=40, genuine=40)
    judge(store, 100, name="u")
    examples = ModelExamples(store, most_labelled=30, most_unlabelled=20)

    def drawn(seed: int) -> Iterator[Any]:
        yield [example.values[PRICE] for example in examples.labelled(HERE, seed)]
        yield [example.values[PRICE] for example in examples.unlabelled(HERE, seed)]

    first, again, another = list(drawn(1)), list(drawn(1)), list(drawn(2))
    assert [len(sample) for sample in first] == [30, 20]
    assert first == again
    assert first[0] != another[0]
    assert first[1] != another[1]


def test_a_rescreening_of_all_listings_leaves_unlabelled_ones_in_each_part_of_the_time(store: Store) -> None:
    of_90_days: Any = {"since": NOW - 90 * DAY, "span": 85 * DAY}
    told_labels(store, 50, 50, **of_90_days)
    judge(store, 300, name="u", **of_90_days)
    with store.begin(HERE) as unit:
        again = [a_verdict(f"again-{n}", listing_id=f"u-{n}", evaluated_at=NOW, as_of=NOW) for n in range(300)]
        unit.verdicts.add_many(again)
    examples = ModelExamples(store).all(HERE)
    parts = split(sorted(examples, key=lambda each: each.observed_at))
    learn, calibrate, held_out = (
        sum(each.fake is None for each in part) for part in (parts.learn, parts.calibrate, parts.held_out)
    )
    assert (learn + calibrate + held_out, sum(each.weight for each in examples)) == (300, 400)
    assert learn > 60
    assert calibrate > 15
    assert held_out > 150
