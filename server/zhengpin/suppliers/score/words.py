"""What components are called, and what their good ones are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from zhengpin.domain.hit import Text
from zhengpin.domain.supplier_score import CapCode, ComponentName


@dataclass(frozen=True, slots=True)
class ComponentWords:
    """How people speak of a component."""

    name: Text
    good: Text
    """What k of n are, after the numbers."""
    task: Text
    """What the supplier would do to improve it, as a sentence."""


WORDS: Final = {
    ComponentName.AUTHENTICITY: ComponentWords(
        Text("正品", "Authenticity"),
        Text("无假货问题", "without a word of fakes"),
        Text("再完成 100 笔无假货投诉的订单。", "Deliver 100 more orders that nobody calls fake."),
    ),
    ComponentName.QUALITY: ComponentWords(
        Text("质量", "Quality"),
        Text("无质量问题", "without a defect"),
        Text("再完成 100 笔无质量投诉的订单。", "Deliver 100 more orders without a complaint of the goods."),
    ),
    ComponentName.DELIVERY: ComponentWords(
        Text("发货", "Delivery"),
        Text("按时", "in time"),
        Text("再有 100 笔订单在 24 小时内交给承运人。", "Hand 100 more orders to the carrier within 24 hours."),
    ),
    ComponentName.SERVICE: ComponentWords(
        Text("服务", "Service"),
        Text("得到答复并解决", "answered and settled"),
        Text("再及时答复并解决 50 位买家的问题。", "Answer 50 more buyers within 24 hours and settle their matters."),
    ),
    ComponentName.PRICE_HONESTY: ComponentWords(
        Text("价格诚信", "Price honesty"),
        Text("属实", "true"),
        Text("再完成 100 笔价格说明属实的订单。", "Deliver 100 more orders of whose price nothing false was said."),
    ),
    ComponentName.VOTES: ComponentWords(
        Text("红黑榜投票", "The vote"),
        Text("推荐", "recommending"),
        Text("再获得 100 张有效的推荐票。", "Earn 100 more effective votes that recommend."),
    ),
    ComponentName.COMPLIANCE: ComponentWords(
        Text("资质合规", "Compliance"),
        Text("合格", "passed"),
        Text("再通过两次满分审核，或 20 项资质检查。", "Pass two more audits in full, or 20 checks of papers."),
    ),
    ComponentName.COVER: ComponentWords(
        Text("资金保障", "Cover"),
        Text("有保证金覆盖", "covered by the deposit"),
        Text("把保证金补足到可能的赔付额。", "Raise the deposit to what buyers could claim."),
    ),
}

SETTLE: Final = {
    CapCode.OPEN_CRITICAL_INCIDENT: Text("了结极其严重的违规。", "Settle the incidents of critical gravity."),
    CapCode.OPEN_HIGH_INCIDENT: Text("了结严重的违规。", "Settle the incidents of high gravity."),
    CapCode.STOPPED: Text("恢复合作资格。", "Be admitted to the marketplace again."),
    CapCode.EDITED_PAPER: Text("更正经过改动的资质。", "Have the edited papers put right."),
    CapCode.ZERO_TOLERANCE: Text("通过同一体系的复审。", "Pass an audit of the same scheme."),
    CapCode.FEW_BUYERS: Text("让更多买家购买。", "Sell to more buyers."),
    CapCode.SAME_COMPANY: Text(
        "改善该主体名下各供应商的记录。", "Better the record of all suppliers that are this company."
    ),
    CapCode.CONFIRMED_FAKE: Text("不再出售假货，限制到期自动解除。", "Sell no more fakes: the limit ends by itself."),
}
