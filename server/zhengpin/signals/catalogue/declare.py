"""Short forms to declare a signal."""

from __future__ import annotations

from zhengpin.detectors.images.phash import RADIUS
from zhengpin.domain.hit import Text
from zhengpin.signals.signal import Signal, SignalType

NOW = "the time of screening"


def flag(name: str, zh: str, en: str, *needs: str, as_of: str = NOW) -> Signal:
    """Declare a signal that is true or false."""
    return Signal(name, SignalType.BOOLEAN, Text(zh, en), needs=needs, as_of=as_of)


def count(name: str, zh: str, en: str, *needs: str, unit: str = "count", as_of: str = NOW) -> Signal:
    """Declare a whole number that is never negative."""
    return Signal(name, SignalType.INTEGER, Text(zh, en), unit=unit, low=0, needs=needs, as_of=as_of)


def days(name: str, zh: str, en: str, *needs: str, low: float | None = 0, as_of: str = NOW) -> Signal:
    """Declare a whole number of days."""
    return Signal(name, SignalType.INTEGER, Text(zh, en), unit="days", low=low, needs=needs, as_of=as_of)


def number(
    name: str, zh: str, en: str, *needs: str, unit: str = "ratio", low: float | None = 0, as_of: str = NOW
) -> Signal:
    """Declare a number; by default a ratio of two amounts."""
    return Signal(name, SignalType.NUMBER, Text(zh, en), unit=unit, low=low, needs=needs, as_of=as_of)


def share(name: str, zh: str, en: str, *needs: str, as_of: str = NOW) -> Signal:
    """Declare a share from 0 to 1."""
    return Signal(name, SignalType.NUMBER, Text(zh, en), unit="share", low=0, high=1, needs=needs, as_of=as_of)


def bits(name: str, zh: str, en: str) -> Signal:
    """Declare how far the listing's images lie from registered ones, by their perceptual hashes."""
    needs = ("listing.images", "image_matches")
    return Signal(name, SignalType.INTEGER, Text(zh, en), unit="bits", low=0, high=RADIUS + 1, needs=needs)


def choice(name: str, zh: str, en: str, *needs: str, choices: tuple[str, ...]) -> Signal:
    """Declare one text of `choices`."""
    return Signal(name, SignalType.CHOICE, Text(zh, en), choices=choices, needs=needs)


def several(name: str, zh: str, en: str, *needs: str, choices: tuple[str, ...]) -> Signal:
    """Declare any of `choices`."""
    return Signal(name, SignalType.SET, Text(zh, en), choices=choices, needs=needs)
