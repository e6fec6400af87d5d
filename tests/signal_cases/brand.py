"""`gtin.*` and `brand.*` by example."""

from dataclasses import replace
from datetime import date

from builders import a_brand, a_listing, a_snapshot, a_supplier, an_authorisation
from signal_cases.case import Case
from zhengpin.domain.brand import Authorisation, Brand
from zhengpin.domain.listing import Listing
from zhengpin.domain.look_alike import Imitation, LookAlike
from zhengpin.domain.snapshot import DuplicateUse, Snapshot
from zhengpin.domain.supplier import Shop

_ACME = a_brand(gated=True, categories=("kitchen",))
_OTHER = Brand("boreal", "Boreal", aliases=("北原",))
_PHONES_OF_ANY_TRADE = (
    a_brand("apple", name="Apple", aliases=("苹果", "iPhone")),
    a_brand("xiaomi", name="Xiaomi", aliases=("小米",)),
    a_brand("honor", name="Honor", aliases=("荣耀",)),
)
_PHONES = tuple(replace(each, categories=("electronics/phones",)) for each in _PHONES_OF_ANY_TRADE)
_LETTER = an_authorisation()


def _with_gtin(gtin: str, **changes: object) -> Snapshot:
    return a_snapshot(a_listing(gtin=gtin), **changes)


def _titled(title: str, *known: Brand, brand: str = "Acme") -> Snapshot:
    own = _ACME if brand == "Acme" else None
    return a_snapshot(a_listing(title=title, brand=brand), brand=own, known_brands=known)


def _sold_by(supplier_id: str, *letters: object, listing: Listing | None = None) -> Snapshot:
    kettle = listing or a_listing(supplier_id=supplier_id)
    return a_snapshot(kettle, brand=_ACME, authorisations=letters)


_OFFICIAL = a_supplier(shops=(Shop("flagship", official_store=True),))
_OWNERLESS = a_brand(gated=True, owner_id="")
_FROM_AN_AGENT = an_authorisation(licensor_id="agent")


def _in_official_store(*letters: Authorisation, **changes: object) -> Snapshot:
    known = {"brand": _ACME, "shop": _OFFICIAL.shops[0], "supplier": _OFFICIAL, **changes}
    return a_snapshot(a_listing(shop_id="flagship"), authorisations=letters, **known)


_VIA_AGENT = (
    an_authorisation("a", licensee_id="agent", sublicensable=True, valid_to=date(2026, 3, 11)),
    an_authorisation("b", licensor_id="agent"),
)
_IMITATING = a_snapshot(
    a_listing(brand="Borael"),
    look_alike=LookAlike(_OTHER, "Boreal", "Borael", Imitation.LETTERS, 0.9),
    look_alikes_known=True,
)

CASES = (
    Case("gtin.present", True, _with_gtin("6936983800013")),
    Case("gtin.present", False, a_snapshot()),
    Case("gtin.present", False, _with_gtin("Does not apply")),
    Case("gtin.well_formed", True, _with_gtin("0-36000 29145 2")),
    Case("gtin.well_formed", False, _with_gtin("6936983800014")),
    Case("gtin.well_formed", None, a_snapshot()),
    Case("gtin.well_formed", None, _with_gtin("SEM GTIN")),
    Case("gtin.restricted", True, _with_gtin("2001234567893")),
    Case("gtin.restricted", False, _with_gtin("6936983800013")),
    Case("gtin.restricted", None, _with_gtin("6936983800014")),
    Case("gtin.restricted", None, _with_gtin("00000123")),
    Case("gtin.coupon_or_serial", True, _with_gtin("9780306406157")),
    Case("gtin.coupon_or_serial", False, _with_gtin("6936983800013")),
    Case("gtin.coupon_or_serial", None, a_snapshot()),
    Case("gtin.brand_matches", True, _with_gtin("6936983800013", brand=_ACME, gtin_brands=(_ACME,))),
    Case("gtin.brand_matches", True, _with_gtin("6936983800013", brand=_ACME, gtin_brands=(_OTHER, _ACME))),
    Case("gtin.brand_matches", True, _with_gtin("6936983800013", gtin_brands=(_OTHER, _ACME))),
    Case("gtin.brand_matches", False, _with_gtin("6936983800013", brand=_ACME, gtin_brands=(_OTHER,))),
    Case("gtin.brand_matches", False, _with_gtin("6936983800013", gtin_brands=(_OTHER,))),
    Case("gtin.brand_matches", None, _with_gtin("6936983800013", brand=_ACME)),
    Case("brand.named", True, a_snapshot()),
    Case("brand.named", False, a_snapshot(a_listing(brand=""))),
    Case("brand.registered", True, a_snapshot(brand=_ACME)),
    Case("brand.registered", False, a_snapshot()),
    Case("brand.registered", None, a_snapshot(a_listing(brand=""))),
    Case("brand.gated", True, a_snapshot(brand=_ACME)),
    Case("brand.gated", None, a_snapshot()),
    Case("brand.authorised", True, _sold_by("acme-owner")),
    Case("brand.authorised", True, _sold_by("acme-factory", _LETTER)),
    Case("brand.authorised", True, _sold_by("acme-factory", *_VIA_AGENT)),
    Case("brand.authorised", True, _in_official_store(_FROM_AN_AGENT)),
    Case("brand.authorised", False, _sold_by("acme-factory", _FROM_AN_AGENT)),
    Case("brand.authorised", False, _in_official_store()),
    Case("brand.authorised", False, _in_official_store(replace(_FROM_AN_AGENT, valid_to=date(2026, 2, 28)))),
    Case("brand.authorised", False, _in_official_store(replace(_FROM_AN_AGENT, category="toys"))),
    Case("brand.authorised", False, _in_official_store(_FROM_AN_AGENT, supplier=a_supplier(shops=()))),
    Case("brand.authorised", None, _in_official_store(brand=_OWNERLESS)),
    Case("brand.authorised", True, _in_official_store(_LETTER, brand=_OWNERLESS)),
    Case("brand.authorised", None, a_snapshot(brand=_OWNERLESS, authorisations=(_LETTER,))),
    Case("brand.authorised", False, a_snapshot(brand=_OWNERLESS)),
    Case("brand.authorised", None, _in_official_store(brand=None)),
    Case("brand.authorised", False, _sold_by("acme-factory", an_authorisation(valid_to=date(2026, 2, 28)))),
    Case("brand.authorised", False, _sold_by("acme-factory", an_authorisation(territory="BR"))),
    Case("brand.authorised", False, _sold_by("acme-factory", an_authorisation(category="toys"))),
    Case("brand.authorised", True, _sold_by("acme-factory", an_authorisation(category="Kitchen", territory="CN"))),
    Case("brand.authorised", None, _sold_by("", an_authorisation(territory="CN"), listing=a_listing(territory=""))),
    Case("brand.authorised", None, a_snapshot()),
    Case("brand.authorisation_depth", 0, _sold_by("acme-owner")),
    Case("brand.authorisation_depth", 2, _sold_by("acme-factory", *_VIA_AGENT)),
    Case("brand.authorisation_depth", None, _sold_by("acme-factory")),
    Case("brand.authorisation_days_left", 10, _sold_by("acme-factory", *_VIA_AGENT)),
    Case("brand.authorisation_days_left", None, _sold_by("acme-owner")),
    Case("brand.authorisation_expired", True, _sold_by("acme-factory", an_authorisation(valid_to=date(2026, 2, 28)))),
    Case("brand.authorisation_expired", False, _sold_by("acme-factory", _LETTER)),
    Case("brand.authorisation_expired", None, a_snapshot()),
    Case("brand.letter_shared_by", 2, a_snapshot(duplicates=DuplicateUse(suppliers_sharing_document=2))),
    Case("brand.letter_shared_by", None, a_snapshot()),
    Case("brand.letter_shared_by_strangers", 1, a_snapshot(duplicates=DuplicateUse(strangers_sharing_document=1))),
    Case("brand.letter_shared_by_strangers", None, a_snapshot()),
    Case("brand.owner_is_supplier", True, _sold_by("acme-owner")),
    Case("brand.owner_is_supplier", False, _sold_by("acme-factory")),
    Case("brand.owner_is_supplier", None, a_snapshot(brand=a_brand(owner_id=""))),
    Case("brand.at_home_in_category", True, a_snapshot(brand=_ACME)),
    Case("brand.at_home_in_category", False, a_snapshot(a_listing(category="shoes"), brand=_ACME)),
    Case("brand.at_home_in_category", None, a_snapshot(brand=a_brand())),
    Case("brand.others_in_title", 1, _titled("Acme Boreal kettle", _OTHER)),
    Case("brand.others_in_title", 1, _titled("Acme 北原水壶", _OTHER)),
    Case("brand.others_in_title", 0, _titled("Acme lid for Boreal kettles", _OTHER)),
    Case("brand.others_in_title", 0, _titled("Acme 农家小米 5斤 陕北 苹果", *_PHONES)),
    Case("brand.others_in_title", 0, _titled("Acme fresh apple, honor farm", *_PHONES)),
    Case("brand.others_in_title", 2, _titled("Acme 小米 apple kettle", *_PHONES_OF_ANY_TRADE)),
    Case("brand.others_in_title", 0, _titled("Acme case for iPhone 13 Pro / Xiaomi 12, Honor", *_PHONES_OF_ANY_TRADE)),
    Case("brand.others_in_title", 0, _titled("Acme capa para Apple e Xiaomi", *_PHONES_OF_ANY_TRADE)),
    Case("brand.others_in_title", 0, _titled("Acme手机壳 适用苹果13/小米12 荣耀", *_PHONES_OF_ANY_TRADE)),
    Case("brand.fits_in_title", 3, _titled("Acme case for iPhone 13 / Xiaomi 12 / Honor 90", *_PHONES_OF_ANY_TRADE)),
    Case("brand.fits_in_title", 1, _titled("Acme tampa para chaleira Boreal", _OTHER)),
    Case("brand.fits_in_title", 1, _titled("Acme壶盖 适用北原水壶", _OTHER)),
    Case("brand.fits_in_title", 0, _titled("Acme Boreal kettle", _OTHER)),
    Case("brand.unnamed_in_title", True, _titled("Boreal kettle", _OTHER, brand="")),
    Case("brand.unnamed_in_title", False, _titled("Acme Boreal kettle", _OTHER)),
    Case("brand.gated_in_title", True, _titled("Acme kettle")),
    Case("brand.gated_in_title", False, _titled("Boreal kettle", _OTHER, brand="")),
    Case("brand.missing_in_title", True, _titled("Steel kettle 1.5 l")),
    Case("brand.missing_in_title", False, _titled("ACME kettle")),
    Case("brand.missing_in_title", None, a_snapshot()),
    Case("brand.disguised_in_title", True, _titled("Bоrеal kettle", _OTHER)),  # Cyrillic о and е
    Case("brand.disguised_in_title", True, _titled("B0real kettle", _OTHER)),
    Case("brand.disguised_in_title", True, _titled("Borael kettle", _OTHER)),
    Case("brand.disguised_in_title", False, _titled("Boreal kettle", _OTHER)),
    Case("brand.lookalike", True, _IMITATING),
    Case("brand.lookalike", False, a_snapshot(look_alikes_known=True)),
    Case("brand.lookalike", None, a_snapshot()),
    Case("brand.lookalike_kind", "letters", _IMITATING),
    Case("brand.lookalike_kind", None, a_snapshot(look_alikes_known=True)),
)
