"""What a file of parameters says of suppliers is what is told of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from markets import NOW
from zhengpin.errors import InvalidSettings
from zhengpin.simulation import Marketplace, load_parameters

WRONG = [
    ("[suppliers.known]\nfax = 0.5", "suppliers.known.fax"),
    ("[suppliers.agency]\nsize = [60, 20]", "suppliers.agency.size: write the least first, then the most"),
    ("[suppliers.ring]\nmanners = { hidden = 1.0 }", "suppliers.ring.manners"),
    ("[suppliers.family.traces]\nsurname = 1.0", "suppliers.family.traces.surname"),
]


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_what_can_not_be_shared_or_known_is_refused_with_its_key(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(InvalidSettings, match=message.replace("[", r"\[")):
        load_parameters(file)


def test_a_market_without_days_and_circles_tells_of_none(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    circles = ("agency", "family", "coworking", "second-hand-device", "recycled-phone")
    none = "".join(f"[suppliers.{circle}]\noften = 0\n" for circle in circles)
    file.write_text(f"{none}[suppliers.accounts]\naccounted = 0.0\n[suppliers.standing]\nreferred = 0.0\n", "utf-8")
    # However few circles are asked for on average, chance adds none.
    market = Marketplace(load_parameters(file), seed=2, now=NOW, listings=1000)
    shares = {each for truth in market.supplier_truths() for each in truth["supplier_truth"]["shares"]}
    assert shares <= {"warehouse", "agency"}  # a ring may work with an agency that nobody else knows
    facts = [each["supplier_fact"] for each in market.supplier_facts()]
    assert not [each for each in facts if "sales" in each or "service" in each]
