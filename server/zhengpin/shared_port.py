"""One port for several processes."""

from __future__ import annotations

import socket
from collections.abc import Generator
from contextlib import contextmanager

from zhengpin.errors import InvalidSettings


@contextmanager
def shared_port(listen: str) -> Generator[int]:
    """Hold the port of `host:port` for processes that listen on it with SO_REUSEPORT; port 0 takes a free one.

    What holds it is a socket that is bound and never listens, so that no connection comes to it. InvalidSettings if
    somebody else has the port.
    """
    if not hasattr(socket, "SO_REUSEPORT"):
        raise InvalidSettings("this system lets no two processes listen on one port: start with --workers 1")
    try:
        holder = _hold(listen)
    except OSError as problem:
        raise InvalidSettings(
            f"can't listen on {listen}: {problem.strerror}: is the port taken, or the host not of this machine?"
        ) from problem
    with holder:
        yield holder.getsockname()[1]


def _hold(listen: str) -> socket.socket:
    """Claim the port for us alone, and share it from then on.

    SO_REUSEPORT alone would quietly join another service of the same user. So the first socket listens without it,
    which the kernel allows only where nobody else does; it gets the option afterwards, lets the holder in, and goes.
    """
    host, _, port = listen.rpartition(":")
    family, _, _, _, address = socket.getaddrinfo(
        host.strip("[]"), int(port), type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    with socket.socket(family) as claim:
        # Connections that a server before us closed may linger on the port for a minute, and are nobody's claim.
        claim.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        claim.bind(address)
        claim.listen()
        claim.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        holder = socket.socket(family)
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        holder.bind(claim.getsockname())
        # Without this option the holder keeps others out by itself, also while no worker listens.
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
        return holder
