"""`zhengpin verdicts`: list, show, watch and export verdicts."""

from __future__ import annotations

import typer

app = typer.Typer(no_args_is_help=True, help="List, show, watch and export verdicts.")
