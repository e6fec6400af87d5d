from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import a_listing
from sentences import NOT_OF_THE_GOODS, OF_THE_GOODS
from zhengpin.detectors.text import Finding, Saying, sayings


def said(text: str, *, title: str = "Chaleira elétrica Acme K15", brand: str = "Acme") -> set[Saying]:
    listing = a_listing(title=title, description=text, brand=brand)
    return {finding.saying for finding in sayings(listing)} - {Saying.GENUINE}


def said_in_title(title: str, brand: str = "Acme") -> set[Saying]:
    return said("", title=title, brand=brand)


@pytest.mark.parametrize(
    ("saying", "text"), [(saying, text) for saying, texts in OF_THE_GOODS.items() for text in texts]
)
def test_what_a_text_says_of_its_goods_is_found(saying: Saying, text: str) -> None:
    assert saying in said(text)


@pytest.mark.parametrize("text", NOT_OF_THE_GOODS)
def test_what_a_text_says_of_something_else_is_not(text: str) -> None:
    assert said(text) == set()


@pytest.mark.parametrize(
    "title",
    [
        "Filtro compatível com Acme K15",
        "Filtro Comptível Acme K15",
        "Filtro K15 compativel",
        "Compatible filter for Acme kettles",
        "Kettle filter compatible, 2 pcs",
        "适用Acme水壶滤芯",
        "兼容ACME K15滤网",
    ],
)
def test_goods_whose_brand_stands_only_after_compatible_are_somebody_elses(title: str) -> None:
    assert said_in_title(title) == {Saying.COMPATIBLE}


@pytest.mark.parametrize(
    "title",
    [
        "Filtro Acme K15 compatível com chaleiras K17 e K20",
        "Chaleira Acme para fogões compatíveis com indução",
        "Acme kettle compatible with induction hobs",
        "Acme水壶滤芯 适用K15",
        "Filtro para Acme K15",
    ],
)
def test_the_brands_own_goods_may_fit_something(title: str) -> None:
    assert said_in_title(title) == set()


def test_a_registered_alias_is_the_brand_too() -> None:
    listing = a_listing(title="适用极北水壶滤芯", brand="Acme")
    assert [finding.saying for finding in sayings(listing, ("极北",))] == [Saying.COMPATIBLE]
    assert sayings(listing) == ()


def test_the_goods_are_called_compatible_in_a_description_too() -> None:
    assert said("Filtro K15 COMPATÍVEL. Cor: branca", title="Filtro Acme K15") == {Saying.COMPATIBLE}


@pytest.mark.parametrize("title", ["Relógio 高 仿 Acme", "Acme 高/仿 手表", "Acme 高.仿手表"])
def test_gaps_between_characters_hide_nothing_in_a_title(title: str) -> None:
    assert said_in_title(title) == {Saying.REPLICA}


def test_full_width_letters_hide_nothing() -> None:
    assert said("顶级Ａ货，１：１复刻") == {Saying.REPLICA}


def test_a_title_that_only_says_used_is_enough_in_english() -> None:
    assert said_in_title("Acme kettle, used") == {Saying.USED}
    assert said_in_title("Acme brush used for kettles") == set()


def test_a_finding_quotes_the_sentence_and_names_its_field() -> None:
    text = "Ferve em 3 minutos. Produto usado, com marcas leves! Acompanha base."
    findings = sayings(a_listing(title="Chaleira Acme", description=text))
    assert findings == (Finding(Saying.USED, "", "description", "Produto usado, com marcas leves"),)


def test_a_disguised_word_is_quoted_as_it_was_written() -> None:
    text = "Ships\u200b today. Best re\u200bpl\u0456ca here\n外貿原單！"
    findings = sayings(a_listing(title="Acme", description=text))
    assert {finding.sentence for finding in findings} == {"Best re\u200bpl\u0456ca here", "外貿原單"}


def test_a_misspelt_title_is_quoted_as_it_was_written() -> None:
    (finding,) = sayings(a_listing(title="Filtro comapatível com Acme K15"))
    assert finding.sentence == "Filtro comapatível com Acme K15"


def test_a_long_sentence_is_quoted_around_the_phrase() -> None:
    (finding,) = sayings(a_listing(title="Acme", description=f"{'bom ' * 200}vazio {'belo ' * 200}"))
    assert "vazio" in finding.sentence
    assert len(finding.sentence) <= 242


@pytest.mark.parametrize(
    "text",
    ["Produto original com nota", "Peças genuínas", "100% authentic", "专柜正品", "原装进口"],
)
def test_a_claim_of_genuine_goods_is_found(text: str) -> None:
    assert any(finding.saying is Saying.GENUINE for finding in sayings(a_listing(title="K15", description=text)))


@pytest.mark.parametrize(
    "text",
    [
        "Na embalagem original",
        "Não é original",
        "Igual ao original",
        "Genuine leather",
        "Shipped in original carton",
        "Replaces your original battery",
        "Remanufactured from original HP shells",
        "Better than the original",
        "更换原装屏",
        "不是正品",
        "是否正品",
        "媲美正品",
    ],
)
def test_what_only_sounds_like_a_claim_is_none(text: str) -> None:
    assert not any(finding.saying is Saying.GENUINE for finding in sayings(a_listing(title="K15", description=text)))


def test_the_same_listing_gives_the_same_findings_in_the_same_order() -> None:
    listing = a_listing(description="Réplica vazia, usada, sem caixa. 高仿 Refilled, used once.")
    assert sayings(listing) == sayings(listing)
    assert len(sayings(listing)) >= len(OF_THE_GOODS) / 2


DENIED_AGAIN_AND_AGAIN = (
    *("非高仿", "非原装", "not empty ", "not a replica ", "nao e original ", "se vazio ", "不同款", "空瓶重"),
    *("not a replica. ", "非高仿。", "1:1", "a@", "aaa ", "add ", "compr zap ", "impressora compatible ", "高仿小心"),
    *("。", "!", ". ", "\n", "“", "“正品”", "'", "(", "非", "not ", "加", "a"),
)


def seconds_to_read(repeated: str) -> float:
    listing = a_listing(title=(repeated * 1000)[:1000], description=(repeated * 20_000)[:20_000])
    began = time.perf_counter()
    sayings(listing)
    return time.perf_counter() - began


@pytest.mark.parametrize("repeated", DENIED_AGAIN_AND_AGAIN)
def test_no_text_takes_long_to_read(repeated: str) -> None:
    assert seconds_to_read(repeated) < 1  # ordinarily 0.15 s at most; a clause read anew for each phrase took 8 s


@given(st.lists(st.sampled_from(DENIED_AGAIN_AND_AGAIN), min_size=1, max_size=12))
@settings(max_examples=15, deadline=None)
def test_no_mixture_of_texts_takes_long_to_read(parts: list[str]) -> None:
    assert seconds_to_read("".join(parts)) < 1


def test_denying_a_copy_over_and_over_does_not_hide_that_it_is_one() -> None:
    assert said("这不是高仿。" * 500 + "顶级高仿手表。") == {Saying.REPLICA}


def test_denying_a_copy_does_not_hide_that_the_same_sentence_offers_one() -> None:
    assert said("不是高仿，高仿手表") == {Saying.REPLICA}
