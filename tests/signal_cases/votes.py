"""`votes.*` by example."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from builders import a_snapshot
from signal_cases.case import Case
from vote_builders import a_window
from votes_around import a_voter_mix, votes_around, votes_on
from zhengpin.domain.hit import Value
from zhengpin.domain.snapshot import Snapshot
from zhengpin.domain.standing import Board, Proposal, VoteCounts
from zhengpin.domain.vote import Target, TargetKind, WhyNotCounted
from zhengpin.domain.votes_around import FakeWords, VotesOn

_SAID = FakeWords(votes=6, weight=2.4, quotes=("绝对是假货!",))


def _near(value: float) -> float:
    return pytest.approx(value, rel=1e-9)  # type: ignore[return-value]


def _seen(votes: VotesOn, **around: Any) -> Snapshot:
    return a_snapshot(votes=votes_around(votes, **around))


def _cases_of(kind: TargetKind) -> Iterator[Case]:
    """The same signals are told of each kind of target."""
    target, name = Target(kind, "acme"), f"votes.{kind}"
    votes = votes_on(target)
    unsolved = replace(votes, voters=None)
    nobody = a_snapshot()
    values: dict[str, Value] = {
        "board": "red",
        "share": 0.9,
        "low_vs_category": _near(0.2),
        "high_vs_category": _near(0.35),
        "votes": 43,
        "effective_votes": 20.0,
        "circles": 12,
        "excluded_share": 11 / 43,
        "proposes": (),
        "alarms": (),
        "distrusted_share": 0.1,
        "related_share": 0.05,
        "disagreement": 0.2,
        "fake_votes": 0,
        "fake_weight": 0.0,
    }
    for told, value in values.items():
        yield Case(f"{name}_{told}", value, _seen(votes))
        yield Case(f"{name}_{told}", None, nobody)
    for told in ("distrusted_share", "related_share", "disagreement"):
        yield Case(f"{name}_{told}", None, _seen(unsolved))
    yield Case(f"{name}_board", "black", _seen(votes_on(target, board=Board.BLACK)))
    proposed = (Proposal.ORDER_SAMPLE, Proposal.LABEL)
    yield Case(f"{name}_proposes", ("label", "order_sample"), _seen(votes_on(target, proposes=proposed)))
    yield Case(f"{name}_distrusted_share", 0.6, _seen(replace(votes, voters=a_voter_mix(distrusted=0.6))))
    yield Case(f"{name}_fake_votes", 6, _seen(replace(votes, fake_words=_SAID)))
    yield Case(f"{name}_fake_weight", 2.4, _seen(replace(votes, fake_words=_SAID)))


_KETTLE_VOTES = votes_on()
_BRAND_VOTES = votes_on(Target(TargetKind.BRAND, "acme"))
_TWO_ALARMS = replace(
    _KETTLE_VOTES, undecided=(a_window(), a_window("window-2"), a_window("w-3", why=WhyNotCounted.DRIP))
)

CASES = (
    *(case for kind in TargetKind for case in _cases_of(kind)),
    Case("votes.product_alarms", ("burst", "drip"), _seen(_TWO_ALARMS)),
    Case("votes.product_excluded_share", None, _seen(votes_on(counts=VoteCounts()))),
    Case("votes.product_is_listing", False, _seen(_KETTLE_VOTES)),
    Case("votes.product_is_listing", True, _seen(votes_on(Target(TargetKind.PRODUCT, "listing:listing-1")))),
    Case("votes.product_is_listing", None, _seen(_BRAND_VOTES)),
    Case("votes.listing_fake_votes", 0, _seen(_KETTLE_VOTES)),
    Case("votes.listing_fake_votes", 6, _seen(_KETTLE_VOTES, on_listing=_SAID)),
    Case("votes.listing_fake_votes", None, _seen(_BRAND_VOTES)),
    Case("votes.listing_fake_weight", 2.4, _seen(_KETTLE_VOTES, on_listing=_SAID)),
    Case("votes.listing_fake_weight", None, _seen(_BRAND_VOTES)),
)
