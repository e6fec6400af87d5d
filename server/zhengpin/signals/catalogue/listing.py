"""The listing itself: what is declared, how it changed, what is known of it for certain."""

from __future__ import annotations

from zhengpin.signals.catalogue.declare import bits, choice, count, days, flag, number
from zhengpin.signals.signal import Signal

SIGNALS: tuple[Signal, ...] = (
    choice(
        "listing.condition",
        "卖家声明的成色",
        "the goods' condition as declared",
        "listing.condition",
        choices=("new", "refurbished", "used"),
    ),
    choice(
        "listing.authenticity_claim",
        "卖家声明是原装还是兼容",
        "whether the goods are declared the brand's own or made to fit it",
        "listing.authenticity_claim",
        choices=("genuine", "compatible"),
    ),
    days(
        "listing.age_days",
        "商品上架至今的天数：平台记录的创建时间与首次收到的时间，以较早者为准",
        "days since the marketplace first had the listing: as it says itself, or since it was first told if that is "
        "longer",
        "listing.created_at",
        "first_seen_at",
    ),
    flag("listing.is_new", "本次审核前没有收到过该商品", "the listing was not told before this screening"),
    count("listing.images", "图片数", "number of images"),
    count(
        "listing.edits_30d",
        "近30天内身份信息被修改的次数",
        "changes of the listing's identity",
        as_of="the last 30 days",
    ),
    count(
        "listing.units_sold_before_identity_edit",
        "近30天内更换品牌、条码或供应商时已售出的件数；没有更换为0",
        "units sold before the brand, GTIN or supplier was changed; 0 without a change",
        unit="units",
        as_of="the last 30 days",
    ),
    count(
        "listing.units_sold_before_identity_change",
        "历次更换品牌、条码或供应商时已售出的最多件数；没有更换为0",
        "the most units that had been sold when the brand, GTIN or supplier was ever changed; 0 without a change",
        unit="units",
    ),
    days(
        "listing.days_since_identity_change",
        "距上次更换品牌、条码或供应商的天数",
        "days since the brand, GTIN or supplier was changed last",
        "edits",
    ),
    count(
        "listing.units_sold_before_renewal",
        "近30天内更换型号或主图时已售出的件数；没有更换为0",
        "units sold before the model or the main image was changed; 0 without a change",
        unit="units",
        as_of="the last 30 days",
    ),
    count(
        "listing.units_sold_total",
        "累计售出件数",
        "units sold since the listing exists",
        "units_sold_total",
        unit="units",
    ),
    count("listing.stock", "声明的库存", "declared stock", "listing.stock", unit="units"),
    number(
        "listing.stock_vs_capacity",
        "库存与供应商月产能之比",
        "declared stock over what the supplier can make in a month",
        "listing.stock",
        "supplier.monthly_capacity",
    ),
    bits(
        "listing.image_near_official",
        "与所称品牌官方图片最接近的差异位数，卖家未获该品牌授权；9为无接近的",
        "bits between its images and the nearest official one of a brand that it names and its seller may not sell; 9 "
        "for none near",
    ),
    bits(
        "listing.image_near_another_brands_official",
        "与未提及的品牌官方图片最接近的差异位数，卖家未获该品牌授权；9为无接近的",
        "bits between its images and the nearest official one of a brand that it does not name, nor its seller may "
        "sell; 9 for none near",
    ),
    bits(
        "listing.image_near_confirmed_fake",
        "与已确认假货图片最接近的差异位数；9为无接近的",
        "bits between its images and the nearest one of a confirmed fake that showed it before; 9 for none near",
    ),
    count(
        "listing.images_shared",
        "与其他供应商的商品相同或几乎相同的图片数",
        "images that listings of other suppliers show too, as they are or as copies",
        "duplicates",
    ),
    count(
        "listing.image_sharing_suppliers",
        "使用相同或几乎相同图片的其他供应商数",
        "other suppliers that show one of the images",
        "duplicates",
    ),
    count(
        "listing.images_of_strangers",
        "与其他供应商相同或几乎相同、且无任何品牌方或授权卖家使用的图片数",
        "images that other suppliers show too, and nobody who may sell the brand",
        "duplicates",
        "brand.owner_id",
    ),
    count(
        "listing.image_sharing_strangers",
        "使用这些图片的其他供应商数",
        "other suppliers that show one of these images",
        "duplicates",
        "brand.owner_id",
    ),
    flag("listing.origin_declared", "声明了产地", "a place of origin is declared"),
    flag("listing.customs_declared", "提供了报关单号", "a customs declaration is given"),
    count(
        "listing.pack_units",
        "一次购买得到的件数，标题与字段一致时才有",
        "units that one purchase brings, where title and fields agree",
        "listing.units_per_pack",
        unit="units",
    ),
    flag(
        "listing.pack_units_disagree",
        "标题写的件数与字段不符",
        "the title's number of units differs from the field's",
        "listing.units_per_pack",
    ),
    flag("listing.confirmed_fake", "最近一次鉴定结论为假货", "the newest outcome says that the goods are fake"),
    flag("listing.confirmed_genuine", "最近一次鉴定结论为正品", "the newest outcome says that the goods are genuine"),
    flag(
        "listing.deny_listed",
        "商品、供应商、店铺、品牌或条码在拒绝名单上",
        "an entry in force denies the listing, its supplier, shop, brand or GTIN",
    ),
    flag("listing.watch_listed", "在观察名单上", "an entry in force asks to watch it"),
    flag("listing.allow_listed", "在放行名单上", "an entry in force allows it"),
)
