"""The hashes that may be found near others, in the order in which they were told.

Near hashes lie in no order that a database could search. So each process keeps all hashes of a marketplace in an index
(`HashIndex`), and adds to it what was logged since it last looked. The log is never shortened: what is found in the
index is then asked for in the tables, and they say what is still true.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import BigInteger, bindparam, select

from zhengpin.detectors.images.hash_index import HashIndex, packed, unpacked
from zhengpin.storage import tables
from zhengpin.storage.revisions import Topic, raised_revision
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE

MOST_KEPT = 1_000_000
"""Different hashes of one topic that a process keeps: 40 MB. Of more, only the same ones are found."""
ROWS_AT_ONCE = 200
"""Of the log: each holds what one unit of work told."""

_LOG = tables.hash_log.c
_SINCE = (
    select(_LOG.revision, _LOG.hashes)
    .where(_LOG.marketplace == HERE, _LOG.topic == bindparam("topic"))
    .where(_LOG.revision > bindparam("since", type_=BigInteger))
    .order_by(_LOG.revision)
    .limit(ROWS_AT_ONCE)
)


@dataclass(frozen=True, slots=True)
class KeptHashes:
    """The hashes of one topic."""

    index: HashIndex
    too_many: bool = False
    """Whether more different ones were logged than are kept: at the same place of the log it is always the same."""

    def near(self, asked: Collection[int]) -> dict[int, frozenset[int]]:
        """The hashes that may lie near each of those that are asked for; all are there that do.

        Where there are too many to be kept, it is each hash itself.
        """
        if self.too_many:
            return {each: frozenset((each,)) for each in asked}
        return self.index.near(asked)

    def held(self, asked: Collection[int]) -> frozenset[int]:
        """Those that may have been told themselves; all are there that were."""
        return frozenset(asked) if self.too_many else self.index.held(asked)


NOTHING_KEPT = KeptHashes(HashIndex())
SAME_PICTURE = 6
"""Bits in which the perceptual hashes of copies of one picture may differ (TOMM 2019)."""
_NONE_YET = {Topic.REGISTERED_IMAGES: NOTHING_KEPT, Topic.SHOWN_PICTURES: KeptHashes(HashIndex(SAME_PICTURE))}


def log_hashes(scope: Scope, topic: Topic, hashes: Collection[int]) -> None:
    """Let these hashes be found from now on. Those of which this process knows that they were logged are left out."""
    known = scope.memory.grown(_memory_of(topic), 0, _NONE_YET[topic], lambda kept, _since: kept)
    fresh = frozenset(hashes) - known.held(hashes)  # of too many none is kept: nobody needs to be told of more
    if fresh:
        row = {"topic": topic.value, "revision": raised_revision(scope, topic), "hashes": packed(fresh)}
        scope.insert(tables.hash_log, [row])


def kept_hashes(scope: Scope, topic: Topic, revision: int) -> KeptHashes:
    """The hashes of a topic as of a revision, and maybe some more.

    Not to be asked for within a unit of work: what it takes back would be kept.
    """

    def grow(kept: KeptHashes, since: int) -> KeptHashes:
        if kept.too_many:
            return kept
        index = kept.index.with_more(unpacked(_logged(scope, topic, since), MOST_KEPT))
        return KeptHashes(HashIndex(), too_many=True) if len(index) > MOST_KEPT else KeptHashes(index)

    return scope.memory.grown(_memory_of(topic), revision, _NONE_YET[topic], grow)


def _memory_of(topic: Topic) -> str:
    return f"hashes of {topic.value}"


def _logged(scope: Scope, topic: Topic, since: int) -> Iterator[bytes]:
    """What was logged after a revision, in its order."""
    while rows := scope.rows(_SINCE, topic=topic.value, since=since):
        yield from (bytes(row.hashes) for row in rows)
        if len(rows) < ROWS_AT_ONCE:
            return
        since = rows[-1].revision
