"""`zhengpin`: the command's options, its subcommands, and what its exit codes mean.

0 done · 1 done, but some rows or listings were refused · 2 wrong usage · 3 the server can't be reached or refused the
call, or a file can't be written · 130 interrupted. `zhengpin supplier check` has codes of its own for its outcomes.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer

from zhengpin_client.cli import (
    importing,
    models,
    report,
    screening,
    standings,
    suppliers,
    verdicts,
    vote_windows,
    voters,
    votes,
)
from zhengpin_client.cli.anywhere import OptionsAnywhere
from zhengpin_client.cli.error_words import told
from zhengpin_client.cli.session import Session, default_language, zone
from zhengpin_client.client import DEFAULT_TARGET
from zhengpin_client.errors import ZhengpinError
from zhengpin_client.words import Language


class _Commands(OptionsAnywhere):
    """The commands; one whose call failed ends with one line, in the language that was chosen for it."""

    def invoke(self, ctx: Any) -> Any:
        """Carry out the command."""
        try:
            return super().invoke(ctx)
        except ZhengpinError as error:
            typer.echo(f"zhengpin: {told(error, ctx.obj.language)}", err=True)
            raise typer.Exit(3) from None


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="Screen a marketplace's listings for fakes, import what it sells, and read the verdicts.",
)
app.command("screen")(screening.screen)
app.command("import")(importing.import_files)
app.add_typer(verdicts.app, name="verdicts")
app.add_typer(models.app, name="models")
app.add_typer(votes.app, name="votes")
app.add_typer(standings.app, name="standings")
app.add_typer(voters.app, name="voters")
app.add_typer(vote_windows.app, name="vote-windows")
app.add_typer(suppliers.app, name="supplier")
app.command("report")(report.report)


def _show_version(wanted: bool) -> None:
    """Print which version this is, and end."""
    if wanted:
        typer.echo(f"zhengpin {version('zhengpin')}")
        raise typer.Exit


@app.callback()
def options(  # noqa: PLR0917 - typer's options
    context: typer.Context,
    server: Annotated[str, typer.Option(envvar="ZHENGPIN_SERVER", help="The server's address.")] = DEFAULT_TARGET,
    marketplace: Annotated[
        str, typer.Option(envvar="ZHENGPIN_MARKETPLACE", help="The marketplace that calls are about.")
    ] = "default",
    lang: Annotated[
        Language | None, typer.Option(help="The language of texts.", show_default="that of the environment")
    ] = None,
    timezone: Annotated[
        str | None, typer.Option(help="The zone in which times are shown.", show_default="the machine's own")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Write JSON to standard output, for programs.")] = False,
    root_certificates: Annotated[
        Path | None,
        typer.Option(
            envvar="ZHENGPIN_ROOT_CERTIFICATES", exists=True, dir_okay=False, help="PEM file; encrypts the connection."
        ),
    ] = None,
    show_version: Annotated[  # noqa: ARG001 - its callback does it
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and end.")
    ] = False,
) -> None:
    """Keep the options that every command shares."""
    context.obj = Session(server, marketplace, lang or default_language(), zone(timezone), json, root_certificates)


def main(arguments: list[str] | None = None) -> None:
    """Run the command, by default with the process's arguments; errors are one line on standard error."""
    app(arguments, prog_name="zhengpin")
