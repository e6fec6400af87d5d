"""The words for links and rings of suppliers, in Chinese and English; `words` has all others and says them."""

from __future__ import annotations

LINK_ENUM_WORDS = {
    "CHAIN_ROLE_FACTORY": ("工厂", "factory"),
    "CHAIN_ROLE_AGENT": ("代理", "agent"),
    "CHAIN_ROLE_SHOP": ("店铺", "shop"),
    "CHAIN_SHAPE_FACTORY_AGENT_SHOPS": ("工厂 → 代理 → 店铺", "factory → agent → shops"),
    "CHAIN_SHAPE_FACTORY_SHOPS": ("工厂 → 店铺", "factory → shops"),
    "CHAIN_SHAPE_AGENT_SHOPS": ("代理 → 店铺", "agent → shops"),
    "CHAIN_SHAPE_NONE": ("无供货链条", "no chain of supply"),
    "SUPPLY_REASON_AUTHORISATION": ("授权书", "letter of authorisation"),
    "SUPPLY_REASON_FACTORY": ("商品标明的工厂", "factory that its listings name"),
    "SUPPLY_REASON_DEPOT": ("同一揽收站点", "same depot"),
}

LINK_PHRASES = {
    "links_title": ("供应商关联", "Linked suppliers"),
    "role": ("角色", "Role"),
    "shop_count": ("店铺数", "Shops"),
    "fake_count": ("已确认假货", "Confirmed fakes"),
    "ring_legend": (
        "实线为同一主体，虚线为可能关联（越淡越弱），箭头为供货方向；红点为已停用的供应商，加框者为本供应商。",
        (
            "Solid: one and the same; dashed: likely, less where fainter. Arrows lead to who is supplied. "
            "Red: stopped; framed: asked for."
        ),
    ),
    "ring_drawn": ("图中仅 {shown} 家，共 {total} 家。", "The graph shows {shown} of {total}."),
    "no_links": ("与其他供应商没有已知关联。", "Nothing is known that ties it to other suppliers."),
    "more_links": ("另有 {count} 家关联供应商，可用 --limit 查看", "{count} more: --limit shows them"),
    "weighs": ("共同点（证据强度）", "In common, and how much it says"),
    "certain_evidence": ("{what}：同一主体（{count} 家共有）", "{what}: an identity (shared by {count})"),
    "hub_evidence": ("{what}：无意义（逾 {count} 家共有）", "{what}: says nothing (more than {count} share it)"),
    "bits": ("{what}：{bits} 比特（{count} 家共有）", "{what}: {bits} bits (shared by {count})"),
    "ring": ("关联群组 {ring_id}：{members} 家，{shape}", "Ring {ring_id}: {members} suppliers, {shape}"),
    "ring_is_no_fault": (
        "同属一个关联群组本身不构成过错；风险只沿“同一主体”传递。",
        "To be in a ring is no fault of its own; risk spreads only where two are one and the same.",
    ),
    "joint_case": (
        "{owners} 个主体的 {shops} 家店铺共用图片、揽收站点和文件：建议由人工合并立案，逐家抽检。",
        "{shops} shops of {owners} owners share pictures, a depot and a paper: one case for all, and a test of each.",
    ),
    "ring_shop": ("{count} 家店铺", "{count} shop"),
    "ring_shops": ("{count} 家店铺", "{count} shops"),
    "ring_fake": ("{count} 件已确认假货", "{count} confirmed fake"),
    "ring_fakes": ("{count} 件已确认假货", "{count} confirmed fakes"),
}
