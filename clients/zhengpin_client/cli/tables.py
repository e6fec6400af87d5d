"""Tables and counts of verdicts, for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from rich import box
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from zhengpin.v1 import verdict_pb2
from zhengpin_client import words
from zhengpin_client.screening import Screened
from zhengpin_client.words import Language, phrase

COLOURS = {
    verdict_pb2.DECISION_ALLOW: "green",
    verdict_pb2.DECISION_WATCH: "cyan",
    verdict_pb2.DECISION_REVIEW: "yellow",
    verdict_pb2.DECISION_BLOCK: "bold red",
}

VerdictRow: TypeAlias = tuple[Text, Text, Text]
"""A decision, a listing, and the first reason."""

_READABLE = 20
"""Columns that a sentence needs to be read with ease."""
_UNBOUNDED = 100_000
"""Columns of a terminal on which nothing is broken."""


def decision_text(decision: verdict_pb2.Decision.ValueType, language: Language) -> Text:
    """Say a decision in its colour."""
    return Text(words.decision(decision, language), style=COLOURS.get(decision, ""))


def plain(text: str) -> Text:
    """Show a foreign text as it is: no markup, no control characters that could steer a terminal."""
    return Text("".join(each if each.isprintable() else " " for each in text))


def pairs() -> Table:
    """Begin a grid of names and values."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    return grid


def section(title: str) -> Text:
    """Head what follows, below an empty line."""
    return Text(f"\n{title}", style="bold")


def first_that_fits(tables: Iterable[Table], console: Console) -> Table:
    """Of tables from the fullest to the barest, the first for which no line need be broken; else the barest."""
    unbounded = console.options.update(width=_UNBOUNDED)
    *wider, barest = tables
    fit = (table for table in wider if Measurement.get(console, unbounded, table).maximum <= console.width)
    return next(fit, barest)


def verdict_table(rows: Sequence[VerdictRow], language: Language, console: Console, times: Sequence[str] = ()) -> Table:
    """Verdicts, one a row, each id in one piece: their times, if given, are shown where there is room for them."""
    with_times = (_verdicts(rows, language, times),) if times else ()
    table = first_that_fits((*with_times, _verdicts(rows, language), _verdicts(rows, language, fold=True)), console)
    table.columns[-1].max_width = None
    return table


def _verdicts(
    rows: Iterable[VerdictRow], language: Language, times: Sequence[str] = (), *, fold: bool = False
) -> Table:
    """The table, as wide as it must be for its reasons to be read with ease; with `fold`, ids may be broken."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    if times:
        table.add_column(phrase("evaluated_at", language), no_wrap=True)
    table.add_column(phrase("decision", language), no_wrap=True)
    table.add_column(phrase("listing", language), no_wrap=not fold, overflow="fold")
    table.add_column(phrase("top_reason", language), max_width=_READABLE)
    for place, row in enumerate(rows):
        table.add_row(*times[place : place + 1], *row)
    return table


def top_reason(verdict: verdict_pb2.Verdict, language: Language) -> Text:
    """Say the strictest reason in one sentence, and how many more there are."""
    if not verdict.reasons:
        return Text(phrase("no_reason", language), style="dim")
    said = plain(words.text(verdict.reasons[0].text, language) or verdict.reasons[0].code)
    if len(verdict.reasons) > 1:
        said.append(f" (+{len(verdict.reasons) - 1})", style="dim")
    return said


def screened_row(result: Screened, language: Language) -> VerdictRow:
    """Show how one listing fared."""
    if result.verdict is None:
        return Text(phrase("refused", language), style="red"), plain(result.listing_id), plain(str(result.error))
    return verdict_row(result.verdict, language)


def verdict_row(verdict: verdict_pb2.Verdict, language: Language) -> VerdictRow:
    """Show a verdict in one row: decision, listing, first reason."""
    return decision_text(verdict.decision, language), plain(verdict.listing_id), top_reason(verdict, language)


class Strictest:
    """The strictest of any number of results, as many as a person reads in a terminal."""

    most = 500
    few = 20
    """Up to so many results are all shown; of more, those with nothing found are only counted."""

    def __init__(self) -> None:
        """Start with none."""
        self._kept: list[Screened] = []
        self._left_out = 0

    def add(self, result: Screened) -> None:
        """Take one more, and drop the mildest once there are twice as many as are shown."""
        self._kept.append(result)
        if len(self._kept) >= 2 * self.most:
            self._cut()

    def _cut(self) -> None:
        self._kept.sort(key=_strictness, reverse=True)
        self._left_out += max(len(self._kept) - self.most, 0)
        del self._kept[self.most :]

    def table(self, language: Language, console: Console) -> Table:
        """Show them, the strictest first; allowed ones only among few. What was cut off is counted below."""
        self._cut()
        all_shown = len(self._kept) <= self.few
        shown = (each for each in self._kept if all_shown or _strictness(each) > verdict_pb2.DECISION_ALLOW)
        table = verdict_table([screened_row(each, language) for each in shown], language, console)
        if self._left_out:
            table.caption = f"+{self._left_out} ({phrase('use_json', language)})"
        return table


def _strictness(result: Screened) -> int:
    return max(COLOURS) + 1 if result.verdict is None else result.verdict.decision


def count_of(results: Iterable[Screened]) -> Counter[str]:
    """Count results by the contract's name of their decision; REFUSED for those without one."""
    return Counter(
        "REFUSED" if result.verdict is None else verdict_pb2.Decision.Name(result.verdict.decision)
        for result in results
    )


def counts_line(counts: Counter[str], language: Language) -> Text:
    """Say in one line how many verdicts there were of each kind, the strictest first."""
    line = Text(f"{counts.total()} {phrase('screened', language)}")
    for value in sorted(COLOURS, reverse=True):
        number = counts[verdict_pb2.Decision.Name(value)]
        if number:
            line.append(" · ").append(f"{number} {words.decision(value, language)}", style=COLOURS[value])
    if counts["REFUSED"]:
        line.append(" · ").append(f"{counts['REFUSED']} {phrase('refused', language)}", style="red")
    return line
