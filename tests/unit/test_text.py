from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import a_listing
from zhengpin.detectors.text import Finding, Saying, sayings


def said(text: str, *, title: str = "Chaleira elétrica Acme K15", brand: str = "Acme") -> set[Saying]:
    listing = a_listing(title=title, description=text, brand=brand)
    return {finding.saying for finding in sayings(listing)} - {Saying.GENUINE}


def said_in_title(title: str, brand: str = "Acme") -> set[Saying]:
    return said("", title=title, brand=brand)


OF_THE_GOODS = {
    Saying.EMPTY: (
        "Frasco de vidro âmbar vazio, ideal para artesanato",
        "Lote com garrafas de perfume vazias da coleção antiga",
        "The bottle is sold empty.",
        "Empty bottles only",
        "品牌香水空瓶，摆件用",
    ),
    Saying.COMPATIBLE: (
        "Este produto não é original, é da marca Beta",
        "Peça genérica de boa qualidade. Produto genérico.",
        "This is an aftermarket blade set",
        "Non-OEM battery, ships today",
        "兼容墨盒，打印清晰",
        "非原装电池，质保一年",
    ),
    Saying.RECHARGED: (
        "Toner remanufaturado com garantia de 3 meses",
        "Cilindro recondicionado em nossa oficina",
        "Refilled with premium ink",
        "Factory refurbished unit with new filter",
        "再生硒鼓，环保",
        "二次灌装，量足",
    ),
    Saying.EXPIRED: (
        "Creme lacrado, validade vencida em março",
        "Atenção: produto fora do prazo de validade",
        "Café expirado, para uso em artesanato",
        "Past its best-before, still sealed",
        "This film is expired since 2019",
        "已过保质期，介意勿拍",
    ),
    Saying.USED: (
        "Tênis seminovo, tamanho 40",
        "Vestido usado, em bom estado",
        "Bolsa de segunda mão muito conservada",
        "Pre-owned watch",
        "Gently used stroller",
        "二手相机，功能正常",
        "九成新，自用",
    ),
    Saying.WITHOUT_BOX: (
        "Enviamos sem caixa",
        "Relógio não acompanha a embalagem original",
        "Ships without its original box",
        "无盒，裸装发货",
    ),
    Saying.REPLICA: (
        "Réplica fiel da bolsa italiana",
        "Tênis primeira linha, acabamento perfeito",
        "A 1:1 mirror copy, AAA quality",
        "Best replica on the market",
        "高仿手表，机芯稳定",
        "专柜1:1开模",
        "超A货，看不出区别",
        "复刻版球鞋",
        "Fake Acme watch",
        "100% fake, counterfeit",
        "Imitation Gucci bag",
        "Knockoff bag",
        "If you want the best replica, buy this",
        "Bolsa falsificada",
        "Imitação de grife",
        "Se você procura a melhor réplica, compre aqui",
        "这款不是正品",
        "非正品",
        "假货，介意勿拍",
        "仿冒名牌包",
        "山寨手机",
        "如果你想买高仿，就选这款",
        # disguised: unseen characters, letters of another script, traditional characters
        "Best re\u200bplica",
        "r\u0435plica watch",
        "Re\u00adp\u2060lica",
        "r\u0336eplica",
        "高\u200b仿手表",
        "\u0430货手表",
        "a貨手錶",
        "頂級復刻",
        "仿貨",
    ),
    Saying.LEAKED_FACTORY_GOODS: (
        "Camisas: excedente de fábrica com etiqueta cortada",
        "Factory overruns, limited stock",
        "外贸原单T恤",
        "外貿原單T恤",
        "工厂尾单清仓",
    ),
    Saying.SAME_STYLE: (
        "Relógio igual ao original",
        "Same style as the famous label",
        "大牌同款包包",
    ),
    Saying.OFF_PLATFORM_CONTACT: (
        "Chame no WhatsApp para desconto",
        "Zap: (11) 98765-4321",
        "Contact us on Telegram for bulk prices",
        "Write to sales@kettle.example",
        "加微信咨询更多款式",
        "客服电话：13800001234",
    ),
}

NOT_OF_THE_GOODS = (
    # the buyer's old ones, programmes and measures
    "O programa da marca ajuda na reciclagem de sua cápsula de café vazia.",
    "Descarte os frascos vazios na coleta seletiva",
    "Peso vazio: 1,2 kg. Capacidade: 1,5 L",
    "Peso Vazio 30,4 g",
    "A luz acende quando o reservatório ficar vazio",
    "Return your empty pods to any shop for recycling",
    "Empty weight 1.2 kg; auto-off when the tank is empty",
    "真空瓶设计，空瓶回收有礼",
    # what it fits
    "Compatível com fogões a gás e de indução",
    "Modelos compatíveis: K15, K17 e K20",
    "FILTRO K15 COMPATÍVEL EM: chaleiras K15 e K17",
    "Esta chaleira é compatível com bases de 220 V",
    "Compatible with induction hobs. Compatible models: K15",
    "兼容多种机型，兼容性好",
    # others' goods, comparisons and warnings
    "Rende mais que toners remanufaturados",
    "Toners recarregados podem danificar a impressora",
    "Não corra riscos com produtos genéricos",
    "Cuidado com réplicas vendidas por aí",
    "Lasts longer than refilled pods",
    "Avoid aftermarket parts",
    "谨防高仿，认准官方",
    "市面上很多二手翻新机",
    "Beware of fakes",
    "Don't be fooled by cheap imitations",
    "Protect yourself from counterfeits",
    "Proteja-se de falsificações",
    "买到假货十倍赔偿",
    "Counterfeit products will be prosecuted",
    # goods that are made like a material, like nature, or to tell fakes
    "Fake fur coat",
    "Fake rabbit fur",
    "Faux leather bag",
    "Imitation leather jacket",
    "Imitation pearl necklace",
    "Artificial flowers",
    "Fake eyelashes",
    "Imitação de couro",
    "Counterfeit detector pen",
    "Detects counterfeit banknotes",
    "Caneta detecta notas falsificadas",
    "仿皮沙发，仿真花，假发",
    # promises
    "假一赔十",
    "假货包退",
    "支持鉴定，假货赔十倍",
    "非正品，假一赔十",
    "假货请远离",
    "如非正品全额退款",
    "不是正品不要钱",
    "If it is fake, we refund you",
    # negations
    "Não vendemos produtos falsificados",
    "No fakes, no counterfeits",
    "拒绝假货，保证无假货",
    "Nunca usado, não é recarregado, lacrado",
    "Não vendemos produtos vencidos nem réplicas",
    "Never used, not refurbished, not a replica",
    "不是高仿，非二手，没有过期",
    "拒绝山寨，绝非翻新",
    "二手勿扰",
    "假货包退，高仿必究",
    # cases and purposes
    "Se a lâmpada já foi usada, não aceitamos a troca",
    "Produto usado em cozinhas profissionais, usado para ferver água",
    "Pode ser usada com qualquer fogão",
    "If the seal is broken or used we cannot accept it",
    "The kettle can be used for tea and is widely used in hotels",
    "如果使用过，不支持退货",
    "用过的都说好",
    # another head
    "Garantia expirada não cobre quedas",
    "Expired warranties are not renewed",
    "优惠券过期作废",
    "Caixa de som sem caixa de papelão extra não incluída",
    "Produzido com materiais de primeira linha",
    "Escala 1:1, proporção 1:1 de água",
    "按比例1:1稀释",
    "翡翠A货手镯",
    "请填写原单号",
    "情侣同款不同色",
    "É recarregável pela porta USB. Bateria recarregável",
    "Rechargeable battery; refillable tank",
    "支持微信支付",
    "TELEFONE PARA CONTATO: inclua o DDD",
)


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
