"""Samples of lots: whether the goods pass (ISO 2859-1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhengpin.detectors.authorisation import covers
from zhengpin.domain.hit import Text
from zhengpin.domain.onboarding import IntendedTrade
from zhengpin.domain.supplier_fact import DocumentKind, InspectionSeverity, SampleInspection
from zhengpin.suppliers.judged_lots import JudgedLot, is_possible, judge_lots
from zhengpin.suppliers.onboarding.case import Case, Told
from zhengpin.suppliers.onboarding.finding import Consequence, Finding, Question
from zhengpin.suppliers.sampling_plan import LotVerdict, SamplingPlan

_LOT = Question("sample.accepted", Text("最近一批抽样合格", "The latest lot is accepted by its sample"), "ISO 2859-1")
_RECORD = Question("sample.record", Text("抽样记录前后一致", "A record of a sample that can be"), "ISO 2859-1")


_Lot = tuple[Told[SampleInspection], JudgedLot]


def check_samples(case: Case) -> Iterator[Finding]:
    """The latest decided lot of each category counts; a rejected one closes the category until another passes.

    A record that can't be counts as if it had not been handed in.
    """
    by_category: dict[str, list[Told[SampleInspection]]] = {}
    for told in case.told(SampleInspection):
        if is_possible(told.fact):
            by_category.setdefault(told.fact.category, []).append(told)
        else:
            yield _impossible(told)
    for category, history in by_category.items():
        judged = list(zip(history, judge_lots([told.fact for told in history], case.terms), strict=True))
        decided = [pair for pair in judged if pair[1].verdict is not LotVerdict.OPEN]
        if decided:
            yield _decided(case, category, decided)
        if judged[-1][1].verdict is LotVerdict.OPEN:
            yield _open(category, *judged[-1])


def _impossible(told: Told[SampleInspection]) -> Finding:
    sample = told.fact
    defective = sample.critical + sample.major + sample.minor
    return _RECORD.failed(
        f"批量 {sample.lot_size}、样本 {sample.sample_size}、不合格品 {defective}：不可能",
        f"{defective} defective units in a sample of {sample.sample_size} from a lot of {sample.lot_size} can't be",
        Consequence.NOTHING,
        evidence=(told.fact_id,),
        subject=sample.category,
    )


def _decided(case: Case, category: str, decided: Sequence[_Lot]) -> Finding:
    told, lot = decided[-1]
    told_of, counts = _severity(lot), _counts(lot)
    evidence, trades = (told.fact_id,), _concerned(case, category)
    zh, en = f"{told_of.zh}：{counts.zh}", f"{told_of.en}: {counts.en}"
    if lot.verdict is LotVerdict.ACCEPTED and _is_mere_word(case, decided):
        return _LOT.unknown(
            f"合格，{zh}；仅由申请提交，此前一批不合格，由人工核对",
            f"accepted, {en}; only the application tells so, and the lot before it was rejected: a person looks",
            min(_weight(case, category), Consequence.LIMITS),
            evidence=evidence,
            trades=trades,
            subject=category,
        )
    if lot.verdict is LotVerdict.ACCEPTED:
        return _LOT.passed(zh, en, evidence=evidence, trades=trades, subject=category)
    return _LOT.failed(
        f"不合格，{zh}",
        f"rejected, {en}",
        weight := _weight(case, category),
        paper=DocumentKind.TEST_REPORT if weight else None,
        evidence=evidence,
        trades=trades,
        subject=category,
    )


def _is_mere_word(case: Case, decided: Sequence[_Lot]) -> bool:
    """Whether the application alone tells of the latest lot, and the latest that the marketplace has was rejected."""
    known = [lot.verdict for told, lot in decided if told.fact_id in case.stored]
    return bool(known) and known[-1] is LotVerdict.REJECTED and decided[-1][0].fact_id not in case.stored


def _open(category: str, told: Told[SampleInspection], lot: JudgedLot) -> Finding:
    sample = lot.sample
    limits = ((sample.major_limit, lot.major), (sample.minor_limit, lot.minor))
    without = [f"{limit:g}" for limit, plan in limits if plan is None]
    severity = _severity(lot)
    if without:
        zh = f"批量 {sample.lot_size:,}、AQL {'、'.join(without)}（{severity.zh}）不在已知的抽样表内，不作判断"
        en = (
            f"a lot of {sample.lot_size:,} at a limit of {' and '.join(without)} % ({severity.en}) lies outside of the "
            "part of the table that is known here: it says nothing"
        )
        return _LOT.unknown(zh, en, evidence=(told.fact_id,), subject=category)
    sizes = sorted({str(plan.sample_size) for _, plan in limits if plan is not None})
    return _LOT.unknown(
        f"样本 {sample.sample_size} 件，应为 {'、'.join(sizes)} 件：{_counts(lot).zh}，无法判定",
        f"{sample.sample_size} units inspected, {' and '.join(sizes)} are due: {_counts(lot).en}; it decides nothing",
        evidence=(told.fact_id,),
        subject=category,
    )


def _severity(lot: JudgedLot) -> Text:
    if not lot.tightened:
        return Text("正常检验", "normal inspection")
    if lot.sample.severity is InspectionSeverity.NORMAL:
        return Text("应为加严检验", "tightened inspection, which was due")
    return Text("加严检验", "tightened inspection")


def _counts(lot: JudgedLot) -> Text:
    sample = lot.sample
    major, minor = (_bound(plan) for plan in (lot.major, lot.minor))
    return Text(
        f"致命 {sample.critical}（拒收数 1）、严重 {sample.major}（{major.zh}）、轻微 {sample.minor}（{minor.zh}）",
        f"critical {sample.critical} (1 rejects), major {sample.major} ({major.en}), minor {sample.minor} ({minor.en})",
    )


def _bound(plan: SamplingPlan | None) -> Text:
    if plan is None:
        return Text("无已知方案", "no plan known")
    return Text(f"拒收数 {plan.rejects_at}", f"{plan.rejects_at} rejects")


def _concerned(case: Case, category: str) -> tuple[IntendedTrade, ...]:
    """The trades whose goods were inspected: of the same category, of one above or of one below."""
    return tuple(
        trade
        for trade in case.trades
        if category and (covers(category, trade.category) or covers(trade.category, category))
    )


def _weight(case: Case, category: str) -> Consequence:
    """Goods that it does not want to sell close nothing; a sample without a category speaks of all goods."""
    if category and case.trades and not _concerned(case, category):
        return Consequence.NOTHING
    return Consequence.PAPERS
