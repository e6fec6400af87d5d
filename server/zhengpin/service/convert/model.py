"""Learned models, their figures, and what was found when they were looked at."""

from __future__ import annotations

from google.type import date_pb2

from zhengpin.domain.model_check import ModelCheck, Rate, ShadowTrial
from zhengpin.domain.model_stage import ModelStage, StageChange
from zhengpin.risk.metrics import Metrics, Worth
from zhengpin.service.convert.scalars import EnumPair, moment_to_proto
from zhengpin.usecases.compare_models import Comparison
from zhengpin.usecases.model_shelf import ModelEntry
from zhengpin.usecases.promote_model import Promotion
from zhengpin.usecases.read_models import ModelStory
from zhengpin.usecases.train_model import TrainedModel
from zhengpin.v1 import model_pb2 as pb
from zhengpin.v1 import model_service_pb2

STAGES = EnumPair(ModelStage, pb.ModelStage, "MODEL_STAGE_")


def model_to_proto(entry: ModelEntry) -> pb.Model:
    """One version."""
    manifest, training = entry.manifest, entry.manifest.training
    labels = training.labels
    return pb.Model(
        version=manifest.version,
        stage=STAGES.to_proto(entry.stage),
        shipped=entry.is_shipped,
        trained_at=moment_to_proto(training.trained_at),
        trained_by=training.trained_by,
        note=training.note,
        labels=pb.LabelCounts(fake=labels.fake, genuine=labels.genuine, unlabelled=labels.unlabelled),
        worth=worth_to_proto(training.metrics),
        held_out_from=moment_to_proto(training.held_out_from) if training.held_out_from else None,
        sha256=manifest.sha256,
        seed=training.seed,
        libraries=manifest.libraries,
    )


def worth_to_proto(worth: Worth | None) -> pb.ModelWorth | None:
    """Figures; `None` leaves the field unset."""
    if worth is None:
        return None
    return pb.ModelWorth(
        together=_metrics_to_proto(worth.together),
        classifier=_metrics_to_proto(worth.classifier),
        rules_precision=worth.rules_precision,
    )


def _metrics_to_proto(metrics: Metrics) -> pb.ModelMetrics:
    return pb.ModelMetrics(
        listings=metrics.listings,
        fakes=metrics.fakes,
        average_precision=metrics.average_precision,
        brier=metrics.brier,
        brier_skill=metrics.brier_skill,
        recall_at_review=metrics.recall_at_review,
        calibration=[
            pb.CalibrationBin(
                low=each.low, high=each.high, listings=each.listings, expected=each.expected, observed=each.observed
            )
            for each in metrics.calibration
        ],
    )


def comparison_to_proto(comparison: Comparison) -> pb.ModelComparison:
    """Two versions beside one another."""
    return pb.ModelComparison(
        version=comparison.version,
        baseline=comparison.baseline,
        worth=worth_to_proto(comparison.worth),
        baseline_worth=worth_to_proto(comparison.baseline_worth),
        since=moment_to_proto(comparison.since) if comparison.since else None,
        unproven=comparison.unproven,
        finding=comparison.finding,
    )


def story_to_proto(story: ModelStory) -> model_service_pb2.ModelDetails:
    """One version with all that is known of it."""
    return model_service_pb2.ModelDetails(
        model=model_to_proto(story.entry),
        card=story.card,
        history=[_change_to_proto(change) for change in story.history],
        checks=[_check_to_proto(check) for check in story.checks],
        trial=_trial_to_proto(story.trial) if story.trial else None,
    )


def trained_to_proto(trained: TrainedModel) -> model_service_pb2.TrainedModel:
    """What came of a training."""
    return model_service_pb2.TrainedModel(
        model=model_to_proto(trained.entry), comparison=comparison_to_proto(trained.comparison)
    )


def promotion_from_proto(message: model_service_pb2.PromoteModelRequest) -> Promotion:
    """What is asked of a promotion."""
    return Promotion(
        version=message.version,
        stage=STAGES.from_proto(message.stage),
        actor=message.actor,
        note=message.note,
        force=message.force,
    )


def _change_to_proto(change: StageChange) -> pb.ModelStageChange:
    return pb.ModelStageChange(
        version=change.version,
        stage=STAGES.to_proto(change.stage),
        actor=change.actor,
        note=change.note,
        changed_at=moment_to_proto(change.changed_at),
    )


def _check_to_proto(check: ModelCheck) -> pb.ModelCheck:
    return pb.ModelCheck(
        version=check.version,
        checked_at=moment_to_proto(check.checked_at),
        verdicts=check.verdicts,
        drifts=[pb.SignalDrift(feature=each.feature, psi=each.psi, by_chance=each.by_chance) for each in check.drifts],
        calibration=[_week_to_proto(rate) for rate in check.calibration],
        alarms=check.alarms,
    )


def _week_to_proto(rate: Rate) -> pb.CalibrationWeek:
    since = rate.since
    return pb.CalibrationWeek(
        since=date_pb2.Date(year=since.year, month=since.month, day=since.day),
        listings=rate.listings,
        expected=rate.expected,
        observed=rate.observed,
        low=rate.low,
        high=rate.high,
    )


def _trial_to_proto(trial: ShadowTrial) -> pb.ShadowTrial:
    return pb.ShadowTrial(
        verdicts=trial.verdicts,
        both_above=trial.both_above,
        live_alone=trial.live_alone,
        shadow_alone=trial.shadow_alone,
        scores=trial.scores,
        cursor=str(trial.cursor),
    )
