"""What a supplier is told about itself, on its way out."""

from __future__ import annotations

from typing import Final

from zhengpin.domain.supplier_report import OrderTrouble, ProductPosition, SupplierReport
from zhengpin.service.convert.scalars import EnumPair, money_to_proto, write_moment
from zhengpin.service.convert.supplier_score import write_improvement, write_score, write_trend
from zhengpin.v1 import supplier_report_pb2 as pb

TROUBLES: Final = EnumPair(OrderTrouble, pb.OrderTrouble, "ORDER_TROUBLE_")


def report_to_proto(report: SupplierReport) -> pb.SupplierReport:
    """A report; its score brings the trend."""
    message = pb.SupplierReport(
        supplier_id=report.score.supplier_id,
        name=report.name,
        orders=report.orders,
        peers=report.peers,
        products=map(_product_to_proto, report.products),
        late_chance=report.late_chance,
    )
    write_score(message.score, report.score)
    write_trend(message.score, report.trend)
    for share in report.troubles:
        message.troubles.add(
            trouble=TROUBLES.to_proto(share.trouble),
            orders=share.orders,
            share=share.share,
            usual_share=share.usual_share,
        )
    if (rank := report.rank) is not None:
        message.rank.CopyFrom(pb.CategoryRank(category=rank.category, rank=rank.rank, of_suppliers=rank.of_suppliers))
    for improvement in report.score.improvements:
        write_improvement(message.improvements.add(), improvement)
    write_moment(message.as_of, report.as_of)
    return message


def _product_to_proto(position: ProductPosition) -> pb.ProductPosition:
    return pb.ProductPosition(
        listing_id=position.listing_id,
        title=position.title,
        price=money_to_proto(position.price),
        market_price=money_to_proto(position.market_price),
        market_sellers=position.market_sellers,
        units=position.units,
        units_before=position.units_before,
    )
