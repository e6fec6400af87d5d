"""Why votes look arranged, in words and numbers, for the person who decides on their window. Nobody is named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from zhengpin.domain.hit import Text
from zhengpin.reputation.brigades import Brigade
from zhengpin.reputation.evidence import BrigadeEvidence, GroupEvidence
from zhengpin.reputation.timeline import DAY, HOUR

LEAST_TOLD: Final = 1e-6
"""A smaller chance is told as smaller than this."""


def window_reasons(brigade: Brigade) -> tuple[Text, ...]:
    """What speaks for a brigade, the plainest first."""
    return tuple(_told(brigade))


def _told(brigade: Brigade) -> Iterator[Text]:
    found = brigade.evidence
    yield _how_many(brigade)
    if found.group is not None:
        yield _group(found.group)
    yield _company(found)
    yield _customers(found)
    yield _side(found)


def _how_many(brigade: Brigade) -> Text:
    votes, expected, chance = len(brigade.rows), brigade.evidence.expected, brigade.evidence.chance
    zh, en = ("推荐", "recommend") if brigade.recommends else ("不推荐", "warn of")
    span = _span(brigade.cast_until - brigade.cast_from)
    odds = Text("", "") if chance is None else Text(f"，偶然概率 {_odds(chance)}", f" (by chance: {_odds(chance)})")
    return Text(
        f"{span.zh}内有 {votes:,} 票{zh}，而按以往约为 {expected:.1f} 票{odds.zh}。",
        f"{votes:,} votes {en} it within {span.en}, where its past explains {expected:.1f}{odds.en}.",
    )


def _group(group: GroupEvidence) -> Text:
    voters, places = f"{group.voters:,}", f"{group.windows:,}"
    if group.pairs:
        return Text(
            f"{voters} 名投票人在 {places} 处步调一致（{group.pairs:,} 对多次同时同向投票）。",
            f"{voters} voters move in lockstep in {places} places: "
            f"{group.pairs:,} pairs voted alike at the same time again and again.",
        )
    density, by_chance = f"{group.density:.2f}", f"{group.usual_density:.2f}"
    return Text(
        f"{voters} 名投票人在 {places} 处共同投票，密集度 {density}，随机情况下至多 {by_chance}。",
        f"{voters} voters share {places} places with a density of {density}; chance gives {by_chance} at most.",
    )


def _company(found: BrigadeEvidence) -> Text:
    share, most = f"{found.came_together:.0%}", found.largest_circle
    return Text(
        f"其中 {share} 的投票人有关联：由同一人邀请（最多 {most} 人）或层层邀请、在相近日期注册、"
        "此前都从未投票，或在其他对象上一同投票。",
        f"{share} of the voters came together: brought in by one voter (at most {most}) or by one another, "
        "registered in the same days, all silent before, or seen together elsewhere.",
    )


def _customers(found: BrigadeEvidence) -> Text:
    shares = (found.young, found.silent_before, found.bought, found.bought_usually)
    young, silent, bought, usually = (f"{share:.0%}" for share in shares)
    return Text(
        f"{young} 的投票人当时注册不满 30 天；{silent} 注册已久而从未投票；{bought} 有购买记录，全体投票为 {usually}。",
        f"{young} had been registered for less than 30 days; {silent} for longer than a week, and had never voted; "
        f"{bought} bought the goods, of all voters {usually}.",
    )


def _side(found: BrigadeEvidence) -> Text:
    then, others = f"{found.one_sided:.0%}", f"{found.others_agree:.0%}"
    return Text(
        f"同一时段 {then} 的投票意见相同；该对象其余投票为 {others}。",
        f"{then} of all votes of that time say the same; of the target's other votes {others}.",
    )


def _span(seconds: float) -> Text:
    if seconds < HOUR:
        minutes = int(seconds // 60) + 1
        return Text(f"{minutes} 分钟", f"{minutes} {'minute' if minutes == 1 else 'minutes'}")
    if seconds < 2 * DAY:
        hours = int(seconds // HOUR) + 1
        return Text(f"{hours} 小时", f"{hours} hours")
    days = int(seconds // DAY) + 1
    return Text(f"{days} 天", f"{days} days")


def _odds(chance: float) -> str:
    return f"{chance:.4%}" if chance > LEAST_TOLD else f"< {LEAST_TOLD:.4%}"
