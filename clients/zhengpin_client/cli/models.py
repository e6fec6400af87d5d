"""`zhengpin models`: list, show, train, compare, promote and roll back learned models."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer

from zhengpin.v1 import model_pb2, model_service_pb2
from zhengpin_client import words
from zhengpin_client.cli.actor import ActorOption
from zhengpin_client.cli.model_tables import comparison_table, model_table, story
from zhengpin_client.cli.opposites import is_first
from zhengpin_client.cli.session import Session
from zhengpin_client.cli.tables import plain
from zhengpin_client.words import phrase

app = typer.Typer(no_args_is_help=True, help="List, show, train, compare, promote and roll back learned models.")

VersionArgument = Annotated[str, typer.Argument(metavar="VERSION", help="A model's version: 2026-03-01-0f8fad5b.")]
NoteOption = Annotated[str, typer.Option(help="Why; it stays with the model.")]


@app.command("list")
def list_models(context: typer.Context) -> None:
    """List every version, the newest first."""
    session: Session = context.obj
    with session.connect() as zhengpin:
        found = zhengpin.list_models()
    if session.as_json:
        session.print_json(found)
        return
    if found.models:
        session.out.print(model_table(found.models, session))
    else:
        session.out.print(phrase("no_models", session.language))
    for problem in found.unreadable:
        session.err.print(plain(f"{phrase('unreadable', session.language)}: {problem}"), style="red")


@app.command()
def show(context: typer.Context, version: VersionArgument) -> None:
    """Show one version: its card, its history, drift, calibration and trial."""
    session: Session = context.obj
    with session.connect() as zhengpin:
        details = zhengpin.get_model(version)
    if session.as_json:
        session.print_json(details)
        return
    for part in story(details, session):
        session.out.print(part)


@app.command()
def train(
    context: typer.Context,
    actor: ActorOption,
    note: NoteOption = "",
    seed: Annotated[int, typer.Option(min=0, max=2**32 - 1, help="For whatever is left to chance.")] = 0,
) -> None:
    """Train a version on the marketplace's verdicts and outcomes; Ctrl-C ends it."""
    session: Session = context.obj
    with session.connect() as zhengpin:
        trained = _follow(session, zhengpin.train_model(actor, note=note, seed=seed))
    if session.as_json:
        session.print_json(trained)
        return
    session.out.print(model_table([trained.model], session))
    session.out.print(comparison_table(trained.comparison, session.language))
    session.out.print(phrase("kept_as_candidate", session.language, version=trained.model.version), soft_wrap=True)


@app.command()
def compare(
    context: typer.Context,
    version: VersionArgument,
    baseline: Annotated[str, typer.Option("--with", help="Another version; by default the live one.")] = "",
) -> None:
    """Measure a version beside another, on labelled listings that are new to both."""
    session: Session = context.obj
    with session.connect() as zhengpin:
        comparison = zhengpin.compare_models(version, baseline)
    if session.as_json:
        session.print_json(comparison)
        return
    session.out.print(comparison_table(comparison, session.language))


@app.command()
def promote(  # noqa: PLR0917 - typer's options
    context: typer.Context,
    version: VersionArgument,
    actor: ActorOption,
    live: Annotated[bool, typer.Option("--live", help="Have it serve.")] = False,
    shadow: Annotated[bool, typer.Option("--shadow", help="Have it score beside the live one.")] = False,
    note: NoteOption = "",
    force: Annotated[bool, typer.Option("--force", help="Though it isn't proven to be as good; say why.")] = False,
) -> None:
    """Have a version serve, or put it in shadow."""
    session: Session = context.obj
    serves = is_first(live=live, shadow=shadow)
    stage = model_pb2.MODEL_STAGE_LIVE if serves else model_pb2.MODEL_STAGE_SHADOW
    with session.connect() as zhengpin:
        promoted = zhengpin.promote_model(version, stage, actor, note=note, force=force)
    if session.as_json:
        session.print_json(promoted)
        return
    said = words.word(model_pb2.ModelStage.Name(promoted.stage), session.language)
    line = phrase("now_stage", session.language, version=promoted.version, stage=said)
    if promoted.replaced:
        line += f" ({phrase('replaced', session.language, version=promoted.replaced)})"
    session.out.print(line, soft_wrap=True)
    if promoted.comparison.finding:
        session.out.print(plain(promoted.comparison.finding), style="dim", soft_wrap=True)


@app.command()
def rollback(context: typer.Context, actor: ActorOption, note: NoteOption = "") -> None:
    """Go back to the model that was live before."""
    session: Session = context.obj
    with session.connect() as zhengpin:
        back = zhengpin.rollback_model(actor, note=note)
    if session.as_json:
        session.print_json(back)
        return
    live = back.live or phrase("no_live_model", session.language)
    key = "only_advises" if back.live == back.retired else "went_back"
    session.out.print(phrase(key, session.language, retired=back.retired, live=live), soft_wrap=True)


def _follow(session: Session, steps: Iterable[model_service_pb2.TrainModelResponse]) -> model_service_pb2.TrainedModel:
    """Show how far a training is, and give what comes of it."""
    trained = model_service_pb2.TrainedModel()
    with session.progress() as shown:
        bar = shown.add_task(phrase("training", session.language), total=None)
        for step in steps:
            if step.HasField("trained"):
                trained = step.trained
            progress = step.progress
            shown.update(bar, description=progress.stage, completed=progress.done, total=progress.total or None)
    return trained
