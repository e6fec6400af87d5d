"""A fake server, and the command run in this process as a shell would run it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from client_runs import Outcome, Run
from fake_zhengpin import FakeZhengpin, serving
from vote_answers import a_standing, a_trust, a_window
from zhengpin.v1 import vote_pb2
from zhengpin_client import Zhengpin
from zhengpin_client.cli.app import main


@pytest.fixture
def fake() -> FakeZhengpin:
    return FakeZhengpin()


@pytest.fixture
def voted(fake: FakeZhengpin) -> FakeZhengpin:
    """A server on which somebody stands on each board, with a voter and windows."""
    black = {"board": vote_pb2.BOARD_BLACK, "share": 0.2, "low": 0.12, "high": 0.31, "alarmed": True}
    fake.standings = [a_standing(), a_standing("origin:中国", **black)]
    fake.trusts = {"w-1": a_trust()}
    fake.windows = [a_window(), a_window("w-2", why=vote_pb2.WHY_NOT_COUNTED_LOCKSTEP)]
    fake.windows[1].ClearField("expected_votes")
    return fake


@pytest.fixture
def address(fake: FakeZhengpin) -> Iterator[str]:
    with serving(fake) as served:
        yield served


@pytest.fixture
def zhengpin(address: str) -> Iterator[Zhengpin]:
    with Zhengpin(address, "m-1") as connected:
        yield connected


@pytest.fixture
def run(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `zhengpin` against the fake server, 80 columns wide."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("ZHENGPIN_SERVER", address)

    def carry_out(*arguments: str | Path) -> Outcome:
        with pytest.raises(SystemExit) as ended:
            main([str(each) for each in arguments])
        captured = capsys.readouterr()
        return Outcome(int(ended.value.code or 0), captured.out, captured.err)

    return carry_out
