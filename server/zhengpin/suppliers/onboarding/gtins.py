"""GTINs of the goods: whether they are numbers that goods of a marketplace can bear (GTN-01, GTN-02)."""

from __future__ import annotations

from collections.abc import Iterator

from stdnum import ean

from zhengpin.detectors.codes import Gtin, compact_code, read_gtin
from zhengpin.domain.hit import Text
from zhengpin.suppliers.onboarding.case import Case
from zhengpin.suppliers.onboarding.finding import Consequence, Finding, Question

_DIGITS = Question(
    "gtin.check-digit",
    Text("8、12、13 或 14 位数字，校验位正确", "8, 12, 13 or 14 digits with the right check digit"),
    "GTN-01",
)
_RANGE = Question(
    "gtin.range",
    Text(
        "不属于店内码（02、04、2 开头）或优惠券、退款凭证",
        "Neither for use inside a shop (prefixes 02, 04, 2) nor a coupon or refund",
    ),
    "GTN-02",
)
_LENGTHS = frozenset({8, 12, 13, 14})
_TOLD_ONE_BY_ONE = 20
"""So many codes in trouble are told each; of a file that was read wrongly, the others are only counted."""


def check_gtins(case: Case) -> Iterator[Finding]:
    """A code that no goods can bear is refused by itself: its goods can't be listed, and the applicant may come in.

    The prefix tells which office of GS1 gave the number out. It is no origin, and proves none.
    """
    codes = tuple(dict.fromkeys(compact_code(text) for text in case.application.gtins))
    good, troubles = 0, 0
    for code in codes:
        found = _in_trouble(code, read_gtin(code))
        if found is None:
            good += 1
            continue
        troubles += 1
        if troubles <= _TOLD_ONE_BY_ONE:
            yield found
    if troubles > _TOLD_ONE_BY_ONE:
        rest = troubles - _TOLD_ONE_BY_ONE
        yield _DIGITS.failed(f"另有 {rest} 个条码不可用", f"{rest} more can't be used", Consequence.LIMITS)
    if good:
        yield _DIGITS.passed(
            f"{len(codes)} 个条码中 {good} 个校验通过；前缀只说明发码机构，不证明产地",
            f"{good} of {len(codes)} codes check; a prefix tells who gave the number out, not where goods come from",
        )


def _in_trouble(code: str, gtin: Gtin) -> Finding | None:
    if not gtin.given:
        return _DIGITS.unknown(f"“{code}”不是条码", f'"{code}" names no code', subject=code)
    if not gtin.well_formed:
        told = _misformed(code)
        return _DIGITS.failed(told.zh, told.en, Consequence.LIMITS, subject=code)
    if gtin.restricted:
        return _RANGE.failed(
            f"{code} 为店内码，出店即失去意义",
            f"{code} means something inside one shop only",
            Consequence.LIMITS,
            subject=code,
        )
    if gtin.restricted is None:
        return _RANGE.unknown(
            f"{code} 可能是店内码，也可能是 UPC-E；请提供完整的 12 位代码",
            f"{code} is a shop's own code or a UPC-E: give the 12 digits in full",
            Consequence.LIMITS,
            subject=code,
        )
    if not gtin.names_goods:
        return _RANGE.failed(
            f"{code} 为优惠券或退款凭证", f"{code} is a coupon or a refund", Consequence.LIMITS, subject=code
        )
    return None


def _misformed(code: str) -> Text:
    if not (code.isascii() and code.isdigit()):
        return Text(f"{code} 含有非数字字符", f"{code} has characters that are no digits")
    if len(code) not in _LENGTHS:
        return Text(f"{code} 为 {len(code)} 位", f"{code} has {len(code)} digit{'s' * (len(code) > 1)}")
    digit = ean.calc_check_digit(code[:-1])
    return Text(f"{code} 的校验位应为 {digit}", f"{code} ends in {code[-1]}, and should end in {digit}")
