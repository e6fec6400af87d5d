"""Models on their shelf: kept whole or not at all, and refused if anything about them is not as it was."""

import hashlib
import json
import os
import pickle
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import skops.io

from zhengpin.errors import InvalidModel, NotFound
from zhengpin.risk.drift import reference_of
from zhengpin.risk.manifest import Labels, Manifest, Training
from zhengpin.risk.metrics import Bin, Metrics, Worth
from zhengpin.risk.model_file import State, state_to_bytes
from zhengpin.risk.registry import Kind, Registry, _write_folder


@dataclass(frozen=True, slots=True)
class Line:
    """A model that is a straight line."""

    version: str
    slope: float

    @staticmethod
    def revive(version: str, state: State) -> "Line":
        return Line(version, float(state["weights"][0]))


LINES = Kind("line", " ".join, Line.revive)


SOME_METRICS = Metrics(
    listings=900,
    fakes=30,
    average_precision=0.4,
    brier=0.02,
    brier_skill=0.3,
    recall_at_review=0.5,
    calibration=(Bin(0.0, 0.9, 900.0, 0.03, 0.033),),
)


def a_state(slope: float = 2.0) -> dict[str, Any]:
    return {"weights": np.array([slope, 1.0]), "features": ["x", "y"], "depth": 3, "of": {"seed": None}}


def a_training(**changes: Any) -> Training:
    ordinary: dict[str, Any] = {
        "trained_at": datetime(2026, 3, 1, 12, tzinfo=UTC),
        "trained_by": "an analyst",
        "marketplace": "here",
        "seed": 7,
        "labels": Labels(fake=30, genuine=70, unlabelled=900),
        "metrics": Worth(SOME_METRICS, SOME_METRICS, 0.3),
        "held_out_from": datetime(2026, 2, 1, tzinfo=UTC),
        "reference": reference_of(("x", "y"), np.arange(40.0).reshape(20, 2), np.linspace(0, 1, 20)),
    }
    return Training(**{**ordinary, **changes})


def a_card(manifest: Manifest) -> str:
    return f"# {manifest.version}\n"


def kept(folder: Path, **changes: Any) -> tuple[Registry[Line], Manifest]:
    registry = Registry(LINES, folder)
    return registry, registry.save(a_state(), a_training(**changes), a_card)


def test_a_model_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    registry, manifest = kept(tmp_path)
    assert manifest.version == f"2026-03-01-{manifest.sha256[:8]}"
    assert registry.load(manifest.version) == Line(manifest.version, 2.0)
    assert registry.manifest(manifest.version) == manifest
    assert registry.card(manifest.version) == f"# {manifest.version}\n"
    assert registry.versions() == (manifest,)
    assert sorted(each.name for each in (tmp_path / "line" / manifest.version).iterdir()) == [
        "CARD.md",
        "manifest.json",
        "model.skops",
    ]


def test_what_ships_is_found_beside_what_was_trained_here_and_never_written_to(tmp_path: Path) -> None:
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    _, first = kept(shipped, trained_at=datetime(2026, 1, 1, tzinfo=UTC), marketplace="")
    (shipped / "line" / "CURRENT").write_text(f"{first.version}\n")
    registry = Registry(LINES, own, shipped)
    second = registry.save(a_state(3.0), a_training(), a_card)
    assert registry.versions() == (second, first)
    assert registry.current() == first.version
    assert registry.load(first.version).slope == 2.0
    assert [each.name for each in (own / "line").iterdir()] == [second.version]
    assert Registry(LINES, tmp_path / "nowhere").current() == ""
    assert Registry(LINES, tmp_path / "nowhere").versions() == ()


@pytest.mark.parametrize("version", ["2026-03-01-00000000", "../line", "", "..", "2026-03-01-0000000g", "a\0b"])
def test_a_version_that_is_not_there_is_not_found(tmp_path: Path, version: str) -> None:
    registry, _ = kept(tmp_path)
    for look in (registry.load, registry.manifest, registry.card):
        with pytest.raises(NotFound, match="model"):
            look(version)


def test_a_version_is_never_overwritten(tmp_path: Path) -> None:
    _, manifest = kept(tmp_path)
    place = tmp_path / "line" / manifest.version
    before = (place / "model.skops").read_bytes()
    with pytest.raises(OSError, match="not empty"):
        _write_folder(place, {"model.skops": b"another"})
    assert (place / "model.skops").read_bytes() == before
    assert [each.name for each in (tmp_path / "line").iterdir()] == [manifest.version]


def _rewrite(**fields: Any) -> Callable[[Path, Manifest | None], object]:
    """Put other values into a manifest."""

    def change(place: Path, _: Manifest | None = None) -> None:
        told = json.loads((place / "manifest.json").read_text())
        told.update(fields)
        (place / "manifest.json").write_text(json.dumps(told))

    return change


def _flip_a_bit(place: Path, _: Manifest) -> None:
    written = bytearray((place / "model.skops").read_bytes())
    written[len(written) // 2] ^= 1
    (place / "model.skops").write_bytes(bytes(written))


def _swap(place: Path, content: bytes) -> None:
    """Put another file in the model's place, and name it in the manifest."""
    (place / "model.skops").write_bytes(content)
    _rewrite(sha256=hashlib.sha256(content).hexdigest())(place, None)


class Harmful:
    """What a pickle could carry."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, ("harmed",)


DAMAGE: dict[str, tuple[Callable[[Path, Manifest], object], str]] = {
    "a bit of the file was flipped": (_flip_a_bit, "is not the file that its manifest names"),
    "the file is gone": (lambda place, _: (place / "model.skops").unlink(), r"model\.skops: can't be read"),
    "the manifest is gone": (lambda place, _: (place / "manifest.json").unlink(), r"manifest\.json: can't be read"),
    "the manifest is no JSON": (
        lambda place, _: (place / "manifest.json").write_text("{"),
        r"manifest\.json: Invalid JSON",
    ),
    "a field has another type": (_rewrite(sha256=7), "`sha256`: Input should be a valid string"),
    "a field is unknown": (_rewrite(extra=1), "`extra`: Extra inputs are not permitted"),
    "it speaks of another version": (_rewrite(version="2026-03-01-00000000"), "speaks of version 2026-03-01-00000000"),
    "other features": (_rewrite(features_digest="another"), "features that mean something else"),
    "another scikit-learn": (_rewrite(libraries={"scikit-learn": "0.24.2"}), "made by scikit-learn 0.24.2, here is"),
    "no scikit-learn named": (_rewrite(libraries={}), "made by scikit-learn unknown"),
    "a pickle": (lambda place, _: _swap(place, pickle.dumps(Harmful())), "is no skops file"),
    "half a file": (
        lambda place, _: _swap(place, (place / "model.skops").read_bytes()[:200]),
        "is no skops file, or a damaged one",
    ),
    "another state": (lambda place, _: _swap(place, state_to_bytes({"height": 1})), "has not the state of a line"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_model_that_is_not_as_it_was_kept_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    monkeypatch.chdir(tmp_path)
    registry, manifest = kept(tmp_path)
    change, said = DAMAGE[damage]
    change(tmp_path / "line" / manifest.version, manifest)
    with pytest.raises(InvalidModel, match=said) as caught:
        registry.load(manifest.version)
    assert manifest.version in str(caught.value)
    assert not (tmp_path / "harmed").exists()


def test_code_in_a_skops_file_is_refused_before_it_runs(tmp_path: Path) -> None:
    registry, manifest = kept(tmp_path)
    _swap(tmp_path / "line" / manifest.version, skops.io.dumps({"weights": np.array([1.0]), "f": subprocess.getoutput}))
    with pytest.raises(InvalidModel, match="more than plain values"):
        registry.load(manifest.version)


@pytest.mark.parametrize(
    "state",
    [{"f": len}, {"o": np.array([object()])}, {"d": {1: "one"}}, {"s": {1, 2}}, {"n": np.float64(1)}, {"p": Path()}],
    ids=["a function", "an array of objects", "a numbered dict", "a set", "a NumPy scalar", "a path"],
)
def test_only_plain_values_can_be_kept(tmp_path: Path, state: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=r"state\['.'\]"):
        Registry(LINES, tmp_path).save(state, a_training(), a_card)
    assert not list(tmp_path.iterdir())


def test_a_version_without_a_readable_manifest_hides_no_other(tmp_path: Path) -> None:
    registry, good = kept(tmp_path)
    bad = registry.save(a_state(5.0), a_training(), a_card)
    (tmp_path / "line" / bad.version / "manifest.json").write_text("[]")
    shelf = registry.survey()
    assert shelf.manifests == (good,)
    (problem,) = shelf.problems
    assert bad.version in str(problem)


def test_a_folder_that_cannot_be_written_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "line").write_text("a file")
    with pytest.raises(InvalidModel, match=r"can't be written .*ZHENGPIN_MODELS"):
        kept(tmp_path)


def test_a_card_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def no_card(_: Manifest) -> str:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        Registry(LINES, tmp_path).save(a_state(), a_training(), no_card)
    assert Registry(LINES, tmp_path).versions() == ()


KILLED = """
    import os, signal, sys
    from itertools import count
    from pathlib import Path
    sys.path[:0] = {path!r}
    from test_registry import LINES, Registry, a_card, a_state, a_training

    def keep_until(number):
        syncs, sync = count(1), os.fsync
        os.fsync = lambda file: os.kill(os.getpid(), signal.SIGKILL) if next(syncs) == number else sync(file)
        Registry(LINES, Path({folder!r}) / str(number)).save(a_state(), a_training(), a_card)

    for number in {numbers!r}:
        child = os.fork()
        if not child:
            keep_until(number)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(os.WTERMSIG(status), flush=True)
"""


def test_a_process_killed_while_it_keeps_a_model_leaves_the_whole_model_or_none(tmp_path: Path) -> None:
    # What is synced is three files, their folder, and the folder above, in which the version stands by then.
    kept_by_then = {1: 0, 2: 0, 3: 0, 4: 0, 5: 1}
    path = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
    code = textwrap.dedent(KILLED).format(path=path, folder=str(tmp_path), numbers=[*kept_by_then])
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["9"] * 5
    for number, kept_versions in kept_by_then.items():
        registry = Registry(LINES, tmp_path / str(number))
        shelf = registry.survey()
        assert (len(shelf.manifests), shelf.problems) == (kept_versions, ())
        assert all(registry.load(each.version).slope == 2.0 for each in shelf.manifests)
        again = registry.save(a_state(3.0), a_training(), a_card)
        assert registry.load(again.version).slope == 3.0


def test_what_a_crash_left_is_taken_away_once_it_is_nobodys(tmp_path: Path) -> None:
    registry, _ = kept(tmp_path)
    young, old = tmp_path / "line" / ".saving-young", tmp_path / "line" / ".saving-old"
    for folder in (young, old):
        folder.mkdir()
        (folder / "model.skops").write_bytes(b"half")
    os.utime(old, (0, 0))
    registry.save(a_state(4.0), a_training(), a_card)
    assert (young.exists(), old.exists()) == (True, False)
