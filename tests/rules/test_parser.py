"""What the language of conditions takes, and what it says of what it doesn't take."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.strategies import conditions
from rules.words import CATALOGUE, a_condition, flaws
from zhengpin.rules.parser import parse
from zhengpin.rules.syntax import Compare, Every, Flag, Given, Missing, Not, OneOf, Reading, signals_named, signals_read

VS_MARKET = Reading(CATALOGUE["price.vs_market"])
GATED = CATALOGUE["brand.gated"]

REFUSED = {
    "": "1: the condition is empty: write one, such as `price.vs_market < 0.5`",
    "price.vs_markt < 0.5": "1: there is no signal price.vs_markt: did you mean price.vs_market?",
    "brand.gated and weather": "17: there is no signal weather: see the catalogue of signals",
    "价.格 < 1": "1: there is no signal 价.格: see the catalogue of signals",
    "price.vs_market": "1: price.vs_market is a number, not true or false: compare it: `price.vs_market > 0`",
    "price.vs_market < -1": "1: -1 lies outside the range of price.vs_market: it runs from 0 to no limit ratio",
    "price.market_sellers > 201": "1: 201 lies outside the range of price.market_sellers: it runs from 0 to 200",
    'price.vs_market < "0.5"': "1: a text is compared with a number: compare signals with constants of their own type",
    'listing.condition == "neu"': '1: listing.condition is never "neu": did you mean "new"?',
    'listing.condition < "new"': "1: texts have no order, so `<` says nothing: use ==, != or in",
    'listing.condition in ["new", 1]': (
        "22: the list holds another type than what is looked for: list constants of its type"
    ),
    "listing.condition in []": "22: the list is empty, so nothing is ever in it: list at least one constant",
    'text.words == "replica"': (
        '1: a set is compared with `in`: write `"text" in the.signal` or any_of(the.signal, "text")'
    ),
    '"replika" in text.words': '1: text.words is never "replika": did you mean "replica"?',
    '"new" in listing.condition': "10: listing.condition is a choice, not a set: "
    'compare it: `listing.condition == "new"`',
    "brand.gated > 1": "1: a boolean is compared with something else: write the signal alone, or `not` before it",
    "1 < 2": "1: two constants are compared: name a signal on one side",
    "true": "1: `true` alone is no condition: name a signal",
    "price.paid + brand.gated > 1": "14: `brand.gated` is no number: calculate with numbers only",
    "price.paid ** 2 > 1": "1: `price.paid ** 2` has no value here: "
    "use signals, constants, + - * / and abs(…), min(…), max(…)",
    "price.paid > 1e999": "14: the number is too large: stay within ±1e+15",
    "price.paid is 3": "1: `is` is not part of the language: compare with `==` or use missing(signal)",
    "abs(price.paid, 2) > 1": "1: abs has the wrong number of arguments: abs takes one, min and max two or more",
    "missing(3)": "9: `3` is no signal: name a signal of the catalogue, such as price.vs_market",
    "missing()": '1: missing has the wrong number of arguments: missing(signal) or any_of(signal, "a", "b")',
    'any_of(brand.gated, "a")': "1: brand.gated is a boolean, not a set: write `brand.gated` or `not brand.gated`",
    "__import__('os').system('true')": "1: `__import__('os').system('true')` is no test of the language: "
    "there are missing(signal), known(signal) and any_of(set_signal, …)",
    "(lambda: brand.gated)()": "1: `(lambda: brand.gated)()` is no test of the language: "
    "there are missing(signal), known(signal) and any_of(set_signal, …)",
    "brand.gated # and brand.authorised": "13: a comment inside the condition: put it on a line of its own in the file",
    "price.paid = 5": "12: a single `=` sets a value: compare with `==`",
    "price.paid <": "13: the condition can't be read (invalid syntax): check brackets, quotes and operators",
    "brand.gated or " * 400 + "brand.gated": "1: the condition is longer than 4096 bytes: split the rule into several",
    "not " * 60 + "brand.gated": "1: the condition has too many parts or is nested too deeply: "
    "split the rule into several",
}


@pytest.mark.parametrize("text", REFUSED)
def test_a_refused_condition_names_place_fault_and_remedy(text: str) -> None:
    assert flaws(text) == [REFUSED[text]]


def test_all_flaws_of_a_condition_are_told_at_once() -> None:
    found = flaws('price.vs_markt < 0.5 and listing.condition == "neu" or brand.gated > 3')

    assert [flaw.split(":")[0] for flaw in found] == ["1", "26", "56"]


def test_a_chain_of_comparisons_asks_for_each_link() -> None:
    first, second = a_condition("0.2 < price.vs_market <= 0.5").parts  # type: ignore[union-attr]  # an Every

    assert first == Compare(Given(0.2), "<", VS_MARKET)
    assert second == Compare(VS_MARKET, "<=", Given(0.5))


@pytest.mark.parametrize("text", ["brand.gated", "brand.gated == true", "brand.gated != False", "True == brand.gated"])
def test_a_flag_compared_with_true_is_the_flag(text: str) -> None:
    assert a_condition(text) == Flag(GATED)


def test_not_in_and_known_are_negations() -> None:
    choice = Reading(CATALOGUE["listing.condition"])

    assert a_condition('listing.condition not in ("new", "used")') == Not(OneOf(choice, ("new", "used")))
    assert a_condition("known(brand.gated)") == Not(Missing(GATED))


def test_a_condition_may_run_over_several_lines() -> None:
    assert isinstance(a_condition("brand.gated\n  and not\nbrand.authorised\n"), Every)


def test_a_signal_that_is_only_asked_whether_it_is_missing_is_not_read() -> None:
    condition = a_condition("missing(price.paid) and brand.gated")

    assert [signal.name for signal in signals_read(condition)] == ["brand.gated"]
    assert [signal.name for signal in signals_named(condition)] == ["price.paid", "brand.gated"]


SIGNS = ("(", ")", "[", "]", ",", "<", "==", "-", "/", "*", "**", ":", ":=", "#", "'", "{", "\\", "\n", "\0", "。")
WORDS = (" and ", " or ", " not ", " in ", "0", "1e9", '"new"', "missing", "min", "any_of", "lambda", "f'{x}'", "if")
pieces = st.sampled_from([*CATALOGUE, *SIGNS, *WORDS])


@settings(max_examples=150, deadline=None)
@given(st.lists(pieces, max_size=14).map("".join) | st.text(max_size=40) | conditions)
def test_any_text_gives_a_condition_or_flaws_and_never_both(text: str) -> None:
    parsed = parse(text, CATALOGUE)

    assert (parsed.condition is None) == bool(parsed.flaws)
    assert all(flaw.place >= 1 and flaw.wrong and flaw.remedy for flaw in parsed.flaws)
