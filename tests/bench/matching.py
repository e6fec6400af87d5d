"""Which offers are of the same product: two public sets of labelled pairs, our scorer and plain baselines in one run.

The sets are Amazon-Google (software; train and valid to choose by, test to judge by) and Walmart-Amazon (electronics;
train to choose by, valid to judge by). Features, settings of the trees and thresholds are the same for both or come of
cross-validation within the parts to choose by; nothing is chosen by the parts to judge by. The offers of those parts
are known without their labels: word weights and rivals come from all pairs, as in a catalogue, where all are known.

- *ours*: gradient boosting over what `zhengpin.detectors.products` sees of a pair, the mean of five folds.
- *gradient boosting*: the same trees over string similarities of titles and fields, and TF-IDF cosines.
- *token Jaccard*: shared words of all words. Each gets its threshold in the same way.

F1 is at the threshold of the best F1 in cross-validation. Price baselines merge only what is surely one product:
`recall_at_precision_95` is the recall of matches at the loosest threshold that keeps that precision in the part to
judge by, and `sure` is what the threshold that serves comes to there: the lowest one whose precision is surely that,
by Wilson's lower bound in cross-validation.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from sklearn.metrics import f1_score, precision_score, recall_score

from zhengpin.detectors.products.catalogue import Catalogue, Column, Places, catalogue_of
from zhengpin.detectors.products.features import pair_features, table_of
from zhengpin.detectors.products.offer import Offer, OfferText
from zhengpin.detectors.products.scorer import train
from zhengpin.detectors.products.thresholds import Labels, best_f1_threshold, recall_at_precision, sure_threshold

SETS = {"amazon_google": (("train", "valid"), "test"), "walmart_amazon": (("train",), "valid")}
"""By which parts is chosen, and by which is judged."""
SOURCE = (
    "the sets Structured/Amazon-Google and Structured/Walmart-Amazon of the DeepMatcher collection, in Ditto's form: "
    "https://github.com/megagonlabs/ditto/tree/master/data/er_magellan/Structured"
)
SEED = 20_260_101
_FIELD = re.compile(r"COL (\S+) VAL ")


@dataclass(frozen=True, slots=True)
class Pairs:
    """The labelled pairs of one set; offers are named by their places in the catalogue."""

    catalogue: Catalogue
    left: Places
    right: Places
    labels: Labels
    judged: Labels
    """Which pairs are of the part to judge by."""


@dataclass(frozen=True, slots=True)
class Result:
    """How one method did in the part to judge by."""

    f1: float
    f1_in_training: float
    """Cross-validated."""
    recall_at_precision_95: float
    sure_precision: float
    sure_recall: float
    train_seconds: float


def read_pairs(folder: Path, chosen_by: Sequence[str], judged_by: str) -> Pairs:
    """Read the parts of one set, each offer once."""
    places: dict[tuple[int, str], int] = {}
    rows: list[tuple[int, int, bool, bool]] = []
    for part in (*chosen_by, judged_by):
        for line in (folder / f"{part}.txt").read_text(encoding="utf-8").splitlines():
            left, right, label = line.split("\t")
            sides = [places.setdefault(each, len(places)) for each in ((0, left), (1, right))]
            rows.append((sides[0], sides[1], label == "1", part == judged_by))
    left_places, right_places, labels, judged = map(np.array, zip(*rows, strict=True))
    catalogue = catalogue_of([offer_from(written) for _, written in places])
    return Pairs(catalogue, left_places, right_places, labels, judged)


def offer_from(written: str) -> Offer:
    """Read "COL title VAL … COL price VAL …"."""
    _, *parts = _FIELD.split(written)
    fields = {name: value.strip() for name, value in zip(parts[::2], parts[1::2], strict=True)}
    price = fields.get("price", "")
    return Offer(
        title=fields["title"],
        brand=fields.get("brand") or fields.get("manufacturer", ""),
        model=fields.get("modelno", ""),
        category=fields.get("category", ""),
        price=float(price) if price.replace(".", "", 1).isdigit() else None,
    )


def ours(pairs: Pairs) -> Result:
    """Judge the scorer; its seconds are those of features and training."""
    began = time.perf_counter()
    table = table_of(pair_features(pairs.catalogue, pairs.left, pairs.right))
    return boosted(pairs, table, began)


def boosted(pairs: Pairs, table: Any, began: float) -> Result:
    """Train the trees on a table of features and judge them."""
    learning = ~pairs.judged
    trained = train(table[learning], pairs.labels[learning], SEED)
    seconds = time.perf_counter() - began
    probabilities = np.empty(len(pairs.labels))
    probabilities[learning] = trained.unseen
    probabilities[pairs.judged] = trained.scorer.probabilities(table[pairs.judged])
    return judge(pairs, probabilities, seconds)


def plain_boosting(pairs: Pairs) -> Result:
    """Judge the same trees on plain string similarities."""
    began = time.perf_counter()
    texts = pairs.catalogue.texts
    both = zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)
    similarities = np.array([_similarities(texts[one], texts[other]) for one, other in both])
    cosines = pairs.catalogue.cosines(pairs.left, pairs.right).values()
    return boosted(pairs, np.column_stack([similarities, *cosines]), began)


def _similarities(left: OfferText, right: OfferText) -> list[float]:
    titles = left.written, right.written
    return [
        _jaccard(left, right),
        fuzz.ratio(*titles),
        fuzz.partial_ratio(*titles),
        fuzz.token_set_ratio(*titles),
        fuzz.token_sort_ratio(*titles),
        JaroWinkler.similarity(*titles),
        _jaccard_of(set(left.title), set(right.title)),
        fuzz.token_set_ratio(_all_of(left), _all_of(right)),
        *_of_field(left.offer.brand, right.offer.brand),
        *_of_field(left.offer.model, right.offer.model),
        *_of_field(left.offer.category, right.offer.category),
        _unlike(left.offer.price, right.offer.price),
    ]


def _of_field(left: str, right: str) -> tuple[float, float]:
    return (fuzz.ratio(left, right), JaroWinkler.similarity(left, right)) if left and right else (-1.0, -1.0)


def _unlike(left: float | None, right: float | None) -> float:
    return abs(left - right) / max(left, right) if left and right else -1.0


def _all_of(text: OfferText) -> str:
    return f"{text.written} {text.offer.brand} {text.offer.model}"


def token_jaccard(pairs: Pairs) -> Result:
    """Judge the share of common words."""
    texts = pairs.catalogue.texts
    both = zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)
    return judge(pairs, np.array([_jaccard(texts[one], texts[other]) for one, other in both]), 0.0)


def _jaccard(left: OfferText, right: OfferText) -> float:
    return _jaccard_of(set(_all_of(left).split()), set(_all_of(right).split()))


def _jaccard_of(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(len(one | other), 1)


def judge(pairs: Pairs, scores: Column, seconds: float) -> Result:
    """Choose thresholds by the parts to choose by, and measure in the other."""
    learning, judged = ~pairs.judged, pairs.judged
    truth, known = pairs.labels[judged], pairs.labels[learning]
    best = best_f1_threshold(known, scores[learning])
    sure = scores[judged] >= sure_threshold(known, scores[learning])
    return Result(
        f1=float(f1_score(truth, scores[judged] >= best)),
        f1_in_training=float(f1_score(known, scores[learning] >= best)),
        recall_at_precision_95=recall_at_precision(truth, scores[judged]),
        sure_precision=float(precision_score(truth, sure, zero_division=1.0)),
        sure_recall=float(recall_score(truth, sure)),
        train_seconds=seconds,
    )


METHODS = {"ours": ours, "gradient boosting": plain_boosting, "token Jaccard": token_jaccard}


def report_of(results: dict[str, dict[str, Result]]) -> dict[str, Any]:
    """What `--json` writes."""
    headline: dict[str, float] = {}
    for name, methods in results.items():
        mine = methods["ours"]
        headline |= {
            f"f1_{name}": mine.f1,
            f"recall_at_precision_95_{name}": mine.recall_at_precision_95,
            f"sure_precision_{name}": mine.sure_precision,
            f"sure_recall_{name}": mine.sure_recall,
            f"f1_{name}_gradient_boosting": methods["gradient boosting"].f1,
            f"f1_{name}_token_jaccard": methods["token Jaccard"].f1,
        }
    headline["train_seconds"] = sum(methods["ours"].train_seconds for methods in results.values())
    return {"headline": {key: round(value, 4) for key, value in headline.items()}}


def show(console: Console, results: dict[str, dict[str, Result]]) -> None:
    """Print a table for each set."""
    for name, methods in results.items():
        chosen_by, judged_by = SETS[name]
        table = Table(title=f"{name}: chosen by {' and '.join(chosen_by)}, judged by {judged_by}")
        columns = ("method", "F1", "F1 in cv", "recall at P .95", "sure: precision", "sure: recall", "seconds")
        for column in columns:
            table.add_column(column, justify="left" if column == "method" else "right")
        for method, each in methods.items():
            figures = (each.f1, each.f1_in_training, each.recall_at_precision_95, each.sure_precision, each.sure_recall)
            table.add_row(method, *(f"{figure:.3f}" for figure in figures), f"{each.train_seconds:.1f}")
        console.print(table)


def folder_from(options: argparse.Namespace) -> Path:
    """Find the data, or end with a message that says where they are to be had."""
    named = options.data or os.environ.get("ZHENGPIN_DATA")
    folder = Path(named) / "product_pairs" if named else None
    if folder is None or not all((folder / name).is_dir() for name in SETS):
        sys.exit(f"Give a folder that holds product_pairs/, with --data or ZHENGPIN_DATA. It holds {SOURCE}.")
    return folder


def main() -> None:
    """Measure both sets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="the folder with product_pairs/; else ZHENGPIN_DATA names it")
    parser.add_argument("--json", type=Path, help="write the figures here")
    options = parser.parse_args()
    folder = folder_from(options)
    results: dict[str, dict[str, Result]] = {}
    console = Console()
    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("Reading and training", total=len(SETS) * len(METHODS))
        for name, (chosen_by, judged_by) in SETS.items():
            pairs = read_pairs(folder / name, chosen_by, judged_by)
            results[name] = {}
            for method, measured in METHODS.items():
                results[name][method] = measured(pairs)
                progress.advance(task)
    show(console, results)
    if options.json:
        options.json.write_text(json.dumps(report_of(results), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
