"""Reading the snapshot of one listing: the ordinary one of the builders, unless another is asked for."""

from builders import NOW, a_listing
from zhengpin.domain.snapshot import Snapshot, SnapshotQuery
from zhengpin.storage import Store

HERE = "here"
PRODUCT = "acme k15"
QUERY = SnapshotQuery(a_listing(), PRODUCT)


def snapshot(store: Store, query: SnapshotQuery = QUERY) -> Snapshot:
    with store.read(HERE) as reader:
        (read,) = reader.snapshots.read_many([query], NOW)
    return read
