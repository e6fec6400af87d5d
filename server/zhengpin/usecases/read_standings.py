"""Read where targets stand, and which windows of votes are left out of the count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from zhengpin.domain.standing import Standing
from zhengpin.domain.vote import Target
from zhengpin.domain.vote_lists import StandingFilter, StandingPage, WindowFilter, WindowPage
from zhengpin.storage.store import Store
from zhengpin.usecases.stand_targets import listed_standings
from zhengpin.usecases.vote_targets import TargetFinder


class ReadStandings:
    """The boards of one installation. Whose votes they rest on is nobody's to know."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def get(self, marketplace: str, target: Target) -> Standing:
        """Where a target stands; without votes of its own where its parents do. Raises `NotFound`."""
        with self._store.read(marketplace) as reader:
            finder = TargetFinder(reader)
            known = finder.find(target).target
            stored = reader.standings.find_many((known,)).get(known)
            if stored is not None:
                return stored
            return listed_standings(reader, finder, {known}, self._clock())[known].standing

    def page(self, marketplace: str, asked: StandingFilter, page_size: int, page_token: str) -> StandingPage:
        """A page of a board, the surest first."""
        with self._store.read(marketplace) as reader:
            return reader.standings.list(asked, page_size, page_token)

    def windows(self, marketplace: str, asked: WindowFilter, page_size: int, page_token: str) -> WindowPage:
        """A page of excluded windows, the latest first. Raises `NotFound` for a target that nobody has told of."""
        with self._store.read(marketplace) as reader:
            if asked.target is not None:
                asked = replace(asked, target=TargetFinder(reader).find(asked.target).target)
            return reader.vote_windows.list(asked, page_size, page_token)
