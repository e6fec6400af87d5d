"""Votes alone hold, demote and delist nothing, whoever writes the rules."""

from __future__ import annotations

import pytest

from rules.words import CATALOGUE, a_pack_text, a_rule, a_signal
from zhengpin.errors import InvalidPack
from zhengpin.rules.pack import read_pack
from zhengpin.signals.signal import SignalType

WITH_VOTES = {
    **CATALOGUE,
    "votes.product_board": a_signal("votes.product_board", SignalType.CHOICE, choices=("black", "red", "unlisted")),
}
BLACK = 'votes.product_board == "black"'


def problems(rule: str) -> str:
    with pytest.raises(InvalidPack) as caught:
        read_pack(a_pack_text(rule), "packs/test.yaml", WITH_VOTES)
    return str(caught.value)


def test_a_rule_of_votes_that_claims_to_be_proof_is_refused() -> None:
    said = problems(a_rule(when=BLACK, family="votes", proof="deterministic", action="delist"))
    assert said == "packs/test.yaml:13: test.rule: votes are no proof: write `proof: statistical`"


@pytest.mark.parametrize(
    "beside", ["known(votes.product_board)", "known(price.paid)", "price.paid >= 0", "brand.gated"]
)
def test_a_rule_that_hears_of_votes_and_claims_to_be_of_another_family_is_refused(beside: str) -> None:
    said = problems(a_rule(when=f"{BLACK} and {beside}", family="price"))
    assert said == "packs/test.yaml:8: test.rule: it stands on votes: write `family: votes`"


def test_votes_may_join_what_is_known_otherwise() -> None:
    joined = a_rule(when=f"{BLACK} and brand.gated", family="votes")
    assert read_pack(a_pack_text(joined, a_rule("two", "brand.gated", family="price")), "a.yaml", WITH_VOTES).rules
