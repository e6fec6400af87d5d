"""Names that imitate registered brands, looked up in an index of the whole register that the process keeps."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from zhengpin.detectors.lookalikes import start_of
from zhengpin.domain.listing import Listing
from zhengpin.domain.look_alike import LookAlike
from zhengpin.storage.register_index import RegisterIndex
from zhengpin.storage.scope import Scope

_Asked = tuple[str, str]
"""What a listing's brand field says, and how its title begins; only one of them."""


class LookAlikes:
    """What names imitate, by the register at one revision."""

    def __init__(self, scope: Scope, revision: int) -> None:
        """Rely on what is remembered at this revision."""
        self._scope = scope
        self._revision = revision

    def of(self, listings: Sequence[Listing]) -> list[LookAlike | None] | None:
        """What each listing imitates by its brand field, or without one by how its title begins.

        `None` if the register is empty, too large to tell, or not indexed yet. None of the listings names a
        registered brand.
        """
        memory = self._scope.memory
        latest = memory.kept("register index", RegisterIndex).latest(self._scope, self._revision)
        index = latest.index
        if index is None:
            return None
        asked = [(listing.brand, "" if listing.brand else start_of(listing.title)) for listing in listings]

        def look_up(keys: Collection[_Asked]) -> Mapping[_Asked, LookAlike | None]:
            return {key: index.find(key[0]) if key[0] else index.find_at_start(key[1]) for key in keys}

        found = memory.notes("look-alikes", latest.revision).look_up(set(asked), look_up, None)
        return [found[each] for each in asked]
