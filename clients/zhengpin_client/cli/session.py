"""What every command shares: the server, the language, the clock, and where output goes."""

from __future__ import annotations

import json
import locale
import os
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer
from google.protobuf import json_format
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from zhengpin_client.client import Zhengpin
from zhengpin_client.words import Language


@dataclass(frozen=True, slots=True)
class Session:
    """The options that stand before or after any command."""

    server: str
    marketplace: str
    language: Language
    timezone: tzinfo | None
    """`None`: the machine's own."""
    as_json: bool
    root_certificates: Path | None = None
    out: Console = field(default_factory=lambda: Console(highlight=False))
    err: Console = field(default_factory=lambda: Console(stderr=True, highlight=False))

    def connect(self) -> Zhengpin:
        """Open a connection to the server."""
        certificates = self.root_certificates.read_bytes() if self.root_certificates else None
        return Zhengpin(self.server, self.marketplace, root_certificates=certificates)

    def show_time(self, time: Timestamp) -> str:
        """Show a time in the chosen zone, with its offset from UTC."""
        moment = time.ToDatetime(UTC).astimezone(self.timezone)
        return f"{moment:%Y-%m-%d %H:%M} {offset_of(moment)}"

    def read_time(self, moment: datetime) -> Timestamp:
        """Read a time, in the chosen zone unless it names its own."""
        local = moment.replace(tzinfo=self.timezone) if self.timezone and moment.tzinfo is None else moment
        time = Timestamp()
        time.FromDatetime(local.astimezone())
        return time

    def print_json(self, value: Message | dict[str, Any]) -> None:
        """Print one JSON document on one line, for programs."""
        if isinstance(value, Message):
            value = message_json(value)
        sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")

    def progress(self) -> Progress:
        """Show progress on standard error, so that standard output is the result alone."""
        return Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=self.err,
            transient=True,
            disable=not self.err.is_terminal,
        )


def message_json(message: Message) -> dict[str, Any]:
    """Give a message in protobuf's JSON, with the contract's own field names."""
    return json_format.MessageToDict(message, preserving_proto_field_name=True)


def offset_of(moment: datetime) -> str:
    """Show an aware time's offset from UTC: "UTC+8", "UTC-3:30"."""
    offset = moment.utcoffset()
    minutes = 0 if offset is None else int(offset.total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    if not minutes:
        return "UTC"
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def default_language() -> Language:
    """Take the language of the environment; English if it is neither of the two."""
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return Language.ZH if (locale.normalize(name) or name).lower().startswith("zh") else Language.EN


def zone(name: str | None) -> tzinfo | None:
    """Find a time zone by its IANA name."""
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise typer.BadParameter(f"'{name}' is no time zone: give an IANA name such as Asia/Shanghai") from None
