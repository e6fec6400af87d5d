"""Names that imitate registered brands, and names that only stand near one."""

from __future__ import annotations

import pytest

from builders import a_brand
from zhengpin.detectors.lookalikes import BrandIndex, GrowingIndex, Imitation
from zhengpin.detectors.lookalikes.characters import drawn_like, spoken_alike
from zhengpin.detectors.lookalikes.neighbourhood import Neighbourhood
from zhengpin.detectors.lookalikes.shapes_of_letters import plain_letters, skeleton, spoken
from zhengpin.detectors.lookalikes.spelling_distance import spelling_distance
from zhengpin.domain.brand import Brand

_NAMES = (
    "Nike 耐克 Adidas 阿迪达斯 Puma Sony Sharp 康师傅 奥利奥 雪碧 大白兔 小米 美的 海尔 老干妈 三只松鼠 华为"
    " 七匹狼 旺旺 娃哈哈 洽洽 周大福 Colgate Samsung Coca-Cola Lancôme 7UP Apple Canon Dove PlayStation Tesla"
)
_REGISTERED = _NAMES.split()
_INDEX = BrandIndex(a_brand(brand_id=name, name=name) for name in _REGISTERED)


def _found(name: str) -> tuple[str, Imitation] | None:
    found = _INDEX.find(name)
    return (found.name, found.kind) if found else None


@pytest.mark.parametrize(
    ("name", "brand", "kind"),
    [
        ("nIKE", "Nike", Imitation.CASE),
        ("ＮＩＫＥ", "Nike", Imitation.WIDTH),
        ("N-I-K-E", "Nike", Imitation.SPACING),
        ("小·米", "小米", Imitation.SPACING),
        ("N1KE", "Nike", Imitation.DIGITS),
        ("@didas", "Adidas", Imitation.DIGITS),
        ("3只松鼠", "三只松鼠", Imitation.DIGITS),
        ("Nіkе", "Nike", Imitation.HOMOGLYPHS),  # Cyrillic і and е
        ("Nikë", "Nike", Imitation.HOMOGLYPHS),
        ("NlKE", "Nike", Imitation.HOMOGLYPHS),
        ("Sarnsung", "Samsung", Imitation.HOMOGLYPHS),
        ("Nkie", "Nike", Imitation.TRANSPOSED),
        ("PAMU", "Puma", Imitation.TRANSPOSED),
        ("康傅师", "康师傅", Imitation.TRANSPOSED),
        ("SQNY", "Sony", Imitation.LETTERS),
        ("Abibas", "Adidas", Imitation.LETTERS),
        ("老干爹", "老干妈", Imitation.LETTERS),
        ("旺旺旺", "旺旺", Imitation.LETTERS),
        ("Kolgate", "Colgate", Imitation.RESPELT),
        ("Koka Kola", "Coca-Cola", Imitation.RESPELT),
        ("康帅傅", "康师傅", Imitation.SHAPE),
        ("雷碧", "雪碧", Imitation.SHAPE),
        ("大白免", "大白兔", Imitation.SHAPE),
        ("治治", "洽洽", Imitation.SHAPE),
        ("粤利粤", "奥利奥", Imitation.SHAPE),
        ("七匹郎", "七匹狼", Imitation.SOUND),
        ("阿笛达丝", "阿迪达斯", Imitation.SOUND),
        ("小米新品", "小米", Imitation.ADDED_WORDS),
        ("Sharp Pioneer", "Sharp", Imitation.ADDED_WORDS),
        ("New Product Nike", "Nike", Imitation.ADDED_WORDS),
        ("康帅傅优品", "康师傅", Imitation.SHAPE),
        ("NlKE耐克", "Nike", Imitation.HOMOGLYPHS),
    ],
)
def test_an_imitation_is_told_with_its_brand_and_its_kind(name: str, brand: str, kind: Imitation) -> None:
    assert _found(name) == (brand, kind)


@pytest.mark.parametrize("name", [*_REGISTERED, *map(str.lower, _REGISTERED), *map(str.upper, _REGISTERED)])
def test_a_registered_name_imitates_nobody(name: str) -> None:
    assert _found(name) is None


@pytest.mark.parametrize("name", ["Coca Cola", "Lancome", "Play Station", "7 UP", "阿迪達斯", "Nike's", "耐克 NIKE"])
def test_ways_to_write_a_brands_own_name_are_no_imitations(name: str) -> None:
    assert _found(name) is None


@pytest.mark.parametrize("name", ["小熊", "美菱", "海信", "Canyon", "周大生", "周六福", "大白鲸", "Sonos", "Dover"])
def test_other_makers_names_are_no_imitations(name: str) -> None:
    assert _found(name) is None


@pytest.mark.parametrize(
    "name", ["apply", "Pumas", "canons", "sorry", "Mike", "雪花", "Doves", "海洋", "Ace", "hp", "咖啡"]
)
def test_ordinary_words_are_no_imitations(name: str) -> None:
    assert _found(name) is None


@pytest.mark.parametrize(
    "name", ["小米手机", "Nike Air Max 270", "Tesla Model 3", "Sony WH-1000XM5", "华为旗舰店", "Nike Store"]
)
def test_goods_and_shops_of_a_brand_are_no_added_words(name: str) -> None:
    assert _found(name) is None


def test_two_registered_names_a_letter_apart_are_two_brands() -> None:
    index = BrandIndex([Brand("1", "Norvika"), Brand("2", "Norvica")])
    assert index.find("Norvica") is None
    assert BrandIndex([Brand("1", "Norvika")]).find("Norvica") is not None


def test_an_alias_is_imitated_as_its_brand() -> None:
    found = BrandIndex([Brand("1", "Norvika", aliases=("诺维卡",))]).find("偌维卡")
    assert found is not None
    assert (found.brand.brand_id, found.name, found.text) == ("1", "诺维卡", "偌维卡")


def test_the_likest_brand_is_named() -> None:
    found = BrandIndex([Brand("1", "Velvora"), Brand("2", "Velvona")]).find("Velvonna")
    assert found is not None
    assert found.name == "Velvona"


@pytest.mark.parametrize("name", ["", " ", "-", "x", "a" * 500, "1234567", "💥", "\u200b"])
def test_what_is_no_name_imitates_nobody(name: str) -> None:
    assert _found(name) is None


@pytest.mark.parametrize(
    ("title", "brand"),
    [
        ("正品 NlKE 运动鞋 男", "Nike"),
        ("Tenis Adiddas branco 42", "Adidas"),
        ("N I K E 运动鞋", "Nike"),
        ("康帅傅红烧牛肉面 5连包", "康师傅"),
        ("整箱 粤利粤 夹心饼干", "奥利奥"),
        ("雷碧汽水 500ml", "雪碧"),
    ],
)
def test_an_imitation_is_found_in_a_title(title: str, brand: str) -> None:
    found = _INDEX.find_in_title(title)
    assert found is not None
    assert found.name == brand
    assert found.text in title


@pytest.mark.parametrize(
    "title",
    [
        "Nike Air Max 270 男子运动鞋 正品",
        "小米新品 手机 14 Ultra",
        "康师傅红烧牛肉面 桶装",
        "nike ADIDAS puma 运动短袖",
        "农家小米 5斤 海鲜 雪梨",
        "Capa para Samsung Galaxy A14 preta",
        "apply sunscreen, one canyon trip, canned goods",
        "",
    ],
)
def test_honest_titles_hold_no_imitation(title: str) -> None:
    assert _INDEX.find_in_title(title) is None


def test_letters_are_read_as_what_they_resemble() -> None:
    assert plain_letters("N1KЕ") == "nlke"
    assert skeleton("NlKE") == skeleton("Nike")
    assert skeleton("rnax") == skeleton("max")
    assert spoken("kolgait") == spoken("colgate")


def test_letters_alike_count_less_than_others() -> None:
    assert spelling_distance("sqny", "sony") < spelling_distance("smny", "sony")
    assert spelling_distance("nikee", "nike") < spelling_distance("niket", "nike")
    assert spelling_distance("sony", "sony") == 0


def test_neighbours_are_found_whichever_letter_is_left_out() -> None:
    neighbourhood = Neighbourhood(["colgate"])
    assert all("colgate" in neighbourhood.near("colgate"[:place] + "colgate"[place + 1 :]) for place in range(7))
    assert neighbourhood.near("lipton") == set()


def test_characters_are_alike_by_shape_or_by_sound() -> None:
    assert "帅" in drawn_like("师")
    assert "师" in drawn_like("帅")
    assert "河" not in drawn_like("鱼")
    assert spoken_alike("狼", "郎") > spoken_alike("奈", "耐") - 1 > spoken_alike("能", "冷") - 1 > -1
    assert spoken_alike("狼", "虎") == 0


def test_an_index_that_has_grown_finds_what_a_new_one_finds() -> None:
    first = frozenset(Brand(name, name) for name in _REGISTERED[::2])
    everything = frozenset(Brand(name, name) for name in _REGISTERED)
    grown, new = GrowingIndex(first).grown_to(everything), GrowingIndex(everything)
    asked = ["N1KE", "Adiddas", "雷碧", "康帅傅", "Nike", "海尔", "Canyon", "Sonny", "老干爹", "阿迪达丝"]
    assert [grown.find(name) for name in asked] == [new.find(name) for name in asked]
    assert [grown.find_at_start(name) for name in asked] == [new.find_at_start(name) for name in asked]


def test_an_index_forgets_brands_that_are_no_longer_named_so() -> None:
    before = GrowingIndex(frozenset({Brand("1", "Norvika")}))
    after = before.grown_to(frozenset({Brand("1", "Boreal")}))
    assert before.find("Norvicka") is not None
    assert after.find("Norvicka") is None
    assert before.grown_to(frozenset({Brand("1", "Norvika")})) is before


@pytest.mark.parametrize(
    ("title", "brand"),
    [
        ("康帅傅红烧牛肉面 5连包", "康师傅"),
        ("雷碧汽水", "雪碧"),
        ("Adiddas tênis 42", "Adidas"),
        ("康师傅红烧牛肉面", None),
    ],
)
def test_the_start_of_a_title_may_imitate_a_brand(title: str, brand: str | None) -> None:
    found = _INDEX.find_at_start(title)
    assert (found.name if found else None) == brand
