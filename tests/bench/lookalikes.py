"""How many imitations of brand names are told with the right brand, and how many honest names are taken for some.

`tests/bench/lookalikes/` holds a register of real brands, names that imitate one of them (known ones, and ones derived
from every kind of imitation), and honest names that are close to one: other makers', words, and titles with the brand's
own true name. A hash of the name halves both lists: one half is for choosing, the other is reported. The product knows
well-known makers' names (`words/marks.txt`); `marks_hidden` says what it does where it knows none of the honest
names.

Beside it stand two plain ways on folded names: edit distance one, and a similarity ratio, each over the whole register.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA
from rich.console import Console
from rich.progress import track
from rich.table import Table

from zhengpin.detectors.lookalikes import BrandIndex
from zhengpin.detectors.lookalikes.folding import folded
from zhengpin.detectors.lookalikes.ordinary import marks
from zhengpin.domain.brand import Brand, normalised_name

OURS = Path(__file__).parent / "lookalikes"
REGISTER_SIZE = 10_000
RATIO = 80
"""Of 100: where the plain way takes a name for an imitation, chosen on the half for choosing."""

Finder = Callable[[str], str]
"""Gives the registered name that a name imitates; empty if none."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A name, the registered brand it imitates or is close to, and the kind of imitation, if one."""

    name: str
    brand: str
    kind: str = ""

    @property
    def is_for_choosing(self) -> bool:
        """Whether it may be looked at when something is chosen."""
        return sha256(self.name.encode()).digest()[0] % 2 == 0


def rows(path: Path) -> list[list[str]]:
    """Give the tab-separated rows of a file."""
    text = path.read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]


def labelled(path: Path) -> list[Labelled]:
    """Give the labelled names of a file; a heading is left out."""
    found = [Labelled(*(cell.strip() for cell in row[:3])) for row in rows(path)]
    return [each for each in found if (each.name, each.brand) != ("name", "brand")]


def a_larger_register(brands: Sequence[str], size: int) -> list[str]:
    """Give so many names: the brands, and made-up ones of their syllables and characters."""
    dice = random.Random(1)  # noqa: S311  no secret
    halves = [(name[: len(name) // 2], name[len(name) // 2 :]) for name in brands if len(name) > 3]
    names = dict.fromkeys(brands)
    while len(names) < size:
        (start, _), (_, end) = dice.choice(halves), dice.choice(halves)
        if start.isascii() == end.isascii():
            names[start + end] = None
    return list(names)[:size]


def index_finder(index: BrandIndex) -> Finder:
    """Ask the index for a whole name, and then for the names inside it."""

    def find(name: str) -> str:
        found = index.find(name) or index.find_in_title(name)
        return found.brand.name if found else ""

    return find


def plain_finders(brands: Sequence[str]) -> dict[str, Finder]:
    """Give the plain ways, by name."""
    names = {normalised_name(brand): brand for brand in brands}

    def one_letter_off(name: str) -> str:
        written = normalised_name(name)
        near = process.extractOne(written, names.keys(), scorer=OSA.distance, score_cutoff=1)
        return names[near[0]] if near and near[0] != written else ""

    def by_ratio(name: str) -> str:
        written = normalised_name(name)
        near = process.extractOne(written, names.keys(), scorer=fuzz.ratio, score_cutoff=RATIO)
        return names[near[0]] if near and near[0] != written else ""

    return {"one_letter_off": one_letter_off, "ratio": by_ratio}


def recall(finder: Finder, names: Sequence[Labelled]) -> float:
    """Give the share of imitations for which the right brand is named."""
    return sum(_is_named(finder(each.name), each.brand) for each in names) / len(names)


def _is_named(found: str, brand: str) -> bool:
    return bool(found) and folded(found) == folded(brand)


def false_alarms(finder: Finder, names: Sequence[Labelled]) -> float:
    """Give the share of honest names that are taken for an imitation."""
    return sum(bool(finder(each.name)) for each in names) / len(names)


def us_per_name(brands: Sequence[str], names: Sequence[str]) -> float:
    """Give the CPU time for one name with a large register, after each name was asked for once."""
    index = BrandIndex(Brand(name, name) for name in a_larger_register(brands, REGISTER_SIZE))
    for name in names:
        index.find(name)
    start = time.process_time()
    for name in track(names, "timing"):
        index.find(name)
    return (time.process_time() - start) / len(names) * 1e6


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", type=Path, help="a folder with lookalikes/{brands,lookalikes,legitimate}.tsv of your own"
    )
    parser.add_argument("--json", type=Path)
    parser.add_argument("--choosing", action="store_true", help="look at the half for choosing, and at every mistake")
    arguments = parser.parse_args()
    folder = arguments.data / "lookalikes" if arguments.data else OURS
    brands = list(dict.fromkeys(row[0].strip() for row in rows(folder / "brands.tsv")))
    imitations, honest = labelled(folder / "lookalikes.tsv"), labelled(folder / "legitimate.tsv")
    hidden = {folded(each.name) for each in honest}
    if not arguments.data:
        imitations = [each for each in imitations if each.is_for_choosing == arguments.choosing]
        honest = [each for each in honest if each.is_for_choosing == arguments.choosing]
    register = [Brand(name, name) for name in brands]
    finders = {
        "index": index_finder(BrandIndex(register)),
        "marks_hidden": index_finder(BrandIndex(register, marks() - hidden)),
    }
    finders |= plain_finders(brands)
    headline = {}
    for name, finder in track(finders.items(), "finding"):
        prefix = "" if name == "index" else f"{name}_"
        headline[f"{prefix}recall"] = round(recall(finder, imitations), 4)
        headline[f"{prefix}false_alarms"] = round(false_alarms(finder, honest), 4)
    by_kind = defaultdict(list)
    for each in imitations:
        by_kind[each.kind or "of no kind"].append(each)
    headline |= {f"recall_{kind}": round(recall(finders["index"], each), 4) for kind, each in sorted(by_kind.items())}
    headline["us_per_name"] = round(us_per_name(brands, [each.name for each in (*imitations, *honest)]), 1)
    headline |= {"imitations": len(imitations), "honest": len(honest), "brands": len(brands)}
    _print(headline)
    if arguments.choosing or arguments.data:
        _print_mistakes(finders["index"], imitations, honest)
    if arguments.json:
        arguments.json.write_text(json.dumps({"headline": headline}, indent=2), encoding="utf-8")


def _print(headline: dict[str, float]) -> None:
    table = Table("figure", "value", title="names that imitate registered brands")
    for name, value in headline.items():
        table.add_row(name, f"{value:g}")
    Console().print(table)


def _print_mistakes(finder: Finder, imitations: Sequence[Labelled], honest: Sequence[Labelled]) -> None:
    console = Console(soft_wrap=True)
    for each in imitations:
        if not _is_named(found := finder(each.name), each.brand):
            console.print(
                f"missed: {each.name} for {each.brand} ({each.kind or 'of no kind'}), found {found or 'none'}"
            )
    for each in honest:
        if found := finder(each.name):
            console.print(f"false alarm: {each.name} near {each.brand}, taken for {found}")


if __name__ == "__main__":
    main()
