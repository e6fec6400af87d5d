"""Errors of calls in the language of whoever reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from zhengpin_client.cli.writing import CannotWrite
from zhengpin_client.errors import (
    Busy,
    DeadlinePassed,
    NotFound,
    Rejected,
    RequestIdReused,
    Unreachable,
    WrongState,
    ZhengpinError,
)
from zhengpin_client.kinds import KINDS
from zhengpin_client.words import Language

_IN_CHINESE: Mapping[type[ZhengpinError], str] = {
    Rejected: "请求不符合约定，请改正后再发：{error}",
    NotFound: "本市场中没有所找的内容，请核对编号与 --marketplace：{error}",
    RequestIdReused: "同一 request_id 已用于其他内容，请换用新的编号：{error}",
    WrongState: "与当前状态不符，原样重试无用：{error}",
    Busy: "服务器繁忙，请在 {error.retry_after_seconds:g} 秒后重试：{error.said}",
    Unreachable: "{error.target} 没有 Zhengpin 服务器应答（{error.reason}）："
    "请用 `zhengpin-server serve` 启动，或用 --server 指定其他地址",
    DeadlinePassed: "{error.method} 未在时限内得到答复，是否已执行不得而知：请用同一 request_id 重试",
    CannotWrite: "无法写入 {error.path}：{error.reason}",
}

_KIND_OF: Mapping[str, str] = {kind.method.title().replace("_", ""): kind.name for kind in KINDS.values()}
_WITH_METHOD = re.compile(rf"\bwith ({'|'.join(_KIND_OF)})\b")


def told(error: ZhengpinError, language: Language) -> str:
    """Say what went wrong and what to do; what the server itself said stays in its words."""
    heading = "{error}" if language is Language.EN else _IN_CHINESE.get(type(error), "服务器报错：{error}")
    return with_commands(heading.format(error=error))


def with_commands(said: str) -> str:
    """Put the command in the place of the method that a server tells a program to call."""
    return _WITH_METHOD.sub(_with_command, said)


def _with_command(found: re.Match[str]) -> str:
    return f"with `zhengpin import --kind {_KIND_OF[found[1]]}`"
