"""What bars a supplier from a high score, however good the rest is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from zhengpin.domain.hit import Text
from zhengpin.domain.supplier_score import Blemishes, Cap, CapCode, SameCompany
from zhengpin.suppliers.score.points import FAILING_AT_MOST, NEWCOMER, failing
from zhengpin.suppliers.score.words import WORDS

FAKE_LASTS: Final = timedelta(days=180)
"""How long a confirmed fake bars from the bands above normal."""
AT_MOST: Final = {
    CapCode.STOPPED: 99,
    CapCode.OPEN_CRITICAL_INCIDENT: 99,
    CapCode.ZERO_TOLERANCE: 99,
    CapCode.OPEN_HIGH_INCIDENT: 199,
    CapCode.EDITED_PAPER: 199,
    CapCode.CONFIRMED_FAKE: 399,
    CapCode.FAILING: FAILING_AT_MOST,
    CapCode.FEW_BUYERS: 699,
}

_STOPPED: Final = Text("该供应商已被暂停或清退。", "The supplier is suspended or terminated.")
_FORBIDDEN: Final = Text(
    "审核发现零容忍问题，之后尚未通过同一体系的审核。",
    "An audit found what is never tolerated, and none of its scheme was passed since.",
)
_EDITED: Final = Text("提交的资质图片经过改动。", "The picture of a paper was edited.")
_FEW: Final = Text("买家太少，不足以评为优选。", "Too few buyers have bought of it for it to be preferred.")


def caps_of(blemishes: Blemishes, now: datetime) -> tuple[Cap, ...]:
    """The limits that hold now, the lowest first. Belonging to a ring is none: nobody is punished for company."""
    return tuple(sorted(_caps(blemishes, now), key=lambda cap: cap.points))


def told_caps(caps: tuple[Cap, ...], moves: Sequence[float]) -> tuple[Cap, ...]:
    """The limits that a supplier hears of: with that of components which take points, the lowest first.

    That few have bought is told only where it bars: every newcomer has few buyers.
    """
    telling = [cap for cap in caps if cap.code is not CapCode.FEW_BUYERS or NEWCOMER + sum(moves) > cap.points]
    names = [WORDS[standard.name].name for standard in failing(moves)]
    if names:
        zh, en = "、".join(name.zh for name in names), ", ".join(name.en.lower() for name in names)
        telling.append(_cap(CapCode.FAILING, Text(f"{zh}远低于标准。", f"Far below standard: {en}."), ()))
    return tuple(sorted(telling, key=lambda cap: cap.points))


def _caps(blemishes: Blemishes, now: datetime) -> Iterator[Cap]:
    if blemishes.stopped:
        yield _cap(CapCode.STOPPED, _STOPPED, ())
    if critical := blemishes.open_critical:
        yield _cap(CapCode.OPEN_CRITICAL_INCIDENT, _open("critical", "极其严重", len(critical)), critical)
    if audits := blemishes.zero_tolerance:
        yield _cap(CapCode.ZERO_TOLERANCE, _FORBIDDEN, audits)
    if high := blemishes.open_high:
        yield _cap(CapCode.OPEN_HIGH_INCIDENT, _open("high", "严重", len(high)), high)
    if papers := blemishes.edited_papers:
        yield _cap(CapCode.EDITED_PAPER, _EDITED, papers)
    fakes = [fake for fake in blemishes.confirmed_fakes if now - FAKE_LASTS < fake.found_at <= now]
    if fakes:
        latest = max(fake.found_at for fake in fakes)
        many, are = (f"{len(fakes)} listings", "were") if len(fakes) > 1 else ("1 listing", "was")
        why = Text(
            f"近 {FAKE_LASTS.days} 天内有 {len(fakes)} 个商品被确认为假货，最近一次在 {latest:%Y-%m-%d}。",
            f"{many} {are} confirmed as fake within {FAKE_LASTS.days} days, the latest on {latest:%Y-%m-%d}.",
        )
        ids = tuple(sorted(fake.outcome_id for fake in fakes))
        yield _cap(CapCode.CONFIRMED_FAKE, why, ids, latest + FAKE_LASTS)
    if blemishes.few_buyers:
        yield _cap(CapCode.FEW_BUYERS, _FEW, ())
    same = blemishes.same_company
    if same is not None and same.points is not None:
        yield Cap(CapCode.SAME_COMPANY, same.points, _one_with(same), (same.worst,))


def _cap(code: CapCode, why: Text, evidence: tuple[str, ...], until: datetime | None = None) -> Cap:
    return Cap(code, AT_MOST[code], why, tuple(sorted(evidence)), until)


def _one_with(same: SameCompany) -> Text:
    more = same.others - 1
    zh, en = (f" 等 {same.others} 家", f" and {more} more") if more else (" ", "")
    return Text(
        f"与供应商 {same.worst}{zh}为同一法律主体（登记代码均经核验），记录合并计算。",
        f"The same legal entity as supplier {same.worst}{en}, by codes that were verified: their records count as one.",
    )


def _open(gravity: str, zh: str, count: int) -> Text:
    many, are = (f"{count} incidents", "are") if count > 1 else ("1 incident", "is")
    return Text(
        f"有 {count} 起{zh}的违规已查实、尚未了结。",
        f"{many} of {gravity} gravity {are} upheld and not settled.",
    )
