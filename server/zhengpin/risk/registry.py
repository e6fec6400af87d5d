"""The shelf of models of one kind: `<folder>/<kind>/<version>/{model.skops, manifest.json, CARD.md}` and `CURRENT`.

Two folders make one shelf: what ships with Zhengpin is only read, what is trained here is added to the other. A version
appears whole or not at all, and is never changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Final, Generic, TypeVar

from zhengpin.errors import InvalidModel, NotFound
from zhengpin.risk.manifest import (
    VERSION,
    Manifest,
    Training,
    installed_libraries,
    manifest_from_text,
    manifest_to_text,
    version_name,
)
from zhengpin.risk.model_file import State, state_from_bytes, state_to_bytes
from zhengpin.risk.shelf import current_version

MODEL, MANIFEST, CARD = "model.skops", "manifest.json", "CARD.md"
_UNFINISHED: Final = ".saving-"
_ABANDONED_SECONDS: Final = 3600
"""After so long an unfinished version belongs to nobody: writing one takes less than a second."""

Model = TypeVar("Model")


@dataclass(frozen=True, slots=True)
class Kind(Generic[Model]):
    """What the models of a shelf have in common."""

    name: str
    """Their folder's name: `listing_risk`."""
    digest_of: Callable[[tuple[str, ...]], str]
    """What the features of these names mean here and now, as one digest; raises `InvalidModel` if some are gone."""
    revive: Callable[[str, State], Model]
    """Makes a model of its version and state."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a look at the folders found."""

    manifests: tuple[Manifest, ...]
    """The newest first."""
    problems: tuple[InvalidModel, ...] = ()
    """Of versions that can't be read."""


class Registry(Generic[Model]):
    """Finds, loads and keeps the versions of one kind of model. Safe to share between threads and processes."""

    def __init__(self, kind: Kind[Model], folder: Path, shipped: Path | None = None) -> None:
        """Keep new versions in `folder`; look for others in `shipped` too, which may not exist."""
        self._kind = kind
        self._own = folder / kind.name
        self._shipped = shipped / kind.name if shipped else self._own

    def survey(self) -> Shelf:
        """Every version's manifest, and what is wrong with those that have no readable one."""
        manifests: list[Manifest] = []
        problems: list[InvalidModel] = []
        for place in self._places():
            try:
                manifests.append(_read_manifest(place))
            except InvalidModel as problem:
                problems.append(problem)
        newest_first = sorted(manifests, key=lambda each: (each.training.trained_at, each.version), reverse=True)
        return Shelf(tuple(newest_first), tuple(problems))

    def versions(self) -> tuple[Manifest, ...]:
        """The manifests of all versions that can be read, the newest first."""
        return self.survey().manifests

    def current(self) -> str:
        """The version that serves where nobody has chosen another; empty if none does."""
        return current_version(self._shipped)

    def manifest(self, version: str) -> Manifest:
        """One version's manifest; NotFound without such a version, InvalidModel for one that can't be read."""
        return _read_manifest(self._place(version))

    def card(self, version: str) -> str:
        """What a version says of itself to people, as Markdown."""
        return _read(self._place(version) / CARD).decode(errors="replace")

    def load(self, version: str) -> Model:
        """Load a version.

        NotFound without such a version; InvalidModel if a file is missing or was changed, or if the model was made for
        other features or by another scikit-learn than this process has.
        """
        place = self._place(version)
        manifest = _read_manifest(place)
        written = _read(place / MODEL)
        self._check(manifest, written, str(place / MODEL))
        try:
            return self._kind.revive(version, state_from_bytes(written, str(place / MODEL)))
        except (KeyError, ValueError, TypeError) as error:
            wrong = f"has not the state of a {self._kind.name} model ({error!r})"
            raise InvalidModel(str(place / MODEL), wrong, "train the model anew with this version") from error

    def save(self, state: State, training: Training, card: Callable[[Manifest], str]) -> Manifest:
        """Keep a new version: afterwards it is there whole and on the disk; if anything fails, it is not there at all.

        InvalidModel if the folder can't be written, or if there is such a version already.
        """
        written, features = state_to_bytes(state), tuple(state["features"])
        digest = hashlib.sha256(written).hexdigest()
        manifest = Manifest(
            model=self._kind.name,
            version=version_name(training.trained_at, digest),
            sha256=digest,
            features=features,
            features_digest=self._kind.digest_of(features),
            libraries=installed_libraries(),
            training=training,
        )
        files = {MODEL: written, MANIFEST: manifest_to_text(manifest).encode(), CARD: card(manifest).encode()}
        try:
            self._own.mkdir(parents=True, exist_ok=True)
            self._clear_up()
            _write_folder(self._own / manifest.version, files)
        except OSError as error:
            remedy = "let the server write there, or name another folder in ZHENGPIN_MODELS"
            raise InvalidModel(str(self._own / manifest.version), f"can't be written ({error})", remedy) from error
        return manifest

    def _check(self, manifest: Manifest, written: bytes, file: str) -> None:
        if hashlib.sha256(written).hexdigest() != manifest.sha256:
            raise InvalidModel(file, "is not the file that its manifest names (SHA-256)", "restore it")
        if manifest.features_digest != self._kind.digest_of(manifest.features):
            raise InvalidModel(file, "was trained on features that mean something else by now", "train it anew")
        made_by, here = manifest.libraries.get("scikit-learn", ""), installed_libraries()["scikit-learn"]
        if made_by.split(".")[:2] != here.split(".")[:2]:
            raise InvalidModel(
                file,
                f"was made by scikit-learn {made_by or 'unknown'}, here is {here}",
                "train it anew, or install that",
            )

    def _place(self, version: str) -> Path:
        for folder in (self._own, self._shipped):
            if VERSION.fullmatch(version) and (folder / version).is_dir():
                return folder / version
        raise NotFound("model", version)

    def _places(self) -> Iterator[Path]:
        for folder in dict.fromkeys((self._own, self._shipped)):
            if folder.is_dir():
                yield from (place for place in sorted(folder.iterdir()) if VERSION.fullmatch(place.name))

    def _clear_up(self) -> None:
        """Take away what a crash left unfinished."""
        for place in self._own.glob(f"{_UNFINISHED}*"):
            with suppress(FileNotFoundError):
                if time.time() - place.stat().st_mtime > _ABANDONED_SECONDS:
                    shutil.rmtree(place, ignore_errors=True)


def _read_manifest(place: Path) -> Manifest:
    file = str(place / MANIFEST)
    manifest = manifest_from_text(_read(place / MANIFEST), file)
    if manifest.version != place.name:
        raise InvalidModel(file, f"speaks of version {manifest.version}", "restore it, or name its folder so")
    return manifest


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InvalidModel(str(file), f"can't be read ({error.strerror})", "restore it") from error


def _write_folder(target: Path, files: dict[str, bytes]) -> None:
    """Make a folder with these files in one step that a crash can't split; FileExistsError if it is there."""
    unfinished = Path(mkdtemp(prefix=_UNFINISHED, dir=target.parent))
    try:
        unfinished.chmod(0o755)
        for name, content in files.items():
            with (unfinished / name).open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        _sync(unfinished)
        unfinished.rename(target)  # fails where there are files already
        _sync(target.parent)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Have a folder's entries on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
