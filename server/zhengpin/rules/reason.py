"""The text of a rule's reason: words with signals in braces, filled with what was observed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Final, Literal, TypeAlias

from zhengpin.domain.hit import Value
from zhengpin.signals.signal import Signal, SignalType, SignalValues

Language: TypeAlias = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")

MISSING: Final[Mapping[Language, str]] = {"zh": "—", "en": "unknown"}
TRUTHS: Final[Mapping[Language, tuple[str, str]]] = {"zh": ("否", "是"), "en": ("no", "yes")}
COMMA: Final[Mapping[Language, str]] = {"zh": "、", "en": ", "}
EMPTY: Final[Mapping[Language, str]] = {"zh": "无", "en": "none"}
NUMBER_FORMAT: Final = re.compile(r"[+]?,?(\.\d)?[%f]|,")
NUMBERS: Final = frozenset({SignalType.INTEGER, SignalType.NUMBER})


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a text for a signal's value."""

    name: str
    form: str = ""
    """A number's format as Python knows it: `.0%`, `,.2f`."""


@dataclass(frozen=True, slots=True)
class Template:
    """A text in one language with slots."""

    language: Language
    frame: str
    """The words, with `%s` for each slot."""
    slots: tuple[Slot, ...]

    def fill(self, values: SignalValues) -> str:
        """Put the observed values in; a missing one reads "—" or "unknown"."""
        return self.frame % tuple([shown(values.get(slot.name), slot.form, self.language) for slot in self.slots])


def read_template(
    text: str, language: Language, catalogue: Mapping[str, Signal]
) -> tuple[Template, tuple[tuple[str, str], ...]]:
    """Read a text with slots; also give what is wrong with it and what to do, by slot."""
    frame: list[str] = []
    slots: list[Slot] = []
    flaws: list[tuple[str, str]] = []
    try:
        pieces = list(Formatter().parse(text))
    except ValueError as error:
        return Template(language, "", ()), (
            (f"the text's braces don't match ({error})", "write {{ for a brace itself"),
        )
    for words, name, form, conversion in pieces:
        frame.append(words.replace("%", "%%"))
        if name is None:
            continue
        flaw = _flaw(name, form or "", conversion, catalogue)
        if flaw:
            flaws.append(flaw)
        else:
            frame.append("%s")
            slots.append(Slot(name, form or ""))
    return Template(language, "".join(frame), tuple(slots)), tuple(flaws)


def _flaw(name: str, form: str, conversion: str | None, catalogue: Mapping[str, Signal]) -> tuple[str, str] | None:
    signal = catalogue.get(name)
    if signal is None:
        close = difflib.get_close_matches(name, catalogue, n=1, cutoff=0.5)
        remedy = f"did you mean {{{close[0]}}}?" if close else "name a signal of the catalogue"
        return f"the text names {{{name}}}, which is no signal", remedy
    if conversion:
        return f"{{{name}!{conversion}}} has a conversion", f"write {{{name}}}"
    if form and signal.type not in NUMBERS:
        return f"{{{name}:{form}}} formats a {signal.type} as a number", f"write {{{name}}}"
    if form and not NUMBER_FORMAT.fullmatch(form):
        return f"{{{name}:{form}}} has a format that is not known", "use one such as .0% or ,.2f"
    return None


def shown(value: Value | None, form: str, language: Language) -> str:
    """Show one value as people read it."""
    if isinstance(value, str):
        return value
    if value is None or value != value:  # noqa: PLR0124 - "not a number" differs from itself
        return MISSING[language]
    if isinstance(value, bool):
        return TRUTHS[language][value]
    if isinstance(value, tuple):
        return COMMA[language].join(value) or EMPTY[language]
    return format(value, form) if form else _number(value)


def _number(value: float) -> str:
    """Show whole numbers plainly, others with two decimals, or with three significant digits below one."""
    if isinstance(value, int) or value.is_integer():
        return f"{value:.0f}"
    return f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) >= 1 else f"{value:.3g}"
