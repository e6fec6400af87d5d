"""Domain values as JSON, whole: what is stored is what was said, and reading it back gives an equal value."""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

from zhengpin.domain.brand import Authorisation, Brand
from zhengpin.domain.edition import Edition
from zhengpin.domain.image import RegisteredImage
from zhengpin.domain.link_model import LinkModel
from zhengpin.domain.listing import Edit, Listing, StoredListing
from zhengpin.domain.model_check import ModelCheck, ShadowTrial
from zhengpin.domain.model_stage import StageChange
from zhengpin.domain.order import OrderEvent
from zhengpin.domain.outcome import ListEntry, Outcome
from zhengpin.domain.ring import LinkEvidence
from zhengpin.domain.standing import Standing
from zhengpin.domain.supplier import Shop, Supplier
from zhengpin.domain.supplier_fact import Referral
from zhengpin.domain.supplier_profile import SupplierProfile
from zhengpin.domain.supplier_score import Blemishes, PriorTable
from zhengpin.domain.verdict import Verdict
from zhengpin.domain.vote import Vote
from zhengpin.domain.vote_rates import VoteRates
from zhengpin.domain.vote_window import VoteWindow

T = TypeVar("T")

COMPRESSION = 1
"""zlib's fastest level: a verdict is written once on the hot path and rarely read."""


RECALLED = 8192
"""Values of one kind that are kept beside their texts."""


class Codec(Generic[T]):
    """One type's way to JSON and back."""

    def __init__(self, kind: Any) -> None:
        """Take the dataclass, or a type made of such."""
        self._adapter: TypeAdapter[T] = TypeAdapter(kind)
        self._at_hand: dict[str, T] = {}
        self.recall = lru_cache(RECALLED)(self._read)
        """`from_text` for rows that many listings share: those asked for or kept lately are not decoded again."""

    def to_text(self, value: T) -> str:
        """JSON that people can read in the database."""
        return self._adapter.dump_json(value).decode()

    def keep(self, value: T) -> str:
        """`to_text` of what is soon asked for again: `recall` knows it already."""
        text = self.to_text(value)
        self._at_hand[text] = value
        self.recall(text)
        self._at_hand.pop(text, None)
        return text

    def from_text(self, text: str) -> T:
        """The value that `to_text` wrote."""
        return self._adapter.validate_json(text)

    def pack(self, value: T) -> bytes:
        """Compressed JSON, for what is large and rarely read."""
        return zlib.compress(self._adapter.dump_json(value), COMPRESSION)

    def unpack(self, packed: bytes) -> T:
        """The value that `pack` wrote."""
        return self._adapter.validate_json(zlib.decompress(packed))

    def _read(self, text: str) -> T:
        known = self._at_hand.get(text)
        return self.from_text(text) if known is None else known


SUPPLIER: Codec[Supplier] = Codec(Supplier)
SHOP: Codec[Shop] = Codec(Shop)
REFERRAL: Codec[Referral] = Codec(Referral)
SUPPLIER_PROFILE: Codec[SupplierProfile] = Codec(SupplierProfile)
BRAND: Codec[Brand] = Codec(Brand)
AUTHORISATION: Codec[Authorisation] = Codec(Authorisation)
LISTING: Codec[Listing] = Codec(Listing)
EDITS: Codec[tuple[Edit, ...]] = Codec(tuple[Edit, ...])
STORED_LISTING: Codec[StoredListing] = Codec(StoredListing)
ORDER_EVENT: Codec[OrderEvent] = Codec(OrderEvent)
OUTCOME: Codec[Outcome] = Codec(Outcome)
LIST_ENTRY: Codec[ListEntry] = Codec(ListEntry)
REGISTERED_IMAGE: Codec[RegisteredImage] = Codec(RegisteredImage)
STAGE_CHANGE: Codec[StageChange] = Codec(StageChange)
MODEL_CHECK: Codec[ModelCheck] = Codec(ModelCheck)
SHADOW_TRIAL: Codec[ShadowTrial] = Codec(ShadowTrial)
EDITION: Codec[Edition] = Codec(Edition)
VOTE: Codec[Vote] = Codec(Vote)
VOTE_WINDOW: Codec[VoteWindow] = Codec(VoteWindow)
STANDING: Codec[Standing] = Codec(Standing)
VOTE_RATES: Codec[VoteRates] = Codec(VoteRates)
BLEMISHES: Codec[Blemishes] = Codec(Blemishes)
PRIOR_TABLE: Codec[PriorTable] = Codec(PriorTable)
LINK_EVIDENCE: Codec[tuple[LinkEvidence, ...]] = Codec(tuple[LinkEvidence, ...])
LINK_MODEL: Codec[LinkModel] = Codec(LinkModel)
VERDICT: Codec[Verdict] = Codec(Verdict)
"""The first form of a verdict, which is only read now (`verdict_body`)."""
