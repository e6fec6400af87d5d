"""Linking by names and addresses alone: degrees of likeness, candidates, and what is learned without labels."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from zhengpin.domain.ring import Attribute
from zhengpin.suppliers.rings.candidates import CROWDED, candidate_pairs
from zhengpin.suppliers.rings.likeness import Degree, degrees
from zhengpin.suppliers.rings.particulars import Particulars, pairs_to_compare, table_of, text_evidence
from zhengpin.suppliers.rings.text_model import TextModel, learn_text_model
from zhengpin.suppliers.rings.text_table import TextColumn, TextTable

ROADS = ("文三路", "春晗路", "世纪大道", "露茉路", "人民路", "解放街", "中山路", "建设大道", "滨江路", "和平巷")
HAN = "露茉凯维沃贝嘉奥薇豪霖普塔斯西尔卡朵蕾雅妮琳莎娜菲黛梵绮诗曼萝莉芙荷卓瑞德诺博格雷森洛迪泰欧铂澜"
TOWNS = ("杭州", "宁波", "深圳", "青岛")


def degree(one: str, other: str) -> Degree:
    table = TextTable((TextColumn.of("name", [one, other]),))
    return Degree(degrees(table, np.array([0]), np.array([1]))[0, 0])


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("凯维", "凱維", Degree.SAME),
        ("Kaiwei", "ＫＡＩ ＷＥＩ", Degree.SAME),
        ("凯维", "凯威", Degree.NEAR),
        ("凯维", "kaiwei", Degree.NEAR),
        ("harrington", "harringtno", Degree.NEAR),
        ("harrington", "harringtonne", Degree.SIMILAR),
        ("凯维", "豪霖", Degree.UNLIKE),
        ("", "凯维", Degree.UNKNOWN),
        ("", "", Degree.UNKNOWN),
    ],
)
def test_texts_are_alike_in_degrees(one: str, other: str, expected: Degree) -> None:
    assert degree(one, other) is expected
    assert degree(other, one) is expected


def test_twins_are_compared_crosswise_where_that_is_more_alike() -> None:
    columns = (TextColumn.of("given", ["lusted", "petra"]), TextColumn.of("family", ["petra", "lusted"]))
    seen = degrees(TextTable(columns, twins=((0, 1),)), np.array([0]), np.array([1]))
    assert seen.tolist() == [[Degree.SAME, Degree.SAME, Degree.SIMILAR]]


def test_candidates_agree_in_two_respects_however_misspelt() -> None:
    names, roads = ["harrington", "harringtno", "weaver", "harrison"], ["foo road", "foo raod", "foo road", "bar lane"]
    table = TextTable((TextColumn.of("name", names), TextColumn.of("road", roads)))
    one, other = candidate_pairs(table)
    assert list(zip(one.tolist(), other.tolist(), strict=True)) == [(0, 1)]


def test_what_a_crowd_has_in_common_makes_no_candidates() -> None:
    rows = CROWDED + 1
    table = TextTable((TextColumn.of("name", ["same"] * rows), TextColumn.of("road", ["same"] * rows)))
    assert len(candidate_pairs(table)[0]) == 0


def a_market(dice: Random) -> list[Particulars]:
    """Three hundred suppliers; each of the last hundred is one of the others, told once more and otherwise."""

    def supplier(number: int) -> Particulars:
        town, core = dice.choice(TOWNS), "".join(dice.sample(HAN, 2))
        place = f"{town}市{dice.choice(ROADS)}{dice.randrange(1, 900)}号{dice.randrange(1, 30)}室"
        return Particulars(str(number), f"{town}{core}贸易有限公司", place)

    honest = [supplier(number) for number in range(200)]
    return honest + [
        Particulars(
            f"{each.supplier_id}b",
            each.name.replace("贸易有限公司", "商贸有限责任公司"),
            each.address.replace("号", "號"),
        )
        for each in honest[:100]
    ]


@pytest.fixture(scope="module")
def market() -> list[Particulars]:
    return a_market(Random(7))  # noqa: S311  a made-up market


@pytest.fixture(scope="module")
def model(market: list[Particulars]) -> TextModel:
    table = table_of(market)
    return learn_text_model(table, *pairs_to_compare(table), comparable=len(market) * (len(market) - 1) // 2)


def test_a_model_learns_without_labels_who_is_told_twice(market: list[Particulars], model: TextModel) -> None:
    table = table_of(market)
    one, other = candidate_pairs(table)
    likely = model.probability(model.bits(table, one, other)) >= 0.5
    found = set(zip(one[likely].tolist(), other[likely].tolist(), strict=True))
    assert found == {(number, 200 + number) for number in range(100)}


def test_a_rare_text_in_common_says_more_than_a_common_one(model: TextModel) -> None:
    def bits(name: str) -> float:
        told = text_evidence(model, Particulars("a", name), Particulars("b", name))
        return sum(each.bits for each in told if each.attribute == Attribute.COMPANY_NAME)

    assert bits("拉萨铀钚养殖有限公司") > bits("杭州贸易有限公司")


def test_names_and_addresses_that_differ_are_no_evidence(model: TextModel) -> None:
    one = Particulars("a", "杭州凯维贸易有限公司", "杭州市文三路8号")
    assert text_evidence(model, one, Particulars("b", "深圳豪霖实业有限公司", "深圳市人民路900号")) == ()


def test_what_is_not_known_says_nothing(model: TextModel) -> None:
    assert text_evidence(model, Particulars("a"), Particulars("b", "杭州凯维贸易有限公司")) == ()
