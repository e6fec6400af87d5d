"""Tell a voter how far its votes count, and of each why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from zhengpin.domain.order import BoughtGoods
from zhengpin.domain.vote import CountedVote, PurchaseProof, Vote, WhyNotCounted
from zhengpin.domain.vote_lists import AnsweredVote, VoterReport
from zhengpin.domain.vote_tally import CurrentVote
from zhengpin.errors import NotFound
from zhengpin.reputation.tallies import counted_weight
from zhengpin.reputation.vote_answers import answer_to
from zhengpin.storage.page_token import place_in, token_after
from zhengpin.storage.store import Store
from zhengpin.storage.votes import NEWEST
from zhengpin.storage.work import Reader
from zhengpin.usecases.voter_record import new_voter


class ReadVoter:
    """What voters are told of their own votes."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, marketplace: str, voter_id: str, page_size: int, page_token: str) -> VoterReport:
        """How far a voter is trusted, with a page of its votes, the last stored first. Raises `NotFound`."""
        before = int(place_in(page_token, marketplace, voter_id)[0]) if page_token else NEWEST
        now = self._clock()
        with self._store.read(marketplace) as reader:
            if not reader.voters.find_many((voter_id,)):
                raise NotFound("voter", voter_id)
            trust = reader.voters.trust((voter_id,)).get(voter_id) or new_voter(voter_id, now.timestamp())
            counts = reader.current_votes.counts_of_voter(voter_id)
            numbered = reader.votes.of_voter(voter_id, page_size + 1, before)
            page = _answered(reader, [vote for _, vote in numbered[:page_size]], now)
        more = len(numbered) > page_size
        return VoterReport(
            voter_id=voter_id,
            trust=trust.trust,
            second_opinion=trust.second_opinion,
            votes=sum(counts.values()),
            counted_votes=counts.get(None, 0),
            page=page,
            next_page_token=token_after([numbered[page_size - 1][0]], marketplace, voter_id) if more else "",
        )


def _answered(reader: Reader, votes: Sequence[Vote], now: datetime) -> tuple[AnsweredVote, ...]:
    """Each vote with what it counts, and what to tell of it."""
    current = reader.current_votes.find_many({(vote.target, vote.voter_id) for vote in votes})
    circles = reader.vote_tallies.circles({(vote.target, vote.circle) for vote in current.values()})
    windows = reader.vote_windows.find_many({vote.window_id for vote in current.values()} - {""})
    orders = reader.orders.bought({vote.purchase.order_id for vote in votes if vote.purchase} - {""})

    def answered(vote: Vote) -> AnsweredVote:
        stands: CurrentVote = current[vote.target, vote.voter_id]
        if stands.vote_id != vote.vote_id:
            counted = CountedVote(vote, 0.0, WhyNotCounted.SUPERSEDED)
            return AnsweredVote(counted, answer_to(counted, is_decided=False))
        circle = circles.get((stands.target, stands.circle))
        weight = counted_weight(stands, circle, now) if circle else 0.0
        proof = _proof(vote, stands, orders)
        counted = CountedVote(vote, weight, stands.why_not, stands.window_id, proof)
        window = windows.get(stands.window_id)
        return AnsweredVote(counted, answer_to(counted, is_decided=window is not None and window.decision is not None))

    return tuple(answered(vote) for vote in votes)


def _proof(vote: Vote, stands: CurrentVote, told: Mapping[str, BoughtGoods]) -> PurchaseProof | None:
    """What the order that a vote names proves as the vote stands; `told` are the orders that are known."""
    if vote.purchase is None or not vote.purchase.order_id:
        return None
    order = told.get(vote.purchase.order_id)
    if order is None:
        return PurchaseProof.ORDER_UNKNOWN
    if not stands.bought:
        return PurchaseProof.UNPROVEN
    return PurchaseProof.PROVEN if order.buyer_id else PurchaseProof.NAMED_FIRST
