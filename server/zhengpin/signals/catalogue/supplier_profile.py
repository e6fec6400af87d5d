"""What is told of the supplier beside its own record: details, papers, money, service, referrals, ties."""

from __future__ import annotations

from zhengpin.signals.catalogue.declare import count, days, flag, number, share
from zhengpin.signals.signal import Signal

_FACTS = "supplier_profile"
_BELOW_ZH = "其发展的下线"
_BELOW_EN = "below the supplier"

SIGNALS: tuple[Signal, ...] = (
    count(
        "supplier.trader_fields_missing",
        "销售地法律要求而尚未提供的经营者信息项数（欧盟DSA第30条、美国INFORM、电子商务法第27条）",
        "what the law of where it sells asks of traders and was not told (DSA art. 30, INFORM, E-Commerce Law 27)",
        f"{_FACTS}.trader",
        "listing.territory",
        unit="fields",
    ),
    count(
        "supplier.trader_fields_unverified",
        "销售地法律要求、已提供但尚未核验的经营者信息项数",
        "what the law of where it sells asks of traders, was told, and was not verified",
        f"{_FACTS}.trader",
        "listing.territory",
        unit="fields",
    ),
    days(
        "supplier.trader_asked_days",
        "自首次提供经营者信息起的天数",
        "days since the first detail of the trader was told",
        f"{_FACTS}.trader",
        "listing.territory",
    ),
    count(
        "supplier.edited_papers",
        "图片被发现有改动的文件数",
        "papers whose picture was found to be edited",
        f"{_FACTS}.papers",
        unit="papers",
    ),
    count(
        "supplier.papers_of_strangers",
        "开具给单一主体、却属于另一家公司的文件数（已核验为其所有，或由其先行提交）",
        "files made out to one company that are another's: verified as its own, or handed in by it before",
        f"{_FACTS}.papers",
        unit="papers",
    ),
    number(
        "supplier.invoiced_to_sold",
        "近365天进货发票所列该品牌件数÷该商品近90天售出件数",
        "units of the brand on the last 365 days' invoices, as a multiple of what this listing sold in 90 days",
        f"{_FACTS}.invoiced",
        "listing_orders",
        as_of="the last 365 and 90 days",
    ),
    number(
        "supplier.deposit_cover",
        "保证金÷（近30天营业额的10%＋未结索赔）",
        "the deposit as a share of a tenth of the last 30 days' turnover and the open claims",
        f"{_FACTS}.deposit_cover",
        as_of="the last day of which sales were told",
    ),
    number(
        "supplier.turnover_jump",
        "近7天日均营业额÷此前28天日均营业额",
        "turnover a day of the last 7 days, as a multiple of that of the 28 days before",
        f"{_FACTS}.turnover_jump",
        as_of="the last day of which sales were told",
    ),
    count(
        "supplier.contacts_90d",
        "买家咨询与投诉次数",
        "matters that buyers came with",
        f"{_FACTS}.service",
        unit="contacts",
        as_of="the last 90 days",
    ),
    share(
        "supplier.resolved_share_upper",
        "24小时内答复并解决的比例（威尔逊区间单侧95%上限，z=1.645）",
        "share answered within 24 hours and settled (Wilson upper bound, one-sided 95 %, z = 1.645)",
        f"{_FACTS}.service",
        as_of="the last 90 days",
    ),
    count(
        "supplier.open_critical_incidents",
        "已查实且未了结的特别严重违规数",
        "critical violations that were upheld and not put right",
        f"{_FACTS}.incidents",
        unit="incidents",
    ),
    count(
        "supplier.open_high_incidents",
        "已查实且未了结的严重违规数",
        "grave violations that were upheld and not put right",
        f"{_FACTS}.incidents",
        unit="incidents",
    ),
    count(
        "supplier.audits_in_force",
        "合格且在有效期内的审核数（每一体系、每一场所取最近一次）",
        "audits that were passed and hold, the latest of each scheme and site",
        f"{_FACTS}.audits",
        unit="audits",
    ),
    count(
        "supplier.audits_ended",
        "曾合格而已到期的审核数",
        "audits that were passed and have ended",
        f"{_FACTS}.audits",
        unit="audits",
    ),
    count(
        "supplier.audits_failed",
        "最近一次审核未通过的场所数",
        "sites whose latest audit was not passed",
        f"{_FACTS}.audits",
        unit="audits",
    ),
    flag(
        "supplier.lot_rejected",
        "该类商品最近一批抽样被拒收（ISO 2859-1）",
        "the latest lot of such goods was rejected by its sample (ISO 2859-1)",
        f"{_FACTS}.rejected_goods",
    ),
    count("supplier.referral_levels", f"{_BELOW_ZH}层级数", f"levels of referrals {_BELOW_EN}", f"{_FACTS}.referrals"),
    count(
        "supplier.referral_people",
        f"{_BELOW_ZH}人数",
        f"people brought in {_BELOW_EN}",
        f"{_FACTS}.referrals",
        unit="people",
    ),
    flag(
        "supplier.referral_paid_by_head",
        f"{_BELOW_ZH}中有人按发展人数计酬",
        f"somebody is paid by the heads brought in {_BELOW_EN}",
        f"{_FACTS}.referrals",
    ),
    flag(
        "supplier.referral_entry_fee",
        f"{_BELOW_ZH}中有人须交入门费或认购商品",
        f"somebody had to pay or to buy in order to come in {_BELOW_EN}",
        f"{_FACTS}.referrals",
    ),
    flag(
        "supplier.referral_paid_from_downline",
        f"{_BELOW_ZH}中有人按下线业绩计酬",
        f"somebody is paid from what those below sell {_BELOW_EN}",
        f"{_FACTS}.referrals",
    ),
    count(
        "ring.terminated_identities",
        "与该供应商为同一主体（经核验的法定代表人或收款账户相同）的已清退供应商数",
        "terminated suppliers that are the same entity, by a person or an account verified on both sides",
        _FACTS,
        unit="suppliers",
    ),
)
