"""`./run demo`: what it shows, and that nothing is left of it however it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from server_processes import until

DEMO = Path(__file__).parents[2] / "clients" / "demo.sh"
INTERRUPTIBLE = (
    "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"
)
"""A shell can't catch what was ignored when it began, as Ctrl-C is for tests that run in the background."""

WAITS = "exec sleep 600"
SERVES = "case $1 in serve) echo 1 >port; echo listening; exec sleep 600 ;; esac"
SERVES_NOTHING = 'case $1 in serve) echo "the port is taken" >&2; exit 5 ;; esac'


@pytest.fixture
def commands(tmp_path: Path) -> Path:
    """A folder that stands first on the demo's PATH."""
    folder = tmp_path / "commands"
    folder.mkdir()
    return folder


def a_command(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


@contextmanager
def the_demo(tmp_path: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the demo in a session of its own, with its words in a file; ended with all its processes."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    path = os.pathsep.join((str(tmp_path / "commands"), str(Path(sys.executable).parent), os.environ["PATH"]))
    environment = {**os.environ, "PATH": path, "TMPDIR": str(temporary), "COLUMNS": "100", "LANG": "C.UTF-8"}
    command = [sys.executable, "-c", INTERRUPTIBLE, str(DEMO), *arguments]
    with (tmp_path / "said").open("wb") as said:
        demo = subprocess.Popen(command, stdout=said, stderr=said, env=environment, start_new_session=True)
    try:
        yield demo
    finally:
        for pid in processes_of(demo.pid):
            os.kill(pid, signal.SIGKILL)
        demo.wait()


def processes_of(session: int) -> list[int]:
    """The process ids of a session's processes, ended ones left out."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, of = stat.read_text().rpartition(")")[2].split()[:4]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(of) == session and state != "Z":
            found.append(int(stat.parent.name))
    return found


def said_by(tmp_path: Path) -> str:
    return (tmp_path / "said").read_text(encoding="utf-8")


def assert_nothing_is_left(demo: subprocess.Popen[bytes], tmp_path: Path) -> None:
    assert processes_of(demo.pid) == []
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.usefixtures("commands")
def test_a_market_is_made_judged_and_held_against_its_truth(tmp_path: Path) -> None:
    with the_demo(tmp_path, "100") as demo:
        code = demo.wait(120)
        assert_nothing_is_left(demo, tmp_path)

    said = said_by(tmp_path)
    assert code == 0, said
    assert re.search(r"^100 screened · \d+ ", said, re.MULTILINE)
    assert re.search(r"^ obvious fakes +\d+ ", said, re.MULTILINE)
    assert re.search(r"^ review +\d+ of \d+ +\d+% \(\d+–\d+%\) +\d+ of \d+", said, re.MULTILINE)
    caught = re.search(
        r"^A fake that was caught.*\n\n\$ zhengpin verdicts show (\w+)\n╭─  (block|review)  ", said, re.MULTILINE
    )
    assert caught is not None, said
    assert re.search(rf"│ Listing +{caught[1]} ", said)
    assert re.search(
        r"looks like a fake, and stays on sale:\n\n\$ zhengpin verdicts show \w+\n╭─  (allow|watch)  ", said
    )
    assert re.search(r"^ vote +([\d,]+) +\1 +0 ", said, re.MULTILINE)
    for board in ("red", "black"):
        assert re.search(rf"--board {board} --limit 5\n(No target fits|(.*\n)+? {board} board )", said), said
    supplier = re.search(r"^\$ zhengpin supplier check (\w+)\n╭─  ", said, re.MULTILINE)
    assert supplier is not None, said
    assert re.search(rf"^\$ zhengpin supplier score {supplier[1]}\n╭─  {supplier[1]} · ", said, re.MULTILINE)
    assert re.search(rf"^\$ zhengpin supplier links {supplier[1]} --limit 3\n(.*\n)+?Ring [\w-]+: ", said, re.MULTILINE)
    assert max(map(len, said.splitlines())) <= 120


@pytest.mark.parametrize(
    ("subject", "key", "target"),
    [
        ('"productKey":"gtin:06904235001013"', "product_key", "product:gtin:06904235001013"),
        ('"brandId":"b-1"', "brand_id", "brand:b-1"),
        ('"factoryId":"f-1"', "factory_id", "factory:f-1"),
        ('"origin":"中国"', "origin", "origin:中国"),
    ],
)
def test_a_vote_for_money_that_was_left_out_is_shown_with_what_its_voter_is_told(
    tmp_path: Path, commands: Path, subject: str, key: str, target: str
) -> None:
    votes = "".join(
        f'{{"vote":{{"voteId":"{vote}","voterId":"{voter}","target":{{{on}}},"opinion":"OPINION_WARN"}}}}\n'
        for vote, voter, on in (
            ("v-1", "honest", subject),
            ("v-2", "hired elsewhere", '"brandId":"b-9"'),
            ("v-3", "hired", subject),
        )
    )
    truth = "".join(
        f'{{"vote_truth":{{"voteId":"v-{number}","voterId":"-","arranged":{arranged}}}}}\n'
        for number, arranged in ((1, "false"), (2, "true"), (3, "true"))
    )
    (tmp_path / "votes").write_text(votes, encoding="utf-8")
    (tmp_path / "truth").write_text(truth, encoding="utf-8")
    made = f"mkdir market; cp {tmp_path}/votes market/votes.jsonl; cp {tmp_path}/truth market/votes_truth.jsonl"
    a_command(commands, "zhengpin-server", f"case $1 in simulate) {made} ;; esac\n{SERVES}")
    window = json.dumps({"window_id": "w-1", "target": {key: target.partition(":")[2]}}, ensure_ascii=False)
    a_command(commands, "zhengpin", f"case \"$*\" in *'--json vote-windows'*) echo '{window}' ;; esac")

    with the_demo(tmp_path) as demo:
        code = demo.wait(20)
        assert_nothing_is_left(demo, tmp_path)

    said = said_by(tmp_path)
    assert code == 0, said
    assert f"$ zhengpin vote-windows list --target {target} --limit 1\n" in said
    assert "$ zhengpin voters show hired --limit 5\n" in said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("at_all", [True, False], ids=["to all its processes", "to the script alone"])
def test_nothing_is_left_after_a_signal(tmp_path: Path, commands: Path, number: signal.Signals, at_all: bool) -> None:
    a_command(commands, "zhengpin-server", SERVES)
    a_command(commands, "zhengpin", WAITS)

    with the_demo(tmp_path) as demo:
        until(lambda: "$ zhengpin import" in said_by(tmp_path))
        os.killpg(demo.pid, number) if at_all else demo.send_signal(number)
        code = demo.wait(20)
        assert_nothing_is_left(demo, tmp_path)

    assert code == 128 + number
    assert "Interrupted: the server is stopped" in said_by(tmp_path)


def test_a_server_that_does_not_start_is_shown_with_what_it_said(tmp_path: Path, commands: Path) -> None:
    a_command(commands, "zhengpin-server", SERVES_NOTHING)

    with the_demo(tmp_path) as demo:
        code = demo.wait(20)
        assert_nothing_is_left(demo, tmp_path)

    assert code == 1
    assert said_by(tmp_path).endswith(
        "The server did not start.\n\nThe demo failed. What the server said last:\nthe port is taken\n"
    )


def test_a_command_that_fails_ends_the_demo_with_its_exit_code(tmp_path: Path, commands: Path) -> None:
    a_command(commands, "zhengpin-server", SERVES)
    a_command(commands, "zhengpin", "exit 7")

    with the_demo(tmp_path) as demo:
        code = demo.wait(20)
        assert_nothing_is_left(demo, tmp_path)

    assert code == 7
    assert said_by(tmp_path).endswith("What the server said last:\nlistening\n")


@pytest.mark.usefixtures("commands")
def test_what_is_no_number_of_listings_is_refused(tmp_path: Path) -> None:
    with the_demo(tmp_path, "--help") as demo:
        code = demo.wait(20)
        assert_nothing_is_left(demo, tmp_path)

    assert code == 2
    assert said_by(tmp_path) == "'--help' is no number of listings: write ./run demo, or ./run demo 500\n"
