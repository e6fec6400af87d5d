"""What the others sell: one function a story."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from zhengpin.simulation.records import money, order_events, stamp
from zhengpin.simulation.scene import Scene, Tale, any_goods


def fake_dirt_cheap(scene: Scene) -> Tale:
    """A quarter of the price, no papers, a shop that opened last week."""
    for _ in range(4):
        house, goods = any_goods(scene, gated=True)
        shop = scene.cast.trader("retailer", age_days=scene.random.randint(2, 20), reputation=0.4)
        offer = {"singlePrice": money(goods.price * scene.random.randint(18, 30) // 100)}
        yield "fake: cheap and new", [shop.record, {"listing": scene.listing(shop, house, goods, offer=offer)}]


def fake_that_says_so(scene: Scene) -> Tale:
    """The trade's own words for it."""
    for words in ("高仿 1:1 复刻", "原单 尾单 专柜同款", "A货 顶级品质"):
        house, goods = any_goods(scene, gated=True)
        shop = scene.cast.trader("retailer", age_days=200, reputation=0.6)
        listing = scene.listing(shop, house, goods, gtin="", offer={"singlePrice": money(goods.price * 45 // 100)})
        yield (
            "fake: replica by its own words",
            [shop.record, {"listing": listing | {"title": f"{listing['title']} {words}"}}],
        )


def fake_refill(scene: Scene) -> Tale:
    """Sold as the brand's own, refilled by its own text."""
    house = next(each for each in scene.houses if each.category == "printing")
    listing = scene.listing(scene.retailers[4], house, house.goods[0], offer={"singlePrice": money(3900)})
    yield "fake: refilled", [{"listing": listing | {"description": "本品为回收原装墨盒灌装再生，打印清晰。"}}]


def fake_code(scene: Scene) -> Tale:
    """A GTIN that can't be: its check digit is wrong."""
    house, goods = any_goods(scene, gated=False)
    wrong = goods.gtin[:-1] + str((int(goods.gtin[-1]) + 3) % 10)
    yield "fake: impossible code", [{"listing": scene.listing(scene.retailers[5], house, goods, gtin=wrong)}]


def fake_foreign_code(scene: Scene) -> Tale:
    """Another brand's code on a dearer brand's goods."""
    house, goods = any_goods(scene, gated=True)
    other = next(each for each in scene.houses if not each.gated)
    shop = scene.cast.trader("retailer", age_days=60, reputation=0.5)
    yield (
        "fake: another brand's code",
        [shop.record, {"listing": scene.listing(shop, house, goods, gtin=other.goods[0].gtin)}],
    )


def fake_forged_letter(scene: Scene) -> Tale:
    """One letter, two licensees."""
    house, goods = any_goods(scene, gated=True)
    owner, document = scene.owners[house.brand_id], f"{scene.random.getrandbits(256):064x}"
    for _ in range(2):
        shop = scene.cast.trader("retailer", age_days=90, reputation=0.6)
        letter = scene.cast.authorisation(house, owner, shop, document=document)
        offer = {"singlePrice": money(goods.price * 62 // 100)}
        yield "fake: forged letter", [shop.record, letter, {"listing": scene.listing(shop, house, goods, offer=offer)}]


def fake_by_test_buy(scene: Scene) -> Tale:
    """Priced cleverly, found out by a test buy."""
    house, goods = any_goods(scene, gated=False)
    listing = scene.listing(scene.retailers[6], house, goods)
    outcome = {
        "outcomeId": f"outcome-{listing['listingId']}",
        "listingId": listing["listingId"],
        "kind": "OUTCOME_KIND_FAKE",
        "source": "OUTCOME_SOURCE_TEST_BUY",
        "foundAt": stamp(scene.now - timedelta(days=2)),
        "note": "Stitching and serial number differ from the maker's sample.",
    }
    yield "fake: test buy", [{"listing": listing}, {"outcome": outcome}]


def fake_by_complaints(scene: Scene) -> Tale:
    """Priced cleverly; the buyers find out."""
    house, goods = any_goods(scene, gated=False)
    shop = scene.cast.trader("retailer", age_days=150, reputation=0.7)
    listing = scene.listing(shop, house, goods, offer={"singlePrice": money(goods.price * 88 // 100)})
    events = [
        event
        for number in range(30)
        for event in order_events(
            listing,
            number,
            scene.now - timedelta(days=scene.random.randint(5, 28)),
            late=number % 3 == 0,
            complaint="FAKE" if number % 4 == 0 else "",
            text="假货，和专柜完全不一样",
        )
    ]
    yield "fake: buyers complain", [shop.record, {"listing": listing}, *events]


def fake_terminated(scene: Scene) -> Tale:
    """A supplier that was thrown out before."""
    house, goods = any_goods(scene, gated=False)
    shop = scene.cast.trader("retailer", age_days=700, state="SUPPLIER_STATE_TERMINATED")
    yield "fake: terminated supplier", [shop.record, {"listing": scene.listing(shop, house, goods)}]


FAKES: tuple[Callable[[Scene], Tale], ...] = (
    fake_dirt_cheap,
    fake_that_says_so,
    fake_refill,
    fake_code,
    fake_foreign_code,
    fake_forged_letter,
    fake_by_test_buy,
    fake_by_complaints,
    fake_terminated,
)
