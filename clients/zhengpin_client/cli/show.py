"""The walk through one verdict, with all its evidence."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from zhengpin.v1 import verdict_pb2
from zhengpin_client import words
from zhengpin_client.cli.session import Session
from zhengpin_client.cli.tables import COLOURS, decision_text, pairs, plain
from zhengpin_client.cli.values import Readings, readings_of, value_text
from zhengpin_client.words import Language, phrase

_SEVERITY_COLOURS = {
    verdict_pb2.SEVERITY_LOW: "dim",
    verdict_pb2.SEVERITY_MEDIUM: "yellow",
    verdict_pb2.SEVERITY_HIGH: "red",
    verdict_pb2.SEVERITY_CRITICAL: "bold red",
}
_TRUTH_COLOURS = {verdict_pb2.RULE_TRUTH_FIRED: "red", verdict_pb2.RULE_TRUTH_UNKNOWN: "dim"}


def walk(verdict: verdict_pb2.Verdict, session: Session, *, explain: bool) -> Group:
    """Lay a verdict out: what was decided, why, what could not be judged, and by which rules."""
    return Group(*_parts(verdict, session, explain))


def _parts(verdict: verdict_pb2.Verdict, session: Session, explain: bool) -> Iterator[RenderableType]:
    lang, readings = session.language, readings_of(verdict)
    yield _head(verdict, session)
    if verdict.actions:
        yield _section("actions", lang)
        yield from (_action(action, session) for action in verdict.actions)
    yield _section("reasons", lang)
    yield from (_reason(reason, readings, lang) for reason in verdict.reasons)
    if not verdict.reasons:
        yield _indented(Text(phrase("no_reason", lang), style="green"))
    if verdict.HasField("risk"):
        yield from _risk(verdict.risk, lang)
    if verdict.degraded:
        yield _section("degraded", lang)
        yield from (_indented(plain(words.degraded(each, lang))) for each in verdict.degraded)
    if verdict.not_evaluated:
        yield from _not_evaluated(verdict, explain, lang)
    yield _section("packs", lang)
    yield _packs(verdict)
    if explain:
        yield from _explanation(verdict, lang)
    else:
        yield _indented(Text(phrase("explain_more", lang), style="dim"))


def _head(verdict: verdict_pb2.Verdict, session: Session) -> Panel:
    lang = session.language
    grid = pairs()
    grid.add_row(phrase("listing", lang), plain(verdict.listing_id))
    grid.add_row(phrase("supplier", lang), plain(verdict.supplier_id))
    grid.add_row(phrase("verdict", lang), plain(verdict.verdict_id or phrase("dry", lang)))
    for name in ("evaluated_at", "as_of", "valid_until"):
        if verdict.HasField(name):
            grid.add_row(phrase(name, lang), session.show_time(getattr(verdict, name)))
    for name, value in (("supersedes", verdict.supersedes), ("case", verdict.case_id)):
        if value:
            grid.add_row(phrase(name, lang), plain(value))
    if verdict.lane_decision != verdict.decision:
        grid.add_row(phrase("rules_alone", lang), decision_text(verdict.lane_decision, lang))
    title = Text.assemble(" ", decision_text(verdict.decision, lang), " ")
    return Panel(grid, title=title, title_align="left", border_style=COLOURS.get(verdict.decision, ""))


def _action(action: verdict_pb2.Action, session: Session) -> RenderableType:
    lang = session.language
    line = Text("• ").append(words.action(action.kind, lang), style="bold")
    if action.HasField("until"):
        line.append(f"  {phrase('until', lang)} {session.show_time(action.until)}", style="dim")
    for name, value in sorted(action.params.items()):
        line.append("  ").append_text(plain(f"{name}={value}"))
    return _indented(line)


def _reason(reason: verdict_pb2.Reason, readings: Readings, lang: Language) -> RenderableType:
    """Show one rule that fired: what it says, on what it stands, and what was made of it."""
    grid = pairs()
    grid.add_row(phrase("condition", lang), plain(reason.threshold))
    for place, each in enumerate(reason.observed):
        label = phrase("observed", lang) if place == 0 else ""
        grid.add_row(label, _observed(each, readings, lang))
    for place, evidence in enumerate(reason.evidence):
        grid.add_row(phrase("evidence", lang) if place == 0 else "", _evidence(evidence))
    grid.add_row(phrase("family", lang), _standing(reason, lang))
    grid.add_row(phrase("taken", lang), _taken(reason, lang))
    for adjustment in reason.adjustments:
        name = verdict_pb2.Adjustment.Name(adjustment)
        grid.add_row(phrase("adjusted", lang), Text(words.word(name, lang), style="cyan"))
    said = plain(words.text(reason.text, lang))
    said.stylize("bold")
    name = " · ".join(filter(None, (reason.code, reason.ref, reason.rule_version)))
    title = Text.assemble(" ", plain(name), " ")
    colour = _SEVERITY_COLOURS.get(reason.severity, "")
    return Panel(Group(said, grid), title=title, title_align="left", border_style=colour, box=box.ROUNDED)


def _observed(observed: verdict_pb2.ObservedSignal, readings: Readings, lang: Language) -> RenderableType:
    """Show what a rule saw of a signal, and below it what that signal is."""
    reading = readings.get(observed.signal)
    if reading is None:
        return plain(f"{observed.signal} = {value_text(observed.value, '', lang)}")
    line = plain(f"{observed.signal} = {value_text(observed.value, reading.unit, lang)}")
    meaning = plain(words.text(reading.doc, lang))
    meaning.stylize("dim")
    return Group(line, _indented(meaning)) if meaning else line


def _evidence(evidence: verdict_pb2.Evidence) -> Text:
    line = plain(f"{evidence.kind}: {evidence.reference}")
    if evidence.quote:
        line.append("\n").append_text(plain(f"“{evidence.quote}”"))
        line.stylize("italic", line.plain.index("\n"))
    return line


def _standing(reason: verdict_pb2.Reason, lang: Language) -> Text:
    severity = words.word(verdict_pb2.Severity.Name(reason.severity), lang)
    line = Text(words.word(verdict_pb2.Family.Name(reason.family), lang))
    line.append(" · ").append(words.word(verdict_pb2.Proof.Name(reason.proof), lang))
    line.append(f" · {phrase('severity', lang)} ")
    return line.append(severity, style=_SEVERITY_COLOURS.get(reason.severity, ""))


def _taken(reason: verdict_pb2.Reason, lang: Language) -> Text:
    line = Text(words.action(reason.taken, lang), style="bold")
    if reason.proposed != reason.taken:
        line.append(f"  ({phrase('proposed', lang)}: {words.action(reason.proposed, lang)})", style="dim not bold")
    return line


def _risk(risk: verdict_pb2.Risk, lang: Language) -> Iterator[RenderableType]:
    yield _section("risk", lang)
    said = [f"{phrase('anomaly', lang)} {risk.anomaly:.3f}", f"{phrase('model', lang)} {risk.model_version}"]
    if risk.HasField("probability"):
        said.insert(0, f"{phrase('probability', lang)} {risk.probability:.1%}")
    if risk.HasField("suspicion"):
        said.insert(0, f"{phrase('suspicion', lang)} {risk.suspicion:.1%}")
    yield _indented(" · ".join(said))
    for each in risk.contributions:
        value = f"{each.value:g}" if each.HasField("value") else phrase("unknown", lang)
        yield _indented(plain(f"{each.effect:+.2f}  {each.signal} = {value}"))


def _not_evaluated(verdict: verdict_pb2.Verdict, explain: bool, lang: Language) -> Iterator[RenderableType]:
    """Name the rules whose truth is unknown; what each of them misses only where it was asked for."""
    yield _section("not_evaluated", lang)
    if not explain:
        yield _indented(Text(", ".join(each.rule_id for each in verdict.not_evaluated), style="dim"))
        return
    for each in verdict.not_evaluated:
        yield _indented(
            plain(each.rule_id).append(f"  {phrase('missing', lang)}: {', '.join(each.missing)}", style="dim")
        )


def _packs(verdict: verdict_pb2.Verdict) -> RenderableType:
    grid = pairs()
    for pack in verdict.pack_versions:
        grid.add_row(f"{pack.name}/{pack.version}", Text(f"sha256 {pack.digest[:16]}…", style="dim"))
    return _indented(grid)


def _explanation(verdict: verdict_pb2.Verdict, lang: Language) -> Iterator[RenderableType]:
    """Show every signal and every rule's outcome."""
    yield _section("signals", lang)
    signals = Table(box=box.SIMPLE, show_header=False, pad_edge=False)
    signals.add_column(overflow="fold", ratio=3)
    signals.add_column(overflow="fold", ratio=2)
    for reading in verdict.explanation.signals:
        known = reading.HasField("value")
        name = plain(reading.name).append("\n").append_text(plain(words.text(reading.doc, lang)))
        name.stylize("dim", len(reading.name))
        value = value_text(reading.value, reading.unit, lang)
        signals.add_row(name, Text(value, style="" if known else "dim"))
    yield signals
    yield _section("rules", lang)
    rules = Table(box=box.SIMPLE, show_header=False, pad_edge=False)
    rules.add_column(overflow="fold", ratio=3)
    rules.add_column(overflow="fold", ratio=2)
    for rule in verdict.explanation.rules:
        truth = words.word(verdict_pb2.RuleTruth.Name(rule.truth), lang)
        rules.add_row(plain(rule.rule_id), Text(truth, style=_TRUTH_COLOURS.get(rule.truth, "green")))
    yield rules


def _section(name: str, lang: Language) -> RenderableType:
    return Padding(Rule(Text(phrase(name, lang), style="bold"), align="left", style="dim"), (1, 0, 0, 0))


def _indented(renderable: RenderableType) -> Padding:
    return Padding(renderable, (0, 0, 0, 2))
