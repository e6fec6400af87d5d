"""The parameters' file: what it may not say, and how it says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from markets import NOW
from zhengpin.errors import InvalidSettings
from zhengpin.simulation import Marketplace, load_parameters

WRONG = [
    ("[market]\nfakes = 1.5", "market.fakes: Input should be less than or equal to 1 (it is 1.5)"),
    ("[market]\nfake = 0.5", "market.fake: there is no such key: see the shipped parameters.toml"),
    ("[sellers.stranger]\nage = 1", "sellers.stranger"),
    ("[shares.clever]\nclever-prise = 0.0", "clever-prise: there is no such kind: did you mean 'clever-price'?"),
    ("[shares.obvious]\ndirt-cheap = 0.9", "shares.obvious: the shares make 1.68: let them make 1"),
    (
        "[shares.genuine]\nopen-retail = 0",
        "shares.genuine and shares.look-alikes: the shares make 0.665: let them",
    ),
    ("[prices]\nflash = [0.9, 0.3]", "prices.flash: write the least first, then the most"),
    ("[quarter]\nbranches = 3", "quarter.branches: Input should be a multiple of 2 (it is 3)"),
    ("categories = []", "categories: "),
    ("[market", "not TOML: "),
]


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_a_wrong_file_is_refused_with_the_key_and_what_to_do(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidSettings) as refused:
        load_parameters(file)
    assert str(refused.value).startswith(f"{file}: ")
    assert message in str(refused.value)


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("[market]\nfakes = 2\nclever = -1\n[trade]\nlate = 'often'\n", encoding="utf-8")
    with pytest.raises(InvalidSettings) as refused:
        load_parameters(file)
    assert len(str(refused.value).splitlines()) == 3


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidSettings, match=r"none\.toml: No such file or directory: name a file of parameters"):
        load_parameters(tmp_path / "none.toml")


def test_a_file_changes_what_it_names_and_leaves_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("[prices]\nspread = 0.2\n[sellers.shop]\nage = 10", encoding="utf-8")
    changed, shipped = load_parameters(file, fakes=0.5), load_parameters()
    assert (changed.prices.spread, changed.sellers["shop"].age, changed.market.fakes) == (0.2, 10, 0.5)
    assert changed.prices.flash == shipped.prices.flash
    assert changed.sellers["owner"] == shipped.sellers["owner"]


def test_the_smallest_quarter_still_tells_of_everyone_in_it(tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    ones = "\n".join(f"{name} = 1" for name in ("agents", "shops", "retailers", "importers", "makers"))
    twos = "\n".join(f"{name} = 2" for name in ("brands", "newcomers", "branches"))
    file.write_text(f"[quarter]\nlistings = 10\nproducts = [1, 1]\n{ones}\n{twos}\n[town]\nquarters = 1\n", "utf-8")
    market = Marketplace(load_parameters(file, fakes=0.6), seed=3, now=NOW, listings=300)
    known = {each["supplier"]["supplierId"] for each in market.parties() if "supplier" in each}
    assert {offer.listing["supplierId"] for offer in market.offers()} <= known
