"""What the marketplace has decided beforehand: the applicant's own state, terminations, and lists (KYB-06)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from zhengpin.detectors.codes import compact_code, read_gtin
from zhengpin.domain.hit import Text
from zhengpin.domain.onboarding import IntendedTrade
from zhengpin.domain.outcome import ListEntry, ListKind, SubjectKind
from zhengpin.domain.supplier import SupplierState
from zhengpin.domain.supplier_fact import Termination
from zhengpin.suppliers.onboarding.case import Case
from zhengpin.suppliers.onboarding.finding import Consequence, Finding, Question

_STATE = Question("deny-list.state", Text("未被暂停或清退", "Neither suspended nor terminated"), "KYB-06")
_LISTED = Question("deny-list.entry", Text("不在禁止或观察名单上", "On no list of the denied or the watched"), "KYB-06")


def check_deny_list(case: Case) -> Iterator[Finding]:
    """The stopped and the denied are refused; a denied brand closes its own trades; the watched are limited."""
    yield from _state(case)
    entries = [
        each for each in case.known.list_entries if each.holds_at(case.as_of) and each.kind is not ListKind.ALLOW
    ]
    concerning = [found for entry in entries if (found := _listed(case, entry)) is not None]
    yield from concerning or (_LISTED.passed("未列入任何名单", "it is on no list"),)


def _state(case: Case) -> Iterator[Finding]:
    terminations = case.told(Termination)
    for told in terminations:
        reason = told.fact.reason or told.fact.case_id or "—"
        day = told.observed_at.date()
        yield _STATE.failed(
            f"{day} 被清退：{reason}",
            f"terminated on {day}: {reason}",
            Consequence.REFUSAL,
            evidence=(told.fact_id, *filter(None, (told.fact.case_id,))),
        )
    state = case.supplier.state
    if state is SupplierState.ACTIVE and not terminations:
        yield _active(case)
    elif state is SupplierState.SUSPENDED or not terminations:
        zh = "已被清退" if state is SupplierState.TERMINATED else "正被暂停"
        yield _STATE.failed(zh, f"it is {state}", Consequence.REFUSAL, evidence=(case.supplier.supplier_id,))


def _active(case: Case) -> Finding:
    if case.known.is_stored:
        return _STATE.passed("正常", "it is active")
    return _STATE.passed("平台尚未登记，无暂停或清退记录", "not stored yet, and no suspension or termination is known")


def _listed(case: Case, entry: ListEntry) -> Finding | None:
    concerned = _concerned(case, entry)
    if concerned is None:
        return None
    trades = concerned if entry.subject_kind is SubjectKind.BRAND else ()
    name = case.brand_names.get(entry.subject, entry.subject) if trades else entry.subject
    told = Text(
        f"{name} 在{'禁止' if entry.kind is ListKind.DENY else '观察'}名单上：{entry.reason or '未注明原因'}",
        f"{name} is on the {entry.kind} list: {entry.reason or 'no reason given'}",
    )
    parts: dict[str, Any] = {"evidence": (entry.entry_id,), "subject": entry.subject, "trades": trades}
    if entry.kind is ListKind.WATCH:
        return _LISTED.unknown(told.zh, told.en, Consequence.LIMITS, **parts)
    only_goods = entry.subject_kind is SubjectKind.GTIN
    return _LISTED.failed(told.zh, told.en, Consequence.LIMITS if only_goods else Consequence.REFUSAL, **parts)


def _concerned(case: Case, entry: ListEntry) -> tuple[IntendedTrade, ...] | None:
    """The trades that an entry speaks of; `None` where it does not concern the applicant at all."""
    subject = entry.subject
    if entry.subject_kind is SubjectKind.BRAND:
        return tuple(trade for trade in case.trades if trade.brand_id == subject) or None
    if entry.subject_kind is SubjectKind.GTIN:
        own = {_key(text) for text in case.application.gtins}
        return () if _key(subject) in own else None
    if entry.subject_kind is SubjectKind.SHOP:
        return () if any(shop.shop_id == subject for shop in case.supplier.shops) else None
    return () if entry.subject_kind is SubjectKind.SUPPLIER and subject == case.supplier.supplier_id else None


def _key(text: str) -> str:
    code = compact_code(text)
    return read_gtin(code).digits or code
