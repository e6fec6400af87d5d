"""Which keys name the same product: numbers of articles, and what brand, model and spec make of the same goods.

A listing with a trusted GTIN may tell brand, model and spec as well: so it says which goods the number stands for, and
sellers who tell no number can be compared with those who do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from zhengpin.detectors.matching import product_key
from zhengpin.domain.listing import Listing

AGREEING = 2
"""Suppliers that must say so: what one alone says neither joins two products nor parts what others join."""


def joined_keys(listings: Iterable[Listing]) -> dict[str, str]:
    """Give the other key of each product that has two, both ways.

    Two keys are joined if `AGREEING` suppliers use both for one listing, and if so many use neither with a third: a
    number that stands for two models, or a model with two numbers (by size, colour, pack), is left alone.
    """
    told: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for listing in listings:
        keys = _both_keys(listing)
        if keys and len(told[keys]) < AGREEING:
            told[keys].add(listing.supplier_id)
    agreed = [keys for keys, suppliers in told.items() if len(suppliers) >= AGREEING]
    return _one_to_one([*agreed, *((worded, number) for number, worded in agreed)])


def _both_keys(listing: Listing) -> tuple[str, str] | None:
    """Give the key by number and the key by words, where a listing has both."""
    number, worded = product_key(listing), product_key(replace(listing, gtin=""))
    return (number, worded) if worded and number != worded else None


def _one_to_one(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Keep what has one partner, and is that one's only partner."""
    partners: defaultdict[str, list[str]] = defaultdict(list)
    for key, partner in pairs:
        partners[key].append(partner)
    return {key: found[0] for key, found in partners.items() if _are_only_each_others(key, found, partners)}


def _are_only_each_others(key: str, found: list[str], partners: Mapping[str, list[str]]) -> bool:
    return len(found) == 1 and partners[found[0]] == [key]
