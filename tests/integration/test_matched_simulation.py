"""What is joined in the simulated marketplace, where it is known which product each listing claims to be."""

from collections import Counter, defaultdict

from google.protobuf import json_format

from markets import NOW
from zhengpin.detectors.matching import product_key
from zhengpin.detectors.products.joining import joined_keys
from zhengpin.service.convert.listing import listing_from_proto
from zhengpin.simulation import Marketplace
from zhengpin.v1 import listing_pb2


def test_most_products_told_with_and_without_a_number_are_joined_and_none_wrongly() -> None:
    offers = list(Marketplace(seed=11, now=NOW, listings=900).offers())
    listings = [listing_from_proto(json_format.ParseDict(each.listing, listing_pb2.Listing())) for each in offers]
    products: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for listing, offer in zip(listings, offers, strict=True):
        products[product_key(listing)][offer.draft.product.path] += 1
    true = {key: counted.most_common(1)[0][0] for key, counted in products.items() if key}
    joined = joined_keys(listings)
    told = {key: partner for key, partner in joined.items() if key in true and partner in true}
    assert all(true[key] == true[partner] for key, partner in told.items())
    in_two_ways = sum(number > 1 for number in Counter(true.values()).values())
    assert len(told) / 2 > in_two_ways * 2 / 3
