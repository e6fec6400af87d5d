"""What the law asks a marketplace to know of its traders (KYB-04)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from zhengpin.domain.hit import Text
from zhengpin.domain.onboarding import IntendedTrade
from zhengpin.domain.supplier_fact import DocumentKind, TraderDetail, TraderField
from zhengpin.domain.trader_law import (
    DIGITAL_SERVICES_ACT,
    E_COMMERCE_LAW,
    INFORM_CONSUMERS_ACT,
    TraderLaw,
    recorded_fields,
)
from zhengpin.suppliers.onboarding.case import Case
from zhengpin.suppliers.onboarding.finding import Consequence, Finding, Question


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a law asks, and what follows while something is missing."""

    question: Question
    law: TraderLaw
    missing: Consequence


_LAWS = (
    _Asked(
        Question(
            "trader.dsa-30",
            Text("欧盟《数字服务法》第30条所列的经营者信息", "What art. 30 of the Digital Services Act lists"),
            "KYB-04",
        ),
        DIGITAL_SERVICES_ACT,
        # Obtained before a trader may use the platform.
        Consequence.PAPERS,
    ),
    _Asked(
        Question(
            "trader.inform",
            Text("美国 INFORM 法所列的卖家信息", "What the INFORM Consumers Act lists (15 U.S.C. 45f)"),
            "KYB-04",
        ),
        INFORM_CONSUMERS_ACT,
        # Due only after a seller has reached the law's volume, see `_due`.
        Consequence.LIMITS,
    ),
    _Asked(
        Question(
            "trader.e-commerce-27",
            Text(
                "《电子商务法》第27条：身份、地址、联系方式、登记",
                "E-Commerce Law of China, art. 27: identity, address, contact, registration",
            ),
            "KYB-04",
        ),
        E_COMMERCE_LAW,
        Consequence.PAPERS,
    ),
)
_NAMES = {
    TraderField.NAME: Text("名称", "name"),
    TraderField.ADDRESS: Text("地址", "address"),
    TraderField.PHONE: Text("电话", "phone"),
    TraderField.EMAIL: Text("电子邮箱", "email"),
    TraderField.IDENTITY: Text("身份证明", "identity"),
    TraderField.PAYMENT_ACCOUNT: Text("收款账户", "payment account"),
    TraderField.TRADE_REGISTER: Text("登记信息", "trade register"),
    TraderField.SELF_CERTIFICATION: Text("合规自我声明", "self-certification"),
    TraderField.TAX_ID: Text("税号", "tax id"),
}


def check_trader_fields(case: Case) -> Iterator[Finding]:
    """The law of each territory asks for what is missing; what was told and not verified limits until it is."""
    told, verified = _told(case)
    for asked in _LAWS:
        protected = asked.law.territories
        trades = tuple(trade for trade in case.trades if not trade.territory or trade.territory in protected)
        if trades:
            yield _by_law(case, asked, trades, (told, verified))


def _told(case: Case) -> tuple[set[TraderField], set[TraderField]]:
    """What was told, and of that what was verified. The supplier's own record tells some of it as well."""
    details = [each.fact for each in case.told(TraderDetail)]
    supplier = case.supplier
    recorded = recorded_fields(supplier)
    is_verified = supplier.verified_at is not None and supplier.verified_at <= case.as_of
    verified = {each.field for each in details if each.verified} | (recorded if is_verified else frozenset())
    return {each.field for each in details} | recorded, verified


def _by_law(
    case: Case, asked: _Asked, trades: tuple[IntendedTrade, ...], known: tuple[set[TraderField], set[TraderField]]
) -> Finding:
    told, verified = known
    missing = [field for field in asked.law.fields if field not in told]
    if missing:
        names, due = _list(missing), _due(case, asked)
        is_late = due is not None and due <= case.as_of
        return asked.question.unknown(
            f"缺少：{names.zh}",
            f"missing: {names.en}",
            Consequence.PAPERS if is_late else asked.missing,
            paper=DocumentKind.TRADER_DETAILS,
            due_at=None if due is None else max(due, case.as_of),
            trades=trades,
        )
    open_fields = [
        field for field in asked.law.fields if field not in verified and field is not TraderField.SELF_CERTIFICATION
    ]
    if open_fields:
        names = _list(open_fields)
        return asked.question.unknown(
            f"尚未核验：{names.zh}，由人工核验",
            f"not verified yet: {names.en}; a person verifies them",
            Consequence.LIMITS,
            trades=trades,
        )
    return asked.question.passed("齐全并已核验", "all told and verified", trades=trades)


def _due(case: Case, asked: _Asked) -> datetime | None:
    """Ten days after the volume was reached by which the law knows a seller; others tell as papers usually are."""
    since = case.known.high_volume_since
    if since is None or asked.law is not INFORM_CONSUMERS_ACT:
        return None
    return datetime.combine(since, time(), UTC) + case.terms.papers_due


def _list(fields: Sequence[TraderField]) -> Text:
    return Text("、".join(_NAMES[each].zh for each in fields), ", ".join(_NAMES[each].en for each in fields))
