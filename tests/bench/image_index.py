"""How long it takes to find the pictures near the five of one listing, beside comparing them with every hash.

Hashes are drawn evenly from all of 64 bits, and nearly nothing matches: the ordinary case. Both ways must find the same
copies, of which some are planted. Times are of the processor, and of each the least of several rounds.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Collection
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from zhengpin.detectors.images.hash_index import Hashes, HashIndex
from zhengpin.detectors.images.phash import BITS, RADIUS

SIZES = (1_000, 10_000, 100_000, 1_000_000)
RADII = (RADIUS, 6)
PICTURES = 5
"""Of a listing."""
PAGE = 500
"""Listings that are screened together."""
LISTINGS = 40
"""Asked for alone, a round."""
PLANTED = 100
Search = Callable[[Collection[int]], dict[int, frozenset[int]]]


def by_scanning(hashes: Hashes, radius: int) -> Search:
    """Compare each picture with every hash."""

    def near(asked: Collection[int]) -> dict[int, frozenset[int]]:
        found = {each: hashes[np.bitwise_count(hashes ^ np.uint64(each)) <= radius].tolist() for each in asked}
        return {each: frozenset(close) for each, close in found.items() if close}

    return near


def microseconds_a_listing(search: Search, pages: list[list[int]], rounds: int) -> float:
    """Processor time of one listing: the least over the rounds."""
    least = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        for page in pages:
            search(page)
        least = min(least, time.process_time() - start)
    return least / sum(map(len, pages)) * PICTURES * 1e6


def measure(size: int, radius: int, chance: np.random.Generator, rounds: int) -> dict[str, float]:
    """Build an index, hold it to the scan, and time both."""
    hashes = chance.integers(0, 2**BITS, size, dtype=np.uint64)
    start = time.process_time()
    index = HashIndex(radius).with_more(hashes)
    built = time.process_time() - start
    scan = by_scanning(hashes, radius)
    copies = [int(each) ^ ((1 << bits % (RADIUS + 3)) - 1) for bits, each in enumerate(hashes[:PLANTED])]
    wrong = sum(index.near([each]) != scan([each]) for each in copies)
    asked = chance.integers(0, 2**BITS, PAGE * PICTURES, dtype=np.uint64).tolist()
    alone = [asked[start : start + PICTURES] for start in range(0, LISTINGS * PICTURES, PICTURES)]
    return {
        "alone": microseconds_a_listing(index.near, alone, rounds),
        "in_a_page": microseconds_a_listing(index.near, [asked], rounds),
        "scan": microseconds_a_listing(scan, alone[:5], rounds),
        "build_s": built,
        "wrong": wrong,
    }


def main() -> None:
    """Run the benchmark, print a table, and write the figures if asked to."""
    options = _options()
    chance = np.random.default_rng(options.seed)
    cases = [(size, radius) for size in SIZES for radius in RADII]
    measured = {case: measure(*case, chance, options.rounds) for case in track(cases, "Hashes", transient=True)}
    table = Table("hashes", "within bits", "alone, µs", "in a page, µs", "scan, µs", "build, s", "wrong")
    for (size, radius), found in measured.items():
        times = (f"{found[name]:.0f}" for name in ("alone", "in_a_page", "scan"))
        table.add_row(f"{size:,}", str(radius), *times, f"{found['build_s']:.2f}", f"{found['wrong']:.0f}")
    Console().print(table)
    if options.json:
        headline = {
            f"{name}_{size}_within_{radius}": round(value, 3)
            for (size, radius), found in measured.items()
            for name, value in found.items()
        }
        options.json.write_text(json.dumps({"headline": headline}, indent=2) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench image_index", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of which the quickest counts")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
