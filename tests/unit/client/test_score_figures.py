"""Scores' figures say no more than is known."""

import pytest

from zhengpin.v1.supplier_score_pb2 import ScoreCap, ScoreComponent, SupplierScore
from zhengpin.v1.verdict_pb2 import LocalizedText
from zhengpin_client.score_figures import chance_text, good_of_all, other_reasons


@pytest.mark.parametrize(
    ("component", "told"),
    [
        (ScoreComponent(name="quality", k=80.5, n=100.2), "80.5/100.2"),
        (ScoreComponent(name="quality"), "–"),
        (ScoreComponent(name="compliance", k=46.5, n=50), "93%"),
        (ScoreComponent(name="cover", n=200), "0%"),
    ],
)
def test_of_a_component_is_told_what_was_counted(component: ScoreComponent, told: str) -> None:
    assert good_of_all(component) == told


@pytest.mark.parametrize(("chance", "told"), [(0.0, "<1%"), (0.234, "23%"), (0.9999, ">99%")])
def test_no_chance_is_none_and_none_is_certain(chance: float, told: str) -> None:
    assert chance_text(chance) == told


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_bars_a_score_is_not_said_twice(language: str) -> None:
    barred, shipped = (LocalizedText(**{language: said}) for said in ("At most 199 points: edited.", "Quick to ship."))
    score = SupplierScore(
        caps=[ScoreCap(points=199, why=LocalizedText(**{language: "edited."})), ScoreCap(points=399)],
        reasons=[barred, shipped],
    )
    assert other_reasons(score) == [shipped]
