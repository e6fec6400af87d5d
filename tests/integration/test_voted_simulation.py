"""The simulated marketplace with its votes: none of them tells a clever fake, and alone they restrict nothing."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing

import pytest

from areas import LEAST, MOST, Judged, areas
from markets import NOW, a_market
from zhengpin.detectors.matching import query_for
from zhengpin.domain.hit import ActionKind, Family
from zhengpin.domain.ladder import RESTRICTIONS, SUSPICIONS
from zhengpin.domain.policy import Policy
from zhengpin.domain.verdict import Reason, Verdict
from zhengpin.rules.pack import load_packs
from zhengpin.rules.rulebook import RuleBook
from zhengpin.settings import shipped
from zhengpin.signals.catalogue import CATALOGUE
from zhengpin.simulation import Offer
from zhengpin.storage import Store
from zhengpin.time_ordered_id import time_ordered_id
from zhengpin.told_market import MARKETPLACE, listing_of, tell
from zhengpin.usecases.judge_listing import JudgeListing


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> Sequence[tuple[Judged, Verdict]]:
    """Every listing of a market with many fakes, judged when all its votes were cast and weighed."""
    market = a_market(2000, fakes=0.2, clever=0.75)
    offers = list(market.offers())
    rulebook = RuleBook(load_packs(shipped("rules") / "packs", CATALOGUE))
    judge = JudgeListing(rulebook, Policy(), lambda: NOW, time_ordered_id)
    with closing(rulebook), closing(Store(f"sqlite:///{tmp_path_factory.mktemp('voted') / 'market.db'}")) as store:
        store.migrate()
        tell(store, market, offers, NOW)
        with store.read(MARKETPLACE) as reader:
            snapshots = reader.snapshots.read_many([query_for(listing_of(each)) for each in offers], NOW)
        judged = [judge(snapshot) for snapshot in snapshots]
    return [(seen(offer, each), each) for offer, each in zip(offers, judged, strict=True)]


def seen(offer: Offer, verdict: Verdict) -> Judged:
    assert verdict.explanation is not None
    return Judged(offer, dict(verdict.explanation.values), verdict.decision)


def test_no_signal_of_votes_tells_a_clever_fake(verdicts: Sequence[tuple[Judged, Verdict]]) -> None:
    judged = [each for each, _ in verdicts]
    assert sum("votes.product_share" in each.signals for each in judged) > len(judged) / 2
    clever = [each for each in judged if each.offer.kind.clever]
    genuine = [each for each in judged if not each.offer.kind.fake]
    found = {name: area for name, area in areas(clever, genuine) if name.startswith("votes.")}
    assert {name: area for name, area in found.items() if not LEAST <= area <= MOST} == {}


def test_by_votes_alone_nothing_is_restricted(verdicts: Sequence[tuple[Judged, Verdict]]) -> None:
    told = [verdict for _, verdict in verdicts if any(reason.family is Family.VOTES for reason in verdict.reasons)]
    assert len(told) > 50
    restricted = [each for each in told if {action.kind for action in each.actions} & _RESTRICTING]
    assert all(any(map(_suspects_otherwise, each.reasons)) for each in restricted)


_RESTRICTING = RESTRICTIONS | {ActionKind.DELIST}


def _suspects_otherwise(reason: Reason) -> bool:
    return reason.proposed in SUSPICIONS and reason.family is not Family.VOTES
