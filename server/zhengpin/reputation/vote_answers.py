"""What voters are told of their votes: that one counts and how much, or why it does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from zhengpin.domain.hit import Text
from zhengpin.domain.vote import CountedVote, PurchaseProof, WhyNotCounted

_WHY_NOT: Final[Mapping[WhyNotCounted, Text]] = {
    WhyNotCounted.SUPERSEDED: Text(
        zh="您之后对同一对象又投了票，以最新一票为准。",
        en="You voted on the same target again later; your latest vote is the one that counts.",
    ),
    WhyNotCounted.BANNED: Text(
        zh="平台已停用您的投票资格，您的投票不计入统计。",
        en="The marketplace has banned you from voting, so your votes don't count.",
    ),
    WhyNotCounted.OWN_TARGET: Text(
        zh="这是您自己的商品、品牌或工厂，该票不计入统计。",
        en="These are your own goods, brand or factory, so your vote doesn't count.",
    ),
    WhyNotCounted.BURST: Text(
        zh="该票投出时，该对象的票数异常集中。",
        en="It was cast while unusually many votes came at once.",
    ),
    WhyNotCounted.DRIP: Text(
        zh="该票投出期间，该对象持续出现一边倒的投票。",
        en="It was cast while one-sided votes kept coming.",
    ),
    WhyNotCounted.LOCKSTEP: Text(
        zh="该票与其他账号多次同时对相同对象投票。",
        en="It was cast together with others who vote on the same targets again and again.",
    ),
    WhyNotCounted.DENSE_BLOCK: Text(
        zh="该票来自一组投票对象高度重合的账号。",
        en="It came from a group of voters who share unusually many targets.",
    ),
}
_OF_THE_VOTER_ALONE: Final = {WhyNotCounted.SUPERSEDED, WhyNotCounted.BANNED, WhyNotCounted.OWN_TARGET}
"""Nobody decides on these; votes that look arranged lie in windows, on which a person does."""
_UNTIL_A_PERSON: Final = Text(
    zh="暂不计入统计，工作人员将在48小时内复核，复核后可能恢复计入。",
    en="It is left out of the count for now; a person looks within 48 hours, and it may count again.",
)
_DECIDED: Final = Text(
    zh="经人工复核，该票不计入统计。",
    en="A person has looked, and it stays out of the count.",
)

_NO_PROOF: Final[Mapping[PurchaseProof | None, Text]] = {
    PurchaseProof.UNPROVEN: Text(
        zh="您填写的订单目前不能证明您买过该对象。",
        en="The order that you name does not prove so far that you bought it.",
    ),
    PurchaseProof.ORDER_UNKNOWN: Text(
        zh="平台尚未报送您填写的订单，报送后将在每日复核时计入。",
        en="Nobody has told of the order that you name yet; it counts from the daily weighing after that.",
    ),
}
"""Beside what the vote counts. Whose order it is, or what else it bought, is told to nobody."""


def answer_to(counted: CountedVote, *, is_decided: bool) -> Text:
    """What to tell the voter of one vote; `is_decided` if a person has decided on the window that it lies in."""
    if counted.why_not is None:
        weight = f"{counted.weight:.2f}"
        counts = Text(zh=f"该票计入统计，权重为{weight}。", en=f"It counts, with a weight of {weight}.")
        proof = _NO_PROOF.get(counted.purchase)
        return Text(zh=f"{counts.zh}{proof.zh}", en=f"{counts.en} {proof.en}") if proof else counts
    why = _WHY_NOT[counted.why_not]
    if counted.why_not in _OF_THE_VOTER_ALONE:
        return why
    what_next = _DECIDED if is_decided else _UNTIL_A_PERSON
    return Text(zh=f"{why.zh}{what_next.zh}", en=f"{why.en} {what_next.en}")
