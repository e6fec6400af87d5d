"""What a rule book says of an observation."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.rules_workload import CATALOGUE as GENERATED
from bench.rules_workload import a_pack_of, a_workload
from rules.strategies import conditions, facts
from rules.words import CATALOGUE, FAR_BELOW_MARKET, a_pack, a_pack_text, a_rule
from zhengpin.domain.explanation import NotEvaluated, RuleOutcome, RuleTruth
from zhengpin.domain.hit import ActionKind, Evidence, Proof, Text
from zhengpin.errors import InvalidPack
from zhengpin.rules import outcomes
from zhengpin.rules.pack import Pack, read_pack
from zhengpin.rules.rulebook import OracleBook, RuleBook
from zhengpin.signals.signal import Observation, SignalValues

CHEAP: SignalValues = {
    "price.paid": 65.73,
    "price.vs_market": 0.31,
    "price.market_sellers": 12,
    "brand.authorised": False,
}


@contextmanager
def a_book(*packs: Pack) -> Iterator[RuleBook]:
    book = RuleBook(packs)
    try:
        yield book
    finally:
        book.close()


def far_below_market(on_missing: str = "skip") -> Pack:
    return read_pack(FAR_BELOW_MARKET.replace("on_missing: skip", f"on_missing: {on_missing}"), "p.yaml", CATALOGUE)


def without(values: SignalValues, *names: str) -> SignalValues:
    return {name: value for name, value in values.items() if name not in names}


def test_a_hit_tells_what_was_seen_and_why() -> None:
    with a_book(far_below_market()) as book:
        (hit,) = book.evaluate(Observation(CHEAP)).hits

    assert (hit.rule_id, hit.ref, hit.pack, hit.pack_version) == (
        "price.far-below-market",
        "PRC-01",
        "listing-screening",
        3,
    )
    assert hit.observed == (
        ("price.vs_market", 0.31),
        ("price.market_sellers", 12),
        ("brand.authorised", False),
        ("price.paid", 65.73),
    )
    assert hit.threshold == "price.vs_market < 0.5 and price.market_sellers >= 8 and not brand.authorised"
    assert hit.because == Text(
        zh="实付价 65.73，仅为 12 家卖家中位价的 31%。",
        en="Paid price 65.73 is 31% of the market median of 12 sellers.",
    )


def test_a_value_that_the_reason_names_and_nobody_knows_is_shown_as_unknown() -> None:
    with a_book(far_below_market()) as book:
        (hit,) = book.evaluate(Observation(without(CHEAP, "price.paid"))).hits

    assert hit.because.en == "Paid price unknown is 31% of the market median of 12 sellers."
    assert hit.because.zh.startswith("实付价 —，")


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ({"brand.gated": True}, "是", "yes"),
        ({"brand.gated": False}, "否", "no"),
        ({"text.words": ("grade a", "replica")}, "grade a、replica", "grade a, replica"),
        ({"text.words": ()}, "无", "none"),
        ({"price.paid": 1234.5}, "1234.5", "1234.5"),
        ({"price.paid": 0.12345}, "0.123", "0.123"),
        ({"price.paid": 80.0}, "80", "80"),
        ({"price.paid": float("nan")}, "—", "unknown"),
        ({"listing.condition": "new"}, "new", "new"),
    ],
)
def test_values_are_shown_as_people_read_them(value: SignalValues, zh: str, en: str) -> None:
    (name,) = value
    because = f"{{zh: '{{{name}}} 100%', en: '{{{name}}} {{{{}}}}'}}"
    with a_book(a_pack(a_rule(when="missing(supplier.kind)", because=because))) as book:
        (hit,) = book.evaluate(Observation(value)).hits

    assert hit.because == Text(zh=f"{zh} 100%", en=f"{en} {{}}")


def test_evidence_of_the_named_signals_is_given_each_once() -> None:
    letter, sentence = Evidence("authorisation", "A-1"), Evidence("sentence", "title", "grade a")
    evidence = {"price.vs_market": (letter, sentence), "brand.authorised": (letter,), "text.words": (sentence,)}
    with a_book(far_below_market()) as book:
        (hit,) = book.evaluate(Observation(CHEAP, evidence)).hits

    assert hit.evidence == (letter, sentence)


def test_a_rule_that_is_surely_false_although_a_signal_is_missing_was_evaluated() -> None:
    values = without({**CHEAP, "price.vs_market": 0.9}, "brand.authorised")
    with a_book(far_below_market("fire")) as book:
        evaluation = book.evaluate(Observation(values))

    assert evaluation.hits == ()
    assert evaluation.not_evaluated == ()


@pytest.mark.parametrize(
    ("on_missing", "actions"), [("skip", []), ("fire", [ActionKind.HOLD]), ("review", [ActionKind.OPEN_CASE])]
)
def test_on_missing_decides_what_an_unknown_truth_does(on_missing: str, actions: list[ActionKind]) -> None:
    values = without(CHEAP, "brand.authorised", "price.market_sellers")
    with a_book(far_below_market(on_missing)) as book:
        evaluation = book.evaluate(Observation(values))

    assert [hit.action for hit in evaluation.hits] == actions
    missing = ("price.market_sellers", "brand.authorised")
    assert evaluation.not_evaluated == (NotEvaluated("price.far-below-market", missing),)


def test_a_guess_is_never_proof() -> None:
    rule = a_rule(action="delist", proof="deterministic", on_missing="fire")
    with a_book(a_pack(rule)) as book:
        (guess,) = book.evaluate(Observation({})).hits
        (known,) = book.evaluate(Observation({"brand.gated": True})).hits

    assert (guess.proof, known.proof) == (Proof.STATISTICAL, Proof.DETERMINISTIC)


def test_a_division_by_zero_leaves_a_rule_unknown_with_nothing_missing() -> None:
    with a_book(a_pack(a_rule(when="price.paid / price.market_sellers > 1"))) as book:
        evaluation = book.evaluate(Observation({"price.paid": 5.0, "price.market_sellers": 0}))

    assert evaluation.not_evaluated == (NotEvaluated("test.rule", ()),)


def test_explain_gives_every_rule_in_order() -> None:
    pack = a_pack(a_rule("a.fires"), a_rule("b.does-not", "not brand.gated"), a_rule("c.unknown", "price.paid > 1"))
    with a_book(pack) as book:
        explained = book.explain(Observation({"brand.gated": True}))

    assert explained == (
        RuleOutcome("a.fires", RuleTruth.FIRED),
        RuleOutcome("b.does-not", RuleTruth.NOT_FIRED),
        RuleOutcome("c.unknown", RuleTruth.UNKNOWN, ("price.paid",)),
    )


def test_hits_stand_in_the_order_of_packs_and_rules() -> None:
    first = a_pack(a_rule("z.one"), a_rule("a.two"), name="first")
    second = a_pack(a_rule("m.three", "brand.authorised", on_missing="fire"), a_rule("b.four"), name="second")
    with a_book(first, second) as book:
        evaluation = book.evaluate(Observation({"brand.gated": True}))

        assert [hit.rule_id for hit in evaluation.hits] == ["z.one", "a.two", "m.three", "b.four"]
        assert [pack.name for pack in book.packs] == ["first", "second"]


def test_a_book_without_rules_finds_nothing() -> None:
    with a_book() as book:
        assert book.evaluate(Observation(CHEAP)).hits == ()


def test_packs_with_a_rule_in_common_make_no_book() -> None:
    with pytest.raises(InvalidPack, match=r"test\.rule"):
        RuleBook([a_pack(name="one"), a_pack(name="two")])


def test_a_closed_book_says_so() -> None:
    with a_book(a_pack()) as book:
        book.close()
        with pytest.raises(RuntimeError, match="the lane is closed"):
            book.evaluate(Observation({}))


def test_a_closed_book_does_not_answer_from_memory() -> None:
    with a_book(a_pack()) as book:
        book.evaluate(Observation({}))
        book.close()
        with pytest.raises(RuntimeError, match="the lane is closed"):
            book.evaluate(Observation({}))


guarded = st.tuples(st.sampled_from(sorted(CATALOGUE)), conditions).map(lambda each: f"known({each[0]}) and {each[1]}")
drawn_rules = st.lists(
    st.tuples(conditions | guarded, st.sampled_from(["skip", "fire", "review"])), min_size=1, max_size=8
)


@settings(max_examples=30, deadline=None)
@given(
    rules=drawn_rules,
    some_facts=st.lists(facts, min_size=1, max_size=5),
)
def test_the_engine_and_the_generated_functions_give_the_same_hits_and_outcomes(
    rules: list[tuple[str, str]], some_facts: list[SignalValues]
) -> None:
    packs = _packs_of(rules)
    oracle = OracleBook(packs)
    with a_book(*packs) as book:
        for values in some_facts:
            observation = Observation(values)
            assert _shown(book.evaluate(observation)) == _shown(oracle.evaluate(observation))
            assert book.explain(observation) == oracle.explain(observation)


@settings(max_examples=30, deadline=None)
@given(
    rules=drawn_rules,
    some_facts=st.lists(facts, min_size=2, max_size=10),
)
def test_what_is_remembered_of_a_profile_is_what_would_be_worked_out(
    rules: list[tuple[str, str]], some_facts: list[SignalValues]
) -> None:
    packs = _packs_of(rules)
    oracle = OracleBook(packs)
    with a_book(*packs) as book:
        for values in (*some_facts, *some_facts[::-1]):
            assert book.evaluate(Observation(values)).outcome == oracle.evaluate(Observation(values)).outcome


def _shown(evaluation: object) -> str:
    """Compare as text: "not a number" differs from itself."""
    return repr(evaluation)


def _packs_of(rules: Iterable[tuple[str, str]]) -> list[Pack]:
    packs = []
    for number, (text, on_missing) in enumerate(rules):
        try:
            name = f"pack-{number}"
            rule = a_rule(f"rule.r{number}", text, on_missing=on_missing)
            packs.append(read_pack(a_pack_text(rule, name=name), "p.yaml", CATALOGUE))
        except InvalidPack as error:
            assert "can never be true" in str(error)  # noqa: PT017 - the only problem that drawn conditions have
    return packs


def test_threads_that_share_a_book_never_see_one_anothers_hits() -> None:
    workload = a_workload(rules=60, facts=200)
    packs = [read_pack(a_pack_of(workload.texts), "generated.yaml", GENERATED)]
    oracle = OracleBook(packs)
    observations = [Observation(fact) for fact in workload.facts]
    expected = [oracle.evaluate(observation) for observation in observations]

    with a_book(*packs) as book, ThreadPoolExecutor(4) as threads:
        rounds = [threads.map(book.evaluate, observations) for _ in range(4)]
        assert all(list(found) == expected for found in rounds)


def test_observations_that_no_rule_tells_apart_share_one_outcome() -> None:
    with a_book(far_below_market()) as book:
        cheap, cheaper = ({**CHEAP, "price.vs_market": share} for share in (0.31, 0.12))
        assert book.evaluate(Observation(cheap)).outcome is book.evaluate(Observation(cheaper)).outcome
        assert book.evaluate(Observation(cheap)).hits != book.evaluate(Observation(cheaper)).hits


def test_what_is_known_and_fires_nothing_is_told_apart_by_no_rule_that_asks_whether_it_is_known() -> None:
    with a_book(a_pack(a_rule(when="known(price.market_sellers) and price.market_sellers < 3"))) as book:
        first = book.evaluate(Observation({})).outcome
        assert all(book.evaluate(Observation({"price.market_sellers": each})).outcome is first for each in (8, 9))
        assert book.evaluate(Observation({"price.market_sellers": 2})).outcome.fired == (0,)


@settings(max_examples=30, deadline=None)
@given(rules=drawn_rules, some_facts=st.lists(facts, min_size=2, max_size=6))
def test_observations_of_which_rules_ask_the_same_have_the_same_rules_fire(
    rules: list[tuple[str, str]], some_facts: list[SignalValues]
) -> None:
    packs = _packs_of(rules)
    names = set(sorted(CATALOGUE)[::2])
    with a_book(*packs) as book:
        asked_of = book.asks(names)
        for one, other in itertools.pairwise(some_facts):
            others = {name: value for name, value in one.items() if name not in names}
            own, changed = ({name: each[name] for name in names & each.keys()} for each in (one, other))
            if asked_of(own) == asked_of(changed):
                before, after = (book.evaluate(Observation({**others, **each})) for each in (own, changed))
                assert before.outcome.fired == after.outcome.fired


def test_a_book_that_has_forgotten_a_profile_works_it_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcomes, "MOST_PROFILES", 2)
    with a_book(a_pack(a_rule(when="price.market_sellers in [1, 2, 3, 4]"))) as book:
        first = book.evaluate(Observation({"price.market_sellers": 1}))
        for sellers in (2, 3, 4):
            book.evaluate(Observation({"price.market_sellers": sellers}))
        again = book.evaluate(Observation({"price.market_sellers": 1}))
    assert again == first
    assert again.outcome is not first.outcome
