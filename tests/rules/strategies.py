"""Conditions and facts that Hypothesis draws: small constants, so that values meet thresholds often."""

from __future__ import annotations

from hypothesis import strategies as st

from rules.words import CATALOGUE
from zhengpin.domain.hit import Value
from zhengpin.signals.signal import Signal, SignalType, SignalValues

NUMBERS = ("price.paid", "price.vs_market", "price.market_sellers")
CHOICES = ("listing.condition", "supplier.kind")
FLAGS = ("brand.authorised", "brand.gated")
CONSTANTS = ("0", "0.5", "1", "2", "2.5", "3", "8")
COMPARATORS = st.sampled_from(["<", "<=", "==", "!=", ">=", ">"])

numbers = st.recursive(
    st.sampled_from(NUMBERS) | st.sampled_from(CONSTANTS),
    lambda inner: (
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda each: f"({' '.join(each)})")
        | st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(lambda each: f"{each[0]}({each[1]}, {each[2]})")
        | inner.map(lambda each: f"abs(-{each})")
    ),
    max_leaves=4,
)


def _quoted(texts: list[str]) -> str:
    return ", ".join(f'"{text}"' for text in texts)


def _choice_tests(name: str) -> st.SearchStrategy[str]:
    texts = st.sampled_from(CATALOGUE[name].choices)
    several = st.lists(texts, min_size=1, max_size=3).map(_quoted)
    return st.tuples(st.sampled_from(["==", "!="]), texts).map(
        lambda each: f'{name} {each[0]} "{each[1]}"'
    ) | st.tuples(st.sampled_from(["in", "not in"]), several).map(lambda each: f"{name} {each[0]} [{each[1]}]")


words = st.sampled_from(CATALOGUE["text.words"].choices)
tests = st.one_of(
    st.tuples(st.sampled_from(NUMBERS), COMPARATORS, st.sampled_from(CONSTANTS)).map(" ".join),
    st.tuples(st.sampled_from(CONSTANTS), st.sampled_from(["<", "<="]), st.sampled_from(NUMBERS)).map(
        lambda each: f"{' '.join(each)} <= 5"
    ),
    st.tuples(st.sampled_from(NUMBERS), numbers, COMPARATORS).map(lambda each: f"{each[0]} {each[2]} {each[1]}"),
    st.tuples(st.sampled_from(NUMBERS), st.lists(st.sampled_from(CONSTANTS), min_size=1, max_size=3)).map(
        lambda each: f"{each[0]} in [{', '.join(each[1])}]"
    ),
    st.sampled_from(CHOICES).flatmap(_choice_tests),
    st.sampled_from(FLAGS),
    st.sampled_from(FLAGS).map(lambda name: f"{name} == false"),
    words.map(lambda word: f'"{word}" in text.words'),
    st.lists(words, min_size=1, max_size=2).map(lambda texts: f"any_of(text.words, {_quoted(texts)})"),
    st.sampled_from(sorted(CATALOGUE)).map(lambda name: f"missing({name})"),
)
conditions = st.recursive(
    tests,
    lambda inner: (
        inner.map(lambda each: f"not ({each})")
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: "(" + " and ".join(parts) + ")")
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: "(" + " or ".join(parts) + ")")
    ),
    max_leaves=6,
)


def _value(signal: Signal) -> st.SearchStrategy[Value]:
    match signal.type:
        case SignalType.BOOLEAN:
            return st.booleans()
        case SignalType.INTEGER:
            return st.integers(0, 10)
        case SignalType.NUMBER:
            close = st.sampled_from(
                [0.0, 0.5, 1.0, 2.0, 2.5, 3.0, 8.0, 0.4999, 1e-9, 1e300, float("inf"), float("nan")]
            )
            return close | st.floats(0, 10)
        case SignalType.CHOICE:
            return st.sampled_from((*signal.choices, "something new"))
        case SignalType.SET:
            return st.sets(st.sampled_from(signal.choices)).map(lambda texts: tuple(sorted(texts)))


facts: st.SearchStrategy[SignalValues] = st.fixed_dictionaries(
    {}, optional={name: _value(signal) for name, signal in CATALOGUE.items()}
)
