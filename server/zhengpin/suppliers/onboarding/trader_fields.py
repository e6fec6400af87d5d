"""What the law asks a marketplace to know of its traders (KYB-04)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from zhengpin.domain.hit import Text
from zhengpin.domain.onboarding import IntendedTrade
from zhengpin.domain.supplier_fact import DocumentKind, TraderDetail, TraderField
from zhengpin.suppliers.onboarding.case import Case
from zhengpin.suppliers.onboarding.finding import Consequence, Finding, Question
from zhengpin.suppliers.onboarding.territories import EUROPEAN_UNION

_CONTACT = (TraderField.NAME, TraderField.ADDRESS, TraderField.PHONE, TraderField.EMAIL)


@dataclass(frozen=True, slots=True)
class _Law:
    """Whom a law protects, and what it asks of traders."""

    question: Question
    protects: Callable[[str], bool]
    """Buyers in a territory."""
    fields: tuple[TraderField, ...]
    missing: Consequence
    """What follows while something is missing."""


_LAWS = (
    _Law(
        Question(
            "trader.dsa-30",
            Text("欧盟《数字服务法》第30条所列的经营者信息", "What art. 30 of the Digital Services Act lists"),
            "KYB-04",
        ),
        EUROPEAN_UNION.__contains__,
        (
            *_CONTACT,
            TraderField.IDENTITY,
            TraderField.PAYMENT_ACCOUNT,
            TraderField.TRADE_REGISTER,
            TraderField.SELF_CERTIFICATION,
        ),
        # Obtained before a trader may use the platform.
        Consequence.PAPERS,
    ),
    _Law(
        Question(
            "trader.inform",
            Text("美国 INFORM 法所列的卖家信息", "What the INFORM Consumers Act lists (15 U.S.C. 45f)"),
            "KYB-04",
        ),
        "US".__eq__,
        (TraderField.PAYMENT_ACCOUNT, TraderField.IDENTITY, TraderField.TAX_ID, TraderField.EMAIL, TraderField.PHONE),
        # Due ten days after a seller reaches the law's volume; a newcomer has none yet.
        Consequence.LIMITS,
    ),
    _Law(
        Question(
            "trader.e-commerce-27",
            Text(
                "《电子商务法》第27条：身份、地址、联系方式、登记",
                "E-Commerce Law of China, art. 27: identity, address, contact, registration",
            ),
            "KYB-04",
        ),
        "CN".__eq__,
        (TraderField.IDENTITY, TraderField.ADDRESS, TraderField.PHONE, TraderField.TRADE_REGISTER),
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
    for law in _LAWS:
        trades = tuple(trade for trade in case.trades if not trade.territory or law.protects(trade.territory))
        if trades:
            yield _by_law(law, trades, told, verified)


def _told(case: Case) -> tuple[set[TraderField], set[TraderField]]:
    """What was told, and of that what was verified. The supplier's own record tells some of it as well."""
    details = [each.fact for each in case.told(TraderDetail)]
    supplier = case.supplier
    record = {
        TraderField.NAME: supplier.name,
        TraderField.ADDRESS: supplier.address,
        TraderField.TRADE_REGISTER: supplier.registration_code,
    }
    recorded = {field for field, text in record.items() if text}
    is_verified = supplier.verified_at is not None and supplier.verified_at <= case.as_of
    verified = {each.field for each in details if each.verified} | (recorded if is_verified else set())
    return {each.field for each in details} | recorded, verified


def _by_law(
    law: _Law, trades: tuple[IntendedTrade, ...], told: set[TraderField], verified: set[TraderField]
) -> Finding:
    missing = [field for field in law.fields if field not in told]
    if missing:
        names = _list(missing)
        return law.question.unknown(
            f"缺少：{names.zh}",
            f"missing: {names.en}",
            law.missing,
            paper=DocumentKind.TRADER_DETAILS,
            trades=trades,
        )
    open_fields = [
        field for field in law.fields if field not in verified and field is not TraderField.SELF_CERTIFICATION
    ]
    if open_fields:
        names = _list(open_fields)
        return law.question.unknown(
            f"尚未核验：{names.zh}", f"not verified yet: {names.en}", Consequence.LIMITS, trades=trades
        )
    return law.question.passed("齐全并已核验", "all told and verified", trades=trades)


def _list(fields: Sequence[TraderField]) -> Text:
    return Text("、".join(_NAMES[each].zh for each in fields), ", ".join(_NAMES[each].en for each in fields))
