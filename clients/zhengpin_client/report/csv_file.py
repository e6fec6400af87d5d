"""Verdicts as a table for spreadsheets."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from google.protobuf.timestamp_pb2 import Timestamp

from zhengpin.v1 import verdict_pb2
from zhengpin_client import words
from zhengpin_client.words import Language

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet run a cell (OWASP, CSV injection), full-width forms included."""
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def harmless(text: str) -> str:
    """Keep a text from being run as a formula: an apostrophe stands before it; numbers stay numbers."""
    return f"'{text}" if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text


def write_csv(path: Path, rows: Iterable[Mapping[str, str]]) -> int:
    """Write rows whose columns are those of the first, and count them. UTF-8 with a mark, as Excel needs it."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        for row in rows:
            if not count:
                writer.writerow(row)
            writer.writerow([harmless(cell) for cell in row.values()])
            count += 1
    return count


def verdict_cells(
    verdict: verdict_pb2.Verdict, language: Language, show_time: Callable[[Timestamp], str]
) -> dict[str, str]:
    """Give a verdict's cells by their columns; several things in one cell stand on lines of their own."""
    return {
        "listing_id": verdict.listing_id,
        "supplier_id": verdict.supplier_id,
        "decision": verdict_pb2.Decision.Name(verdict.decision).removeprefix("DECISION_"),
        "actions": "\n".join(_action(each, language, show_time) for each in verdict.actions),
        "reason_codes": "\n".join(each.code for each in verdict.reasons),
        "reasons": "\n".join(words.text(each.text, language) for each in verdict.reasons),
        "observed": "\n".join(
            f"{signal.signal}: {_plain_value(signal.value)}" for each in verdict.reasons for signal in each.observed
        ),
        "quotes": "\n".join(item.quote for each in verdict.reasons for item in each.evidence if item.quote),
        "degraded": "\n".join(words.degraded(each, language) for each in verdict.degraded),
        "evaluated_at": show_time(verdict.evaluated_at),
        "valid_until": show_time(verdict.valid_until),
        "verdict_id": verdict.verdict_id,
    }


def _action(action: verdict_pb2.Action, language: Language, show_time: Callable[[Timestamp], str]) -> str:
    said = words.action(action.kind, language)
    return f"{said} {words.phrase('until', language)} {show_time(action.until)}" if action.HasField("until") else said


def _plain_value(value: verdict_pb2.SignalValue) -> str:
    match value.WhichOneof("value"):
        case "boolean":
            return "true" if value.boolean else "false"
        case "number":
            return f"{value.number:.6g}"
        case "integer":
            return str(value.integer)
        case "set":
            return ", ".join(value.set.items)
        case _:
            return value.text
