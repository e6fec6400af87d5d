from __future__ import annotations

import pytest

from builders import a_snapshot
from signal_cases import CASES
from signal_cases.case import Case
from zhengpin.signals.catalogue import CATALOGUE
from zhengpin.signals.observe import observe
from zhengpin.signals.signal import Signal, SignalType


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.signal} is {case.value}")
def test_a_signal_has_its_value(case: Case) -> None:
    assert observe(case.snapshot).values.get(case.signal) == case.value


def test_every_signal_is_shown_known_by_example() -> None:
    assert {case.signal for case in CASES if case.value is not None} == set(CATALOGUE)


def test_every_signal_that_needs_something_is_shown_unknown_by_example() -> None:
    shown = {case.signal for case in CASES if case.value is None}
    assert {name for name, signal in CATALOGUE.items() if signal.needs} <= shown


def test_a_signal_that_needs_nothing_is_known_of_the_barest_listing() -> None:
    bare = observe(a_snapshot()).values
    assert [name for name, signal in CATALOGUE.items() if not signal.needs and name not in bare] == []


def test_true_and_false_are_both_shown_of_every_flag_that_is_not_always_one_of_them() -> None:
    flags = {name for name, signal in CATALOGUE.items() if signal.type is SignalType.BOOLEAN}
    shown = {(case.signal, case.value) for case in CASES if isinstance(case.value, bool)}
    one_sided = {name for name in flags if not {(name, True), (name, False)} <= shown}
    assert one_sided == {"brand.gated", "shop.official_store"}  # what the marketplace declares is passed on as it is


@pytest.mark.parametrize("signal", CATALOGUE.values(), ids=lambda signal: signal.name)
def test_a_signal_says_what_it_means_in_both_languages(signal: Signal) -> None:
    assert signal.doc.zh
    assert signal.doc.en
    assert bool(signal.choices) == (signal.type in {SignalType.CHOICE, SignalType.SET})
    assert bool(signal.unit) == (signal.type in {SignalType.INTEGER, SignalType.NUMBER})
    assert signal.as_of
