"""Two long texts for a report, cut to where they differ."""

from __future__ import annotations

from itertools import takewhile

MOST = 200
BEFORE = 60
"""Characters that are shown of what both have in common."""


def told_apart(first: object, second: object) -> tuple[str, str]:
    """Both in one line each, from shortly before they differ on; `None` is nothing."""
    one, other = _line(first), _line(second)
    alike = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))
    start = max(0, alike - BEFORE)
    return _cut(one, start), _cut(other, start)


def _line(value: object) -> str:
    return "nothing" if value is None else " ".join(str(value).split())


def _cut(text: str, start: int) -> str:
    begun, ended = "…" if start else "", "…" if len(text) > start + MOST else ""
    return f"{begun}{text[start : start + MOST]}{ended}"
