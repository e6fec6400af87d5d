"""Read learned models: what there is, what serves, and how each has fared."""

from __future__ import annotations

from dataclasses import dataclass

from zhengpin.domain.model_check import ModelCheck, ShadowTrial
from zhengpin.domain.model_stage import StageChange
from zhengpin.storage.store import Store
from zhengpin.usecases.model_shelf import ListingRisks, ModelEntry, ModelShelf


@dataclass(frozen=True, slots=True)
class ModelList:
    """Every version that a marketplace may use."""

    entries: tuple[ModelEntry, ...]
    """The newest first."""
    live: str
    shadow: str
    unreadable: tuple[str, ...]
    """Versions without a readable manifest: which file, what is wrong, what to do."""


@dataclass(frozen=True, slots=True)
class ModelStory:
    """One version with all that is known of it."""

    entry: ModelEntry
    card: str
    history: tuple[StageChange, ...]
    """The newest first."""
    checks: tuple[ModelCheck, ...]
    trial: ShadowTrial | None


class ReadModels:
    """The models of one installation."""

    def __init__(self, store: Store, registry: ListingRisks) -> None:
        self._store = store
        self._registry = registry

    def all(self, marketplace: str) -> ModelList:
        """Every version, and which ones serve."""
        shelf = ModelShelf(self._registry, marketplace)
        with self._store.read(marketplace) as reader:
            changes, serving = reader.models.changes(), reader.models.serving()
        live = shelf.live(serving)
        entries, unreadable = shelf.entries(changes, live)
        return ModelList(entries, live, serving.shadow, unreadable)

    def get(self, marketplace: str, version: str) -> ModelStory:
        """One version; raises `NotFound`, also for what another marketplace has trained."""
        shelf = ModelShelf(self._registry, marketplace)
        with self._store.read(marketplace) as reader:
            changes, serving = reader.models.changes(), reader.models.serving()
            checks, trial = reader.models.checks(version), reader.models.trial(version)
        entry = shelf.entry(version, changes, shelf.live(serving))
        history = tuple(change for change in reversed(changes) if change.version == version)
        card = self._registry.card(version)
        return ModelStory(entry, card, history, checks, trial)
