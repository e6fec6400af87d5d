"""What is voted on in a quarter, and what honest owners think of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zhengpin.detectors.codes import read_gtin
from zhengpin.domain.vote import Target, TargetKind
from zhengpin.simulation.goods import Brand, Product
from zhengpin.simulation.quarter import Quarter
from zhengpin.simulation.scene import ORIGINS
from zhengpin.simulation.vote_parameters import TargetPlan
from zhengpin.simulation.world import World

_POPULAR = {TargetKind.PRODUCT: 1.0, TargetKind.BRAND: 2.5, TargetKind.FACTORY: 1.2, TargetKind.ORIGIN: 1.0}
_SUCH_GOODS_DIFFER = 0.04
"""How far a brand's products lie apart in quality (standard deviation)."""
_DOWNFALL = 0.45
"""What becomes of the quality of what got worse, as a share."""
_LONG_AGO = 5000.0


@dataclass(frozen=True, slots=True)
class VotedTarget:
    """A target with the truth about it. Times are in days before now."""

    path: str
    target: Target
    quality: float
    """The share of owners who would honestly recommend it."""
    popularity: float
    """How many votes it draws, beside others."""
    began: float
    """Nobody could vote on it before."""
    got_worse: float = 0
    """Since then it is much worse; 0 if it never became so."""

    def quality_at(self, ago: float) -> float:
        """The share of owners who would have recommended it so many days ago."""
        return self.quality * _DOWNFALL if ago < self.got_worse else self.quality


def targets_of(quarter: Quarter) -> tuple[VotedTarget, ...]:
    """Every brand, product and factory of a quarter; with a town's first quarter the factories of its rings too."""
    return tuple(_targets(quarter))


def origins(world: World) -> tuple[VotedTarget, ...]:
    """The places that listings name."""
    return tuple(
        _target(world, f"origin/{place}", Target(TargetKind.ORIGIN, place), _usual_quality(world, f"origin/{place}"))
        for place in ORIGINS.values()
    )


def _targets(quarter: Quarter) -> Iterator[VotedTarget]:
    world, shelves, people = quarter.world, quarter.shelves, quarter.people
    worst = world.parameters.votes.targets.worst
    for brand in (*shelves.brands, *shelves.own_brands, shelves.namesake):
        yield from _brand(quarter, brand, _usual_quality(world, brand.path))
    yield from _brand(quarter, shelves.imitation, worst)
    for number, brand in enumerate(shelves.own_brands):
        quality = _usual_quality(world, brand.path)
        yield _factory(world, people.maker(number).supplier_id, f"{brand.path}/maker", quality)
    if quarter.number % world.parameters.town.quarters == 0:
        for number in range(people.rings):
            factory = people.ring_factory(number)
            yield _factory(world, factory.supplier_id, factory.path, worst)


def _brand(quarter: Quarter, brand: Brand, quality: float) -> Iterator[VotedTarget]:
    world = quarter.world
    yield _target(world, brand.path, Target(TargetKind.BRAND, brand.brand_id), quality)
    for number in range(brand.products):
        product = quarter.shelves.product(brand, number)
        deviation = world.chance.random(f"{product.path}/quality").gauss(0, _SUCH_GOODS_DIFFER)
        target = Target(TargetKind.PRODUCT, product_key(product))
        yield _target(world, product.path, target, min(max(quality + deviation, 0.03), 0.99))


def product_key(product: Product) -> str:
    """The key under which the marketplace's listings of a product are found."""
    return f"gtin:{read_gtin(product.gtin).digits}"


def _factory(world: World, factory_id: str, path: str, quality: float) -> VotedTarget:
    return _target(world, f"{path}/factory", Target(TargetKind.FACTORY, factory_id), quality)


def _target(world: World, path: str, target: Target, quality: float) -> VotedTarget:
    votes, plan = world.parameters.votes, world.parameters.votes.targets
    dice = world.chance.random(f"{path}/voted")
    popularity = _POPULAR[target.kind] * dice.lognormvariate(0, plan.popularity_spread)
    launched = target.kind is TargetKind.PRODUCT and dice.random() < plan.launched
    began = votes.days * dice.uniform(0.1, 1) if launched else _LONG_AGO
    got_worse = votes.days * dice.uniform(0.1, 0.7) if dice.random() < plan.got_worse else 0.0
    return VotedTarget(path, target, quality, popularity, began, min(got_worse, began / 2))


def _usual_quality(world: World, path: str) -> float:
    """Most lie between the two that the parameters name: the middle is likelier than the ends."""
    plan: TargetPlan = world.parameters.votes.targets
    dice = world.chance.random(f"{path}/quality")
    return dice.triangular(*plan.quality)
