"""The wheel with its base dependencies alone: what a calling backend installs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import venv
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from fake_zhengpin import FakeZhengpin, serving

PROJECT = Path(__file__).parents[2]
SERVERS_OWN = (
    "sqlalchemy",
    "alembic",
    "durable_rules_engine",
    "protovalidate",
    "numpy",
    "sklearn",
    "jinja2",
    "pyarrow",
)


def base_dependencies() -> set[str]:
    """The distributions that `pip install zhengpin` brings, found from the metadata of those installed here."""
    found: set[str] = set()
    waiting = [Requirement(each) for each in requires("zhengpin") or ()]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        wanted = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        if wanted and name not in found:
            found.add(name)
            waiting.extend(Requirement(each) for each in requires(name) or ())
    return found


def link_into(site_packages: Path, dependency: Distribution) -> None:
    """Put a distribution's files into another environment by links: nothing is downloaded."""
    for file in dependency.files or ():
        source, target = Path(str(dependency.locate_file(file))), site_packages / file
        if source.is_file() and ".." not in file.parts:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(source.resolve())


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment with the wheel and its base dependencies."""
    folder = tmp_path_factory.mktemp("alone")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=PROJECT, check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    venv.create(folder / "venv", with_pip=False)
    programs = folder / "venv" / "bin"
    uv = [sys.executable, "-m", "uv", "pip", "install", "--offline", "--no-deps", "-q"]
    subprocess.run([*uv, "-p", str(programs / "python"), str(wheel)], check=True, capture_output=True)
    [site_packages] = (folder / "venv" / "lib").glob("python*/site-packages")
    for name in base_dependencies():
        link_into(site_packages, distribution(name))
    return programs


@pytest.fixture
def address() -> Iterator[str]:
    with serving(FakeZhengpin()) as served:
        yield served


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program outside of the project's own environment."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [str(each) for each in command],
        env={**kept, "LANG": "C.UTF-8", **environment},
        cwd="/",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_base_dependencies_are_the_clients_alone() -> None:
    names = {canonicalize_name(re.split(r"\W", each)[0]) for each in SERVERS_OWN}

    assert not base_dependencies() & (names | {"scikit-learn", "durable-rules", "matplotlib", "pandas", "scipy"})


@pytest.mark.parametrize("module", SERVERS_OWN)
def test_nothing_of_the_servers_can_be_imported_there(alone: Path, module: str) -> None:
    assert "ModuleNotFoundError" in run(alone / "python", "-c", f"import {module}").stderr


def test_the_sdk_imports_and_is_typed(alone: Path) -> None:
    program = (
        "import zhengpin_client, pathlib; print(pathlib.Path(zhengpin_client.__file__).with_name('py.typed').exists())"
    )

    assert run(alone / "python", "-W", "error", "-c", program).stdout == "True\n"


def test_the_command_explains_itself(alone: Path) -> None:
    outcome = run(alone / "zhengpin", "--help")

    assert outcome.returncode == 0, outcome.stderr
    assert "screen" in outcome.stdout


def test_listings_are_imported_screened_and_shown(alone: Path, address: str, tmp_path: Path) -> None:
    file = tmp_path / "listings.jsonl"
    file.write_text('{"listing": {"listing_id": "l-1", "supplier_id": "s-1", "title": "Kettle"}}\n', encoding="utf-8")
    server = {"ZHENGPIN_SERVER": address, "XDG_STATE_HOME": str(tmp_path)}

    imported = run(alone / "zhengpin", "import", file, "--json", **server)
    screened = run(alone / "zhengpin", "screen", "l-1", "--json", **server)
    shown = run(alone / "zhengpin", "verdicts", "show", "verdict-l-1", **server)

    assert json.loads(imported.stdout)["records"]["listing"]["stored"] == 1, imported.stderr
    assert json.loads(screened.stdout)["verdict"]["decision"] == "DECISION_ALLOW", screened.stderr
    assert "allow" in shown.stdout


def test_the_mappings_come_with_the_wheel(alone: Path) -> None:
    outcome = run(alone / "zhengpin", "import", "/nothing.csv", "--mapping", "mercado-livre-cartridges")

    assert "/nothing.csv is not a file" in outcome.stderr
    program = "from zhengpin_client.importing.plan import find_mapping; print(find_mapping('mercado-livre-cartridges'))"
    assert "site-packages/zhengpin_client/mappings" in run(alone / "python", "-c", program).stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("report", "--out", "out"), "Reports need jinja2 and matplotlib: pip install 'zhengpin[report]'"),
        (("import", "FILE", "--kind", "listing"), "Reading Parquet needs pyarrow: pip install 'zhengpin[parquet]'"),
    ],
)
def test_what_an_extra_is_needed_for_says_which(
    alone: Path, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    file = tmp_path / "listings.parquet"
    file.write_bytes(b"")

    outcome = run(alone / "zhengpin", *(str(file) if each == "FILE" else each for each in arguments))

    assert outcome.returncode == 2
    assert says in " ".join(outcome.stderr.replace("│", " ").split())
