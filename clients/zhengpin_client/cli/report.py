"""`zhengpin report`."""

from __future__ import annotations

from pathlib import Path

import typer

from zhengpin_client.cli.session import Session
from zhengpin_client.importing.work_file import WorkFile


def report(context: typer.Context) -> None:
    """Report."""


def write_import_report(session: Session, work: WorkFile, out: Path) -> dict[str, str]:
    """Report."""
    return {}
