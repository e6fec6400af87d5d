"""The profile of an observation: all that any rule can tell of it.

For each dimension (`dimension.py`) the code of the value, or `None` where it is missing. A part of a condition that is
not one signal against constants is in it with its own truth in three-valued logic. Two observations with equal profiles
have the same truth for every rule, and the same signals missing for each rule that is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeAlias

from zhengpin.rules.dimension import Computed, Dimension, Menu, Scale, Space, Switch
from zhengpin.rules.kleene import Writer, compiled
from zhengpin.rules.syntax import Condition, Every, Missing, Not, Some, calculates, signals_read
from zhengpin.signals.signal import Signal, SignalValues

Profile: TypeAlias = Hashable
Profiler: TypeAlias = Callable[[SignalValues], Profile]


def profiler(conditions: Sequence[Condition], by_truth: Sequence[Condition] = ()) -> Profiler:
    """Make the function that gives an observation's profile for these conditions.

    Of those under `by_truth` it holds their truth alone, and where that is unknown which signals are missing. It tells
    fewer observations apart, and is as good where all the signals that a condition reads are at hand.
    """
    space = Space(conditions)
    atoms = dict.fromkeys(atom for condition in conditions for atom in _atoms(condition))
    dimensions = dict.fromkeys(space.literal(atom, truth=True).dimension for atom in atoms)
    writer = Writer()
    places = [_place(dimension, writer) for dimension in dimensions]
    places += [f"{writer.variable(signal)} is None" for signal in _to_be_told_missing(dimensions)]
    places += [_truth(condition, writer) for condition in by_truth]
    source = "\n".join(
        ["def profile(values):", writer.loads(), f"    return ({''.join(f'{one}, ' for one in places)})"]
    )
    profile: Profiler = compiled("profile", source, writer.namespace)
    return profile


def _atoms(condition: Condition) -> Iterator[Condition]:
    match condition:
        case Not(part):
            yield from _atoms(part)
        case Every(parts) | Some(parts):
            for part in parts:
                yield from _atoms(part)
        case atom:
            yield atom


def _place(dimension: Dimension, writer: Writer) -> str:
    """Write an expression for one dimension's code, or something as good: what it can't tell apart no rule can."""
    match dimension:
        case Switch(signal) | Menu(signal):
            return writer.variable(signal)
        case Computed(condition):
            return (
                f"(True if {writer.surely(condition)} else False if {writer.surely(condition, truth=False)} else None)"
            )
        case Scale(signal, constants):
            name = writer.variable(signal)
            return f"(None if {name} is None else {_searched(name, constants, 1)})"


def asks_first(condition: Condition) -> bool:
    """Whether a condition asks first whether a signal is known: mostly it is not, and then the rest says nothing."""
    match condition:
        case Every((Not(Missing()), *_)):
            return True
        case _:
            return False


def _truth(condition: Condition, writer: Writer) -> str:
    """Write an expression for a condition's truth; where it is unknown, for what is missing."""
    missing = "".join(f"{writer.variable(signal)} is None, " for signal in signals_read(condition))
    surely, surely_not = writer.surely(condition), writer.surely(condition, truth=False)
    return f"(True if {surely} else False if {surely_not} else ({missing}))"


def _searched(name: str, constants: Sequence[float], below: int) -> str:
    """Write a binary search for the code; `below` is the one under the first of the constants."""
    if not constants:
        return str(below)
    middle = len(constants) // 2
    constant, on = repr(constants[middle]), below + 2 * middle + 1
    under, over = _searched(name, constants[:middle], below), _searched(name, constants[middle + 1 :], on + 1)
    return f"({under} if {name} < {constant} else {over} if {name} > {constant} else {on})"


def _to_be_told_missing(dimensions: Iterable[Dimension]) -> dict[Signal, None]:
    """The signals whose absence the code alone does not tell: read together with others, or calculated with."""
    conditions = [each.condition for each in dimensions if isinstance(each, Computed)]
    several = [each for each in conditions if calculates(each) or len(signals_read(each)) > 1]
    return dict.fromkeys(signal for each in several for signal in signals_read(each))
