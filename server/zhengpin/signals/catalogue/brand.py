"""Codes and brands: which are named, who may sell them, and whose names stand in the title besides."""

from __future__ import annotations

from zhengpin.domain.look_alike import Imitation
from zhengpin.signals.catalogue.declare import choice, count, days, flag
from zhengpin.signals.signal import Signal

SIGNALS: tuple[Signal, ...] = (
    flag("gtin.present", "填写了商品条码", "a GTIN is given"),
    flag("gtin.well_formed", "条码长度与校验位正确", "the GTIN has a right length and check digit", "listing.gtin"),
    flag(
        "gtin.restricted",
        "条码属于店内码段（02、04、2开头），不能用于平台销售",
        "the GTIN is for use inside one company only (prefixes 02, 04, 2)",
        "listing.gtin",
    ),
    flag(
        "gtin.coupon_or_serial",
        "条码属于优惠券、期刊或图书码段",
        "the GTIN is a coupon's, a periodical's or a book's",
        "listing.gtin",
    ),
    flag(
        "gtin.brand_matches",
        "条码厂商识别码的品牌与所填品牌一致",
        "the brand that is named owns the GTIN's prefix, or shares it",
        "gtin_brands",
        "listing.brand",
    ),
    flag("brand.named", "填写了品牌", "the listing names a brand"),
    flag("brand.registered", "所填品牌已在平台登记", "the brand that is named is registered", "listing.brand"),
    flag("brand.gated", "品牌只允许授权供应商销售", "only authorised suppliers may sell the brand", "brand"),
    flag(
        "brand.authorised",
        "供应商是品牌方、有有效授权链，或持有效授权书并经营平台核实的官方店",
        "a valid path of authorisations leads from the owner to the supplier, or the supplier is the owner, or it "
        "holds a valid letter and its shop is a checked official store",
        "brand",
    ),
    count(
        "brand.authorisation_depth",
        "授权级数，品牌方为0",
        "letters from the owner to the supplier; 0 for the owner",
        "brand",
        "authorisations",
        unit="letters",
    ),
    days(
        "brand.authorisation_days_left",
        "授权链最早到期的剩余天数",
        "days until the first letter of the path ends",
        "authorisations",
    ),
    flag("brand.authorisation_expired", "曾有授权，现已过期", "there was a path before letters ended", "brand"),
    count(
        "brand.letter_shared_by",
        "使用同一授权书文件的其他供应商数",
        "other suppliers whose letter is the same document",
        "duplicates",
        unit="suppliers",
    ),
    count(
        "brand.letter_shared_by_strangers",
        "其中授权书所属的另一公司（已核验为其所有，或由其先行提交）的供应商数；总公司与分公司视为同一公司",
        "those of them that are another company, and whose letter it is: verified as theirs, or handed in before",
        "duplicates",
        unit="suppliers",
    ),
    flag("brand.owner_is_supplier", "供应商就是商标权利人", "the supplier owns the mark", "brand.owner_id"),
    flag(
        "brand.at_home_in_category",
        "该类目属于品牌的经营类目",
        "the category is one of the brand's own",
        "brand.categories",
        "listing.category",
    ),
    count(
        "brand.others_in_title",
        "标题里出现的其他登记品牌数（说明适配的不计）",
        "other registered brands in the title, those that the goods only fit left out",
        unit="brands",
    ),
    count(
        "brand.fits_in_title",
        "标题里作为适配对象出现的登记品牌数",
        "registered brands that the title names as what the goods fit",
        unit="brands",
    ),
    flag(
        "brand.unnamed_in_title",
        "品牌栏为空而标题用了登记品牌",
        "the title names a registered brand and the brand field is empty",
    ),
    flag(
        "brand.gated_in_title",
        "标题里有受限的登记品牌",
        "the title names a registered brand that only authorised suppliers may sell",
    ),
    flag(
        "brand.missing_in_title",
        "标题没有出现所填的登记品牌",
        "the title does not name the registered brand of the brand field",
        "brand",
    ),
    flag(
        "brand.disguised_in_title",
        "标题用形近字或差一字母的写法冒充登记品牌",
        "the title writes a registered brand with look-alike letters or one letter off",
    ),
    flag(
        "brand.lookalike",
        "品牌栏或标题开头的名称模仿登记品牌",
        "the brand field, or the start of the title, imitates a registered brand's name",
        "look_alikes",
    ),
    choice(
        "brand.lookalike_kind",
        "模仿的方式：大小写、全角、空格、数字代字母、同形字母、换位、差一字、谐音拼写、形近字、同音字、附加词",
        "how that name is imitated",
        "look_alike",
        choices=tuple(each.value for each in Imitation),
    ),
)
