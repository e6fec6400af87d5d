"""The versions that one marketplace may use, and which of them serves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import structlog

from zhengpin.domain.model_stage import ModelStage, ServingModels, StageChange
from zhengpin.errors import InvalidModel, NotFound
from zhengpin.risk.listing_risk import ListingRisk
from zhengpin.risk.manifest import Manifest
from zhengpin.risk.registry import Registry

log = structlog.get_logger(__name__)

ListingRisks: TypeAlias = Registry[ListingRisk]


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One version as a marketplace sees it."""

    manifest: Manifest
    stage: ModelStage

    @property
    def is_shipped(self) -> bool:
        """Whether it came with Zhengpin."""
        return not self.manifest.training.marketplace


@dataclass(frozen=True, slots=True)
class ModelShelf:
    """What a registry holds, as one marketplace may see it."""

    registry: ListingRisks
    marketplace: str

    def entries(self, changes: Iterable[StageChange], live: str) -> tuple[tuple[ModelEntry, ...], tuple[str, ...]]:
        """Every version, the newest first, and those that this marketplace has used and that can't be read.

        Whose a version is stands in its manifest: of one that can't be read, nobody else is told.
        """
        stages = {change.version: change.stage for change in changes}
        survey = self.registry.survey()
        seen = tuple(_entry(each, stages, live) for each in survey.manifests if self._may_see(each))
        for problem in survey.problems:
            log.warning("model.unreadable", problem=str(problem))
        unreadable = {Path(each.file).parent.name for each in survey.problems}
        unreadable &= stages.keys() | {self.registry.current()}
        return seen, tuple(sorted(unreadable))

    def entry(self, version: str, changes: Iterable[StageChange], live: str) -> ModelEntry:
        """One version; NotFound where there is none that this marketplace may use."""
        return _entry(self.manifest(version), {change.version: change.stage for change in changes}, live)

    def manifest(self, version: str) -> Manifest:
        """One version's manifest; NotFound where there is none that this marketplace may use."""
        try:
            manifest = self.registry.manifest(version)
        except InvalidModel as problem:
            log.warning("model.unreadable", problem=str(problem))
            raise InvalidModel(f"model {version}", "can't be read", "see the server's log for why") from None
        if not self._may_see(manifest):
            raise NotFound("model", version)
        return manifest

    def load(self, version: str) -> ListingRisk:
        """One version; NotFound as above, InvalidModel where it can't serve."""
        self.manifest(version)
        return self.registry.load(version)

    def live(self, serving: ServingModels) -> str:
        """The version that serves; empty if none does."""
        return serving.live or self.registry.current()

    def _may_see(self, manifest: Manifest) -> bool:
        return manifest.training.marketplace in {"", self.marketplace}


def _entry(manifest: Manifest, stages: dict[str, ModelStage], live: str) -> ModelEntry:
    stage = ModelStage.LIVE if manifest.version == live else stages.get(manifest.version, ModelStage.CANDIDATE)
    return ModelEntry(manifest, stage)
