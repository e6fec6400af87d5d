"""Which pairs of offers are worth a comparison: those that share something rare, or that are nearest by their words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

import numpy as np

from zhengpin.detectors.products.catalogue import Catalogue, Places

LARGEST_BLOCK = 40
"""Offers that may share a word for it to make pairs: more common words tell little, and pairs grow by the square."""


def candidate_pairs(catalogue: Catalogue, largest_block: int = LARGEST_BLOCK) -> tuple[Places, Places]:
    """Give the places of both offers of each pair, each pair once, in order.

    A pair shares a word of title, brand or model, or a model's code, that at most `largest_block` offers have. So all
    offers of one rare code make pairs with one another, and a group of them is compared whole.
    """
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(catalogue.texts):
        for word in text.words | text.codes:
            blocks[word].append(place)
    pairs = sorted(set(_pairs_within(blocks, largest_block)))
    left, right = np.array(pairs, dtype=np.intp).reshape(-1, 2).T
    return left, right


def _pairs_within(blocks: dict[str, list[int]], largest: int) -> Iterator[tuple[int, int]]:
    for places in blocks.values():
        if len(places) <= largest:
            yield from combinations(places, 2)
