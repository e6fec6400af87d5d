"""What a model sees of a listing: its signals as a row of numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from zhengpin.errors import InvalidModel
from zhengpin.risk.inner_loops import read_features
from zhengpin.signals.catalogue import CATALOGUE
from zhengpin.signals.signal import Signal, SignalType, SignalValues

Matrix = NDArray[np.float64]
Row = NDArray[np.float64]

WITHHELD = frozenset(
    {
        "listing.allow_listed",
        "listing.confirmed_fake",
        "listing.confirmed_genuine",
        "listing.deny_listed",
        "listing.watch_listed",
        "ring.terminated_identities",
        "supplier.company_terminated",
        "supplier.confirmed_fakes_180d",
        "supplier.open_critical_incidents",
        "supplier.open_high_incidents",
        "supplier.state",
    }
)
"""What people found out or decided. A model that saw it would learn its labels by heart; rules act on it instead."""
DECIDED_BY_RULES = frozenset(
    {
        "brand.disguised_in_title",
        "brand.gated_in_title",
        "brand.letter_shared_by_strangers",
        "brand.lookalike",
        "brand.lookalike_kind",
        "brand.others_in_title",
        "brand.unnamed_in_title",
        "gtin.brand_matches",
        "gtin.restricted",
        "gtin.well_formed",
        "listing.days_since_identity_change",
        "listing.units_sold_before_identity_change",
        "listing.units_sold_before_identity_edit",
        "supplier.edited_papers",
        "supplier.licence_expired",
        "supplier.lot_rejected",
        "supplier.papers_of_strangers",
        "supplier.referral_entry_fee",
        "supplier.referral_levels",
        "supplier.referral_paid_by_head",
        "supplier.referral_paid_from_downline",
        "supplier.referral_people",
        "supplier.registration_code_valid",
        "text.contradicts_claim",
        "text.replica_terms",
        "text.says_leaked_factory_goods",
        "text.says_recharged",
        "text.says_replica",
        "text.says_same_style",
    }
)
"""Words, codes, papers and changes of identity on which a rule opens a case all by itself. The classifier does not see
them: labels come mostly of such cases, and from them it would learn the rules instead of the fakes, and be no second
opinion."""
CONCLUDED_FROM_VOTES = frozenset(
    {
        "votes.listing_fake_votes",
        "votes.product_is_listing",
        *(
            f"votes.{kind}_{concluded}"
            for kind in ("product", "brand", "factory", "origin")
            for concluded in ("alarms", "board", "circles", "fake_votes", "proposes", "votes")
        ),
    }
)
"""Boards, alarms and counts of votes. Shares and weights, which models see, say the same and more."""
WITHHELD_UNIT = "currency"
"""Amounts of money mean something else in each market; their ratios do not."""
_CHOICE = "="


def feature_names() -> tuple[str, ...]:
    """Everything that a model may see now: a signal's name, or `signal=choice` for each choice of one."""
    return tuple(
        feature
        for name, signal in CATALOGUE.items()
        if name not in WITHHELD | CONCLUDED_FROM_VOTES and signal.unit != WITHHELD_UNIT
        for feature in _features_of(name, signal)
    )


def signal_of(feature: str) -> str:
    """The signal that a feature is read from."""
    return feature.partition(_CHOICE)[0]


@dataclass(frozen=True, slots=True)
class FeatureReader:
    """Reads a listing's signals as the features of one model, in its order.

    A number stands for itself, a boolean is 0 or 1, `signal=choice` is 1 where the signal has that choice and 0 where
    it has another; what is not known is NaN. Raises `InvalidModel` for a feature that no signal gives any more.
    """

    names: tuple[str, ...]
    digest: str = field(init=False)
    """SHA-256, in hex, of the names and of what the catalogue says of their signals: a signal that has come to mean
    something else is another feature."""
    _numbers: tuple[str, ...] = field(init=False)
    """By place the signal that stands for itself there, and nothing for a choice."""
    _choices: tuple[tuple[str, tuple[tuple[int, str], ...]], ...] = field(init=False)
    """Signals of choices, and at which place each choice stands."""

    def __post_init__(self) -> None:
        """Sort the features by how they are read."""
        gone = sorted({name for name in self.names if name not in _known_features()})
        if gone:
            wrong = f"it was trained on what no signal gives any more ({', '.join(gone)})"
            raise InvalidModel("the model", wrong, "train it anew")
        split = [name.partition(_CHOICE) for name in self.names]
        choices: dict[str, list[tuple[int, str]]] = {}
        for place, (signal, sign, choice) in enumerate(split):
            if sign:
                choices.setdefault(signal, []).append((place, choice))
        object.__setattr__(self, "_numbers", tuple("" if sign else signal for signal, sign, _ in split))
        object.__setattr__(self, "_choices", tuple((signal, tuple(places)) for signal, places in choices.items()))
        told = "\n".join(f"{name} {_meaning(CATALOGUE[signal_of(name)])}" for name in self.names)
        object.__setattr__(self, "digest", hashlib.sha256(told.encode()).hexdigest())

    def read(self, values: SignalValues, row: Row) -> None:
        """Write one listing's features, (features,)."""
        read_features(dict(values), self._numbers, self._choices, row)

    def matrix(self, observed: Sequence[SignalValues]) -> Matrix:
        """Many listings' features, (listings, features)."""
        rows = np.empty((len(observed), len(self.names)))
        for values, row in zip(observed, rows, strict=True):
            self.read(values, row)
        return rows


def _meaning(signal: Signal) -> str:
    return f"{signal.type} {signal.unit} {signal.low} {signal.high}"


def _features_of(name: str, signal: Signal) -> Iterator[str]:
    if signal.type in {SignalType.CHOICE, SignalType.SET}:
        yield from (f"{name}{_CHOICE}{choice}" for choice in signal.choices)
    else:
        yield name


def _known_features() -> frozenset[str]:
    return frozenset(feature for name, signal in CATALOGUE.items() for feature in _features_of(name, signal))
