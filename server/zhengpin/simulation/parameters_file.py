"""Reading a file of parameters, and saying what is wrong with it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from zhengpin.errors import InvalidSettings
from zhengpin.simulation.parameters import Parameters, Shares

DEFAULTS = Path(__file__).with_name("parameters.toml")
_ROUNDING = 1e-6


def load_parameters(path: Path | None = None, *, fakes: float | None = None, clever: float | None = None) -> Parameters:
    """Read the shipped parameters, changed by a file's and by the two shares.

    Raises InvalidSettings with every problem: the key, what is wrong and what to do.
    """
    table = _read(DEFAULTS)
    known = {group: frozenset(kinds) for group, kinds in table["shares"].items()}
    if path is not None:
        table = _changed(table, _read(path))
    table["market"] |= {name: share for name, share in (("fakes", fakes), ("clever", clever)) if share is not None}
    source = path or DEFAULTS
    try:
        parameters = Parameters.model_validate(table)
    except ValidationError as problem:
        raise InvalidSettings("\n".join(_explained(source, problem))) from None
    problems = [f"{source}: {each}" for each in _wrong_shares(parameters.shares, known)]
    if problems:
        raise InvalidSettings("\n".join(problems))
    return parameters


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as problem:
        raise InvalidSettings(f"{path}: {problem.strerror}: name a file of parameters") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise InvalidSettings(f"{path}: not TOML: {problem}") from None


def _changed(table: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The table with the changes in it; a list is replaced whole."""
    changed = dict(table)
    for name, value in changes.items():
        old = table.get(name)
        changed[name] = _changed(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return changed


def _explained(source: Path, problem: ValidationError) -> Iterator[str]:
    for each in problem.errors():
        place = ".".join(str(part) for part in each["loc"])
        unknown = each["type"] == "extra_forbidden"
        what = (
            "there is no such key: see the shipped parameters.toml"
            if unknown
            else each["msg"].removeprefix("Value error, ")
        )
        yield f"{source}: {place}: {what}" + ("" if unknown else f" (it is {each['input']!r})")


def _wrong_shares(shares: Shares, known: Mapping[str, frozenset[str]]) -> Iterator[str]:
    groups = {
        "genuine": shares.genuine,
        "look-alikes": shares.look_alikes,
        "obvious": shares.obvious,
        "clever": shares.clever,
    }
    for group, kinds in groups.items():
        for kind in kinds.keys() - known[group]:
            near = get_close_matches(kind, known[group], n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"it is one of {', '.join(sorted(known[group]))}"
            yield f"shares.{group}.{kind}: there is no such kind: {hint}"
    for name in ("genuine+look-alikes", "obvious", "clever"):
        total = sum(share for group in name.split("+") for share in groups[group].values())
        if abs(total - 1) > _ROUNDING:
            yield f"shares.{name.replace('+', ' and shares.')}: the shares make {total:g}: let them make 1"
