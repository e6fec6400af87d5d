"""What a model learns from and is measured by: stored verdicts with their signals as they were, and what came out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import Final

from zhengpin.domain.rule_evidence import RuleEvidence
from zhengpin.domain.verdict import Verdict
from zhengpin.risk.examples import Example
from zhengpin.risk.training import Progress
from zhengpin.signals.signal import SignalValues
from zhengpin.storage.store import Reader, Store

PAGE: Final = 200
MOST_LABELLED: Final = 20_000
MOST_UNLABELLED: Final = 5_000
"""A verdict's signals take some 10 kB of memory."""
_LOOKS: Final = 4
"""Verdicts looked at for each unlabelled one that is wanted: others are not their listing's latest."""

Told = Callable[[Progress], None]


def silently(_: Progress) -> None:
    """For whoever asks for no progress."""


class ModelExamples:
    """The examples of each marketplace."""

    def __init__(
        self, store: Store, most_labelled: int = MOST_LABELLED, most_unlabelled: int = MOST_UNLABELLED
    ) -> None:
        """Of more labelled or unlabelled listings than these, a random sample is given."""
        self._store = store
        self._most_labelled = most_labelled
        self._most_unlabelled = most_unlabelled

    def all(self, marketplace: str, seed: int = 0, told: Told = silently) -> list[Example]:
        """Labelled ones and others; the same seed draws the same sample."""
        return [*self.labelled(marketplace, seed, told), *self.unlabelled(marketplace, seed, told)]

    def labelled(self, marketplace: str, seed: int = 0, told: Told = silently) -> list[Example]:
        """Of each labelled listing its last verdict made before anything was found, or else the earliest after it."""
        kept: list[Example] = []
        chance, seen = Random(seed), 0  # noqa: S311  it must be the same for the same seed
        for page in self._labelled_pages(marketplace):
            for example in page:
                seen += 1
                if len(kept) < self._most_labelled:
                    kept.append(example)
                elif (place := chance.randrange(seen)) < self._most_labelled:  # Vitter's algorithm R (1985)
                    kept[place] = example
            told(Progress("reading labelled listings", seen, 0))
        return _standing_for(kept, seen)

    def unlabelled(self, marketplace: str, seed: int = 0, told: Told = silently) -> list[Example]:
        """A random sample of the listings of which nothing is known, each by any one of its verdicts.

        By the latest ones a rescreening of all of them would make them later than whatever is labelled.
        """
        with self._store.read(marketplace) as reader:
            last = reader.verdicts.last_cursor()
        drawn = min(last, _LOOKS * self._most_unlabelled)
        chance = Random(seed)  # noqa: S311  it must be the same for the same seed
        numbers = chance.sample(range(1, last + 1), drawn)
        kept: list[Example] = []
        looked_at = 0
        while looked_at < drawn and len(kept) < self._most_unlabelled:
            with self._store.read(marketplace) as reader:
                latest = reader.verdict_samples.unlabelled(numbers[looked_at : looked_at + PAGE])
                choices = reader.verdict_samples.numbers_of([verdict.listing_id for verdict in latest])
                verdicts = reader.verdict_samples.numbered([chance.choice(each) for each in choices.values()])
                categories = categories_of(reader, verdicts)
            looked_at = min(looked_at + PAGE, drawn)
            kept += [_example(verdict, categories, None) for verdict in verdicts]
            told(Progress("reading other listings", looked_at, drawn))
        there = len(kept) * last / looked_at if looked_at else 0
        return _standing_for(kept[: self._most_unlabelled], there)

    def _labelled_pages(self, marketplace: str) -> Iterator[list[Example]]:
        after: str | None = ""
        while after is not None:
            with self._store.read(marketplace) as reader:
                found, after = reader.verdict_samples.labelled(after, PAGE)
                categories = categories_of(reader, [each.verdict for each in found])
            yield [_example(each.verdict, categories, each.fake) for each in found]


def categories_of(reader: Reader, verdicts: Sequence[Verdict]) -> dict[str, str]:
    """The category of each verdict's listing, as it stands now: it seldom changes, and verdicts don't keep it."""
    found = reader.listings.find_many([verdict.listing_id for verdict in verdicts])
    return {listing_id: stored.listing.category for listing_id, stored in found.items()}


def values_of(verdict: Verdict) -> SignalValues:
    """The signals that a stored verdict was made by."""
    return verdict.explanation.values if verdict.explanation else {}


def rules_of(verdict: Verdict) -> RuleEvidence:
    """What the rules held against the listing."""
    return RuleEvidence.of((reason, reason.proposed) for reason in verdict.reasons)


def _standing_for(sample: list[Example], there: float) -> list[Example]:
    """Let a sample stand for all listings of its kind that there are, at least for itself."""
    if not sample or there <= len(sample):
        return sample
    return [replace(example, weight=there / len(sample)) for example in sample]


def _example(verdict: Verdict, categories: dict[str, str], fake: bool | None) -> Example:
    category = categories.get(verdict.listing_id, "")
    return Example(values_of(verdict), category, verdict.as_of, fake, rules_of(verdict))
