"""Who brought in whom: an acquaintance most often, rarely the level above in a scheme that lives on newcomers."""

from __future__ import annotations

from collections.abc import Iterator

from zhengpin.simulation.quarter import Quarter
from zhengpin.simulation.sellers import Seller
from zhengpin.simulation.suppliers.tale import Tale

_SCHEME = {"paidByHead": True, "entryFee": True, "paidFromDownline": True}


def referrals(quarter: Quarter) -> Iterator[tuple[Seller, Tale]]:
    """Each supplier of the quarter that somebody brought in."""
    above = dict(_schemes(quarter))
    chance, share = quarter.world.chance, quarter.world.parameters.suppliers.standing.referred
    for place, seller in enumerate(quarter.ordinary_sellers):
        if seller.path in above:
            yield seller, _referral(seller, above[seller.path], **_SCHEME)
        # Who stands before it brought it in, so that nobody brought in whoever brought him in.
        elif place and chance.fraction(f"{seller.path}/referred") < share:
            acquaintance = quarter.ordinary_sellers[int(chance.fraction(f"{seller.path}/referrer") * place)]
            yield seller, _referral(seller, acquaintance)


def _referral(seller: Seller, referrer: Seller, **terms: bool) -> Tale:
    return Tale(seller.age, {"referral": {"referrerId": referrer.supplier_id, **terms}})


def _schemes(quarter: Quarter) -> Iterator[tuple[str, Seller]]:
    """The path of each retailer of the quarter that is in its town's scheme, with who is above it.

    Levels are filled from the top, in the order of quarters, so that whoever is above was told before.
    """
    world, town = quarter.world, quarter.world.parameters.town
    plan, retailers = world.parameters.suppliers.standing, world.parameters.quarter.retailers
    dice, first = world.chance.random(f"{quarter.people.town}/scheme"), quarter.number - quarter.number % town.quarters
    if dice.random() >= plan.pyramids:
        return
    size = min(dice.randint(*plan.pyramid), retailers * town.quarters)
    drawn = [divmod(each, retailers) for each in sorted(dice.sample(range(retailers * town.quarters), size))]
    for place, (at, number) in enumerate(drawn[1:]):
        if first + at == quarter.number:
            home, above = drawn[place // plan.below]
            yield quarter.people.retailer(number).path, Quarter(world, first + home).people.retailer(above)
