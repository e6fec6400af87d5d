"""A supplier that several rows tell of."""

from __future__ import annotations

from zhengpin.v1 import supplier_pb2


def united(older: supplier_pb2.Supplier, newer: supplier_pb2.Supplier) -> supplier_pb2.Supplier:
    """Say what is known of a supplier from two rows: the newer's fields, and the shops of both."""
    result = supplier_pb2.Supplier()
    result.CopyFrom(older)
    shops = {shop.shop_id: shop for shop in (*older.shops, *newer.shops)}
    result.MergeFrom(newer)
    del result.shops[:], result.licence_scope[:]
    result.shops.extend(shops.values())
    result.licence_scope.extend(newer.licence_scope or older.licence_scope)
    return result
