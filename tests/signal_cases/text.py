"""`text.*` by example; `test_text.py` has the language itself."""

from builders import a_listing, a_snapshot
from signal_cases.case import Case
from zhengpin.domain.listing import AuthenticityClaim, Condition
from zhengpin.domain.snapshot import Snapshot

_GENUINE = AuthenticityClaim.GENUINE
_NOTHING_SAID = a_snapshot(a_listing(title="", description=""))


def _saying(
    text: str, claim: AuthenticityClaim = AuthenticityClaim.NONE, condition: Condition = Condition.NEW
) -> Snapshot:
    title = "Acme K15 kettle"
    return a_snapshot(a_listing(title=title, description=text, authenticity_claim=claim, condition=condition))


def _titled(title: str, text: str, claim: AuthenticityClaim = AuthenticityClaim.NONE) -> Snapshot:
    return a_snapshot(a_listing(title=title, description=text, authenticity_claim=claim))


_EXAMPLES = {
    "text.says_empty": "Frasco de perfume vazio.",
    "text.says_compatible": "这是副厂配件，价格实惠",
    "text.says_expired": "Chá com validade vencida.",
    "text.says_used": "Pre-owned, works well.",
    "text.says_recharged": "Toner remanufaturado.",
    "text.says_without_box": "裸装发货，没有盒子",
    "text.says_replica": "顶级高仿，看不出区别",
    "text.says_leaked_factory_goods": "外贸原单，数量不多",
    "text.says_same_style": "明星同款",
    "text.says_genuine": "专柜正品",
    "text.off_platform_contact": "加微信: kettle2026",
}

CASES = (
    *(Case(name, True, _saying(text)) for name, text in _EXAMPLES.items()),
    *(Case(name, False, _saying("Boils water. 烧水快。Ferve rápido.")) for name in _EXAMPLES),
    *(Case(name, None, _NOTHING_SAID) for name in _EXAMPLES),
    Case("text.claims_genuine", True, _saying("Boils water", _GENUINE)),
    Case("text.claims_genuine", True, _saying("100% original")),
    Case("text.claims_genuine", False, _saying("100% original", AuthenticityClaim.COMPATIBLE)),
    Case("text.claims_genuine", None, _NOTHING_SAID),
    Case("text.contradicts_claim", True, _saying("外贸原单", _GENUINE)),
    Case("text.contradicts_claim", False, _saying("外贸原单", AuthenticityClaim.COMPATIBLE)),
    Case("text.contradicts_claim", False, _saying("Chá com validade vencida.", _GENUINE)),
    Case("text.contradicts_claim", False, _titled("Compatible toner for Acme 12A", "Shipped in original carton")),
    Case("text.contradicts_claim", False, _titled("Compatible battery for Acme K15", "Replaces your original battery")),
    Case("text.contradicts_claim", False, _titled("翻新 Acme K15 手机", "原装屏，功能正常")),
    Case("text.contradicts_claim", False, _titled("Acme toner", "Remanufactured from original Acme shells")),
    Case("text.contradicts_claim", False, _saying("Remanufactured unit", _GENUINE, Condition.REFURBISHED)),
    Case("text.contradicts_claim", True, _saying("Remanufactured unit", _GENUINE)),
    Case("text.contradicts_claim", True, _saying("高仿", _GENUINE, Condition.REFURBISHED)),
    Case("text.contradicts_claim", True, _titled("Cartucho Acme original", "Cartucho recondicionado")),
    Case("text.contradicts_claim", True, _titled("Acme 正品手表", "顶级高仿")),
    Case("text.contradicts_claim", True, _titled("Fake Acme watch", "100% fake, counterfeit", claim=_GENUINE)),
    Case("text.contradicts_claim", True, _titled("Acme watch", "这不是正品", claim=_GENUINE)),
    Case("text.contradicts_claim", None, _NOTHING_SAID),
    Case("text.contradicts_condition", True, _saying("二手，九成新")),
    Case("text.contradicts_condition", False, _saying("二手，九成新", condition=Condition.USED)),
    Case("text.contradicts_condition", None, _saying("二手，九成新", condition=Condition.UNKNOWN)),
    Case("text.replica_terms", ("A货", "高仿"), _saying("高仿，超A货")),
    Case("text.replica_terms", (), _saying("烧水快")),
    Case("text.replica_terms", None, _NOTHING_SAID),
)
