from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from zhengpin_client.importing.rows import BadRow
from zhengpin_client.importing.sources import open_source
from zhengpin_client.truth import Group, Truth, read_truth


def told(folder: Path, *rows: Any) -> tuple[dict[str, Truth], list[BadRow]]:
    file = folder / "truth.jsonl"
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return read_truth(open_source(file, None, None, None))


def test_the_simulations_truth_is_read_and_its_links_are_passed_over(tmp_path: Path) -> None:
    ring = {"listingId": "l-1", "kind": "ring", "fake": True, "clever": True, "looksLike": "", "ring": "r-1"}
    link = {"kind": "group", "honest": True, "suppliers": ["s-1", "s-2"]}

    truths, bad = told(tmp_path, {"link": link}, {"truth": ring})

    assert truths == {"l-1": Truth("l-1", fake=True, kind="ring", clever=True)}
    assert not bad


def test_an_id_and_a_word_are_enough(tmp_path: Path) -> None:
    file = tmp_path / "labels.csv"
    file.write_text("listing_id,fake\n17,yes\nl-2,0\n", encoding="utf-8")

    truths, bad = read_truth(open_source(file, None, None, None))

    assert {name: truth.fake for name, truth in truths.items()} == {"17": True, "l-2": False}
    assert not bad


def test_listings_are_grouped_by_what_is_known_of_them() -> None:
    assert Truth("l", fake=True).group is Group.FAKE
    assert Truth("l", fake=True, clever=True).group is Group.CLEVER_FAKE
    assert Truth("l", fake=True, clever=False).group is Group.OBVIOUS_FAKE
    assert Truth("l", fake=False, looks_like="ring").group is Group.LOOK_ALIKE
    assert Truth("l", fake=False, clever=False).group is Group.GENUINE


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ({"listing_id": "l-1"}, "truth.fake: is missing: write true or false"),
        ({"fake": True}, "truth.listing_id: is missing: write the listing's id"),
        ({"listing_id": "l-1", "fake": "maybe"}, "truth.fake: must be true or false, and is 'maybe'"),
        ({"listing_id": ["l-1"], "fake": True}, "truth.listing_id: must be a text, and is ['l-1']"),
        (
            {"truth": {"listingId": "l-1", "fake": 2, "clever": 3}},
            "truth.fake: must be true or false, and is 2; truth.clever: must be true or false, and is 3",
        ),
        (
            {"truth": "fake"},
            "truth.listing_id: is missing: write the listing's id; truth.fake: is missing: write true or false",
        ),
        ({}, "truth.listing_id: is missing: write the listing's id; truth.fake: is missing: write true or false"),
    ],
)
def test_everything_wrong_with_a_row_is_told_with_its_line(tmp_path: Path, row: Any, wrong: str) -> None:
    truths, bad = told(tmp_path, {"listing_id": "good", "fake": True}, row)

    assert list(truths) == ["good"]
    assert [str(each) for each in bad] == [f"truth.jsonl:2: {wrong}"]


def test_two_rows_that_say_different_things_of_a_listing_are_not_both_believed(tmp_path: Path) -> None:
    fake, genuine = ({"listing_id": "l-1", "fake": value} for value in (True, False))

    truths, bad = told(tmp_path, fake, fake, genuine)

    assert truths["l-1"].fake
    assert [each.line for each in bad] == [3]
    assert "an earlier row says something else of listing 'l-1'" in str(bad[0])
