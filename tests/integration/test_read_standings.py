"""Boards, windows and voters' own votes, as they are read: in pages, and without anybody's name."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from builders import NOW, an_order_event
from polls import BRAND, FACTORY, HERE, at, cast, grown_ups, know, open_polls, votes_of, weigh
from vote_builders import THE_KETTLE, a_current_vote, a_standing, a_vote, a_voter, a_window
from zhengpin.domain.standing import Board, Standing
from zhengpin.domain.vote import Purchase, PurchaseProof, Target, TargetKind, WhyNotCounted
from zhengpin.domain.vote_lists import StandingFilter, VoterReport, WindowFilter
from zhengpin.domain.vote_window import VoteWindow, WindowDecision
from zhengpin.errors import InvalidInput, NotFound
from zhengpin.reputation.voter_sums import newcomer
from zhengpin.reputation.weights import weight
from zhengpin.storage import Store
from zhengpin.storage.standings import ListedStanding
from zhengpin.usecases.read_standings import ReadStandings
from zhengpin.usecases.read_voter import ReadVoter

DAY = timedelta(days=1)


def product(key: str) -> Target:
    return Target(TargetKind.PRODUCT, key)


def listed(key: str, board: Board, low: float, high: float, **changes: Any) -> ListedStanding:
    """A standing on a board."""
    target = changes.pop("target", product(key))
    return ListedStanding(a_standing(target, board=board, low=low, high=high), **changes)


def put(store: Store, *standings: ListedStanding, marketplace: str = HERE) -> None:
    with store.begin(marketplace) as unit:
        unit.standings.put_many(standings)


def pages(store: Store, asked: StandingFilter, size: int) -> list[list[str]]:
    """The keys of a list, page by page."""
    read, token, found = ReadStandings(store, at(NOW)), "", list[list[str]]()
    while True:
        page = read.page(HERE, asked, size, token)
        found.append([standing.target.key for standing in page.standings])
        token = page.next_page_token
        if not token:
            return found


BOARDS = (
    listed("surest", Board.RED, 0.9, 0.99),
    listed("sure", Board.RED, 0.8, 0.99, category="kitchen/kettles", origin="foshan"),
    listed("tied", Board.RED, 0.8, 0.9, category="kitchen"),
    listed("warned of", Board.BLACK, 0.1, 0.2, category="kitchens"),
    listed("surely warned of", Board.BLACK, 0.01, 0.05, category="kitchen/pans"),
    listed("narrow", Board.UNLISTED, 0.5, 0.6),
    listed("wide", Board.UNLISTED, 0.1, 0.9),
    listed("acme", Board.RED, 0.7, 0.99, target=BRAND),
)


def test_a_board_begins_with_the_surest(store: Store) -> None:
    put(store, *BOARDS)
    assert pages(store, StandingFilter(Board.RED), 9) == [["surest", "sure", "tied", "acme"]]
    assert pages(store, StandingFilter(Board.BLACK), 9) == [["surely warned of", "warned of"]]
    assert pages(store, StandingFilter(Board.UNLISTED), 9) == [["narrow", "wide"]]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_pages_make_the_whole_list(store: Store, size: int) -> None:
    put(store, *BOARDS)
    found = pages(store, StandingFilter(), size)
    (whole,) = pages(store, StandingFilter(), 100)
    assert [key for page in found for key in page] == whole
    assert len(whole) == len(set(whole)) == len(BOARDS)
    assert [len(page) for page in found[:-1]] == [size] * (len(found) - 1)


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        (StandingFilter(kind=TargetKind.BRAND), ["acme"]),
        (StandingFilter(category="kitchen"), ["surely warned of", "sure", "tied"]),
        (StandingFilter(category="kitchen/pans"), ["surely warned of"]),
        (StandingFilter(category="kit_hen"), []),
        (StandingFilter(Board.RED, origin="foshan"), ["sure"]),
        (StandingFilter(Board.BLACK, origin="foshan"), []),
    ],
)
def test_a_list_is_narrowed_by_kind_category_and_place(store: Store, asked: StandingFilter, keys: list[str]) -> None:
    put(store, *BOARDS)
    assert pages(store, asked, 9) == [keys]


def test_a_token_of_another_list_is_refused(store: Store) -> None:
    put(store, *BOARDS)
    put(store, *BOARDS, marketplace="elsewhere")
    read = ReadStandings(store, at(NOW))
    token = read.page(HERE, StandingFilter(Board.RED), 1, "").next_page_token
    for marketplace, asked in ((HERE, StandingFilter(Board.BLACK)), ("elsewhere", StandingFilter(Board.RED))):
        with pytest.raises(InvalidInput, match="page_token: is not a token of this list"):
            read.page(marketplace, asked, 1, token)


def standing_of(store: Store, target: Target) -> Standing:
    return ReadStandings(store, at(NOW)).get(HERE, target)


def test_a_target_without_votes_stands_where_what_it_comes_from_does(store: Store) -> None:
    people = grown_ups(40)
    open_polls(store, people)
    before = standing_of(store, THE_KETTLE)
    assert (before.board, before.share, before.effective_votes, before.counts.recommend) == (Board.UNLISTED, 0.5, 0, 0)
    cast(store, votes_of(people, BRAND, warns=40))
    after = standing_of(store, Target(TargetKind.PRODUCT, "listing:second"))
    assert after.target == THE_KETTLE
    assert after.share < before.share
    parents = {parent.target: parent for parent in after.parents}
    assert parents[BRAND].share == standing_of(store, BRAND).share
    assert parents[FACTORY].effective_votes == 0


def test_what_nobody_has_told_of_stands_nowhere(store: Store) -> None:
    with pytest.raises(NotFound, match="brand 'zeta' is not in this marketplace"):
        standing_of(store, Target(TargetKind.BRAND, "zeta"))


def raise_windows(store: Store) -> None:
    """Three windows, of which a person has decided on the second."""
    decided = {"decision": WindowDecision.UPHELD, "decided_at": NOW}
    with store.begin(HERE) as unit:
        unit.vote_windows.put_many(
            [
                a_window("first", raised_at=NOW - 2 * DAY),
                a_window("second", raised_at=NOW - DAY, **decided),
                a_window("third", raised_at=NOW, target=BRAND),
            ]
        )


@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        (WindowFilter(), ["third", "second", "first"]),
        (WindowFilter(undecided=True), ["first", "third"]),
        (WindowFilter(THE_KETTLE), ["second", "first"]),
        (WindowFilter(Target(TargetKind.PRODUCT, "listing:second"), undecided=True), ["first"]),
    ],
)
def test_windows_are_read_in_pages_the_latest_or_the_soonest_due_first(
    store: Store, size: int, asked: WindowFilter, ids: list[str]
) -> None:
    open_polls(store, [])
    raise_windows(store)
    read, token, found = ReadStandings(store, at(NOW)), "", list[VoteWindow]()
    while not found or token:
        page = read.windows(HERE, asked, size, token)
        found += page.windows
        token = page.next_page_token
    assert [window.window_id for window in found] == ids


def report(store: Store, voter_id: str = "voter-1", size: int = 9, token: str = "", now: datetime = NOW) -> VoterReport:
    return ReadVoter(store, at(now))(HERE, voter_id, size, token)


def test_a_voter_sees_every_vote_of_its_own_and_why_it_does_not_count(store: Store) -> None:
    open_polls(store, [a_voter(supplier_id="pots"), a_voter("other")])
    cast(store, [a_vote("1", target=BRAND), a_vote("2", target=BRAND, cast_at=NOW + DAY, recommends=False)])
    cast(store, [a_vote("3"), a_vote("4", voter_id="other")])
    seen = report(store)
    assert (seen.votes, seen.counted_votes, seen.second_opinion) == (2, 1, None)
    assert [(each.counted.vote.vote_id, each.counted.why_not) for each in seen.page] == [
        ("3", WhyNotCounted.OWN_TARGET),
        ("2", None),
        ("1", WhyNotCounted.SUPERSEDED),
    ]
    own, counts, superseded = (each.text for each in seen.page)
    assert own.en == "These are your own goods, brand or factory, so your vote doesn't count."
    assert counts.zh == f"该票计入统计，权重为{seen.page[1].counted.weight:.2f}。"
    assert superseded.en == "You voted on the same target again later; your latest vote is the one that counts."
    assert [each.counted.weight > 0 for each in seen.page] == [False, True, False]


def test_a_voter_sees_whether_the_order_that_it_names_is_known_and_proves_that_it_bought(store: Store) -> None:
    open_polls(store, [a_voter("buyer"), a_voter("thief"), a_voter("nobody")])
    named = {
        "buyer": Purchase("order-1"),
        "thief": Purchase("order-1"),
        "nobody": Purchase(proof="https://r.example/1"),
    }
    cast(store, [a_vote(who, voter_id=who, purchase=purchase) for who, purchase in named.items()])

    def seen(voter_id: str) -> tuple[PurchaseProof | None, str]:
        (answered,) = report(store, voter_id).page
        return answered.counted.purchase, answered.text.en.partition(". ")[2]

    assert seen("buyer") == (
        PurchaseProof.ORDER_UNKNOWN,
        "Nobody has told of the order that you name yet; it counts from the daily weighing after that.",
    )
    with store.begin(HERE) as unit:
        unit.orders.record_many([an_order_event(listing_id="second", supplier_id="other", buyer_id="buyer")])
    weigh(store, NOW + DAY)
    assert seen("buyer") == (PurchaseProof.PROVEN, "")
    assert seen("thief") == (
        PurchaseProof.UNPROVEN,
        "The order that you name does not prove so far that you bought it.",
    )
    assert seen("nobody") == (None, "")


def test_a_voter_who_names_an_order_first_of_an_unknown_buyer_sees_that_it_is_believed(store: Store) -> None:
    open_polls(store, [a_voter("first"), a_voter("second")])
    with store.begin(HERE) as unit:
        unit.orders.record_many([an_order_event(listing_id="second", supplier_id="other")])
    cast(store, [a_vote(who, voter_id=who, purchase=Purchase("order-1")) for who in ("first", "second")])
    seen = [report(store, who).page[0].counted.purchase for who in ("first", "second")]
    assert seen == [PurchaseProof.NAMED_FIRST, PurchaseProof.UNPROVEN]


def test_the_weight_that_a_voter_sees_is_what_its_vote_adds_to_the_standing(store: Store) -> None:
    open_polls(store, [a_voter("a", invited_by="aunt"), a_voter("b", invited_by="aunt")])
    cast(store, [a_vote("1", voter_id="a"), a_vote("2", voter_id="b")])
    later = NOW + 180 * DAY
    for now in (NOW, later):
        weights = [report(store, voter, now=now).page[0].counted.weight for voter in ("a", "b")]
        with store.read(HERE) as reader:
            votes = reader.current_votes.find_many([(THE_KETTLE, "a"), (THE_KETTLE, "b")]).values()
        alone = [weight(vote.strength, vote.trust, vote.at_most) for vote in votes]
        together = sum(w**2 for w in alone) ** 0.5
        assert sum(weights) == pytest.approx(sum(w**2 for w in alone) / together * (1.0 if now == NOW else 0.5))


def test_a_voter_in_a_window_hears_that_a_person_looks_and_then_what_came_of_it(store: Store) -> None:
    open_polls(store, [a_voter()])
    cast(store, [a_vote()])
    left_out = a_current_vote(vote_id="vote-1", why_not=WhyNotCounted.BURST, window_id="window-1")
    with store.begin(HERE) as unit:
        unit.current_votes.put_many([left_out])
        unit.vote_windows.put_many([a_window()])
    (waiting,) = report(store).page
    assert waiting.text.en == (
        "It was cast while unusually many votes came at once. It is left out of the count for now; a person looks "
        "within 48 hours, and it may count again."
    )
    with store.begin(HERE) as unit:
        unit.vote_windows.put_many([replace(a_window(), decision=WindowDecision.UPHELD, decided_at=NOW)])
    (decided,) = report(store).page
    assert decided.text.zh == "该票投出时，该对象的票数异常集中。经人工复核，该票不计入统计。"


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_voters_votes_are_read_in_pages_the_last_stored_first(store: Store, size: int) -> None:
    open_polls(store, [a_voter(), a_voter("other")])
    cast(store, [a_vote(str(n), cast_at=NOW - n * DAY) for n in range(5)])
    cast(store, [a_vote("another's", voter_id="other")])
    found, token = list[str](), ""
    while not found or token:
        page = report(store, size=size, token=token)
        found += [each.counted.vote.vote_id for each in page.page]
        token = page.next_page_token
    assert found == ["4", "3", "2", "1", "0"]
    first = report(store, size=1).next_page_token
    with pytest.raises(InvalidInput, match="page_token: is not a token of this list"):
        report(store, "other", size=1, token=first)


def test_one_who_has_not_voted_is_trusted_as_a_newcomer(store: Store) -> None:
    know(store, [a_voter()])
    trust = newcomer(NOW.timestamp()).trust_at(NOW.timestamp())
    assert 0 < trust < 0.2
    assert report(store) == VoterReport("voter-1", trust, None, 0, 0, ())
    with pytest.raises(NotFound, match="voter 'nobody' is not in this marketplace"):
        report(store, "nobody")
