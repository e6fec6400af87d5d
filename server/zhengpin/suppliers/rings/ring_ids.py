"""What rings are called: a ring that grows, shrinks, parts or takes in another one keeps its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping


def named_rings(
    groups: Collection[frozenset[str]], before: Mapping[str, str], new_id: Callable[[], str]
) -> dict[str, str | None]:
    """Give each member of the groups the id of its ring, `None` to who is alone in its group.

    `before` has the ids of those who were in rings. Of a ring that parts, most of its members keep the name; where
    rings become one, the oldest name stays. Ids are in the order of their making, and so are those of `new_id`.
    """
    rings = sorted((group for group in groups if len(group) > 1), key=min)
    names: dict[frozenset[str], str] = {}
    heirs = {ring: Counter(before[each] for each in ring if each in before) for ring in rings}
    for ring_id in sorted(set(before.values())):
        heir = max(rings, key=lambda ring: heirs[ring][ring_id], default=frozenset())
        if heir and heirs[heir][ring_id]:
            names.setdefault(heir, ring_id)
    named = {each: names.get(ring) or names.setdefault(ring, new_id()) for ring in rings for each in ring}
    return {each: named.get(each) for group in groups for each in group}
