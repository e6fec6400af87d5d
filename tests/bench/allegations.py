"""How well texts that call goods fake are told from texts that praise them as genuine, beside plain baselines.

Two questions, one run:

- *What does a sentence claim?* Three hundred sentences of our own in Chinese, English and Portuguese
  (`bench/allegations/`), each labelled fake, genuine, question or other. Half of them, chosen by a hash of the text,
  was never looked at while rules were written: `claim_accuracy` is of that half. The baseline knows the same words
  for fake and genuine and nothing of what turns them around.
- *Is the buyer unhappy?* Real reviews that mention fakes or genuine goods (`zh_reviews/authenticity_subset.csv`), by
  repeated cross-validation; F1 of "unhappy". Knobs are chosen by an inner cross-validation on training folds only.
  The background regression learns from the other reviews (`online_shopping_10_cats.csv`), without any text of the
  subset. Baselines: all unhappy, a regression over the same pieces of one to three characters, and, without any
  training, what `claim_of` says (its coverage beside it, for a text may claim nothing).
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table
from sklearn.metrics import f1_score
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.pipeline import Pipeline

from zhengpin.detectors.allegations import ClaimKind, claim_of
from zhengpin.detectors.allegations.sentences import folded, readings_of
from zhengpin.detectors.unhappy_reviews import UnhappyReviews, of_all_reviews

SENTENCES = Path(__file__).parent / "allegations"
LANGUAGES = ("zh", "en", "pt")
FOLDER = "zh_reviews"
SOURCE = "ChineseNlpCorpus, online_shopping_10_cats (github.com/SophonPlus/ChineseNlpCorpus)"
FOLDS = 5
INNER_FOLDS = 3
STRENGTHS = (1.0, 3.0, 10.0)
WEIGHTS = (0.25, 0.5, 1.0)
NOT_WORDS = re.compile(r"\W")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence of ours and what it claims."""

    language: str
    kind: ClaimKind
    text: str

    @property
    def is_held_out(self) -> bool:
        """Whether nobody looked at it while the rules were written."""
        return hashlib.sha256(self.text.encode()).digest()[0] % 2 == 1


@dataclass(frozen=True, slots=True)
class Remembered:
    """A regression's log-odds of known texts, which many folds ask for."""

    odds: Mapping[str, float]

    @classmethod
    def of(cls, fitted: Pipeline, texts: Sequence[str]) -> Remembered:
        """Ask once."""
        return cls(dict(zip(texts, fitted.decision_function(texts).tolist(), strict=True)))

    def decision_function(self, texts: Sequence[str]) -> Any:
        """Give what was asked before."""
        return np.array([self.odds[text] for text in texts])


def main() -> None:
    """Run the benchmark, print its tables, and write the figures if asked to."""
    options = _options()
    folder = _data_folder(options)
    of_claims = _measure_claims(_sentences())
    of_reviews = _measure_reviews(folder, options.repeats)
    _show(of_claims, of_reviews)
    if options.json:
        options.json.write_text(json.dumps({"headline": of_reviews | of_claims}, indent=2) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench allegations", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, help=f"the folder with {FOLDER}/; else ZHENGPIN_DATA names it")
    parser.add_argument("--repeats", type=int, default=3, help="so many cross-validations, each with its own folds")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    return parser.parse_args()


def _data_folder(options: argparse.Namespace) -> Path:
    named = options.data or os.environ.get("ZHENGPIN_DATA")
    if not named or not (Path(named) / FOLDER).is_dir():
        sys.exit(f"Give a folder that holds {FOLDER}/, with --data or ZHENGPIN_DATA. It holds reviews of {SOURCE}.")
    return Path(named) / FOLDER


def _sentences() -> list[Labelled]:
    rows: list[Labelled] = []
    for language in LANGUAGES:
        with (SENTENCES / f"{language}.tsv").open(encoding="utf-8") as file:
            next(file)
            rows += (Labelled(language, ClaimKind(kind), text) for kind, text in map(_fields, file))
    return rows


def _fields(line: str) -> list[str]:
    return line.rstrip("\n").split("\t")


def _measure_claims(sentences: Sequence[Labelled]) -> dict[str, float]:
    held = [each for each in sentences if each.is_held_out]
    figures = {
        "claim_accuracy": _accuracy(held, _claimed),
        "keyword_accuracy": _accuracy(held, _by_keyword),
        "commonest_kind_accuracy": max(Counter(each.kind for each in held).values()) / len(held),
        "claim_accuracy_tuned_half": _accuracy([each for each in sentences if not each.is_held_out], _claimed),
    }
    for language in LANGUAGES:
        figures[f"claim_accuracy_{language}"] = _accuracy([x for x in held if x.language == language], _claimed)
    return {name: round(figure, 4) for name, figure in figures.items()} | {"held_sentences": len(held)}


def _accuracy(sentences: Sequence[Labelled], told: Callable[[str], ClaimKind]) -> float:
    return float(np.mean([told(each.text) is each.kind for each in sentences]))


def _claimed(text: str) -> ClaimKind:
    return claim_of(text).kind


def _by_keyword(text: str) -> ClaimKind:
    """Tell by the first word for fake or genuine, and by a question mark."""
    for language in readings_of(text):
        plain = folded(text.replace("？", "?"), language)
        words = [
            (found.start(), kind)
            for kind, expression in ((ClaimKind.FAKE, language.fake), (ClaimKind.GENUINE, language.genuine))
            if (found := expression.search(plain))
        ]
        if words:
            return ClaimKind.QUESTION if "?" in plain else min(words)[1]
    return ClaimKind.OTHER


def _measure_reviews(folder: Path, repeats: int) -> dict[str, float]:
    subset = _rows(folder / "authenticity_subset.csv")
    texts, unhappy = [row["review"] for row in subset], np.array([int(row["neg"]) for row in subset])
    background = Remembered.of(_background(_rows(folder / "online_shopping_10_cats.csv"), texts), texts)
    knobs: dict[str, Sequence[float]] = {"strength": STRENGTHS}
    contests = (
        ("f1", UnhappyReviews(background), knobs | {"background_weight": WEIGHTS}),
        ("ngram_f1", UnhappyReviews(), knobs),
    )
    scores: dict[str, list[float]] = {name: [] for name, *_ in contests}
    for seed in track(range(repeats), "cross-validations", transient=True):
        for name, estimator, knobs in contests:
            scores[name].append(float(f1_score(unhappy, _predicted(estimator, knobs, texts, unhappy, seed))))
    return {
        **{name: round(float(np.mean(each)), 4) for name, each in scores.items()},
        "f1_lowest_repeat": round(min(scores["f1"]), 4),
        "naive_f1": round(float(f1_score(unhappy, np.ones_like(unhappy))), 4),
        "background_alone_f1": round(float(f1_score(unhappy, background.decision_function(texts) > 0)), 4),
        **_untrained(texts, unhappy),
        "reviews": len(texts),
    }


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as rows:
        return list(csv.DictReader(rows))


def _background(rows: Sequence[dict[str, str]], subset: Sequence[str]) -> Pipeline:
    """Learn from every review that is not in the subset, whatever its spaces and punctuation."""
    known = {NOT_WORDS.sub("", text) for text in subset}
    others = [row for row in rows if NOT_WORDS.sub("", row["review"]) not in known]
    return of_all_reviews().fit([row["review"] for row in others], [1 - int(row["label"]) for row in others])


def _predicted(estimator: Any, knobs: dict[str, Sequence[float]], texts: list[str], unhappy: Any, seed: int) -> Any:
    """Predict each text by what was learned, and chosen, without its fold."""
    predicted = np.zeros_like(unhappy)
    for learned, left_out in StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(texts, unhappy):
        inner = StratifiedKFold(INNER_FOLDS, shuffle=True, random_state=seed)
        search = GridSearchCV(estimator, knobs, scoring="f1", cv=inner)
        search.fit([texts[nth] for nth in learned], unhappy[learned])
        predicted[left_out] = search.predict([texts[nth] for nth in left_out])
    return predicted


def _untrained(texts: Sequence[str], unhappy: Any) -> dict[str, float]:
    """Tell unhappy from happy by the claims alone, of the texts that claim the goods to be fake or genuine."""
    claims = [_claimed(text) for text in texts]
    said = np.array([kind in {ClaimKind.FAKE, ClaimKind.GENUINE} for kind in claims])
    fake = np.array([kind is ClaimKind.FAKE for kind in claims])
    return {
        "claim_coverage": round(float(said.mean()), 4),
        "claim_f1_where_claimed": round(float(f1_score(unhappy[said], fake[said])), 4),
    }


def _show(of_claims: dict[str, float], of_reviews: dict[str, float]) -> None:
    for title, figures in (("What sentences claim", of_claims), ("Whether reviewers are unhappy", of_reviews)):
        table = Table(title=title)
        table.add_column("figure")
        table.add_column("value", justify="right")
        for name, figure in figures.items():
            table.add_row(name, f"{figure:g}")
        Console().print(table)


if __name__ == "__main__":
    main()
