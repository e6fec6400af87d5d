"""Every word that people read, in Chinese and English: the one table of them."""

from __future__ import annotations

from enum import StrEnum

from zhengpin.v1 import supplier_report_pb2, verdict_pb2
from zhengpin_client.link_words import LINK_ENUM_WORDS, LINK_PHRASES
from zhengpin_client.model_words import MODEL_ENUM_WORDS, MODEL_PHRASES
from zhengpin_client.onboarding_words import ONBOARDING_ENUM_WORDS, ONBOARDING_PHRASES
from zhengpin_client.score_words import SCORE_ENUM_WORDS, SCORE_PHRASES
from zhengpin_client.supplier_report_words import SUPPLIER_REPORT_ENUM_WORDS, SUPPLIER_REPORT_PHRASES
from zhengpin_client.vote_words import VOTE_ENUM_WORDS, VOTE_PHRASES


class Language(StrEnum):
    """The languages that Zhengpin speaks."""

    ZH = "zh"
    EN = "en"


DEGRADED_WORDS = {
    "model absent": ("学习模型缺席，结论仅依规则", "no learned model served: rules alone decided"),
    "model loading": ("学习模型载入中，结论仅依规则", "the learned model was being loaded: rules alone decided"),
    "model unreadable": ("学习模型无法读取，结论仅依规则", "the learned model can't be read: rules alone decided"),
    "model failed": ("学习模型出错，结论仅依规则", "the learned model failed: rules alone decided"),
    "model resting after faults": (
        "学习模型多次出错，暂停使用，结论仅依规则",
        "the learned model rests after faults: rules alone decided",
    ),
    "classifier absent: too few labels": (
        "标签不足，尚无分类器，仅有异常检测",
        "too few labels for a classifier: only the anomaly detector serves",
    ),
}

ENUM_WORDS = {
    # decisions
    "DECISION_ALLOW": ("放行", "allow"),
    "DECISION_WATCH": ("关注", "watch"),
    "DECISION_REVIEW": ("待审", "review"),
    "DECISION_BLOCK": ("拦截", "block"),
    # the action ladder
    "ACTION_KIND_RECORD": ("仅记录", "record only"),
    "ACTION_KIND_BOOST": ("搜索提权", "put forward in search"),
    "ACTION_KIND_INFORM": ("通知商家", "inform the seller"),
    "ACTION_KIND_LABEL": ("加提示标签", "label the listing"),
    "ACTION_KIND_ASK_DOCUMENTS": ("索要材料", "ask for documents"),
    "ACTION_KIND_ORDER_SAMPLE": ("购样送检", "order a sample test"),
    "ACTION_KIND_OPEN_CASE": ("转人工审核", "open a case"),
    "ACTION_KIND_HOLD": ("暂缓上架", "hold back from sale"),
    "ACTION_KIND_DEMOTE": ("搜索降权", "demote in search"),
    "ACTION_KIND_DELIST": ("下架", "delist"),
    "ACTION_KIND_CLOSE_CATEGORY": ("关闭类目", "close the category"),
    "ACTION_KIND_HOLD_PAYOUT": ("暂缓结算", "hold the payout"),
    "ACTION_KIND_SUSPEND_SHOP": ("暂停店铺", "suspend the shop"),
    "ACTION_KIND_TERMINATE": ("清退商家", "terminate the seller"),
    # severities
    "SEVERITY_LOW": ("低", "low"),
    "SEVERITY_MEDIUM": ("中", "medium"),
    "SEVERITY_HIGH": ("高", "high"),
    "SEVERITY_CRITICAL": ("严重", "critical"),
    # families of evidence
    "FAMILY_IDENTITY": ("主体", "identity"),
    "FAMILY_AUTHORISATION": ("授权", "authorisation"),
    "FAMILY_CODE": ("条码", "code"),
    "FAMILY_LISTING": ("商品信息", "listing"),
    "FAMILY_PRICE": ("价格", "price"),
    "FAMILY_VOTES": ("店主投票", "votes"),
    "FAMILY_RING": ("团伙", "ring"),
    "FAMILY_SERVICE": ("服务", "service"),
    "FAMILY_MONEY": ("资金", "money"),
    "FAMILY_REFERRAL": ("推荐链", "referral"),
    "FAMILY_PROOF": ("实证", "proof"),
    # how sure a rule is
    "PROOF_STATISTICAL": ("统计迹象，可能有误", "statistical, may err"),
    "PROOF_DETERMINISTIC": ("确定证据，可以核验", "deterministic, can be checked"),
    # why less was done than a rule proposed
    "ADJUSTMENT_SHIELDED_BY_ALLOW_LIST": (
        "白名单内：统计迹象不对其采取措施",
        "on the allow list, which shields from statistical evidence",
    ),
    "ADJUSTMENT_LEFT_TO_PEOPLE": (
        "此类措施只能由人决定，已转人工",
        "only people may decide this, so a case was opened",
    ),
    "ADJUSTMENT_DELISTING_NEEDS_PROOF": (
        "下架须有确定证据，统计迹象至多暂缓或降权",
        "delisting needs proof; statistical evidence may at most hold or demote",
    ),
    "ADJUSTMENT_RESTRICTION_NEEDS_SECOND_FAMILY": (
        "限制商品须有两类证据，目前只有一类，先由人核实",
        "a restriction needs evidence of a second kind, so a person looks first",
    ),
    "ADJUSTMENT_DEMOTED_AS_ON_SALE": ("商品已在售：以降权代替暂缓", "demoted rather than held, since it is on sale"),
    "ADJUSTMENT_HELD_AS_NEW": ("商品为新上：以暂缓代替降权", "held rather than demoted, since it is new"),
    "ADJUSTMENT_RESTRICTION_USED_UP": (
        "限制已到期：由人工决定是否继续",
        "not restricted any longer: its time is over, a person decides",
    ),
    "ADJUSTMENT_BOOST_NEEDS_NO_OBJECTION": (
        "另有不利情况：不予提权",
        "not put forward: something else speaks against it",
    ),
    # how a rule came out
    "RULE_TRUTH_FIRED": ("命中", "fired"),
    "RULE_TRUTH_NOT_FIRED": ("未命中", "did not fire"),
    "RULE_TRUTH_UNKNOWN": ("未知", "unknown"),
    **MODEL_ENUM_WORDS,
    **VOTE_ENUM_WORDS,
    **LINK_ENUM_WORDS,
    **ONBOARDING_ENUM_WORDS,
    **SCORE_ENUM_WORDS,
    **SUPPLIER_REPORT_ENUM_WORDS,
}
"""By the names of the contract's enum values: (zh, en)."""

UNIT_WORDS = {
    "count": ("", ""),
    "ratio": ("倍", "times"),
    "share": ("", ""),
    "days": ("天", "days"),
    "currency": ("（挂牌币种）", "in the listing's currency"),
    "units": ("件", "units"),
    "orders": ("单", "orders"),
    "sellers": ("家卖家", "sellers"),
    "suppliers": ("家供应商", "suppliers"),
    "listings": ("件商品", "listings"),
    "brands": ("个品牌", "brands"),
    "votes": ("票", "votes"),
    "circles": ("个熟人圈", "circles"),
    "bits": ("位", "bits"),
    "letters": ("个字符", "letters"),
    "z": ("个稳健标准差", "robust standard deviations"),
    "log ratio": ("（对数比）", "(log ratio)"),
}
"""By the server's name of a signal's unit: (zh, en)."""

PHRASES = {
    "decision": ("结论", "Decision"),
    "listing": ("商品", "Listing"),
    "supplier": ("供应商", "Supplier"),
    "title": ("标题", "Title"),
    "price": ("单价", "Unit price"),
    "top_reason": ("首要理由", "Top reason"),
    "reasons": ("理由", "Reasons"),
    "actions": ("措施", "Actions"),
    "until": ("至", "until"),
    "verdict": ("结论编号", "Verdict"),
    "evaluated_at": ("评定时间", "Evaluated"),
    "as_of": ("事实截至", "Facts as of"),
    "valid_until": ("有效期至", "Valid until"),
    "supersedes": ("取代", "Supersedes"),
    "case": ("工单", "Case"),
    "rule": ("规则", "Rule"),
    "condition": ("条件", "Condition"),
    "observed": ("观测值", "Observed"),
    "evidence": ("证据", "Evidence"),
    "proposed": ("建议", "Proposed"),
    "taken": ("采取", "Taken"),
    "severity": ("严重度", "Severity"),
    "family": ("证据类别", "Kind of evidence"),
    "adjusted": ("调整", "Adjusted"),
    "not_evaluated": ("未能判断的规则", "Rules that could not be evaluated"),
    "missing": ("缺少", "missing"),
    "degraded": ("降级：当时不可用", "Degraded: away at the time"),
    "rules_alone": ("仅凭规则", "By rules alone"),
    "dry": ("试评，未存档", "dry run, not stored"),
    "packs": ("规则包", "Rule packs"),
    "risk": ("模型风险", "Model risk"),
    "probability": ("模型概率", "probability by the model"),
    "suspicion": ("综合嫌疑", "suspicion by rules and model"),
    "anomaly": ("异常度", "anomaly"),
    "model": ("模型", "model"),
    "signals": ("信号", "Signals"),
    "rules": ("规则结果", "Rule outcomes"),
    "unknown": ("未知", "not known"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "none": ("无", "none"),
    "no_verdicts": ("没有符合条件的结论", "No verdict fits"),
    "no_reason": ("未发现问题", "nothing found"),
    "refused": ("被拒", "refused"),
    "screened": ("已评定", "screened"),
    "explain_more": ("加 --explain 可见全部信号与规则结果", "--explain adds every signal and every rule's outcome"),
    "reading": ("读取", "Reading"),
    "sending": ("发送", "Sending"),
    "screening": ("评定", "Screening"),
    "rows": ("行", "rows"),
    "records": ("记录", "records"),
    "stored": ("已存", "stored"),
    "rejected": ("被拒 {count} 行：{file}", "{count} rejected: {file}"),
    "unreadable_rows": ("无法读取的行：{count}", "unreadable rows: {count}"),
    "more_bad": ("……另有 {count} 处，见 {file}", "… and {count} more in {file}"),
    "without_rows": ("{file} 中没有数据行", "no rows in {file}"),
    "kind": ("类别", "Kind"),
    "read": ("读入", "read"),
    "watching": ("等待新结论，Ctrl-C 结束", "Waiting for new verdicts; Ctrl-C ends"),
    "cursor": ("游标", "Cursor"),
    "report_title": ("商品评定报告", "Screening report"),
    "marketplace": ("市场", "Marketplace"),
    "made_at": ("生成时间", "Made"),
    "count": ("数量", "Count"),
    "share": ("占比", "Share"),
    "verdicts": ("评定结论", "Verdicts"),
    "verdict_counts": ("各结论数量", "Verdicts by decision"),
    "reason_counts": ("各理由数量", "Verdicts by reason"),
    "prices_by_product": ("各商品单价与市场", "Unit price against the market, by product"),
    "prices_note": (
        "每点为一件商品的单价与同款其他卖家中位数之比；无法比较的不在图中。点击可至该行。",
        "Each point is a listing's unit price over the median of its product's other sellers, where there are any.",
    ),
    "product": ("产品", "Product"),
    "vs_market": ("相对中位数", "Against the median"),
    "listings": ("商品数", "Listings"),
    "quotes": ("原文引用", "Quoted evidence"),
    "all_rows": ("逐条结论", "Every verdict"),
    "use_json": ("--json 可得全部", "--json gives all"),
    "rows_left_out": (
        "此页列出最严重的 {shown} 条，共 {total} 条；全部见 CSV。",
        "This page shows the strictest {shown} of {total}; the CSV has all.",
    ),
    "no_prices": ("无可比价格", "No prices to compare"),
    "as_table": ("以表格查看", "As a table"),
    "lowest": ("最低", "Lowest"),
    "highest": ("最高", "Highest"),
    # verdicts beside the truth
    "really": ("实际上", "Really"),
    "obvious_fake": ("明显的假货", "obvious fakes"),
    "clever_fake": ("精心伪装的假货", "clever fakes"),
    "fake": ("假货", "fakes"),
    "look_alike": ("像假货的真货", "honest look-alikes"),
    "genuine": ("真货", "genuine"),
    "like": ("看似 {kind}", "looks like {kind}"),
    "unjudged": ("未评定", "not judged"),
    "review_or_block": ("待审以上", "≥ review"),
    "at_least": ("至少", "At least"),
    "fakes_caught": ("查出假货", "Fakes caught"),
    "recall": ("查全率（95%区间）", "Recall (95% range)"),
    "genuine_suspected": ("误疑真货", "Genuine suspected"),
    "precision": ("查准率", "Precision"),
    "of": ("{count}/{total}", "{count} of {total}"),
    "known_before": (
        "查出的假货中有 {count} 件此前已被确认，结论只是重申。",
        "{count} of the fakes caught were confirmed before; their verdicts only repeat it.",
    ),
    "caught": ("查出的假货", "fake, caught"),
    "missed": ("漏掉的假货", "fake, missed"),
    "suspected": ("被误疑的真货", "genuine, suspected"),
    "passed": ("放行的真货", "genuine, passed"),
    "interrupted": ("已中断", "interrupted"),
    "go_on": (
        "{read} 条记录中已有 {answered} 条送达服务器。如需继续，请执行：",
        "{answered} of {read} records are at the server. Go on with:",
    ),
    **MODEL_PHRASES,
    **VOTE_PHRASES,
    **LINK_PHRASES,
    **ONBOARDING_PHRASES,
    **SCORE_PHRASES,
    **SUPPLIER_REPORT_PHRASES,
}
"""What commands and reports say: (zh, en)."""


def phrase(name: str, language: Language, **values: object) -> str:
    """Say a phrase, with values in its places."""
    zh, en = PHRASES[name]
    return (zh if language is Language.ZH else en).format(**values)


def word(enum_name: str, language: Language) -> str:
    """Say an enum value by its contract name; one that this version doesn't know keeps its name."""
    zh, en = ENUM_WORDS.get(enum_name, (enum_name, enum_name))
    return zh if language is Language.ZH else en


def unit(name: str, language: Language) -> str:
    """Say a unit; one that this version doesn't know keeps its name."""
    zh, en = UNIT_WORDS.get(name, (name, name))
    return zh if language is Language.ZH else en


def degraded(what: str, language: Language) -> str:
    """Say what was away; what this version doesn't know is said as the server says it."""
    zh, en = DEGRADED_WORDS.get(what, (what, what))
    return zh if language is Language.ZH else en


def decision(value: verdict_pb2.Decision.ValueType, language: Language) -> str:
    """Say a decision."""
    return word(verdict_pb2.Decision.Name(value), language)


def action(value: verdict_pb2.ActionKind.ValueType, language: Language) -> str:
    """Say an action."""
    return word(verdict_pb2.ActionKind.Name(value), language)


def component(name: str, language: Language) -> str:
    """Say a component of a score; one that this version doesn't know keeps its name."""
    known = "votes_component" if name == "votes" else name  # votes by themselves are called otherwise
    return phrase(known, language) if known in PHRASES else name


def trouble(value: supplier_report_pb2.OrderTrouble.ValueType, language: Language) -> str:
    """Say what went wrong with orders."""
    return word(supplier_report_pb2.OrderTrouble.Name(value), language)


def text(value: verdict_pb2.LocalizedText, language: Language) -> str:
    """Say a text of the server's in this language; if it has none, in the other."""
    return (value.zh or value.en) if language is Language.ZH else (value.en or value.zh)
