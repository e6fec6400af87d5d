"""Who belongs together: by names and addresses alone, among innocent hubs, and for a million suppliers.

- *Records*: the public sets of Febrl, persons with misspelt, missing and swapped fields. A pair is linked where a model
  that saw no label finds it likelier than not; levels, thresholds and blocking are the same for all sets. The headline
  is the F1 of pairs in the set that went worst; a fixed threshold on the mean Jaro-Winkler similarity stands beside it.
- *Simulation*: suppliers of the simulated marketplace, linked as a server links them; warehouses, agencies and families
  share things honestly. Every two suppliers that belong together count as a pair. `precision` and `recall` are those
  of the `pairs` of all markets together, `_worst` those of the worst market. Beside it: who shares two telling things
  is linked.
- *Scale*: edges to rings, weak bridges cut, in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.rings_records import FOLDER, SETS, SOURCE, Linking, link_records
from bench.rings_scale import SHAPES, SUPPLIERS, Grouping, group_in_a_process_of_its_own
from bench.rings_simulated import Found, Judged, judge_market

SEED = 20_260_101
MARKETS = 4
"""Each with a seed of its own."""


def main() -> None:
    """Measure all three, print tables, and write the figures if asked to."""
    options = _options()
    folder = _data_folder(options) / FOLDER
    records = [link_records(folder, files) for files in track(SETS, "records", transient=True)]
    markets = [judge_market(SEED + place) for place in track(range(MARKETS), "markets", transient=True)]
    scale = [group_in_a_process_of_its_own(shape, SEED) for shape in track(SHAPES, "scale", transient=True)]
    headline = _headline(records, markets, scale)
    _show(records, markets, scale)
    if options.json:
        figures = {
            name: [asdict(each) for each in rows]
            for name, rows in (("records", records), ("markets", markets), ("scale", scale))
        }
        options.json.write_text(json.dumps({"headline": headline, **figures}, indent=2) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench rings", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, help=f"the folder with {FOLDER}/; else ZHENGPIN_DATA names it")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    return parser.parse_args()


def _data_folder(options: argparse.Namespace) -> Path:
    folder = options.data or os.environ.get("ZHENGPIN_DATA")
    if not folder:
        sys.exit(f"--data: no folder given: name the one whose {FOLDER}/ holds {SOURCE}")
    return Path(folder)


def _headline(records: Sequence[Linking], markets: Sequence[Judged], scale: Sequence[Grouping]) -> dict[str, float]:
    ours, plain = (Found.of_all(those) for those in zip(*((each.ours, each.plain) for each in markets), strict=True))
    return {
        "pair_f1_records": round(min(each.f1 for each in records), 4),
        "pair_f1_records_plain": round(min(each.plain_f1 for each in records), 4),
        "precision": round(ours.precision, 4),
        "recall": round(ours.recall, 4),
        "pairs": ours.pairs,
        "precision_worst": round(min(each.ours.precision for each in markets), 4),
        "recall_worst": round(min(each.ours.recall for each in markets), 4),
        "plain_precision": round(plain.precision, 4),
        "plain_recall": round(plain.recall, 4),
        "cluster_seconds": round(scale[0].seconds, 1),
        "cluster_gib": round(scale[0].gib, 2),
    }


def _show(records: Sequence[Linking], markets: Sequence[Judged], scale: Sequence[Grouping]) -> None:
    console = Console()
    console.print(_of_records(records))
    console.print(_of_markets(markets))
    console.print(_of_kinds(markets))
    console.print(_of_scale(scale))


def _of_records(records: Sequence[Linking]) -> Table:
    table = _table("Records of one person, by names and addresses alone", "set", "pairs", "precision", "recall", "F1")
    for column in ("mean Jaro-Winkler, F1", "candidates", "of the pairs among them"):
        table.add_column(column, justify="right")
    for each in records:
        shares = (each.precision, each.recall, each.f1, each.plain_f1)
        figures = (f"{share:.4f}" for share in shares)
        table.add_row(each.files, f"{each.pairs:,}", *figures, f"{each.candidates:,}", f"{each.candidate_recall:.4f}")
    return table


def _of_markets(markets: Sequence[Judged]) -> Table:
    table = _table("Rings among warehouses, agencies and families", "seed", "suppliers", "pairs", "precision", "recall")
    for column in ("two telling things: precision", "recall", "seconds"):
        table.add_column(column, justify="right")
    for each in markets:
        shares = (each.ours.precision, each.ours.recall, each.plain.precision, each.plain.recall)
        figures = (f"{share:.4f}" for share in shares)
        table.add_row(str(each.seed), f"{each.suppliers:,}", f"{each.ours.pairs:,}", *figures, f"{each.seconds:.1f}")
    return table


def _of_kinds(markets: Sequence[Judged]) -> Table:
    table = _table("Pairs that belong together, by what they are", "kind", "pairs", "found")
    for kind in sorted({kind for each in markets for kind in each.kinds}):
        pairs, found = map(sum, zip(*(each.kinds.get(kind, (0, 0)) for each in markets), strict=True))
        table.add_row(kind, f"{pairs:,}", f"{found:,}")
    return table


def _of_scale(scale: Sequence[Grouping]) -> Table:
    title = f"From edges to rings, {SUPPLIERS:,} suppliers, each run in a process of its own"
    table = _table(title, "edges lie", "edges", "rings", "largest", "seconds of one core", "peak memory")
    for each in scale:
        counts = (f"{count:,}" for count in (each.edges, each.rings, each.largest))
        table.add_row(each.shape, *counts, f"{each.seconds:.1f}", f"{each.gib:.2f} GiB")
    return table


def _table(title: str, first: str, *others: str) -> Table:
    table = Table(first, title=title)
    for column in others:
        table.add_column(column, justify="right")
    return table


if __name__ == "__main__":
    main()
