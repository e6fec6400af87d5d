"""The `zhengpin-server` command: serve, look after data and rules, simulate, pretrain."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console

from zhengpin import (
    forecast_command,
    link_command,
    match_command,
    pretrain_command,
    profile_command,
    rebuild_command,
    rules_command,
    score_command,
    simulate_command,
    weigh_command,
)
from zhengpin.errors import InvalidSettings, ZhengpinError
from zhengpin.garbage import seldom_collected
from zhengpin.logs import set_up_logs
from zhengpin.settings import Settings
from zhengpin.shared_port import shared_port
from zhengpin.storage.store import Store
from zhengpin.supervisor import Supervisor

HEARS_EVERY_SECONDS = 1.0
"""A signal may come to a thread of gRPC's; it is heard once the main thread wakes."""

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Run a Zhengpin server and look after its rules.")
app.add_typer(rules_command.app, name="rules")
app.command()(simulate_command.simulate)
app.command()(profile_command.profile)
app.command()(pretrain_command.pretrain)
app.command()(rebuild_command.rebuild_summaries)
app.command()(match_command.match_products)
app.command()(forecast_command.forecast_prices)
app.command()(weigh_command.weigh_votes)
app.command()(link_command.link_suppliers)
app.command()(score_command.score_suppliers)
errors = Console(stderr=True)

# gRPC writes its own lines to standard error; ours say the same in words.
os.environ.setdefault("GRPC_VERBOSITY", "NONE")


@app.command()
def serve(
    listen: Annotated[str | None, typer.Option(help="host:port; port 0 takes a free one.")] = None,
    database: Annotated[str | None, typer.Option(help="sqlite:///file.db or postgresql+psycopg://…")] = None,
    packs: Annotated[Path | None, typer.Option(help="The folder of rule packs.")] = None,
    workers: Annotated[
        int | None, typer.Option(help="Processes on one port; let callers open several connections.")
    ] = None,
    port_file: Annotated[Path | None, typer.Option(help="Write the port here once calls are taken.")] = None,
) -> None:
    """Serve until SIGTERM or Ctrl-C; running calls finish first."""
    settings = _settings(listen=listen, database=database, packs=packs, workers=workers)
    set_up_logs(settings)
    errors.print("Zhengpin is starting …", style="dim")

    def ready(port: int, data: str) -> None:
        if port_file:
            _write_at_once(port_file, f"{port}\n")
        host = settings.listen.rpartition(":")[0]
        by = f" with {settings.workers} workers" if settings.workers > 1 else ""
        errors.print(f"Zhengpin serves on {host}:{port}{by}, data in {data}", style="green", soft_wrap=True)

    _serve_alone(settings, ready) if settings.workers == 1 else _serve_together(settings, ready)


def _serve_alone(settings: Settings, ready: Callable[[int, str], None]) -> None:
    """Serve in this process."""
    from zhengpin.bootstrap import Service  # noqa: PLC0415  it brings gRPC, which no other command needs

    done = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: done.set())
    with Service(settings) as service, seldom_collected():
        ready(service.start(), service.store.address)
        while not done.wait(HEARS_EVERY_SECONDS):
            pass
        errors.print("Stopping: running calls finish first.")


def _serve_together(settings: Settings, ready: Callable[[int, str], None]) -> None:
    """Serve in workers on one port, and watch over them in this process."""
    with shared_port(settings.listen) as port:
        store = Store(settings.database)
        try:
            store.migrate()
        finally:
            store.close()
        host = settings.listen.rpartition(":")[0]
        supervisor = Supervisor(settings.model_copy(update={"listen": f"{host}:{port}"}))
        asyncio.run(_until_a_signal(supervisor, lambda: ready(port, store.address)))


async def _until_a_signal(supervisor: Supervisor, ready: Callable[[], None]) -> None:
    """Run the supervisor until SIGTERM or Ctrl-C; a second signal does not shorten the draining."""
    watch = asyncio.create_task(supervisor.run(ready))

    def stop() -> None:
        if not watch.cancelling():
            errors.print("Stopping: running calls finish first.")
            watch.cancel()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop)
    with suppress(asyncio.CancelledError):
        await watch


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


def _settings(**chosen: Any) -> Settings:
    """The environment's settings, with what was chosen on the command line."""
    return Settings(**{name: value for name, value in chosen.items() if value is not None})


def _write_at_once(path: Path, text: str) -> None:
    """Write a file so that nobody ever reads half of it."""
    draft = path.with_name(path.name + ".new")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        remedy = "let this user write there, or name another file"
        raise InvalidSettings(f"{path} can't be written: {error.strerror}: {remedy}") from error


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
