"""The words for learned models, in Chinese and English; `words` has all others and says them."""

from __future__ import annotations

MODEL_ENUM_WORDS = {
    "MODEL_STAGE_CANDIDATE": ("候选", "candidate"),
    "MODEL_STAGE_SHADOW": ("影子", "in shadow"),
    "MODEL_STAGE_LIVE": ("在用", "live"),
    "MODEL_STAGE_RETIRED": ("退役", "retired"),
}

MODEL_PHRASES = {
    "version": ("版本", "Version"),
    "stage": ("状态", "Stage"),
    "origin": ("来源", "Origin"),
    "with_zhengpin": ("随正品发布", "came with Zhengpin"),
    "here": ("本市场", "this marketplace"),
    "labels": ("标注（假/真）", "Labels (fake/genuine)"),
    "average_precision": ("平均精确率", "Average precision"),
    "brier_skill": ("Brier 技巧分", "Brier skill"),
    "brier": ("Brier 分", "Brier score"),
    "recall_at_review": ("复查前 5% 可查出", "Caught by reviewing 5%"),
    "figure": ("指标", "Figure"),
    "no_models": ("尚无模型：结论仅依规则", "No model yet: rules alone decide"),
    "no_live_model": ("没有在用的模型", "no model is live"),
    "unreadable": ("无法读取", "Can't be read"),
    "history": ("经过", "History"),
    "checks": ("每日检查", "Daily checks"),
    "checked": ("检查于", "Checked"),
    "alarms": ("警报", "Alarms"),
    "no_alarms": ("无", "none"),
    "drift": ("信号偏移（PSI）", "Drift (PSI)"),
    "feature": ("特征", "Feature"),
    "by_chance": ("偶然可达", "By chance up to"),
    "calibration": ("校准", "Calibration"),
    "week": ("周", "Week of"),
    "expected": ("预期", "Expected"),
    "came_out": ("实际", "Came out"),
    "trial": ("影子试行", "Trial in shadow"),
    "trial_line": (
        "{verdicts} 条结论；要求复查：两者皆 {both}，仅在用 {live}，仅影子 {shadow}",
        "{verdicts} verdicts; asked for a look: both {both}, the live one alone {live}, this one alone {shadow}",
    ),
    "training": ("训练", "Training"),
    "kept_as_candidate": (
        "已存为候选：zhengpin models promote {version} --live",
        "Kept as a candidate: zhengpin models promote {version} --live",
    ),
    "unproven": ("未证明适合上线", "not proven to be fit to serve"),
    "proven": ("不逊于", "as good or better"),
    "now_stage": ("{version} 现为 {stage}", "{version} is now {stage}"),
    "replaced": ("取代 {version}", "in place of {version}"),
    "went_back": ("{retired} 已退役；现用 {live}", "{retired} is retired; live is {live}"),
    "only_advises": (
        "{live} 仍在使用，但不再请人查看：它只提供参考",
        "{live} serves on, but asks for no more looks: it only advises",
    ),
}
