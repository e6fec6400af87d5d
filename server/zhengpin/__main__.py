"""The `zhengpin-server` command: serve, migrate, rules check, rules test."""

from __future__ import annotations

import os
import signal
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console

from zhengpin.errors import ZhengpinError
from zhengpin.settings import Settings, shipped

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Run a Zhengpin server and look after its rules.")
rules = typer.Typer(no_args_is_help=True, help="Rule packs on disk: check them, test them.")
app.add_typer(rules, name="rules")
errors = Console(stderr=True)

PacksOption = Annotated[Path, typer.Option("--packs", help="The folder of rule packs.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]


@app.command()
def serve(
    listen: Annotated[str | None, typer.Option(help="host:port; port 0 takes a free one.")] = None,
    database: Annotated[str | None, typer.Option(help="sqlite:///file.db or postgresql+psycopg://…")] = None,
    packs: Annotated[Path | None, typer.Option(help="The folder of rule packs.")] = None,
    port_file: Annotated[Path | None, typer.Option(help="Write the port here once calls are taken.")] = None,
) -> None:
    """Serve until SIGTERM or Ctrl-C; running calls finish first."""
    from zhengpin.bootstrap import Service, set_up_logs

    chosen = {"listen": listen, "database": database, "packs": packs}
    settings = Settings(**{name: value for name, value in chosen.items() if value is not None})
    set_up_logs(settings)
    done = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: done.set())
    with Service(settings) as service:
        port = service.start()
        host = settings.listen.rpartition(":")[0]
        if port_file:
            _write_at_once(port_file, f"{port}\n")
        errors.print(f"Zhengpin serves on {host}:{port}, data in {_without_password(settings.database)}", style="green")
        done.wait()
        errors.print("Stopping: running calls finish first.")


@app.command()
def migrate(
    database: Annotated[str | None, typer.Option(help="sqlite:///file.db or postgresql+psycopg://…")] = None,
    revision: Annotated[str, typer.Option(help="A revision, or head.")] = "head",
    down: Annotated[bool, typer.Option("--down", help="Go back to the revision (base: empty the database).")] = False,
) -> None:
    """Bring the database's tables up to date (`serve` does it too)."""
    from zhengpin.storage.store import Store

    settings = Settings(**({"database": database} if database else {}))
    store = Store(settings.database)
    try:
        store.downgrade(revision) if down else store.migrate(revision)
        print(f"{_without_password(settings.database)} is at {store.current_revision() or 'base'}")
    finally:
        store.close()


@app.command()
def simulate(
    out: Annotated[Path, typer.Option(help="The folder to write to.")],
    seed: Annotated[int, typer.Option(help="The same seed makes the same marketplace.")] = 1,
) -> None:
    """Write a small made-up marketplace in the form that `zhengpin import` reads."""
    from zhengpin.simulation.market import FILES, write_market

    count = write_market(out, seed, datetime.now(UTC).replace(microsecond=0))
    print(f"{count} listings in {out}: {', '.join(FILES)}")


@rules.command("check")
def rules_check(packs: PacksOption = shipped("rules") / "packs", as_json: JsonOption = False) -> None:
    """Report everything that is wrong with rule packs; exit code 1 if anything is."""
    from zhengpin.rules.report import print_check

    raise typer.Exit(print_check(packs, as_json=as_json))


@rules.command("test")
def rules_test(
    packs: PacksOption = shipped("rules") / "packs",
    cases: Annotated[Path, typer.Option("--cases", help="The folder of the rules' cases.")] = shipped("rules") / "cases",
    as_json: JsonOption = False,
) -> None:
    """Run the cases that stand beside the rules; exit code 1 if one fails or a rule has none."""
    from zhengpin.rules.report import print_cases

    raise typer.Exit(print_cases(packs, cases, as_json=as_json))


def _write_at_once(path: Path, text: str) -> None:
    """Write a file so that nobody ever reads half of it."""
    draft = path.with_name(path.name + ".new")
    draft.write_text(text, encoding="utf-8")
    os.replace(draft, path)


def _without_password(url: str) -> str:
    """A database URL as it may be shown."""
    from sqlalchemy.engine import make_url

    return make_url(url).render_as_string(hide_password=True)


def main() -> None:
    """Run the command; errors of ours are told in a line each."""
    try:
        app()
    except ValidationError as problem:
        for each in problem.errors():
            errors.print(f"ZHENGPIN_{'_'.join(map(str, each['loc'])).upper()}: {each['msg']}", style="red")
        sys.exit(2)
    except ZhengpinError as problem:
        errors.print(str(problem), style="red", markup=False, highlight=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
