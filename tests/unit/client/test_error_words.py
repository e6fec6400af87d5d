"""Errors of calls are told in the language that was chosen."""

from __future__ import annotations

import pytest

from zhengpin_client.cli.error_words import told
from zhengpin_client.cli.writing import CannotWrite
from zhengpin_client.errors import (
    Busy,
    DeadlinePassed,
    FieldViolation,
    NotFound,
    Rejected,
    RequestIdReused,
    Unreachable,
    WrongState,
    ZhengpinError,
)
from zhengpin_client.words import Language

CHINESE = [
    (Rejected("no", (FieldViolation("voter_id", "is missing"),)), "请求不符合约定，请改正后再发：voter_id: is missing"),
    (NotFound("no 'v'"), "本市场中没有所找的内容，请核对编号与 --marketplace：no 'v'"),
    (RequestIdReused("reused"), "同一 request_id 已用于其他内容，请换用新的编号：reused"),
    (WrongState("decided"), "与当前状态不符，原样重试无用：decided"),
    (Busy("full", 2.0), "服务器繁忙，请在 2 秒后重试：full"),
    (
        Unreachable("127.0.0.1:1", "refused"),
        (
            "127.0.0.1:1 没有 Zhengpin 服务器应答（refused）："
            "请用 `zhengpin-server serve` 启动，或用 --server 指定其他地址"
        ),
    ),
    (
        DeadlinePassed("GetVerdict", 1.5),
        "GetVerdict 未在时限内得到答复，是否已执行不得而知：请用同一 request_id 重试",
    ),
    (CannotWrite("out.csv", "Not a directory"), "无法写入 out.csv：Not a directory"),
    (ZhengpinError("INTERNAL: odd"), "服务器报错：INTERNAL: odd"),
]


@pytest.mark.parametrize(("error", "words"), CHINESE, ids=lambda each: type(each).__name__)
def test_every_error_has_a_heading_and_a_remedy_in_chinese(error: ZhengpinError, words: str) -> None:
    assert told(error, Language.ZH) == words


@pytest.mark.parametrize("error", [error for error, _ in CHINESE], ids=lambda each: type(each).__name__)
def test_in_english_an_error_says_what_it_says_to_programs(error: ZhengpinError) -> None:
    assert told(error, Language.EN) == str(error)


@pytest.mark.parametrize("language", Language)
def test_who_types_is_told_the_command_rather_than_the_method(language: Language) -> None:
    error = Rejected("no", (FieldViolation("voter_id", "is not known: tell of it with UpsertVoters first"),))
    assert told(error, language).endswith("tell of it with `zhengpin import --kind voter` first")


def test_no_kind_of_error_is_left_to_the_general_heading() -> None:
    assert {type(error) for error, _ in CHINESE} == {ZhengpinError, *ZhengpinError.__subclasses__()}
