"""Votes of shop owners on the listing's product, brand, factory and origin. Unknown where nobody has voted."""

from __future__ import annotations

from collections.abc import Iterator

from zhengpin.domain.hit import Text
from zhengpin.domain.standing import Board, Proposal
from zhengpin.domain.vote import TargetKind, WhyNotCounted
from zhengpin.signals.catalogue.declare import choice, count, flag, number, several, share
from zhengpin.signals.signal import Signal, SignalType

ALARMS = (WhyNotCounted.BURST, WhyNotCounted.DRIP, WhyNotCounted.LOCKSTEP, WhyNotCounted.DENSE_BLOCK)
_NAMES = {
    TargetKind.PRODUCT: ("商品", "product"),
    TargetKind.BRAND: ("品牌", "brand"),
    TargetKind.FACTORY: ("工厂", "factory"),
    TargetKind.ORIGIN: ("产地", "place of origin"),
}
_NOW = "the last vote"
_SOLVED = "the last full solve of trust"


def _signals() -> Iterator[Signal]:
    for kind, (zh, en) in _NAMES.items():
        yield from _standing(f"votes.{kind}", zh, en)
        yield from _voters(f"votes.{kind}", zh, en)
        yield from _fake_words(f"votes.{kind}", f"{zh}投票中", f"votes on the {en}", "votes")
    yield flag(
        "votes.product_is_listing",
        "商品投票只针对本链接：无法与其他卖家的商品归为同一商品",
        "the votes on the product are votes on this listing alone, for it can't be told over sellers",
        "votes.product",
    )
    yield from _fake_words(
        "votes.listing", "在本链接上投的票中", "votes cast before this very listing", "votes.product"
    )


def _standing(name: str, zh: str, en: str) -> Iterator[Signal]:
    yield choice(f"{name}_board", f"{zh}所在的榜", f"the board that the {en} stands on", name, choices=_BOARDS)
    yield share(f"{name}_share", f"推荐该{zh}的店主比例", f"share of owners that recommend the {en}", name, as_of=_NOW)
    yield _difference(f"{name}_low_vs_category", f"推荐该{zh}的比例的下限", f"lower end of {_interval(en)}", name)
    yield _difference(f"{name}_high_vs_category", f"推荐该{zh}的比例的上限", f"upper end of {_interval(en)}", name)
    yield count(f"{name}_votes", f"对该{zh}的现行投票数", f"current votes on the {en}", name, unit="votes", as_of=_NOW)
    yield number(
        f"{name}_effective_votes",
        f"对该{zh}的有效票数：各票权重之和",
        f"what the votes on the {en} count together",
        name,
        unit="votes",
        as_of=_NOW,
    )
    yield count(
        f"{name}_circles",
        f"对该{zh}计入的投票来自多少个熟人圈",
        f"circles of acquaintances that the counted votes on the {en} come from",
        name,
        unit="circles",
        as_of=_NOW,
    )
    yield share(
        f"{name}_excluded_share",
        f"对该{zh}的投票中未计入的比例",
        f"share of the votes on the {en} that is left out of the count",
        name,
        as_of=_NOW,
    )
    yield several(
        f"{name}_proposes",
        f"{zh}的口碑建议采取的措施",
        f"what the standing of the {en} proposes for its listings",
        name,
        choices=tuple(sorted(Proposal)),
    )


def _interval(en: str) -> str:
    return f"the 90 % credible interval of the share that recommends the {en}"


def _voters(name: str, zh: str, en: str) -> Iterator[Signal]:
    yield several(
        f"{name}_alarms",
        f"{zh}投票中尚未核定的异常：集中、细水长流、步调一致、密集团块",
        f"why votes on the {en} are left out in windows that nobody has decided on yet",
        name,
        choices=tuple(sorted(ALARMS)),
    )
    yield share(
        f"{name}_distrusted_share",
        f"{zh}投票中信任度很低的投票人所投比例",
        f"share of the votes on the {en} by voters who are trusted little after ten votes, or taken for frauds",
        f"{name}.voters",
        as_of=_SOLVED,
    )
    yield share(
        f"{name}_related_share",
        f"{zh}投票中与权利人或竞争者有关联的投票人所投比例",
        f"share of the votes on the {en} by voters around its owner or a competitor",
        f"{name}.voters",
        as_of=_SOLVED,
    )
    yield share(
        f"{name}_disagreement",
        f"两种信任度算法对{zh}投票人的平均分歧",
        f"mean difference between the two opinions on the trust of those who vote on the {en}",
        f"{name}.voters",
        as_of=_SOLVED,
    )


def _fake_words(name: str, zh: str, en: str, needs: str) -> Iterator[Signal]:
    yield count(
        f"{name}_fake_votes",
        f"{zh}称其为假货的票数（勾选理由或自己的话；否定、疑问、假设与转述不算）",
        f"{en} that call the goods fake, by a ticked reason or in the voter's own words: denials, questions, cases and "
        "hearsay don't count",
        needs,
        unit="votes",
        as_of=_NOW,
    )
    yield number(
        f"{name}_fake_weight",
        f"{zh}称其为假货的票的权重之和（同一熟人圈合计不超过票数的平方根）",
        f"sum of the weights of {en} that call the goods fake; of one circle at most the root of their number",
        needs,
        unit="votes",
        as_of=_NOW,
    )


def _difference(name: str, zh: str, en: str, needs: str) -> Signal:
    """Declare how far an end of the interval lies from the mean share of the category."""
    doc = Text(f"{zh}（90%可信区间）减去同类均值", f"{en}, less the mean share of its category")
    return Signal(name, SignalType.NUMBER, doc, unit="share", low=-1, high=1, needs=(needs,), as_of=_NOW)


_BOARDS = tuple(each.value for each in Board)
SIGNALS: tuple[Signal, ...] = tuple(_signals())
