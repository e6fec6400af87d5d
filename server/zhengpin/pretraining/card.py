"""What the shipped model says of itself to people."""

from __future__ import annotations

from importlib.resources import files

from zhengpin.risk.manifest import Manifest
from zhengpin.risk.metrics import Metrics
from zhengpin.risk.training import Trained


def card_of(trained: Trained, manifest: Manifest, markets: int, seed: int) -> str:
    """The card of a model that was trained on simulated marketplaces."""
    assert trained.worth is not None
    labels = manifest.training.labels
    together = trained.worth.together
    return _template().format(
        version=manifest.version,
        listings=labels.fake + labels.genuine,
        each=(labels.fake + labels.genuine) // markets,
        fakes=labels.fake,
        markets=markets,
        seed=seed,
        note=manifest.training.note,
        held_out=together.listings,
        held_out_fakes=together.fakes,
        rules=trained.worth.rules_precision,
        classifier=trained.worth.classifier,
        together=together,
        bins=_bins(together),
    )


def _template() -> str:
    return files(__package__).joinpath("card.md").read_text(encoding="utf-8")


def _bins(metrics: Metrics) -> str:
    return "\n".join(
        f"| {each.listings:,.0f} | {each.expected * each.listings:.1f} | {each.observed * each.listings:.0f} |"
        for each in metrics.calibration
    )
