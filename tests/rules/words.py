"""A small catalogue for tests of rules, and builders of conditions, packs and lanes over it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from zhengpin.domain.hit import Text
from zhengpin.rules.compiler import compile_rules
from zhengpin.rules.lane import Lane
from zhengpin.rules.pack import Pack, read_pack
from zhengpin.rules.parser import parse
from zhengpin.rules.syntax import Condition
from zhengpin.signals.signal import Signal, SignalType, SignalValues


def a_signal(name: str, kind: SignalType, **more: object) -> Signal:
    return Signal(name, kind, Text("信号", "a signal"), **more)  # type: ignore[arg-type]  # a test's keywords


CATALOGUE = {
    signal.name: signal
    for signal in (
        a_signal("price.paid", SignalType.NUMBER, low=0.0, unit="currency"),
        a_signal("price.vs_market", SignalType.NUMBER, low=0.0, unit="ratio"),
        a_signal("price.market_sellers", SignalType.INTEGER, low=0.0, high=200.0),
        a_signal("brand.authorised", SignalType.BOOLEAN),
        a_signal("brand.gated", SignalType.BOOLEAN),
        a_signal("listing.condition", SignalType.CHOICE, choices=("new", "refurbished", "used")),
        a_signal("supplier.kind", SignalType.CHOICE, choices=("factory", "agent", "retailer", "importer")),
        a_signal("text.words", SignalType.SET, choices=("replica", "grade a", "same style")),
    )
}

FAR_BELOW_MARKET = """\
name: listing-screening
version: 3
rules:
  - id: price.far-below-market
    ref: PRC-01
    when: price.vs_market < 0.5 and price.market_sellers >= 8 and not brand.authorised
    severity: high
    family: price
    action: hold
    on_missing: skip
    because:
      zh: 实付价 {price.paid}，仅为 {price.market_sellers} 家卖家中位价的 {price.vs_market:.0%}。
      en: Paid price {price.paid} is {price.vs_market:.0%} of the market median of {price.market_sellers} sellers.
    source: to be tuned
"""


def a_condition(text: str) -> Condition:
    parsed = parse(text, CATALOGUE)
    assert parsed.condition is not None, parsed.flaws
    return parsed.condition


def flaws(text: str) -> list[str]:
    """Give the flaws of a text as a person reads them."""
    return [f"{flaw.place}: {flaw.wrong}: {flaw.remedy}" for flaw in parse(text, CATALOGUE).flaws]


def a_rule(rule_id: str = "test.rule", when: str = "brand.gated", **more: str) -> str:
    fields = {
        "severity": "low",
        "family": "price",
        "action": "hold",
        "on_missing": "skip",
        "because": "{zh: 因为, en: because}",
        "source": "to be tuned",
        **more,
    }
    lines = "".join(f"    {key}: {value}\n" for key, value in fields.items())
    return f"  - id: {rule_id}\n    when: >-\n      {when}\n{lines}"


def a_pack_text(*rules: str, name: str = "test-pack") -> str:
    return f"name: {name}\nversion: 1\nrules:\n{''.join(rules or (a_rule(),))}"


def a_pack(*rules: str, name: str = "test-pack") -> Pack:
    return read_pack(a_pack_text(*rules, name=name), f"{name}.yaml", CATALOGUE)


class Lanes:
    """All lanes of some conditions, as the rule book runs them."""

    def __init__(self, conditions: Sequence[Condition]) -> None:
        self.programs = compile_rules(conditions)
        self._lanes = [Lane(program) for program in self.programs]

    def fired(self, values: SignalValues) -> list[int]:
        return sorted({number for lane in self._lanes for number in lane.fired(values)})

    def close(self) -> None:
        for lane in self._lanes:
            lane.close()


@contextmanager
def lanes_of(conditions: Sequence[Condition]) -> Iterator[Lanes]:
    lanes = Lanes(conditions)
    try:
        yield lanes
    finally:
        lanes.close()
