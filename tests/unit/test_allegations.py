from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengpin.detectors.allegations import NO_CLAIM, Claim, ClaimKind, claim_of, claims_of

CLAIMS: dict[str, dict[ClaimKind, tuple[str, ...]]] = {
    "said outright": {
        ClaimKind.FAKE: ("典型的假货，鉴定完毕", "假得离谱", "It's fake, returned", "Veio falsificado"),
        ClaimKind.GENUINE: ("绝对正品", "These are 100% genuine", "Cartucho original, funciona perfeitamente"),
        ClaimKind.OTHER: ("快递小哥态度很好", "It arrived on time", "Chegou quebrado", ""),
    },
    "negated": {
        ClaimKind.FAKE: (
            "根本就不是什么正品",
            "非正品，慎买",
            "Nothing authentic about it",
            "Não tem nada de original",
        ),
        ClaimKind.GENUINE: ("绝非山寨", "放心吧不是高仿", "It ain't fake", "Não é cópia"),
    },
    "negated words of something else": {
        ClaimKind.FAKE: ("没想到是假货", "无良商家卖假货", "Do not buy this fake", "can't believe I got a fake"),
        ClaimKind.GENUINE: ("no doubt it is authentic", "Sem dúvida é original"),
    },
    "asked or left open": {
        ClaimKind.QUESTION: (
            *("是不是真货啊", "会不会是假货", "不知真假", "这么便宜能是正品吗", "怎么证明是正品"),
            *("Is this authentic?", "I'm not certain this is real", "fake or not?", "how do I know it's original"),
            *("É falso ou original?", "Não sei dizer se é falso", "Será original?"),
        ),
    },
    "doubted": {
        ClaimKind.FAKE: ("怀疑不是正品", "I doubt this is genuine", "Duvido que seja original"),
        ClaimKind.GENUINE: ("没有理由怀疑是假的", "I doubt it's fake"),
    },
    "only a case": {
        ClaimKind.OTHER: (
            *("如果不是正品，请给我退款", "假一赔十", "商家说假一罚十", "买到假货怎么办"),
            "假如是正品就更好了",
            *("if fake, ten times your money back", "Unless it's genuine I want my money"),
            *("Se não for original eu devolvo", "Quem comprar falso que reclame"),
        ),
    },
    "a case in jest": {
        ClaimKind.FAKE: (
            "这要是真的，我名字倒过来写",
            "If this is original, pigs can fly",
            "Se é original eu sou o rei",
        ),
    },
    "believed before": {
        ClaimKind.FAKE: ("I thought it was genuine until the colour came off", "achei que era original mas é réplica"),
        ClaimKind.GENUINE: ("本来怀疑是仿品，结果是真货", "Feared a counterfeit, got the original"),
    },
    "mocked": {
        ClaimKind.FAKE: ("正品？呵呵", "正品个鬼", "Authentic? Yeah, right.", '"Original", lol', "Original? Kkkkk"),
    },
    "denied": {
        ClaimKind.GENUINE: ("怎么可能是假货", "谁说是假的", "Who says these are fake?", "Quem disse que é falso?"),
    },
    "taken back": {
        ClaimKind.FAKE: (
            "Everyone says it's genuine, but mine isn't",
            "Sold as authentic. It isn't.",
            "Diz original mas não é",
        ),
        ClaimKind.GENUINE: ("People say it's fake but it's not", "Pensei que fosse falso mas não é"),
    },
    "compared": {
        ClaimKind.FAKE: ("跟专柜的差别太大了", "Smells nothing like the original", "totalmente diferente do original"),
        ClaimKind.GENUINE: (
            "跟我在专柜买的一模一样",
            "identical to the one from the boutique",
            "igual ao da loja oficial",
        ),
    },
    "checked": {
        ClaimKind.FAKE: ("序列号官网查不到", "the serial number is invalid", "o número de série não existe"),
        ClaimKind.GENUINE: ("防伪码验证成功", "QR code verified with the maker", "o código confere no site"),
    },
    "of other goods": {
        ClaimKind.OTHER: (
            *("以前在淘宝买过假的", "网上卖假货的太多，防不胜防", "假睫毛很自然", "寒假用正好", "剧情太假"),
            *("There are so many fakes on Amazon", "Great for fake nails", "genuine leather strap"),
            *("existe muita falsificação por aí", "colar de pérolas falsas lindo", "veio na caixa original"),
        ),
    },
    "hidden": {
        ClaimKind.FAKE: ("假 货", "假貨", "f.a.k.e", "FАKE", "sooooo fake", "counterfiet", "falsifcado", "ｆａｋｅ"),
        ClaimKind.GENUINE: ("zp，放心", "authentc product", "produto orignal"),
    },
}


def examples() -> Iterator[tuple[str, ClaimKind, str]]:
    for way, by_kind in CLAIMS.items():
        for kind, texts in by_kind.items():
            yield from ((way, kind, text) for text in texts)


@pytest.mark.parametrize(("way", "kind", "text"), list(examples()))
def test_a_claim_is_read_as_it_is_meant(way: str, kind: ClaimKind, text: str) -> None:
    assert claim_of(text).kind is kind, way


def test_the_strongest_sentence_of_a_long_text_decides_and_is_quoted() -> None:
    text = "物流很快，包装也不错。客服说是正品。用了两天掉色，拿去专柜一问，绝对是假货！其他没什么可说的。"
    claim = claim_of(text)
    assert (claim.kind, claim.sentence) == (ClaimKind.FAKE, "用了两天掉色,拿去专柜一问,绝对是假货!")


def test_of_equally_strong_sentences_the_last_decides() -> None:
    assert claim_of("The first one was genuine. The second one is fake.").kind is ClaimKind.FAKE
    assert claim_of("The first one was fake. The second one is genuine.").kind is ClaimKind.GENUINE


def test_what_is_said_outright_is_surer_than_an_impression_and_that_surer_than_hearsay() -> None:
    outright, impression, hearsay = map(claim_of, ("It is fake", "I think it is fake", "Some people say it is fake"))
    assert outright.certainty > impression.certainty > hearsay.certainty > 0


def test_a_text_without_a_claim_quotes_nothing() -> None:
    assert claim_of("Ordered blue, got green.") == NO_CLAIM == Claim(ClaimKind.OTHER, "", 0.0)


def test_every_claim_of_a_text_is_given_in_its_order() -> None:
    kinds = [claim.kind for claim in claims_of("Is it real? No idea. The shop says it is genuine. It's a fake.")]
    assert kinds[0] is ClaimKind.QUESTION
    assert kinds[-1] is ClaimKind.FAKE


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    claim = claim_of(text)
    assert 0 <= claim.certainty <= 1
    assert bool(claim.sentence) is (claim.kind is not ClaimKind.OTHER)


@pytest.mark.parametrize(
    "piece", ["fake ", "假货", "not ", "how can ", "the genuine one ", "original ou ", "is real, "]
)
def test_reading_stays_cheap_whatever_is_repeated(piece: str) -> None:
    text = (piece * 5000)[:5000]
    start = time.process_time()
    claim_of(text)
    assert time.process_time() - start < 2
