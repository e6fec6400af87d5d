"""`Zhengpin`: a server's methods for one marketplace, and the ways through many records at once."""

from __future__ import annotations

from types import TracebackType
from typing import Self

import grpc

from zhengpin_client.catalog import Catalog
from zhengpin_client.connection import Connection
from zhengpin_client.models import Models
from zhengpin_client.reputation import Reputation
from zhengpin_client.screening import Screening
from zhengpin_client.suppliers import Suppliers

DEFAULT_TARGET = "127.0.0.1:7443"


class Zhengpin(Catalog, Screening, Models, Reputation, Suppliers):
    """A connection to one Zhengpin server, for one marketplace. Safe to share between threads.

    **When a deadline passes**, decide by your own policy and never wait in silence: publish the listing, put it on a
    list to screen later, and take the verdict from `watch_verdicts` when it comes. A late answer is not a "no", and a
    listing held back because a checker was slow is a sale lost to an honest seller.

    Every write carries a `request_id`, made here unless it is given, and the same on every retry: a call that was
    answered twice was still carried out once.
    """

    def __init__(
        self,
        target: str = DEFAULT_TARGET,
        marketplace: str = "default",
        *,
        timeout: float | None = None,
        connections: int = 1,
        root_certificates: bytes | None = None,
        private_key: bytes | None = None,
        certificate_chain: bytes | None = None,
    ) -> None:
        """Open the channel; the first call connects.

        `timeout`, in seconds, replaces the deadline of every unary method (`methods.DEADLINES`). `connections` take
        turns with the calls: a server with several workers shares out connections, not calls, so open a few for each
        worker. Certificates are PEM:
        with `root_certificates` the connection is encrypted, with key and chain the server can tell who is calling.
        """
        if connections < 1:
            raise ValueError(f"connections must be at least 1, and not {connections}")
        credentials = None
        if root_certificates is not None:
            credentials = grpc.ssl_channel_credentials(root_certificates, private_key, certificate_chain)
        connection = Connection(target, marketplace, timeout, credentials, connections)
        Catalog.__init__(self, connection)
        Screening.__init__(self, connection)
        Models.__init__(self, connection)
        Reputation.__init__(self, connection)
        Suppliers.__init__(self, connection)
        self.target = target
        self.marketplace = marketplace

    def __enter__(self) -> Self:
        """Use it as a context manager to have the channel closed."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the channel."""
        self.close()

    def close(self) -> None:
        """Close the channel; calls under way are cancelled."""
        self._connection.channel.close()
