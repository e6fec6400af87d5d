"""The votes on what listings offer, kept ready by target: a page of listings costs one statement, or none."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from pydantic_core import from_json
from sqlalchemy import ColumnElement, FromClause, Select, and_, select

from zhengpin.domain.brand import normalised_name
from zhengpin.domain.listing import Listing
from zhengpin.domain.standing import Board
from zhengpin.domain.vote import TargetKind
from zhengpin.domain.votes_around import NO_FAKE_WORDS, FakeWords, VoterMix, VotesAround, VotesOn
from zhengpin.storage import codec
from zhengpin.storage import vote_tables as tables
from zhengpin.storage.fake_votes import ON_ANY_LISTING, words_from_row
from zhengpin.storage.json_values import json_rows
from zhengpin.storage.listing_targets import product_of
from zhengpin.storage.lookups import with_each
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, each


class Voted(NamedTuple):
    """A listing and what it offers, as votes may speak of it."""

    listing: Listing
    product_key: str
    brand_id: str
    """Empty where it names no registered brand."""


class _Asked(NamedTuple):
    """A target, and of a product the listing that it is asked for."""

    kind: TargetKind
    key: str
    listing_id: str


class _Told(NamedTuple):
    """What is known of it."""

    votes: VotesOn
    on_listing: FakeWords


def _statement() -> Select[Any]:
    asked = each("asked", *_Asked._fields)
    standings, mixes, windows = tables.standings, tables.voter_mixes, tables.vote_windows
    words, own = tables.fake_words, tables.fake_words.alias("own")

    def of_target(table: FromClause, *more: ColumnElement[bool]) -> ColumnElement[bool]:
        is_target = (table.c.target_kind == asked.c.kind, table.c.target_key == asked.c.key)
        return and_(table.c.marketplace == HERE, *is_target, *more)

    undecided = select(windows.c.body).where(of_target(windows, windows.c.decided_at.is_(None))).correlate(asked)
    return select(
        asked,
        standings.c.body,
        *(column for column in mixes.columns if column.name in VoterMix.__slots__),
        *_labelled(words, "said"),
        *_labelled(own, "own"),
        select(json_rows(undecided.subquery().c.body)).scalar_subquery().label("undecided"),
    ).select_from(
        with_each(
            asked,
            (standings, of_target(standings)),
            (mixes, of_target(mixes)),
            (words, of_target(words, words.c.listing_id == ON_ANY_LISTING)),
            (own, of_target(own, own.c.listing_id == asked.c.listing_id)),
        )
    )


def _labelled(words: FromClause, prefix: str) -> list[ColumnElement[Any]]:
    return [words.c[name].label(f"{prefix}_{name}") for name in ("votes", "weight", "quotes")]


_VOTES = _statement()


def read_votes(scope: Scope, page: Sequence[Voted], revision: int) -> list[VotesAround | None]:
    """The votes around each listing, in their order; `None` where nobody has voted on anything that it offers.

    Without any vote in the marketplace nothing is read.
    """
    if not revision:
        return [None] * len(page)
    asked = [_asked(voted) for voted in page]

    def read(targets: Collection[_Asked]) -> dict[_Asked, _Told]:
        rows = [row for row in scope.rows(_VOTES, asked=targets) if row.body is not None]
        return {_Asked(TargetKind(row.kind), row.key, row.listing_id): _told(row) for row in rows}

    notes = scope.memory.notes("votes", revision)
    known = notes.look_up({target for targets in asked for target in targets}, read, None)
    return [_around([told for target in targets if (told := known[target])]) for targets in asked]


def _asked(voted: Voted) -> list[_Asked]:
    listing = voted.listing
    named = (
        (TargetKind.BRAND, voted.brand_id),
        (TargetKind.FACTORY, listing.factory_id),
        (TargetKind.ORIGIN, normalised_name(listing.origin_place)),
    )
    # The listing for itself comes first, for votes may have been cast on it before its product could be told.
    products = dict.fromkeys((product_of(listing.listing_id, ""), product_of(listing.listing_id, voted.product_key)))
    return [
        *(_Asked(TargetKind.PRODUCT, key, listing.listing_id) for key in products),
        *(_Asked(kind, key, ON_ANY_LISTING) for kind, key in named if key),
    ]


def _told(row: Any) -> _Told:
    mix = None
    if row.solved_at is not None:
        mix = VoterMix(row.distrusted, row.related, row.disagreement, row.solved_at)
    undecided = map(codec.VOTE_WINDOW.from_text, from_json(row.undecided))
    votes = VotesOn(
        standing=codec.STANDING.from_text(row.body),
        undecided=tuple(sorted(undecided, key=attrgetter("raised_at", "window_id"))),
        voters=mix,
        fake_words=_words(row.said_votes, row.said_weight, row.said_quotes),
    )
    return _Told(votes, _words(row.own_votes, row.own_weight, row.own_quotes))


def _words(votes: int | None, weight: float, quotes: str) -> FakeWords:
    return NO_FAKE_WORDS if votes is None else words_from_row(votes, weight, quotes)


def _around(told: Sequence[_Told]) -> VotesAround | None:
    if not told:
        return None
    on: dict[TargetKind, VotesOn] = {}
    for votes, _ in told:
        on[votes.standing.target.kind] = _prevailing(on.get(votes.standing.target.kind), votes)
    on_listing = max((words for _, words in told), key=attrgetter("weight"))
    return VotesAround(on, on_listing)


def _prevailing(of_listing: VotesOn | None, of_product: VotesOn) -> VotesOn:
    """Of the votes on a listing for itself and on its product: no listing leaves the black list by naming a product."""
    if of_listing is not None and of_listing.standing.board is Board.BLACK:
        return of_listing
    return of_product
