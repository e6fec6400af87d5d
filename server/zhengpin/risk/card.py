"""A model's card: what it says of itself to people (after Mitchell et al., Model Cards for Model Reporting, 2019)."""

from __future__ import annotations

from typing import Final

from zhengpin.risk.manifest import Manifest, Training

_CARD: Final = """\
# {model} {version}

Tells how likely a listing is a fake, for {whose}. It asks a person to look; it restricts nothing.

{note}

## Learned from

{labels.fake} listings found to be fake, {labels.genuine} found to be genuine and {labels.unlabelled} of which nothing
was found, each by {features} features of its signals as they were when it was judged.
Trained on {trained_on} by {training.trained_by}, seed {training.seed}, with {libraries}.

## How good it is

{figures}

## What it can't know

Labels come from where somebody looked: what nobody ever suspected was seldom bought and tested, so the share of fakes
among the labelled is not that of the market. It knows no fraud that was not found before its training; whether signals
have moved since is checked every day.
"""

_FIGURES: Final = """\
On {together.listings} listings judged from {since} on, {together.fakes} of them found to be fake, none of which it has
learned from; whatever nobody looked at counts as genuine:

| | average precision | Brier skill | fakes among the first 5 % |
|---|---:|---:|---:|
| rules alone | {worth.rules_precision:.3f} | – | – |
| classifier alone | {alone.average_precision:.3f} | {alone.brier_skill:.2f} | {alone.recall_at_review:.0%} |
| together | {together.average_precision:.3f} | {together.brier_skill:.2f} | {together.recall_at_review:.0%} |"""


def card_of(manifest: Manifest) -> str:
    """Write a card in Markdown."""
    training = manifest.training
    return _CARD.format(
        model=manifest.model,
        version=manifest.version,
        whose=f"the marketplace `{training.marketplace}`" if training.marketplace else "any marketplace",
        note=training.note or "No note was left.",
        training=training,
        labels=training.labels,
        features=len(manifest.features),
        libraries=", ".join(f"{name} {version}" for name, version in manifest.libraries.items()),
        figures=_figures(training),
        trained_on=f"{training.trained_at:%Y-%m-%d}",
    )


def _figures(training: Training) -> str:
    worth, since = training.metrics, training.held_out_from
    if worth is None or since is None:
        return "Not measured: there were too few labels. It tells how unusual a listing is, and no probability."
    return _FIGURES.format(worth=worth, alone=worth.classifier, together=worth.together, since=f"{since:%Y-%m-%d}")
