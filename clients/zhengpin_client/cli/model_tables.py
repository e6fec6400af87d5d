"""Learned models for a terminal: tables of versions, figures, drift and calibration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich import box
from rich.console import RenderableType
from rich.markdown import Markdown
from rich.table import Table
from rich.text import Text

from zhengpin.v1 import model_pb2, model_service_pb2
from zhengpin_client import words
from zhengpin_client.cli.session import Session
from zhengpin_client.cli.tables import plain
from zhengpin_client.words import Language, phrase

_STAGE_COLOURS = {
    model_pb2.MODEL_STAGE_LIVE: "bold green",
    model_pb2.MODEL_STAGE_SHADOW: "cyan",
    model_pb2.MODEL_STAGE_RETIRED: "dim",
}
_FIGURES = {"average_precision": "{:.3f}", "brier": "{:.4f}", "brier_skill": "{:.3f}", "recall_at_review": "{:.1%}"}
_CHECKS_SHOWN = 7
_DRIFTS_SHOWN = 5


def stage_text(stage: model_pb2.ModelStage.ValueType, language: Language) -> Text:
    """Say a stage in its colour."""
    return Text(words.word(model_pb2.ModelStage.Name(stage), language), style=_STAGE_COLOURS.get(stage, ""))


def model_table(models: Iterable[model_pb2.Model], session: Session) -> Table:
    """One version a row."""
    lang = session.language
    table = _table(lang, "version", "stage", "origin", "labels", "average_precision")
    table.columns[0].no_wrap = True
    for model in models:
        table.add_row(
            model.version,
            stage_text(model.stage, lang),
            phrase("with_zhengpin" if model.shipped else "here", lang),
            f"{model.labels.fake:,}/{model.labels.genuine:,}",
            f"{model.worth.together.average_precision:.3f}" if model.HasField("worth") else "–",
        )
    return table


def story(details: model_service_pb2.ModelDetails, session: Session) -> Iterator[RenderableType]:
    """One version: its card, its history, what was found when it was looked at, and its trial."""
    lang = session.language
    yield model_table([details.model], session)
    yield Markdown(plain_lines(details.card))
    if details.history:
        yield _title("history", lang)
        yield _history(details.history, session)
    if details.HasField("trial"):
        yield _title("trial", lang)
        yield _trial(details.trial, lang)
    if details.checks:
        yield _title("checks", lang)
        yield _checks(details.checks[:_CHECKS_SHOWN], session)
        yield _title("drift", lang)
        yield _drifts(details.checks[0].drifts[:_DRIFTS_SHOWN], lang)
        yield _title("calibration", lang)
        yield _weeks(details.checks[0].calibration, lang)


def comparison_table(comparison: model_pb2.ModelComparison, language: Language) -> Table:
    """The figures of two versions beside one another, and what they come to."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(phrase("figure", language))
    table.add_column(comparison.version, justify="right")
    table.add_column(comparison.baseline or "–", justify="right")
    if comparison.HasField("worth"):
        both = comparison.worth.together, comparison.baseline_worth.together
        for name, form in _FIGURES.items():
            table.add_row(phrase(name, language), *(form.format(getattr(metrics, name)) for metrics in both))
    table.caption = plain(comparison.finding)
    return table


def plain_lines(text: str) -> str:
    """A foreign text without control characters, line by line."""
    return "\n".join(plain(line).plain for line in text.splitlines())


def _table(language: Language, *names: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in names:
        table.add_column(phrase(name, language))
    return table


def _title(name: str, language: Language) -> Text:
    return Text(f"\n{phrase(name, language)}", style="bold")


def _history(changes: Iterable[model_pb2.ModelStageChange], session: Session) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False)
    for change in changes:
        told = stage_text(change.stage, session.language)
        table.add_row(session.show_time(change.changed_at), told, plain(change.actor), plain(change.note))
    return table


def _trial(trial: model_pb2.ShadowTrial, language: Language) -> Text:
    return Text(
        phrase(
            "trial_line",
            language,
            verdicts=f"{trial.verdicts:,}",
            both=f"{trial.both_above:,}",
            live=f"{trial.live_alone:,}",
            shadow=f"{trial.shadow_alone:,}",
        )
    )


def _checks(checks: Iterable[model_pb2.ModelCheck], session: Session) -> Table:
    lang = session.language
    table = _table(lang, "checked", "verdicts", "alarms")
    for check in checks:
        alarms = plain("; ".join(check.alarms))
        alarms.stylize("red")
        shown = alarms if check.alarms else Text(phrase("no_alarms", lang), style="green")
        table.add_row(session.show_time(check.checked_at), f"{check.verdicts:,}", shown)
    return table


def _drifts(drifts: Iterable[model_pb2.SignalDrift], language: Language) -> Table:
    table = _table(language, "feature", "drift", "by_chance")
    for drift in drifts:
        table.add_row(plain(drift.feature), f"{drift.psi:.3f}", f"{drift.by_chance:.3f}")
    return table


def _weeks(weeks: Iterable[model_pb2.CalibrationWeek], language: Language) -> Table:
    table = _table(language, "week", "listings", "expected", "came_out")
    for week in weeks:
        since = f"{week.since.year}-{week.since.month:02}-{week.since.day:02}"
        came_out = f"{week.observed:.1%} ({week.low:.1%}–{week.high:.1%})"
        table.add_row(since, f"{week.listings:,}", f"{week.expected:.1%}", came_out)
    return table
