"""The text: what the listing says of its own goods, and where that contradicts what is declared."""

from __future__ import annotations

from zhengpin.detectors.text import REPLICA_TERMS
from zhengpin.signals.catalogue.declare import flag, several
from zhengpin.signals.signal import Signal

SIGNALS: tuple[Signal, ...] = (
    flag("text.says_empty", "文字说商品是空的", "the text says that the goods are empty"),
    flag(
        "text.says_compatible",
        "文字说商品是兼容品、非原装",
        "the text says that the goods are made to fit the brand's, not the brand's own",
    ),
    flag("text.says_expired", "文字说商品已过期", "the text says that the goods are past their date"),
    flag("text.says_used", "文字说商品用过", "the text says that the goods were used"),
    flag(
        "text.says_recharged",
        "文字说商品是加墨、灌装、再生、翻新的",
        "the text says that the goods are refilled, remanufactured or reconditioned",
    ),
    flag("text.says_without_box", "文字说商品无包装盒", "the text says that the goods come without their box"),
    flag("text.says_replica", "文字说商品是仿品", "the text says that the goods are a copy"),
    flag(
        "text.says_leaked_factory_goods",
        "文字说商品是原单、尾单等工厂流出品",
        "the text says that the goods leaked from the brand's factory",
    ),
    flag("text.says_same_style", "文字用“同款”蹭品牌", "the text sells the goods as the same style as a known article"),
    flag("text.says_genuine", "文字说商品是正品、原装", "the text says that the goods are genuine"),
    flag(
        "text.claims_genuine",
        "声明或文字宣称正品",
        "the listing claims genuine goods: declared so, or said so while nothing else is declared",
    ),
    flag(
        "text.contradicts_claim",
        "宣称正品，文字却说是空的、兼容的、加墨翻新的或仿品",
        "the listing claims genuine goods while its own text says that they are empty, compatible, recharged or a copy",
    ),
    flag(
        "text.contradicts_condition",
        "声明全新，文字却说用过",
        "the goods are declared new while the text says that they were used",
        "listing.condition",
    ),
    flag(
        "text.off_platform_contact",
        "文字引导买家到平台外联系",
        "the text leads buyers to contacts outside the marketplace",
    ),
    several(
        "text.replica_terms",
        "文字里的仿品、原单、同款用语",
        "words for copies, leaked goods and same styles in the text",
        choices=REPLICA_TERMS,
    ),
)
