"""Which standings, windows and votes to look at, and pages of them."""

from __future__ import annotations

from dataclasses import dataclass

from zhengpin.domain.hit import Text
from zhengpin.domain.standing import Board, Standing
from zhengpin.domain.vote import CountedVote, Target, TargetKind
from zhengpin.domain.vote_window import VoteWindow


@dataclass(frozen=True, slots=True)
class StandingFilter:
    """Conditions joined by "and"; what is left empty asks for nothing."""

    board: Board | None = None
    kind: TargetKind | None = None
    category: str = ""
    """With all categories under it."""
    origin: str = ""
    """The normalised name of a place."""


@dataclass(frozen=True, slots=True)
class StandingPage:
    """Some standings of a longer list."""

    standings: tuple[Standing, ...]
    next_page_token: str = ""
    """Asks for the page that follows; empty on the last one."""


@dataclass(frozen=True, slots=True)
class WindowFilter:
    """Conditions joined by "and"; what is left empty asks for nothing."""

    target: Target | None = None
    undecided: bool = False
    """Only those on which nobody has decided."""


@dataclass(frozen=True, slots=True)
class WindowPage:
    """Some windows of a longer list."""

    windows: tuple[VoteWindow, ...]
    next_page_token: str = ""


@dataclass(frozen=True, slots=True)
class AnsweredVote:
    """A vote with what it counts, and what to tell its voter."""

    counted: CountedVote
    text: Text


@dataclass(frozen=True, slots=True)
class VoterReport:
    """How far a voter's votes count, for the voter alone, with a page of them."""

    voter_id: str
    trust: float
    second_opinion: float | None
    votes: int
    """Current ones, one a target."""
    counted_votes: int
    page: tuple[AnsweredVote, ...]
    """The latest first, those that were superseded among them."""
    next_page_token: str = ""
