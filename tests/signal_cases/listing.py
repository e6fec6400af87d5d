"""`listing.*` by example."""

from datetime import timedelta

from builders import NOW, a_brand, a_list_entry, a_listing, a_snapshot, a_supplier, an_edit, an_image_match, an_outcome
from signal_cases.case import Case
from zhengpin.domain.image import ImageRole
from zhengpin.domain.listing import AuthenticityClaim, Condition, Image
from zhengpin.domain.outcome import ListKind, OutcomeKind
from zhengpin.domain.snapshot import DuplicateUse

_SHARED = a_snapshot(
    duplicates=DuplicateUse(
        suppliers_sharing_images=3, shared_images=7, strangers_sharing_images=2, images_of_strangers=5
    )
)
_SHARED_WITH_WHOMEVER = a_snapshot(duplicates=DuplicateUse(suppliers_sharing_images=3, shared_images=7))
_CLEARED = an_outcome("later", kind=OutcomeKind.GENUINE)
_LONG_AGO = NOW - timedelta(days=31)
_BEFORE = NOW - timedelta(days=33)
_OFFICIAL = an_image_match(3)
_OF_A_FAKE = an_image_match(
    5, "outcome-1#0", role=ImageRole.CONFIRMED_FAKE, brand_id="", first_shown_at=NOW - timedelta(days=32)
)

CASES = (
    Case("listing.condition", "used", a_snapshot(a_listing(condition=Condition.USED))),
    Case("listing.condition", None, a_snapshot(a_listing(condition=Condition.UNKNOWN))),
    Case(
        "listing.authenticity_claim",
        "compatible",
        a_snapshot(a_listing(authenticity_claim=AuthenticityClaim.COMPATIBLE)),
    ),
    Case("listing.authenticity_claim", None, a_snapshot()),
    Case("listing.age_days", 12, a_snapshot(first_seen_at=NOW - timedelta(days=12, hours=5))),
    Case("listing.age_days", 0, a_snapshot(first_seen_at=NOW + timedelta(hours=1))),
    Case("listing.age_days", 31, a_snapshot(a_listing(created_at=_LONG_AGO), first_seen_at=NOW)),
    Case("listing.age_days", 31, a_snapshot(a_listing(created_at=NOW), first_seen_at=_LONG_AGO)),
    Case("listing.age_days", 31, a_snapshot(a_listing(created_at=_LONG_AGO))),
    Case("listing.age_days", None, a_snapshot()),
    Case("listing.is_new", True, a_snapshot()),
    Case("listing.is_new", False, a_snapshot(stored_before=True)),
    Case("listing.images", 2, a_snapshot(a_listing(images=(Image("https://a"), Image("https://b"))))),
    Case("listing.edits_30d", 0, a_snapshot()),
    Case("listing.edits_30d", 1, a_snapshot(edits=(an_edit("title"), an_edit("brand", edited_at=_LONG_AGO)))),
    Case(
        "listing.units_sold_before_identity_edit",
        80,
        a_snapshot(edits=(an_edit("title", units_sold_before=300), an_edit("gtin", units_sold_before=80))),
    ),
    Case("listing.units_sold_before_identity_edit", 0, a_snapshot(edits=(an_edit("title", units_sold_before=300),))),
    Case("listing.units_sold_before_identity_edit", 0, a_snapshot(edits=(an_edit("model", units_sold_before=300),))),
    Case(
        "listing.units_sold_before_identity_change",
        80,
        a_snapshot(edits=(an_edit("gtin", units_sold_before=80, edited_at=_LONG_AGO), an_edit("title"))),
    ),
    Case("listing.units_sold_before_identity_change", 0, a_snapshot(edits=(an_edit("model", units_sold_before=300),))),
    Case("listing.days_since_identity_change", 31, a_snapshot(edits=(an_edit("brand", edited_at=_LONG_AGO),))),
    Case("listing.days_since_identity_change", None, a_snapshot(edits=(an_edit("title"),))),
    Case("listing.units_sold_before_renewal", 300, a_snapshot(edits=(an_edit("model", units_sold_before=300),))),
    Case("listing.units_sold_before_renewal", 9, a_snapshot(edits=(an_edit("main_image", units_sold_before=9),))),
    Case("listing.units_sold_before_renewal", 0, a_snapshot(edits=(an_edit("brand", units_sold_before=300),))),
    Case("listing.units_sold_before_renewal", 0, a_snapshot()),
    Case("listing.units_sold_total", 512, a_snapshot(units_sold_total=512)),
    Case("listing.units_sold_total", None, a_snapshot()),
    Case("listing.stock", 40, a_snapshot(a_listing(stock=40))),
    Case("listing.stock", None, a_snapshot()),
    Case(
        "listing.stock_vs_capacity",
        2.5,
        a_snapshot(a_listing(stock=5_000), supplier=a_supplier(monthly_capacity=2_000)),
    ),
    Case("listing.stock_vs_capacity", None, a_snapshot(a_listing(stock=5_000), supplier=a_supplier())),
    Case("listing.stock_vs_capacity", None, a_snapshot(a_listing(stock=5), supplier=a_supplier(monthly_capacity=0))),
    Case("listing.image_near_official", 3, a_snapshot(brand=a_brand(), image_matches=(_OFFICIAL,))),
    Case("listing.image_near_official", 3, a_snapshot(known_brands=(a_brand(),), image_matches=(_OFFICIAL,))),
    Case("listing.image_near_official", 9, a_snapshot(image_matches=(_OFFICIAL, _OF_A_FAKE))),
    Case("listing.image_near_official", 9, a_snapshot(image_matches=())),
    Case("listing.image_near_official", None, a_snapshot()),
    Case("listing.image_near_official", None, a_snapshot(image_matches=(), copies_looked_for=False)),
    Case("listing.image_near_official", None, a_snapshot(image_matches=(_OF_A_FAKE,), copies_looked_for=False)),
    Case("listing.image_near_another_brands_official", 3, a_snapshot(image_matches=(_OFFICIAL,))),
    Case("listing.image_near_another_brands_official", 9, a_snapshot(brand=a_brand(), image_matches=(_OFFICIAL,))),
    Case("listing.image_near_another_brands_official", None, a_snapshot()),
    Case("listing.image_near_confirmed_fake", 5, a_snapshot(image_matches=(_OFFICIAL, _OF_A_FAKE))),
    Case("listing.image_near_confirmed_fake", 9, a_snapshot(brand=a_brand(), image_matches=(_OFFICIAL,))),
    Case("listing.image_near_confirmed_fake", 5, a_snapshot(first_seen_at=_LONG_AGO, image_matches=(_OF_A_FAKE,))),
    Case("listing.image_near_confirmed_fake", 9, a_snapshot(first_seen_at=_BEFORE, image_matches=(_OF_A_FAKE,))),
    Case(
        "listing.image_near_confirmed_fake",
        5,
        a_snapshot(first_seen_at=_BEFORE, edits=(an_edit("main_image"),), image_matches=(_OF_A_FAKE,)),
    ),
    Case("listing.image_near_confirmed_fake", None, a_snapshot()),
    Case("listing.image_near_confirmed_fake", 5, a_snapshot(image_matches=(_OF_A_FAKE,), copies_looked_for=False)),
    Case("listing.images_shared", 7, _SHARED),
    Case("listing.images_shared", None, a_snapshot()),
    Case("listing.image_sharing_suppliers", 3, _SHARED),
    Case("listing.image_sharing_suppliers", None, a_snapshot()),
    Case("listing.images_of_strangers", 5, _SHARED),
    Case("listing.images_of_strangers", None, _SHARED_WITH_WHOMEVER),
    Case("listing.image_sharing_strangers", 2, _SHARED),
    Case("listing.image_sharing_strangers", None, _SHARED_WITH_WHOMEVER),
    Case("listing.origin_declared", True, a_snapshot(a_listing(origin_place="Ningbo"))),
    Case("listing.origin_declared", False, a_snapshot()),
    Case("listing.customs_declared", True, a_snapshot(a_listing(customs_declaration="310120260000000001"))),
    Case("listing.customs_declared", False, a_snapshot()),
    Case("listing.pack_units", 3, a_snapshot(a_listing(title="Acme kettle K15, 3 pcs", units_per_pack=3))),
    Case("listing.pack_units", None, a_snapshot(a_listing(title="Acme kettle K15, 3 pcs", units_per_pack=1))),
    Case("listing.pack_units", None, a_snapshot(a_listing(units_per_pack=None))),
    Case("listing.pack_units_disagree", True, a_snapshot(a_listing(title="Acme kettle K15, 3 pcs", units_per_pack=1))),
    Case("listing.pack_units_disagree", False, a_snapshot()),
    Case("listing.pack_units_disagree", None, a_snapshot(a_listing(units_per_pack=None))),
    Case("listing.confirmed_fake", True, a_snapshot(outcomes=(an_outcome(),))),
    Case("listing.confirmed_fake", False, a_snapshot(outcomes=(_CLEARED, an_outcome("before")))),
    Case("listing.confirmed_genuine", True, a_snapshot(outcomes=(_CLEARED,))),
    Case("listing.confirmed_genuine", False, a_snapshot()),
    Case("listing.deny_listed", True, a_snapshot(list_entries=(a_list_entry(),))),
    Case("listing.deny_listed", False, a_snapshot(list_entries=(a_list_entry(expires_at=NOW),))),
    Case("listing.watch_listed", True, a_snapshot(list_entries=(a_list_entry(kind=ListKind.WATCH),))),
    Case("listing.watch_listed", False, a_snapshot(list_entries=(a_list_entry(),))),
    Case("listing.allow_listed", True, a_snapshot(list_entries=(a_list_entry(kind=ListKind.ALLOW),))),
    Case("listing.allow_listed", False, a_snapshot()),
)
