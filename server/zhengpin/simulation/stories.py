"""What is on sale, and what is true of it: one function a story, honest ones first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from zhengpin.simulation.cast import Cast, Trader
from zhengpin.simulation.goods import Goods, House
from zhengpin.simulation.records import Record, money, order_events, stamp


@dataclass(slots=True)
class Scene:
    """The marketplace while it is being made."""

    random: Random
    now: datetime
    cast: Cast
    houses: tuple[House, ...]
    owners: dict[str, Trader] = field(default_factory=dict)
    """By brand."""
    agents: dict[str, list[Trader]] = field(default_factory=dict)
    """Authorised sellers, by brand."""
    retailers: list[Trader] = field(default_factory=list)
    listings: int = 0

    def listing(self, trader: Trader, house: House, goods: Goods, **overrides: Any) -> dict[str, Any]:
        """A plain, complete listing of a new product."""
        self.listings += 1
        price = round(goods.price * self.random.uniform(0.93, 1.07))
        plain = {
            "listingId": f"listing-{self.listings:04d}",
            "supplierId": trader.supplier_id,
            "shopId": trader.shop_id,
            "title": f"{house.alias} {house.name} {goods.title_zh} {goods.model} {goods.spec}",
            "description": f"{house.name} {goods.title_en}, {goods.spec}. 正品保证，支持专柜验货。",
            "category": house.category,
            "brand": house.name,
            "gtin": goods.gtin,
            "model": goods.model,
            "spec": goods.spec,
            "condition": "CONDITION_NEW",
            "authenticityClaim": "AUTHENTICITY_CLAIM_GENUINE",
            "unitsPerPack": 1,
            "stock": str(self.random.randint(20, 3000)),
            "territory": "CN",
            "originPlace": "Shanghai",
            "images": [
                {
                    "uri": f"https://images.example/{self.listings:04d}.jpg",
                    "sha256": f"{self.random.getrandbits(256):064x}",
                }
            ],
            "offer": {"singlePrice": money(price), "unitCost": money(goods.cost)},
            "createdAt": stamp(self.now - timedelta(days=self.random.randint(5, 400))),
        }
        return plain | overrides


Tale = Iterator[tuple[str, list[Record]]]
"""What is true of a listing, with the records that tell of it."""


def any_goods(scene: Scene, *, gated: bool | None = None) -> tuple[House, Goods]:
    """Some product, of a gated brand or not."""
    house = scene.random.choice([each for each in scene.houses if gated is None or each.gated is gated])
    return house, scene.random.choice(house.goods)


def honest_market(scene: Scene) -> Tale:
    """Every product at its usual price: the official store, authorised agents, and retailers where all may sell."""
    for house in scene.houses:
        sellers = [scene.owners[house.brand_id], *scene.agents[house.brand_id]]
        sellers += [] if house.gated else scene.retailers
        for goods in house.goods:
            for trader in sellers:
                listing = scene.listing(trader, house, goods)
                events = [
                    event
                    for number in range(scene.random.randint(0, 6))
                    for event in order_events(listing, number, scene.now - timedelta(days=scene.random.randint(5, 25)))
                ]
                yield "genuine", [{"listing": listing}, *events]


def honest_multipack(scene: Scene) -> Tale:
    """Three at once, at three times the price."""
    house, goods = any_goods(scene, gated=False)
    offer = {"singlePrice": money(goods.price * 3 * 96 // 100)}
    listing = scene.listing(scene.retailers[0], house, goods, unitsPerPack=3, offer=offer)
    yield "genuine: multi-pack", [{"listing": listing | {"title": listing["title"] + " 3件装"}}]


def honest_group_buy(scene: Scene) -> Tale:
    """Cheaper the more buy together, as it should be."""
    house, goods = any_goods(scene, gated=False)
    tiers = [{"size": size, "price": money(goods.price * share // 100)} for size, share in ((2, 92), (5, 85))]
    yield (
        "genuine: group buy",
        [
            {
                "listing": scene.listing(
                    scene.retailers[1], house, goods, offer={"singlePrice": money(goods.price), "groupTiers": tiers}
                )
            }
        ],
    )


def honest_flash_sale(scene: Scene) -> Tale:
    """The brand's own store at a third of the price, for a day."""
    house, goods = any_goods(scene, gated=True)
    offer = {"singlePrice": money(goods.price * 33 // 100), "saleKind": "SALE_KIND_PROMOTION"}
    yield "genuine: flash sale", [{"listing": scene.listing(scene.owners[house.brand_id], house, goods, offer=offer)}]


def honest_subsidy(scene: Scene) -> Tale:
    """The platform pays a third: the buyer pays little, the seller gets all of it."""
    house, goods = any_goods(scene, gated=False)
    offer = {"singlePrice": money(goods.price), "platformSubsidy": money(goods.price // 3)}
    yield "genuine: subsidised", [{"listing": scene.listing(scene.retailers[2], house, goods, offer=offer)}]


def honest_used_goods(scene: Scene) -> Tale:
    """Second-hand, and said so."""
    house, goods = any_goods(scene, gated=False)
    listing = scene.listing(
        scene.retailers[3], house, goods, condition="CONDITION_USED", offer={"singlePrice": money(goods.price // 3)}
    )
    yield "genuine: used, and said so", [{"listing": listing | {"description": "个人闲置，使用过三个月。"}}]


def honest_importer(scene: Scene) -> Tale:
    """A parallel importer with customs papers, of a brand that anyone may sell."""
    house = next(each for each in scene.houses if each.category == "food")
    importer = scene.cast.trader("importer", age_days=500)
    listing = scene.listing(
        importer, house, house.goods[0], originPlace="Russia", customsDeclaration="CN-2026-0815-001"
    )
    yield "genuine: parallel import", [importer.record, {"listing": listing}]


def honest_new_factory(scene: Scene) -> Tale:
    """A factory without history and with a brand of its own that nobody has registered."""
    factory = scene.cast.trader("factory", age_days=12, reputation=0.5)
    house, goods = any_goods(scene, gated=False)
    listing = scene.listing(
        factory, house, goods, brand="Xinmiao", gtin="", title=f"Xinmiao {goods.title_zh} {goods.spec}"
    )
    yield "genuine: new factory", [factory.record, {"listing": listing}]


def honest_sublicence(scene: Scene) -> Tale:
    """Owner to agent to shop, each letter in force."""
    house, goods = any_goods(scene, gated=True)
    shop, agent = scene.cast.trader("retailer"), scene.agents[house.brand_id][0]
    letter = scene.cast.authorisation(house, agent, shop)
    yield "genuine: sublicensed", [shop.record, letter, {"listing": scene.listing(shop, house, goods)}]


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


def inflated_discount(scene: Scene) -> Tale:
    """Genuine goods, a crossed-out price that never was, and a group price that rises with the group."""
    house, goods = any_goods(scene, gated=False)
    listing = scene.listing(scene.retailers[7], house, goods)
    before = {
        "observationId": f"price-{listing['listingId']}-before",
        "listingId": listing["listingId"],
        "paid": money(goods.price),
        "units": 1,
        "capturedAt": stamp(scene.now - timedelta(days=6)),
    }
    tiers = [{"size": size, "price": money(goods.price * share // 100)} for size, share in ((2, 90), (5, 95))]
    offer = {"singlePrice": money(goods.price), "wasPrice": money(goods.price * 2), "groupTiers": tiers}
    yield "genuine: inflated discount", [{"listing": listing | {"offer": offer}}, {"price": before}]


STORIES: tuple[Callable[[Scene], Tale], ...] = (
    honest_market,
    honest_multipack,
    honest_group_buy,
    honest_flash_sale,
    honest_subsidy,
    honest_used_goods,
    honest_importer,
    honest_new_factory,
    honest_sublicence,
    fake_dirt_cheap,
    fake_that_says_so,
    fake_refill,
    fake_code,
    fake_foreign_code,
    fake_forged_letter,
    fake_by_test_buy,
    fake_by_complaints,
    fake_terminated,
    inflated_discount,
)
