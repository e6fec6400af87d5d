"""A port that our processes share, and nobody else."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from pathlib import Path

import pytest

from zhengpin.errors import InvalidSettings
from zhengpin.shared_port import shared_port


def a_listener(port: int, *, sharing: bool) -> socket.socket:
    """A socket that listens on a port, as gRPC opens it."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, int(sharing))
    listener.bind(("127.0.0.1", port))
    listener.listen()
    return listener


def test_processes_that_share_listen_on_the_held_port_together() -> None:
    with shared_port("127.0.0.1:0") as port, a_listener(port, sharing=True), a_listener(port, sharing=True) as listener:
        assert listener.getsockname()[1] == port


def test_the_holder_itself_gets_no_connection() -> None:
    with shared_port("127.0.0.1:0") as port, ExitStack() as opened:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port))
        listener = opened.enter_context(a_listener(port, sharing=True))
        for _ in range(20):
            opened.enter_context(socket.create_connection(("127.0.0.1", port)))
            opened.enter_context(listener.accept()[0])


@pytest.mark.parametrize("sharing", [True, False])
def test_a_port_that_another_service_listens_on_is_refused(*, sharing: bool) -> None:
    with (
        a_listener(0, sharing=sharing) as other,
        pytest.raises(InvalidSettings, match=f"can't listen on 127.0.0.1:{other.getsockname()[1]}"),
        shared_port(f"127.0.0.1:{other.getsockname()[1]}"),
    ):
        pass


def test_a_port_that_is_held_is_refused_before_anybody_listens() -> None:
    with (
        shared_port("127.0.0.1:0") as port,
        pytest.raises(InvalidSettings, match="is the port taken"),
        shared_port(f"127.0.0.1:{port}"),
    ):
        pass


def test_a_port_is_free_again_at_once() -> None:
    with shared_port("127.0.0.1:0") as port:
        listener = a_listener(port, sharing=True)
        with socket.create_connection(("127.0.0.1", port)) as client:
            accepted = listener.accept()[0]
            accepted.close()
            assert client.recv(1) == b""
        listener.close()
    with shared_port(f"127.0.0.1:{port}") as again:
        assert again == port


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(InvalidSettings, match="host not of this machine"), shared_port("192.0.2.1:0"):
        pass


@pytest.mark.parametrize("host", ["localhost", "0.0.0.0", "[::1]"])  # noqa: S104  held for a moment only
def test_hosts_are_held_in_every_form(host: str) -> None:
    if host == "[::1]" and not Path("/proc/net/if_inet6").exists():
        pytest.skip("this machine has no IPv6")
    with shared_port(f"{host}:0") as port:
        assert port
