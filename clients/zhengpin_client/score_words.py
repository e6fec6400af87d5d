"""The words for suppliers' scores, in Chinese and English; `words` has all others and says them."""

from __future__ import annotations

SCORE_ENUM_WORDS = {
    "SCORE_BAND_PREFERRED": ("优选", "preferred"),
    "SCORE_BAND_GOOD": ("良好", "good"),
    "SCORE_BAND_NORMAL": ("普通", "normal"),
    "SCORE_BAND_AT_RISK": ("预警", "at risk"),
    "SCORE_BAND_STOP": ("停售", "stop"),
}

SCORE_PHRASES = {
    "points": ("得分", "Points"),
    "points_range": ("{points} 分（90%区间 {low}–{high}）", "{points} of 1000 (90% range {low}–{high})"),
    "points_alone": ("{points} 分", "{points} of 1000"),
    "band": ("等级", "Band"),
    "range": ("90%区间", "90% range"),
    "evidence_count": ("证据量（折合订单）", "Evidence, in orders"),
    "formula": ("公式版本", "Formula"),
    "formula_fitted": ("{version}，拟合于 {fitted}", "{version}, fitted {fitted}"),
    "component": ("分项", "Component"),
    "value": ("水平", "Value"),
    "good_of_all": ("良好/全部", "Good of all"),
    "capped": ("封顶 {points} 分", "At most {points} points"),
    "capped_until": ("封顶 {points} 分，至 {until}", "At most {points} points until {until}"),
    "next_improvement": ("最有效的改进", "Would help most"),
    "improvement": ("{how}（+{gain} 分）", "{how} (+{gain} points)"),
    "trend": ("走势", "Trend"),
    "no_scores": ("没有符合条件的供应商", "No supplier fits"),
    "waiting_for_scores": ("等待评分变化，Ctrl-C 结束", "Waiting for scores to change; Ctrl-C ends"),
    # the components
    "authenticity": ("正品", "Authenticity"),
    "quality": ("质量", "Quality"),
    "delivery": ("发货", "Delivery"),
    "service": ("服务", "Service"),
    "price_honesty": ("价格诚信", "Price honesty"),
    "votes_component": ("红黑榜投票", "Votes"),
    "compliance": ("资质合规", "Compliance"),
    "cover": ("资金保障", "Cover"),
}
