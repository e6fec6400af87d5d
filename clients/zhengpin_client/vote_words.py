"""The words for votes and standings, in Chinese and English; `words` has all others and says them."""

from __future__ import annotations

VOTE_ENUM_WORDS = {
    # what a vote speaks of
    "VOTE_TARGET_KIND_PRODUCT": ("商品", "product"),
    "VOTE_TARGET_KIND_BRAND": ("品牌", "brand"),
    "VOTE_TARGET_KIND_FACTORY": ("工厂", "factory"),
    "VOTE_TARGET_KIND_ORIGIN": ("产地", "place of origin"),
    # what it says
    "OPINION_RECOMMEND": ("推荐", "recommends"),
    "OPINION_WARN": ("不推荐", "warns"),
    # the boards
    "BOARD_UNLISTED": ("未上榜", "unlisted"),
    "BOARD_RED": ("红榜", "red board"),
    "BOARD_BLACK": ("黑榜", "black board"),
    # why a vote is left out
    "WHY_NOT_COUNTED_SUPERSEDED": ("已改投", "superseded"),
    "WHY_NOT_COUNTED_BANNED": ("投票人被禁", "voter banned"),
    "WHY_NOT_COUNTED_OWN_TARGET": ("投给自己", "own goods"),
    "WHY_NOT_COUNTED_BURST": ("短时激增", "burst"),
    "WHY_NOT_COUNTED_DRIP": ("持续刷票", "drip"),
    "WHY_NOT_COUNTED_LOCKSTEP": ("步调一致", "lockstep"),
    "WHY_NOT_COUNTED_DENSE_BLOCK": ("抱团投票", "dense block"),
    # what a standing proposes
    "STANDING_PROPOSAL_BOOST": ("搜索提权", "put forward in search"),
    "STANDING_PROPOSAL_LABEL": ("加提示标签", "label the listings"),
    "STANDING_PROPOSAL_DEMOTE": ("搜索降权", "demote in search"),
    "STANDING_PROPOSAL_ORDER_SAMPLE": ("购样送检", "order a sample test"),
    # what a person decided on a window
    "VOTE_WINDOW_DECISION_UNSPECIFIED": ("待定", "undecided"),
    "VOTE_WINDOW_DECISION_UPHELD": ("维持剔除", "upheld"),
    "VOTE_WINDOW_DECISION_LIFTED": ("恢复计票", "lifted"),
}

VOTE_PHRASES = {
    "target": ("对象", "Target"),
    "board": ("榜单", "Board"),
    "since": ("自", "Since"),
    "recommend_share": ("推荐率（90%区间）", "Would recommend (90% range)"),
    "recommend_share_short": ("推荐率", "Would recommend"),
    "category_share": ("同类平均", "Usual in its category"),
    "effective_votes": ("有效票", "Effective votes"),
    "circles": ("圈子", "Circles"),
    "votes": ("票数", "Votes"),
    "good_bad": ("好评/差评", "Good/bad"),
    "effective_explained": ("有效票按信任加权", "Effective votes are weighed by trust."),
    "circles_explained": (
        "有效票按信任加权；圈子指这些票来自多少个熟人圈",
        "Effective votes are weighed by trust; circles are groups of acquaintances.",
    ),
    "votes_line": (
        "推荐 {recommend}，不推荐 {warn}；计入 {counted_recommend} 与 {counted_warn}，剔除 {excluded}",
        "{recommend} recommend, {warn} warn; {counted_recommend} and {counted_warn} count, {excluded} left out",
    ),
    "parents": ("来自", "Comes from"),
    "certainty": ("可信度", "Certainty"),
    "alarmed": (
        "部分投票被剔除，等待人工决定",
        "Some of its votes are left out and wait for a person to decide",
    ),
    "no_standings": ("没有符合条件的对象", "No target fits"),
    "voter": ("投票人", "Voter"),
    "trust": ("信任度", "Trust"),
    "second_opinion": ("另一方法", "By another method"),
    "counted_of": ("计入 {counted}，共 {votes}", "{counted} of {votes} count"),
    "counted_of_all": (
        "共 {votes} 张，计入 {counted}，{replaced} 张已被后来的票取代",
        "{counted} of {votes} count, {replaced} replaced by later ones",
    ),
    "counted_of_current": (
        "现有 {votes} 张，计入 {counted}；下表另含已被取代的票",
        "{counted} of {votes} current ones count; the list also shows replaced ones",
    ),
    "cast_at": ("投票时间", "Cast"),
    "opinion": ("意见", "Opinion"),
    "weight": ("权重", "Weight"),
    "more_votes": ("更早的票还有 {count} 张，可用 --limit 查看", "{count} earlier: --limit shows them"),
    "vote_stored": (
        "投票 {vote} 已存；是否计入：zhengpin voters show {voter}",
        "Vote {vote} is stored; what it counts: zhengpin voters show {voter}",
    ),
    "window": ("编号", "Window"),
    "no_windows": ("没有被剔除的投票", "No votes are left out"),
    "left_out": ("剔除票数", "Votes left out"),
    "votes_expected": ("{votes}（往常约 {expected}）", "{votes} (its own past explains about {expected})"),
    "between": ("{start} 至 {end}", "{start} – {end}"),
    "decide_by": ("须于此前决定", "Decide by"),
    "decided": ("决定", "Decided"),
    "decide_with": (
        "决定：zhengpin vote-windows decide 编号 --uphold 或 --lift",
        "Decide with: zhengpin vote-windows decide ID --uphold, or --lift",
    ),
}
