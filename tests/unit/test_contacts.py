"""Whoever reads a quote learns what was said, and not how to reach who said it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengpin.detectors.contacts import MASK, without_contacts


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("这是假货，电话13800138000", "这是假货,电话***"),
        ("假货!打 138 0013-8000 问我", "假货!打 *** 问我"),
        ("假货，电话１３８００１３８０００", "假货,电话***"),
        ("假货 一三八零零一三八零零零", "假货 ***"),
        ("1\u200b3\u200b8\u200b0\u200b0\u200b1 fake", "*** fake"),
        ("It is fake, call +86 (138) 0013.8000 now", "It is fake, call *** now"),
        ("假货，QQ：12345", "假货,QQ:***"),
        ("a fake, write to li.hua+1@qq.com please", "a fake, write to *** please"),
        ("a fake, write to li.hua @ qq . com", "a fake, write to ***"),
        ("这是假货li.hua@qq.com", "这是假货***"),
        ("假货 ｌｉｈｕａ＠ｑｑ．ｃｏｍ", "假货 ***"),
        ("fake, li.hua (at) example.com", "fake, ***"),
        ("it is fake, ask @li_hua.88", "it is fake, ask ***"),
        ("假货 ＠宁波李华 作证", "假货 *** 作证"),
        ("这是假货，微信lihua1988", "这是假货,微信***"),
        ("这是假货，加我 微 信 号 ： lihua_x", "这是假货,加我 微 信 号 : ***"),
        ("假货，加Ｖ：ｌｉｈｕａ－ｘ", "假货,加V:***"),
        ("假货 vx l i h u a 8 8", "假货 vx ***"),
        ("假货 wxid_abcdef", "假货 wx***"),
        ("fake, my WeChat ID is lihua1988", "fake, my WeChat ID is ***"),
        ("fake, wechat: lihuaxx!", "fake, wechat: ***!"),
    ],
)
def test_ways_to_reach_a_voter_are_hidden(text: str, left: str) -> None:
    assert without_contacts(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "这是假货,第一次买就上当",
        "买了3件,2件是假的,付了1299元",
        "It is fake: I paid by WeChat and it cost 1999",
        "100% fake, 2 of 3 broke in 2025",
        "看二维码就知道是假货",
        "用了一两天就坏了,假货",
    ],
)
def test_what_reaches_nobody_stays_as_it_is(text: str) -> None:
    assert without_contacts(text) == text


@given(st.text("0123456789０１９ -.·", max_size=30))
def test_five_digits_are_never_left_in_a_row(text: str) -> None:
    assert not [run for run in without_contacts(text).replace(MASK, " ").split() if len(run) > 4 and run.isdigit()]
