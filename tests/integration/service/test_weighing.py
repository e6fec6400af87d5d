"""A server weighs votes by itself."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from polls import HERE, cast, current_votes, grown_ups, open_polls, votes_of
from server_processes import until
from zhengpin.bootstrap import Service
from zhengpin.settings import Settings
from zhengpin.storage import Store


def test_votes_are_weighed_soon_after_a_server_has_started(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'z.db'}"
    voters = grown_ups(5)
    with closing(Store(database)) as store:
        store.migrate()
        open_polls(store, voters)
        cast(store, votes_of(voters))
        as_cast = current_votes(store)
    settings = Settings(database=database, listen="127.0.0.1:0", grace_seconds=1, log_level="error")
    with Service(settings) as service:
        service.start()
        until(lambda: _is_weighed(service.store), seconds=30)
        assert [vote.vote_id for vote in current_votes(service.store)] == [vote.vote_id for vote in as_cast]
        assert all(now.trust > then.trust for now, then in zip(current_votes(service.store), as_cast, strict=True))


def _is_weighed(store: Store) -> bool:
    with store.read(HERE) as reader:
        return reader.weighing.weighed_at() is not None
