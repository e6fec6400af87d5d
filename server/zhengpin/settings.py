"""The server's settings, from the environment (`ZHENGPIN_…`) or the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

LARGEST_PORT = 65535

_PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """A folder of data that ships with Zhengpin: inside an installed wheel, or at the top of a checkout."""
    installed = _PACKAGE / "data" / name
    return installed if installed.is_dir() else _PACKAGE.parents[1] / name


def _address(listen: str) -> str:
    """Refuse what is no `host:port`; gRPC itself would take a port modulo 65,536."""
    host, _, port = listen.rpartition(":")
    if not host or not port.isdecimal() or int(port) > LARGEST_PORT:
        raise ValueError(
            f"{listen!r} is no address: write host:port, with a port from 0 (any free one) to {LARGEST_PORT}"
        )
    return listen


class Settings(BaseSettings):
    """What an installation may choose."""

    model_config = SettingsConfigDict(env_prefix="ZHENGPIN_", extra="forbid")

    database: str = "sqlite:///zhengpin.db"
    """A SQLAlchemy URL: `sqlite:///file.db` or `postgresql+psycopg://user@host/name`."""
    listen: Annotated[str, AfterValidator(_address)] = "127.0.0.1:7443"
    packs: Path = Field(default_factory=lambda: shipped("rules") / "packs")
    """The folder of rule packs."""
    models: Path = Path("zhengpin-models")
    """The folder of learned models that were trained here."""
    shipped_models: Path = Field(default_factory=lambda: shipped("models"))
    """The folder of learned models that came with Zhengpin; where there is none, rules alone decide."""
    workers: int = Field(default=1, ge=1, le=64)
    """Processes that share the port. Each has its own `threads`, `calls` and `streams`, and holds a connection to
    PostgreSQL for each thread that needs one: `max_connections` there must be above workers × (threads + 1)."""
    threads: int = Field(default=32, ge=1, le=1024)
    calls: int = Field(default=64, ge=1, le=100_000)
    """Calls at once; more are refused with a hint when to come back."""
    streams: int = Field(default=16, ge=1, le=10_000)
    """Streams at once."""
    grace_seconds: float = Field(default=10, ge=0, le=3600)
    """How long running calls may go on after SIGTERM."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """`info` tells of calls that failed or took a second or longer, `debug` of each."""
    log_form: Literal["json", "console"] = "json"
