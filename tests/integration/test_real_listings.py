"""The first real run: a marketplace's own listings, imported and screened, judged as a person judged them by hand.

The data are not ours and not part of the project: `ZHENGPIN_DATA` names the folder (its `marketplace_listings/` holds
a public collection of one brand's cartridges on a Brazilian marketplace).
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from zhengpin.bootstrap import Service
from zhengpin.settings import Settings

MAPPING = Path(__file__).parents[2] / "clients" / "mappings" / "mercado-livre-cartridges.toml"

EMPTY_OR_COMPATIBLE = ("4fc756ca87", "fa3a726fab", "5e46b624ee", "f0d1b3d772", "5e53f9c395", "4701f06a68", "e4d1797e73")
"""Declared original and new, while their own text says empty or compatible: ends of their ids, found by hand."""
PAST_SHELF_LIFE_OR_USED = (
    "630a1b7d00",
    "2ad8c21c52",
    "8b10d41654",
    "edbfb62648",
    "fd139368d2",
    "9feb590ba6",
    "90951d1197",
)
TEXT_RULES = {
    "listing.contradicts-its-claim",
    "listing.replica-words",
    "listing.leaked-goods-words",
    "listing.same-style-as-a-brand",
    "listing.past-shelf-life",
    "listing.used-sold-as-new",
    "listing.refilled-sold-as-new",
    "listing.gated-without-box",
    "listing.lures-off-platform",
}

Row = dict[str, str]


@pytest.fixture(scope="module")
def listings() -> dict[str, Row]:
    """The source rows by id."""
    folder = os.environ.get("ZHENGPIN_DATA")
    if not folder:
        pytest.skip("ZHENGPIN_DATA names no folder with marketplace_listings/ (public cartridge listings, Brazil)")
    with (Path(folder) / "marketplace_listings" / "listings.csv").open(encoding="utf-8", newline="") as file:
        return {row["listing_id"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def verdicts(listings: dict[str, Row], tmp_path_factory: pytest.TempPathFactory) -> Generator[dict[str, Row]]:
    """The report's rows by id, after an import that screens."""
    assert listings
    folder = tmp_path_factory.mktemp("real")
    source = Path(os.environ["ZHENGPIN_DATA"]) / "marketplace_listings" / "listings.csv"
    settings = Settings(database=f"sqlite:///{folder / 'z.db'}", listen="127.0.0.1:0", log_level="error")
    with Service(settings) as service:
        rejected, report = folder / "rejected.jsonl", folder / "report"
        command = [str(Path(sys.executable).with_name("zhengpin")), "--server", f"127.0.0.1:{service.start()}"]
        options = ["--mapping", str(MAPPING), "--rejected", str(rejected), "--screen", "--report", str(report)]
        environment = {**os.environ, "XDG_STATE_HOME": str(folder)}
        ended = subprocess.run(
            [*command, "import", str(source), *options],
            capture_output=True,
            text=True,
            env=environment,
            timeout=100,
            check=False,
        )
    assert ended.returncode == 0, ended.stderr
    with (report / "verdicts.csv").open(encoding="utf-8-sig", newline="") as file:
        yield {row["listing_id"]: row for row in csv.DictReader(file)}


def test_every_listing_is_imported_and_judged(listings: dict[str, Row], verdicts: dict[str, Row]) -> None:
    assert len(listings) == 229
    assert verdicts.keys() == listings.keys()


def test_what_is_empty_or_compatible_is_reviewed_with_the_sentence(verdicts: dict[str, Row]) -> None:
    for end in EMPTY_OR_COMPATIBLE:
        (row,) = (row for listing_id, row in verdicts.items() if listing_id.endswith(end))
        assert row["decision"] in {"REVIEW", "BLOCK"}, end
        assert "listing.contradicts-its-claim" in row["reason_codes"]
        assert any(word in row["quotes"].casefold() for word in ("vazio", "compat", "comapat")), end


def test_what_is_past_its_shelf_life_or_used_is_at_least_watched(verdicts: dict[str, Row]) -> None:
    for end in PAST_SHELF_LIFE_OR_USED:
        (row,) = (row for listing_id, row in verdicts.items() if listing_id.endswith(end))
        assert row["decision"] != "ALLOW", end
        assert row["quotes"], end


def test_text_rules_touch_at_most_three_other_listings(verdicts: dict[str, Row]) -> None:
    expected = EMPTY_OR_COMPATIBLE + PAST_SHELF_LIFE_OR_USED
    touched = [
        listing_id
        for listing_id, row in verdicts.items()
        if TEXT_RULES & set(row["reason_codes"].split()) and not listing_id.endswith(expected)
    ]
    assert len(touched) <= 3, touched


def test_official_stores_are_left_in_peace(listings: dict[str, Row], verdicts: dict[str, Row]) -> None:
    official = [verdicts[each]["decision"] for each, row in listings.items() if row["official_store"] == "1"]
    assert len(official) == 33
    assert "BLOCK" not in official
    assert official.count("REVIEW") <= 1


def test_a_multi_pack_or_an_xl_version_looks_neither_cheap_nor_dear(
    listings: dict[str, Row], verdicts: dict[str, Row]
) -> None:
    packs_and_xl = [
        verdicts[each]
        for each, row in listings.items()
        if (row["units_in_pack"] != "1" or "xl" in row["title"].casefold()) and not each.endswith(EMPTY_OR_COMPATIBLE)
    ]
    compared = [float(row["over_market_median"]) for row in packs_and_xl if row["over_market_median"]]
    assert len(compared) >= 20
    assert not [row["listing_id"] for row in packs_and_xl if "price." in row["reason_codes"]]
    assert min(compared) > 0.4
