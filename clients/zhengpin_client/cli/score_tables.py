"""Suppliers' scores for a terminal: one with all that it rests on, the ranking, and changes as they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from google.protobuf.timestamp_pb2 import Timestamp
from rich import box
from rich.console import RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from zhengpin.v1 import supplier_score_pb2, supplier_service_pb2
from zhengpin_client import words
from zhengpin_client.cli.session import Session
from zhengpin_client.cli.tables import pairs, plain
from zhengpin_client.score_figures import good_of_all, other_reasons, range_text
from zhengpin_client.words import Language, phrase

_BAND_COLOURS = {
    supplier_score_pb2.SCORE_BAND_PREFERRED: "bold green",
    supplier_score_pb2.SCORE_BAND_GOOD: "green",
    supplier_score_pb2.SCORE_BAND_AT_RISK: "yellow",
    supplier_score_pb2.SCORE_BAND_STOP: "bold red",
}
_STEPS = "▁▂▃▄▅▆▇█"
_MOST_POINTS = 1000


def score_story(score: supplier_score_pb2.SupplierScore, session: Session) -> Iterator[RenderableType]:
    """One score: what bars it, why it is what it is, what would raise it, and each of its components."""
    lang = session.language
    grid = pairs()
    before = ""
    for name, value in _facts(score, session):
        grid.add_row("" if name == before else phrase(name, lang), value)
        before = name
    title = Text.assemble(" ", plain(score.supplier_id), " · ", band_text(score.band, lang), " ")
    yield Panel(grid, title=title, title_align="left", border_style=_BAND_COLOURS.get(score.band, ""))
    yield _components(score.components, lang)


def ranking_table(scores: Sequence[supplier_score_pb2.SupplierScore], language: Language) -> Table:
    """One supplier a row, the best first."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(phrase("supplier", language), overflow="fold")
    table.add_column(phrase("band", language))
    for name in ("points", "range", "evidence_count"):
        table.add_column(phrase(name, language).replace(", ", ",\n"), justify="right")
    for score in scores:
        table.add_row(
            plain(score.supplier_id),
            band_text(score.band, language),
            f"{score.points}",
            range_text(score),
            f"{score.evidence_count:,.1f}",
        )
    return table


def change_line(change: supplier_service_pb2.ScoreChange, session: Session) -> Text:
    """One change in one line, with the bands where it went into another one."""
    lang = session.language
    line = Text(f"{session.show_time(change.changed_at)}  ").append_text(plain(change.supplier_id))
    line.append(f"  {change.points_before} → {change.points}  ")
    if change.band_before != change.band:
        line.append_text(band_text(change.band_before, lang)).append(" → ")
    return line.append_text(band_text(change.band, lang))


def trend_line(trend: Iterable[supplier_score_pb2.ScorePoint]) -> str:
    """Points over time as little bars, between the first and the last of them; empty without any."""
    points = [each.points for each in trend]
    if not points:
        return ""
    bars = "".join(_STEPS[min(each * len(_STEPS) // _MOST_POINTS, len(_STEPS) - 1)] for each in points)
    return f"{points[0]} {bars} {points[-1]}"


def _facts(score: supplier_score_pb2.SupplierScore, session: Session) -> Iterator[tuple[str, RenderableType]]:
    lang = session.language
    yield "points", _points(score, lang)
    yield "evidence_count", f"{score.evidence_count:,.1f}"
    for cap in score.caps:
        yield "limits", _cap(cap, session)
    for reason in other_reasons(score):
        yield "reasons", plain(words.text(reason, lang))
    if score.HasField("next_improvement"):
        best = score.next_improvement
        yield "next_improvement", plain(phrase("improvement", lang, how=words.text(best.how, lang), gain=best.gain))
    if score.trend:
        yield "trend", trend_line(score.trend)
    yield "as_of", session.show_time(score.as_of)
    yield "formula", plain(_formula(score.version, session))


def _points(score: supplier_score_pb2.SupplierScore, language: Language) -> str:
    """The points with their range, where a cap leaves any."""
    if score.low == score.high:
        return phrase("points_alone", language, points=score.points)
    return phrase("points_range", language, points=score.points, low=score.low, high=score.high)


def _formula(version: str, session: Session) -> str:
    """The formula's number, and when what is usual was fitted, shown as other times are."""
    number, _, fitted = version.partition("/")
    moment = Timestamp()
    try:
        moment.FromJsonString(fitted)
    except ValueError:
        return version
    return phrase("formula_fitted", session.language, version=number, fitted=session.show_time(moment))


def _cap(cap: supplier_score_pb2.ScoreCap, session: Session) -> Text:
    lang = session.language
    if cap.HasField("until"):
        limit = phrase("capped_until", lang, points=cap.points, until=session.show_time(cap.until))
    else:
        limit = phrase("capped", lang, points=cap.points)
    said = Text(f"{limit}\n", style="yellow").append_text(plain(words.text(cap.why, lang)))
    return said.append_text(plain(f"\n{', '.join(cap.evidence)}")) if cap.evidence else said


def _components(components: Iterable[supplier_score_pb2.ScoreComponent], language: Language) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(phrase("component", language))
    for name in ("weight", "value", "range", "good_of_all"):
        table.add_column(phrase(name, language), justify="right")
    for each in components:
        table.add_row(
            words.component(each.name, language),
            f"{each.weight:.0%}",
            f"{each.value:.0%}",
            f"{each.low * 100:.0f}–{each.high:.0%}",
            good_of_all(each),
        )
    return table


def band_text(band: supplier_score_pb2.ScoreBand.ValueType, language: Language) -> Text:
    """Say a band in its colour."""
    return Text(words.word(supplier_score_pb2.ScoreBand.Name(band), language), style=_BAND_COLOURS.get(band, ""))
