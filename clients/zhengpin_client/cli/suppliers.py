"""`zhengpin supplier`: whom to let in, how good suppliers are, and with whom they belong together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from google.protobuf import json_format

from zhengpin.v1 import onboarding_pb2
from zhengpin_client.cli import supplier_links, supplier_reports, supplier_scores
from zhengpin_client.cli.onboarding_tables import decision_story
from zhengpin_client.cli.session import Session
from zhengpin_client.importing.native import parse_problem

app = typer.Typer(no_args_is_help=True, help="Check who applies, show how good suppliers are and who belongs together.")
app.command()(supplier_scores.score)
app.command()(supplier_scores.ranking)
app.command()(supplier_scores.watch)
app.command()(supplier_reports.report)
app.command()(supplier_links.links)

EXIT_CODES = {
    onboarding_pb2.ONBOARDING_OUTCOME_ACCEPT: 0,
    onboarding_pb2.ONBOARDING_OUTCOME_ACCEPT_WITH_LIMITS: 0,
    onboarding_pb2.ONBOARDING_OUTCOME_NEED_DOCUMENTS: 4,
    onboarding_pb2.ONBOARDING_OUTCOME_REFUSE: 5,
}
"""What `check` ends with, so that a script need not read the answer; 1 to 3 mean what they mean everywhere."""


@app.command()
def check(
    context: typer.Context,
    application: Annotated[
        str,
        typer.Argument(
            metavar="FILE|ID", help="A JSON file with one SupplierApplication, or the id of a stored supplier."
        ),
    ],
) -> None:
    """Check who applies: every check, the papers still needed, and the limits of a probation. Nothing is stored.

    Ends with 0 where the supplier may come in, with or without limits, with 4
    where documents are needed, and with 5 where the checks speak against it.
    """
    session: Session = context.obj
    asked = _asked_for(application)
    with session.connect() as zhengpin:
        decision = zhengpin.check_supplier(asked)
    if session.as_json:
        session.print_json(decision)
    else:
        for part in decision_story(decision, session):
            session.out.print(part)
    raise typer.Exit(EXIT_CODES.get(decision.outcome, 5))


def _asked_for(argument: str) -> onboarding_pb2.SupplierApplication | str:
    """The application in a file, or else the id of a supplier; raises `BadParameter` for what names a missing file."""
    path = Path(argument)
    try:
        if path.is_file():
            return read_application(path)
        if path.is_dir():
            raise typer.BadParameter(f"{argument} is a folder: name a file in it, or the id of a stored supplier")
    except (PermissionError, IsADirectoryError) as error:
        raise typer.BadParameter(f"{argument} can't be read: {error.strerror}") from None
    except OSError:  # too long to name any file
        return argument
    if path.suffix.casefold() == ".json":
        raise typer.BadParameter(f"there is no file {argument}: name one that exists, or the id of a stored supplier")
    return argument


def read_application(path: Path) -> onboarding_pb2.SupplierApplication:
    """Read one application in protobuf's JSON, by itself or under `application`; raises `BadParameter`."""
    try:
        told = json.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise typer.BadParameter(f"{path} is not JSON ({error}): write one SupplierApplication as {{…}}") from None
    if isinstance(told, dict) and told.keys() == {"application"}:
        told = told["application"]
    if not isinstance(told, dict):
        raise typer.BadParameter(f"{path} holds no JSON object: write one SupplierApplication as {{…}}")
    application = onboarding_pb2.SupplierApplication()
    try:
        json_format.ParseDict(told, application)
    except json_format.ParseError as error:
        fields = [*application.DESCRIPTOR.fields_by_name]
        raise typer.BadParameter(f"{path}: {parse_problem('application', fields, str(error))}") from None
    if not application.WhichOneof("applicant"):
        raise typer.BadParameter(f"{path} names nobody: give supplier, or supplierId of a stored one")
    return application
