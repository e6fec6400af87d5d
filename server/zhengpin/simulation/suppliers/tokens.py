"""What suppliers could share, as keyed tokens: accounts, telephones, computers, places."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from zhengpin.simulation.records import Fields
from zhengpin.simulation.supplier_parameters import TokenName
from zhengpin.simulation.suppliers.tale import Subject, Tale

_MAY_BE_SEVERAL = frozenset({"device", "network", "phone", "email", "pickup_point"})
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红建文国志海春秀梅鑫波斌宇浩凯雪婷佳琪"


def tokens(subject: Subject) -> Iterator[Tale]:
    """Every token of a supplier: what its circles share stands in place of its own, or beside it."""
    dice, chance = subject.dice("tokens"), subject.quarter.world.chance
    for kind, known in subject.plan.known.items():
        days_ago = subject.long_ago(dice)
        for name in _names(subject, kind, known, dice):
            token: Fields = {"kind": f"TOKEN_KIND_{kind.upper()}", "token": chance.token(name)}
            if dice.random() < subject.plan.verified.get(kind, 0):
                token["verified"] = True
            yield Tale(days_ago, {"token": token})


def _names(subject: Subject, kind: TokenName, known: float, dice: Random) -> list[str]:
    """What stands behind its tokens of a kind, in the simulation's world."""
    is_known, keeps_own = dice.random() < known, dice.random() < subject.plan.beside
    own = _own(subject, kind, dice)
    shared = list(dict.fromkeys(each.shared[kind] for each in subject.circles if kind in each.shared))
    if not shared:
        return [own] if is_known else []
    return [*shared, own] if kind in _MAY_BE_SEVERAL and keeps_own else shared


def _own(subject: Subject, kind: TokenName, dice: Random) -> str:
    """Its own thing, or one that it shares with strangers of its town."""
    strangers, town, throw = subject.plan.strangers, subject.quarter.people.town, dice.random()
    match kind:
        case "person":
            return f"{subject.seller.background.company or subject.seller.path}/person"
        case "contact_name":
            return f"contact name/{_a_name(dice)}"
        case "depot" if throw < strangers.at_depot:
            return f"{town}/depot/{dice.randrange(strangers.depots)}"
        case "network" if throw < strangers.in_network:
            return f"{town}/network/{dice.randrange(strangers.networks)}"
        case "pickup_point":
            return f"{town}/pick-up point/{dice.randrange(strangers.pickup_points)}"
    return f"{subject.seller.path}/{kind}"


def _a_name(dice: Random) -> str:
    """Few surnames, many given names: people bear the same one."""
    surname = _SURNAMES[min(int(dice.expovariate(1 / 12)), len(_SURNAMES) - 1)]
    given = dice.choice(_GIVEN) + (dice.choice(_GIVEN) if dice.random() < 4 / 5 else "")
    return surname + given
