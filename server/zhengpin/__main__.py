"""The `zhengpin-server` command: serve, migrate, simulate, rules check, rules test."""

from __future__ import annotations

import os
import signal
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console

from zhengpin import rules_command
from zhengpin.bootstrap import Service, set_up_logs
from zhengpin.errors import ZhengpinError
from zhengpin.settings import Settings
from zhengpin.simulation.market import FILES, write_market
from zhengpin.storage.store import Store

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Run a Zhengpin server and look after its rules.")
app.add_typer(rules_command.app, name="rules")
errors = Console(stderr=True)

# gRPC writes its own lines to standard error; ours say the same in words.
os.environ.setdefault("GRPC_VERBOSITY", "NONE")


@app.command()
def serve(
    listen: Annotated[str | None, typer.Option(help="host:port; port 0 takes a free one.")] = None,
    database: Annotated[str | None, typer.Option(help="sqlite:///file.db or postgresql+psycopg://…")] = None,
    packs: Annotated[Path | None, typer.Option(help="The folder of rule packs.")] = None,
    port_file: Annotated[Path | None, typer.Option(help="Write the port here once calls are taken.")] = None,
) -> None:
    """Serve until SIGTERM or Ctrl-C; running calls finish first."""
    settings = _settings(listen=listen, database=database, packs=packs)
    set_up_logs(settings)
    done = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: done.set())
    errors.print("Zhengpin is starting …", style="dim")
    with Service(settings) as service:
        port = service.start()
        host = settings.listen.rpartition(":")[0]
        if port_file:
            _write_at_once(port_file, f"{port}\n")
        errors.print(f"Zhengpin serves on {host}:{port}, data in {service.store.address}", style="green")
        done.wait()
        errors.print("Stopping: running calls finish first.")


@app.command()
def migrate(
    database: Annotated[str | None, typer.Option(help="sqlite:///file.db or postgresql+psycopg://…")] = None,
    revision: Annotated[str, typer.Option(help="A revision, or head.")] = "head",
    down: Annotated[bool, typer.Option("--down", help="Go back to the revision (base: empty the database).")] = False,
) -> None:
    """Bring the database's tables up to date (`serve` does it too)."""
    store = Store(_settings(database=database).database)
    try:
        store.downgrade(revision) if down else store.migrate(revision)
        print(f"{store.address} is at {store.current_revision() or 'base'}")
    finally:
        store.close()


@app.command()
def simulate(
    out: Annotated[Path, typer.Option(help="The folder to write to.")],
    seed: Annotated[int, typer.Option(help="The same seed makes the same marketplace.")] = 1,
) -> None:
    """Write a small made-up marketplace in the form that `zhengpin import` reads."""
    count = write_market(out, seed, datetime.now(UTC).replace(microsecond=0))
    print(f"{count} listings in {out}: {', '.join(FILES)}")


def _settings(**chosen: Any) -> Settings:
    """The environment's settings, with what was chosen on the command line."""
    return Settings(**{name: value for name, value in chosen.items() if value is not None})


def _write_at_once(path: Path, text: str) -> None:
    """Write a file so that nobody ever reads half of it."""
    draft = path.with_name(path.name + ".new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def main() -> None:
    """Run the command; errors of ours are told in a line each."""
    try:
        app()
    except ValidationError as problem:
        for each in problem.errors():
            name = "_".join(map(str, each["loc"])).upper()
            errors.print(f"ZHENGPIN_{name}: {each['msg']}", style="red", markup=False, soft_wrap=True)
        sys.exit(2)
    except ZhengpinError as problem:
        errors.print(str(problem), style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
