"""What a person reads of votes that look arranged."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from zhengpin.domain.vote import WhyNotCounted
from zhengpin.reputation.brigades import Brigade
from zhengpin.reputation.evidence import BrigadeEvidence, GroupEvidence
from zhengpin.reputation.window_reasons import window_reasons

EVIDENCE = BrigadeEvidence(
    expected=1.5,
    chance=2e-5,
    one_sided=0.95,
    others_agree=0.2,
    came_together=0.75,
    largest_circle=12,
    young=0.8,
    silent_before=0.15,
    bought=0.05,
    bought_usually=0.4,
    group=None,
)
BURST = Brigade(WhyNotCounted.BURST, 0, False, np.arange(1200), 0.0, 5_000.0, EVIDENCE)

TOGETHER = (
    "75% of the voters came together: brought in by one voter (at most 12) or by one another, "
    "registered in the same days, all silent before, or seen together elsewhere."
)
TOGETHER_ZH = (
    "其中 75% 的投票人有关联：由同一人邀请（最多 12 人）或层层邀请、在相近日期注册、"
    "此前都从未投票，或在其他对象上一同投票。"
)
CUSTOMERS = (
    "80% had been registered for less than 30 days; 15% for longer than a week, and had never voted; "
    "5% bought the goods, of all voters 40%."
)


def test_a_burst_tells_its_numbers_in_both_languages() -> None:
    assert [reason.en for reason in window_reasons(BURST)] == [
        "1,200 votes warn of it within 2 hours, where its past explains 1.5 (by chance: 0.0020%).",
        TOGETHER,
        CUSTOMERS,
        "95% of all votes of that time say the same; of the target's other votes 20%.",
    ]
    assert [reason.zh for reason in window_reasons(BURST)] == [
        "2 小时内有 1,200 票不推荐，而按以往约为 1.5 票，偶然概率 0.0020%。",
        TOGETHER_ZH,
        "80% 的投票人当时注册不满 30 天；15% 注册已久而从未投票；5% 有购买记录，全体投票为 40%。",
        "同一时段 95% 的投票意见相同；该对象其余投票为 20%。",
    ]


@pytest.mark.parametrize(
    ("group", "en"),
    [
        (
            GroupEvidence(voters=9, windows=4, pairs=30),
            "9 voters move in lockstep in 4 places: 30 pairs voted alike at the same time again and again.",
        ),
        (
            GroupEvidence(voters=9, windows=4, density=1.25, usual_density=0.4),
            "9 voters share 4 places with a density of 1.25; chance gives 0.40 at most.",
        ),
    ],
)
def test_a_group_tells_how_often_it_was_seen_together(group: GroupEvidence, en: str) -> None:
    found = replace(BURST, recommends=True, evidence=replace(EVIDENCE, chance=None, group=group))

    assert [reason.en for reason in window_reasons(found)][:2] == [
        "1,200 votes recommend it within 2 hours, where its past explains 1.5.",
        en,
    ]


@pytest.mark.parametrize(
    ("seconds", "span"), [(0, "1 minute"), (90, "2 minutes"), (3_600, "2 hours"), (30 * 86_400, "31 days")]
)
def test_spans_are_told_in_the_unit_that_fits(seconds: float, span: str) -> None:
    assert f"within {span}," in window_reasons(replace(BURST, cast_until=seconds))[0].en


def test_a_chance_too_small_to_write_out_is_told_as_such() -> None:
    found = replace(BURST, evidence=replace(EVIDENCE, chance=1e-12))

    assert "(by chance: < 0.0001%)" in window_reasons(found)[0].en
