"""From a snapshot to its signals. Pure: the same snapshot gives the same observation."""

from __future__ import annotations

from zhengpin.detectors.codes import read_gtin
from zhengpin.detectors.matching import product_key, read_pack
from zhengpin.domain.snapshot import Snapshot
from zhengpin.signals.brand import note_brand
from zhengpin.signals.listing import note_listing
from zhengpin.signals.orders import note_orders
from zhengpin.signals.price import note_price
from zhengpin.signals.sheet import Sheet
from zhengpin.signals.signal import Observation
from zhengpin.signals.supplier import note_supplier
from zhengpin.signals.supplier_profile import note_profile
from zhengpin.signals.text import note_text
from zhengpin.signals.votes import note_votes


def observe(snapshot: Snapshot) -> Observation:
    """Compute every signal of one listing; what can't be known is left out."""
    sheet = Sheet()
    pack = read_pack(snapshot.listing)
    note_listing(sheet, snapshot, pack)
    note_brand(sheet, snapshot, read_gtin(snapshot.listing.gtin))
    note_price(sheet, snapshot, product_key(snapshot.listing), pack.units)
    brand = snapshot.brand
    note_text(sheet, snapshot.listing, (brand.name, *brand.aliases) if brand else ())
    note_supplier(sheet, snapshot)
    note_profile(sheet, snapshot)
    note_orders(sheet, snapshot)
    note_votes(sheet, snapshot)
    return sheet.observation()
