"""`zhengpin-server profile` tells where the time goes."""

import json
import subprocess
import sys

STAGES = ("decode", "read", "signals", "rules", "risk", "policy", "write", "encode", "between")


def profile(*options: str) -> str:
    command = [sys.executable, "-m", "zhengpin", "profile", "--listings", "20", "--batch", "5", "--rounds", "1"]
    return subprocess.run([*command, *options], check=True, capture_output=True, text=True).stdout


def test_every_stage_takes_its_time_alone_and_in_a_batch() -> None:
    told = json.loads(profile("--json", "--cpu"))
    assert told["size"] == 5
    for form in ("alone", "batch"):
        assert tuple(told[form]) == STAGES
        assert all(microseconds > 0 for microseconds in told[form].values())


def test_the_table_shows_what_each_stage_is() -> None:
    shown = profile()
    for stage in STAGES:
        assert f"│ {stage} " in shown
    assert "commit included" in shown
