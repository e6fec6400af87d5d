"""Everything that one screening knows: read once, at one time, from one state of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhengpin.domain.brand import Authorisation, Brand
from zhengpin.domain.genuine_price import PriceForecast
from zhengpin.domain.image import ImageMatch
from zhengpin.domain.listing import Edit, Listing
from zhengpin.domain.look_alike import LookAlike
from zhengpin.domain.model_stage import THE_SHIPPED_ONE, ServingModels
from zhengpin.domain.order import FakeAllegations, OrderSummary
from zhengpin.domain.outcome import ListEntry, Outcome
from zhengpin.domain.price import Baseline
from zhengpin.domain.supplier import Shop, Supplier
from zhengpin.domain.supplier_profile import SupplierProfile
from zhengpin.domain.verdict import Restriction
from zhengpin.domain.votes_around import VotesAround


@dataclass(frozen=True, slots=True)
class SnapshotQuery:
    """What must be read to screen one listing."""

    listing: Listing
    product_key: str = ""
    """Names the product over sellers; empty if it can't be told, and then there are no baselines."""
    names: frozenset[str] = frozenset()
    """Normalised names (`normalised_name`) that its title and brand may hold: registered brands are found by them."""
    gtin: str = ""
    """14 digits; empty without a well-formed GTIN."""


@dataclass(frozen=True, slots=True)
class OwnPrice:
    """What the listing itself cost before."""

    lowest_30d: float | None
    """The lowest single price of the whole listing in the last 30 days before it came to ask what it asks now, in its
    own currency. What was asked for more than 30 days counts too; a listing that asked nothing else, and not for so
    long, has none: there is no prior price to announce."""
    single_7d_ago: float | None
    """The single price that held seven days ago."""


@dataclass(frozen=True, slots=True)
class DuplicateUse:
    """How often others use what should be one owner's."""

    suppliers_sharing_images: int = 0
    """Other suppliers whose listings show one of its images, or a copy of it."""
    shared_images: int = 0
    strangers_sharing_images: int | None = None
    """Of these suppliers, those that share an image which nobody shows who may sell the brand; `None` where it is not
    known who may."""
    images_of_strangers: int | None = None
    """How many such images there are."""
    suppliers_sharing_document: int = 0
    """Others that handed in the very file of the supplier's authorisation letter."""
    strangers_sharing_document: int = 0
    """Of these, the other companies whose letter it is: of whom it was verified, or who handed it in before."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One listing and all that is known around it as of a time. `None` is "not known", never "no"."""

    as_of: datetime
    listing: Listing
    stored_before: bool = False
    """The store had this listing before this screening."""
    first_seen_at: datetime | None = None
    """When it was first told; `None` if just now."""
    edits: tuple[Edit, ...] = ()
    """Changes of brand, GTIN, title or main image; the newest first, this screening's own included."""
    supplier: Supplier | None = None
    supplier_profile: SupplierProfile | None = None
    """What rules ask of the supplier's facts; `None` where nothing is told of it beside its own record."""
    company_terminated: bool | None = None
    """The marketplace has terminated another supplier of the same company; `None` if the company's number is not known,
    or keeps no check digits."""
    shop: Shop | None = None
    brand: Brand | None = None
    """The registered brand that the listing names."""
    gtin_brands: tuple[Brand, ...] = ()
    """The registered brands that own the GTIN's company prefix: a house may use one prefix for several of them."""
    known_brands: tuple[Brand, ...] = ()
    """Other registered brands that the title names."""
    look_alike: LookAlike | None = None
    """What the brand field, or the start of the title, imitates where the listing names no registered brand."""
    look_alikes_known: bool = False
    """Whether that was looked up: not in a register that is empty, or too large for it."""
    authorisations: tuple[Authorisation, ...] = ()
    """Edges of this brand from which a path to the supplier may be made."""
    baselines: tuple[Baseline, ...] = ()
    """The strata that this listing's prices compare with."""
    own_price: OwnPrice | None = None
    forecast: PriceForecast | None = None
    """What a genuine one would cost: of its product, or else of its brand or category."""
    listing_orders: OrderSummary | None = None
    """Of the last 90 days."""
    supplier_orders: OrderSummary | None = None
    """Of the last 30 days."""
    fake_allegations: FakeAllegations | None = None
    """What buyers of this listing wrote in the last 90 days."""
    units_sold_total: int | None = None
    outcomes: tuple[Outcome, ...] = ()
    """Of this listing; the newest first."""
    supplier_confirmed_fakes: int | None = None
    """Listings of the supplier confirmed as fake in the last 180 days."""
    duplicates: DuplicateUse | None = None
    image_matches: tuple[ImageMatch, ...] | None = None
    """Its pictures that look like official ones of brands which its supplier may not sell, or like those of confirmed
    fakes; the nearest first. `None` if there is nothing to compare: it shows no hash, or no picture is registered."""
    copies_looked_for: bool = True
    """Whether registered pictures were looked for that are nearly alike. Among too many of them only the same ones are
    found: that none is found says nothing."""
    votes: VotesAround | None = None
    """What shop owners say of its product, brand, factory and origin; `None` where nobody has voted on any of them."""
    restrictions: tuple[Restriction, ...] = ()
    """What the latest verdict on the listing restricted, and since when."""
    list_entries: tuple[ListEntry, ...] = ()
    """Entries in force about the listing, its supplier, shop, brand or GTIN."""
    serving: ServingModels = THE_SHIPPED_ONE
    """The learned models that the marketplace has chosen."""

    @property
    def on_sale_since(self) -> datetime | None:
        """When the marketplace first had the listing; `None` if that is not known, and then it is new.

        A catalogue that is imported was on sale before anybody told of it: the marketplace's own time counts where it
        makes the listing older.
        """
        known = (moment for moment in (self.listing.created_at, self.first_seen_at) if moment is not None)
        return min(known, default=None)
