from __future__ import annotations

import pytest

from zhengpin.detectors.allegations import ClaimKind, claim_of
from zhengpin.storage.allegations import LEAST_CERTAINTY

CHECKED_AND_GENUINE = (
    "朋友说是假的，我去专柜验了是真的",
    "同事说是假货，拿去柜台让柜姐看了，说是正品",
    "怀疑是假的，送去鉴定为正品",
    "评论说假的，专柜验货没问题",
    "一开始怀疑是假的去专柜验了是真的",
    "老婆一口咬定是假货，找专家鉴定后确认是真品",
    "闺蜜说假的！我到专柜验过，是正品",
    "看起来像假货，官方鉴定是真的",
    "他们都说是假的。我拿去售后查了，说是正品",
    "朋友说是假的，扫防伪码验证是真的",
    "我妈说是假货，结果检测报告出来是正品",
    "My friend said it's fake but the store checked it and it's real",
    "Someone told me it was fake; took it to the boutique and they said it's genuine",
    "My wife swore it was a knockoff, a jeweler examined it and says it's authentic",
    "A colleague called it a counterfeit. Had it authenticated: it is genuine.",
    "I was told it's a replica, but Nike confirmed it is original",
    "Everyone told me it is fake. I sent it to the manufacturer and they told me it's real.",
    "My brother said counterfeit, the appraiser said authentic",
    "I thought it looked fake, checked the serial at the counter, it's genuine",
    "my son says it is a fake, I brought it to the Apple store and they say it's original",
    "Husband said fake, the lab tested it and it is not a fake",
    "Meu amigo disse que é falso, verifiquei no site e é original",
    "Minha esposa disse que era réplica, levei na loja e disseram que é original",
    "Falaram que é falso, mas a assistência confirmou que é original",
    "Meu irmão jurou que é pirata, o perito analisou e é autêntico",
    "Disseram que era falso. Levei na autorizada e eles disseram que é verdadeiro.",
    "Achei falso, mas conferi o serial e é original",
    "Uma amiga falou que é cópia, o joalheiro avaliou e é legítimo",
    "Meu pai disse que é fake, mandei avaliar e o laudo diz que é original",
    "Um colega disse que é falsificado, conferi na loja oficial e não é falso",
    "Disse que é imitação, mas testei e é original",
    "Parecia falso, foi verificado e é original",
    "Fui avisado que era pirata, o especialista confirmou que é original",
)
CHECKED_OR_ELSE_FAKE = (
    "客服说是正品，专柜验了是假的",
    "卖家保证正品，鉴定结果是假货",
    "店家说是真的，拿去专柜，柜姐说不是正品",
    "说支持专柜验货，验了是假的",
    "我以为是正品，送去鉴定说是假的",
    "假货，客服说验过是正品",
    "假货！还说支持专柜验货，保证正品",
    "上次买的验了是真的，这次买的是假的",
    "朋友说是真的，我去官网查了，是假的",
    "虽然扫码验证通过，但就是假货",
    "没去专柜验，但肯定是假货",
    "宣传是正品，检测是冒牌",
    "The seller says it's genuine, the boutique checked it and it's a fake",
    "Had it checked and they said it is not genuine",
    "They said it's original. I took it to the store and they told me it's counterfeit.",
    "My friend said it's real but the jeweler says it is fake",
    "It's fake, although the seller says it was verified authentic",
    "Listed as verified authentic, but it's a knockoff",
    "Described as genuine; Nike confirmed it is a replica",
    "Seller swears it was authenticated and genuine. It's fake.",
    "It is a counterfeit, never checked as genuine",
    "An expert examined it and it isn't authentic",
    "O vendedor disse que é original, levei na loja e é falso",
    "Disseram que é original, o perito confirmou que é falso",
    "Meu amigo disse que é verdadeiro, mas verifiquei e é réplica",
    "Anúncio diz original, a assistência confirmou que não é original",
    "É falso, o vendedor garante que foi verificado e é original",
    "Levei na autorizada e disseram que não é original",
    "Mandei avaliar e o laudo diz que é falsificado",
    "A vendedora jurou que é autêntico, o joalheiro analisou e é imitação",
    "Conferi no site e não é original",
    "É pirata, embora o anúncio diga que foi verificado como original",
    "Paguei por original, conferi e é pirata",
    "朋友说是真的，专柜验了不是真的",
)
LOOKS_ARTIFICIAL = (
    "看起来很假，颜色太亮",
    "花看起来好假",
    "看着好假，不喜欢",
    "看上去有点假",
    "显得特别假，不自然",
    "假睫毛戴上看着太假",
    "这盆绿萝看起来像假的",
    "实物看起来假假的，塑料感强",
    "叶子看着很假",
    "看着就很假，颜色艳",
    "戴上显得很假",
    "The diamond looks fake",
    "It looks so fake and cheap",
    "The tan looks really fake",
    "The wood grain looked a bit fake",
    "Looks very fake, colour too bright",
    "They look cheap and fake",
    "the stone looks fake in daylight",
    "this greenery looks obviously fake",
    "looks plasticky and fake",
    "The pearls look too shiny, fake",
    "Parece falso, cor muito forte",
    "A planta parece muito falsa",
    "As flores parecem falsas",
    "tem uma aparência bem falsa",
    "Ficou com cara de fake",
    "o dourado parece falso",
    "Pareceu meio falso, brilho demais",
    "A madeira parece bem fake",
    "O cabelo parece super falso",
    "visual muito falso",
)
LOOKS_COUNTERFEIT = (
    "logo看起来很假",
    "看起来很假，不像正品",
    "包装看着很假",
    "看着像假货",
    "看起来是假的",
    "看着假，防伪码都没有",
    "吊牌看起来太假",
    "走线歪，看着很假",
    "看起来很假，跟专柜的不一样",
    "品牌标签看着好假",
    "看着像高仿",
    "The logo looks fake",
    "Looks like a fake",
    "The stitching looks so fake",
    "It looks counterfeit",
    "The label looks really fake",
    "Looks fake, nothing like the original",
    "the hologram looks fake",
    "looks like a knockoff",
    "The packaging looks fake",
    "Looks fake, definitely not genuine",
    "O logo parece falso",
    "A etiqueta parece muito falsa",
    "Parece falsificado",
    "A costura parece falsa",
    "Parece falso, não é original",
    "O selo parece falso",
    "Parece réplica",
    "o rótulo parece bem falso",
    "Parece ser falso",
    "A embalagem parece falsa",
)
UNDECIDED = (
    "要去专柜验一下是不是假的",
    "如果专柜验了是假的就退",
    "If the lab says it's fake I'll return it",
    "Se o perito disser que é falso devolvo",
)


@pytest.mark.parametrize("text", CHECKED_AND_GENUINE)
def test_a_check_that_finds_the_goods_genuine_outweighs_what_was_heard_or_feared_before(text: str) -> None:
    claim = claim_of(text)
    assert claim.kind is ClaimKind.GENUINE
    assert claim.certainty >= LEAST_CERTAINTY


@pytest.mark.parametrize("text", CHECKED_OR_ELSE_FAKE)
def test_no_word_of_the_seller_nor_older_check_outweighs_that_the_goods_are_fake(text: str) -> None:
    assert alleges_a_fake(text)


@pytest.mark.parametrize("text", UNDECIDED)
def test_a_check_that_nobody_has_made_finds_nothing(text: str) -> None:
    assert not alleges_a_fake(text)


@pytest.mark.parametrize("text", LOOKS_ARTIFICIAL)
def test_an_artificial_look_alone_alleges_no_counterfeit(text: str) -> None:
    assert not alleges_a_fake(text)


@pytest.mark.parametrize("text", LOOKS_COUNTERFEIT)
def test_a_fake_look_of_what_tells_the_maker_alleges_a_counterfeit(text: str) -> None:
    assert alleges_a_fake(text)


def alleges_a_fake(text: str) -> bool:
    claim = claim_of(text)
    return claim.kind is ClaimKind.FAKE and claim.certainty >= LEAST_CERTAINTY
