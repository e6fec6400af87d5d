"""Generate the function that writes a lane's fact: signal values in, one line of JSON with small integers out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from zhengpin.rules.dimension import Computed, Dimension, Menu, Scale, Switch
from zhengpin.rules.fields import Layout
from zhengpin.rules.kleene import Writer, compiled
from zhengpin.signals.signal import SignalValues

Encode: TypeAlias = Callable[[SignalValues], str]


def encoder(layout: Layout, head: str) -> Encode:
    """Make the function that turns signal values into the text of a fact that starts with `head`."""
    writer = Writer()
    lines: list[str] = []
    for place, (dimension, fields) in enumerate(layout.fields.items()):
        texts = {code: "".join(field.text(code) for field in fields) for code in dimension.codes}
        lines.append(f"    t{place} = {_piece(dimension, texts, writer, f'menu{place}')}")
    pieces = "".join(f"{{t{place}}}" for place in range(len(layout.fields)))
    quoted = head.replace("{", "{{").replace("'", "\\'")
    source = "\n".join(["def encode(values):", writer.loads(), *lines, f"    return f'{quoted}{pieces}}}}}'"])
    encode: Encode = compiled("encode", source, writer.namespace)
    return encode


def _piece(dimension: Dimension, texts: Mapping[int, str], writer: Writer, menu: str) -> str:
    """Write an expression for one dimension's part of the fact: empty where the value is missing."""
    match dimension:
        case Switch(signal):
            name = writer.variable(signal)
            if not texts[0]:
                return f"({texts[1]!r} if {name} else '')"
            return f"('' if {name} is None else {texts[1]!r} if {name} else {texts[0]!r})"
        case Computed(condition):
            known_false = f"{texts[0]!r} if {writer.surely(condition, truth=False)} else ''" if texts[0] else "''"
            if not texts[1]:
                return f"({known_false})"
            return f"({texts[1]!r} if {writer.surely(condition)} else {known_false})"
        case Menu(signal, named):
            pieces: dict[str | None, str] = {text: texts[code + 1] for code, text in enumerate(named)}
            writer.namespace[menu] = {None: "", **pieces}.get
            return f"{menu}({writer.variable(signal)}, {texts[0]!r})"
        case Scale(signal, constants):
            name = writer.variable(signal)
            return f"('' if {name} is None else {_search(name, constants, texts)})"


def _search(name: str, constants: tuple[float, ...], texts: Mapping[int, str]) -> str:
    """Write a binary search among the places where the text changes."""
    steps: list[tuple[str, str]] = []
    for place, constant in enumerate(constants):
        below, on, above = (texts[2 * place + offset] for offset in (1, 2, 3))
        if below != on:
            steps.append((f"{name} < {constant!r}", below))
        if on != above:
            steps.append((f"{name} <= {constant!r}", on))
    return _halved(steps, texts[2 * len(constants) + 1])


def _halved(steps: list[tuple[str, str]], last: str) -> str:
    if not steps:
        return repr(last)
    middle = len(steps) // 2
    test, below = steps[middle]
    return f"({_halved(steps[:middle], below)} if {test} else {_halved(steps[middle + 1 :], last)})"
