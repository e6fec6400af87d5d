"""Why a target stands where it does, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from zhengpin.domain.hit import Text
from zhengpin.domain.standing import Board, Parent, Standing
from zhengpin.domain.vote import TargetKind
from zhengpin.reputation.boards import (
    ENTERS_WITH_CIRCLES,
    ENTERS_WITH_VOTES,
    STAYS_WITH_CIRCLES,
    STAYS_WITH_VOTES,
    is_enough,
)
from zhengpin.reputation.posterior import PRIOR_VOTES

NAMES: Final = {
    TargetKind.PRODUCT: Text("商品", "product"),
    TargetKind.BRAND: Text("品牌", "brand"),
    TargetKind.FACTORY: Text("工厂", "factory"),
    TargetKind.ORIGIN: Text("产地", "origin"),
}


def reasons(standing: Standing) -> tuple[Text, ...]:
    """Each names its numbers, so that a target's owner can follow it and a person can check it."""
    texts = [_share(standing), _evidence(standing)]
    if standing.parents and standing.effective_votes < PRIOR_VOTES:
        texts.append(_parents(standing.parents))
    return (*texts, *_left_out(standing))


def _share(standing: Standing) -> Text:
    share, usual = f"{standing.share:.0%}", f"{standing.category_share:.0%}"
    interval = f"{standing.low:.0%}–{standing.high:.0%}"
    zh, en = _compared(standing)
    return Text(
        f"估计 {share} 的店主会推荐（90%区间 {interval}），{zh}同类通常的 {usual}。",
        f"An estimated {share} of owners would recommend it (90% range {interval}), {en} the usual {usual}.",
    )


def _compared(standing: Standing) -> tuple[str, str]:
    if standing.low > standing.category_share:
        return "高于", "surely above"
    if standing.high < standing.category_share:
        return "低于", "surely below"
    return "未明显不同于", "not surely other than"


def _evidence(standing: Standing) -> Text:
    votes, circles = f"{standing.effective_votes:.1f}", standing.circles
    zh = f"有效票 {votes}，来自 {circles} 个圈子"
    en = f"{votes} effective votes of {circles} {'circle' if circles == 1 else 'circles'}"
    if standing.board is not Board.UNLISTED:
        return Text(
            f"{zh}；留在榜上至少需 {STAYS_WITH_VOTES:g} 票、{STAYS_WITH_CIRCLES} 个圈子。",
            f"{en}; to stay on a board takes {STAYS_WITH_VOTES:g} votes of {STAYS_WITH_CIRCLES} circles.",
        )
    if is_enough(standing.effective_votes, circles):
        return Text(f"{zh}。", f"{en}.")
    return Text(
        f"{zh}；上榜至少需 {ENTERS_WITH_VOTES:g} 票、{ENTERS_WITH_CIRCLES} 个圈子。",
        f"{en}; to enter a board takes {ENTERS_WITH_VOTES:g} votes of {ENTERS_WITH_CIRCLES} circles.",
    )


def _parents(parents: Sequence[Parent]) -> Text:
    zh = "、".join(f"{NAMES[each.target.kind].zh} {each.target.key}（{each.share:.0%}）" for each in parents)
    en = ", ".join(f"the {NAMES[each.target.kind].en} {each.target.key} ({each.share:.0%})" for each in parents)
    return Text(f"自身票数不多，估计兼看{zh}。", f"With few votes of its own it leans on {en}.")


def _left_out(standing: Standing) -> Iterator[Text]:
    excluded = standing.counts.excluded
    if excluded:
        en = "vote is" if excluded == 1 else "votes are"
        yield Text(f"另有 {excluded:,} 票未计入，但仍保留。", f"{excluded:,} {en} kept but left out of the count.")
    if standing.alarmed:
        yield Text(
            "部分投票疑似有组织，在人工核查之前不计入。",
            "Some votes look arranged. They are left out until a person has looked.",
        )
