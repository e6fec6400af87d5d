"""Signal values as people read them."""

from __future__ import annotations

from collections.abc import Mapping

from zhengpin.v1 import verdict_pb2
from zhengpin_client import words
from zhengpin_client.words import Language, phrase

Readings = Mapping[str, verdict_pb2.SignalReading]
"""By signal; empty for a verdict without its explanation."""


def readings_of(verdict: verdict_pb2.Verdict) -> Readings:
    """Find what a verdict's explanation says of each signal."""
    return {each.name: each for each in verdict.explanation.signals}


def value_text(value: verdict_pb2.SignalValue, unit: str, language: Language) -> str:
    """Show a value with its unit; shares as percentages, numbers to four digits."""
    match value.WhichOneof("value"):
        case "boolean":
            shown = phrase("yes" if value.boolean else "no", language)
        case "text":
            shown = value.text
        case "set":
            shown = ", ".join(value.set.items) or phrase("none", language)
        case "integer":
            shown = _with_unit(f"{value.integer:,}", unit, language)
        case "number":
            shown = f"{value.number:.1%}" if unit == "share" else _with_unit(_number(value.number), unit, language)
        case _:
            shown = phrase("unknown", language)
    return shown


def _with_unit(text: str, unit: str, language: Language) -> str:
    said = words.unit(unit, language)
    return f"{text} {said}" if said and said.isascii() else f"{text}{said}"


def _number(value: float) -> str:
    return f"{value:,.2f}" if abs(value) >= 10 else f"{value:.4g}"  # noqa: PLR2004 - four digits either way
