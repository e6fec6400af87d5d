"""Standings for a terminal: boards, and one target's standing with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from zhengpin.v1 import vote_pb2
from zhengpin_client import words
from zhengpin_client.cli.session import Session
from zhengpin_client.cli.tables import first_that_fits, pairs, plain
from zhengpin_client.targets import name_of
from zhengpin_client.words import Language, phrase

_BOARD_STYLES = {vote_pb2.BOARD_RED: "bold red", vote_pb2.BOARD_BLACK: "bold reverse"}
_FIGURES = ("recommend_share_short", "good_bad", "effective_votes", "circles")
"""By importance: a narrow terminal loses the last first."""
_EXPLAINED = {"effective_votes": "effective_explained", "circles": "circles_explained"}
"""What the last of the figures that are shown needs to be read."""


def standing_table(standings: Sequence[vote_pb2.Standing], session: Session) -> Table:
    """One target a row, its name in one piece: a narrow terminal shows the more important figures alone."""
    shown = (_FIGURES[:count] for count in range(len(_FIGURES), 0, -1))
    return first_that_fits((_with_figures(standings, names, session.language) for names in shown), session.out)


def standing_story(standing: vote_pb2.Standing, session: Session) -> RenderableType:
    """One standing: where the target stands, why, what it comes from, and what that proposes."""
    lang = session.language
    grid = pairs()
    for name, value in _facts(standing, session):
        grid.add_row(phrase(name, lang), value)
    for place, reason in enumerate(standing.reasons):
        grid.add_row(phrase("reasons", lang) if place == 0 else "", plain(words.text(reason, lang)))
    for place, proposal in enumerate(standing.proposes):
        said = words.word(vote_pb2.StandingProposal.Name(proposal), lang)
        grid.add_row(phrase("proposed", lang) if place == 0 else "", said)
    parts: list[RenderableType] = [grid]
    if standing.parents:
        parts.append(_parents(standing.parents, lang))
    if standing.alarmed:
        parts.append(Text(phrase("alarmed", lang), style="yellow"))
    title = Text.assemble(" ", plain(name_of(standing.target)), " · ", _board(standing.board, lang), " ")
    return Panel(Group(*parts), title=title, title_align="left")


def _with_figures(standings: Iterable[vote_pb2.Standing], names: Sequence[str], language: Language) -> Table:
    """The table with these figures alone."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(phrase("board", language))
    table.add_column(phrase("target", language), overflow="fold")
    for name in names:
        table.add_column(phrase(name, language).replace(" ", "\n"), justify="right")
    for standing in standings:
        figures = _figures(standing)
        target = plain(name_of(standing.target))
        table.add_row(_board(standing.board, language), target, *(figures[name] for name in names))
    if names[-1] in _EXPLAINED:
        table.caption = Text(phrase(_EXPLAINED[names[-1]], language), style="dim")
        table.caption_justify = "left"
    return table


def _figures(standing: vote_pb2.Standing) -> dict[str, str]:
    return {
        "recommend_share_short": _share(standing),
        "good_bad": f"{standing.recommend_votes:,}/{standing.warn_votes:,}",
        "effective_votes": f"{standing.effective_votes:,.1f}",
        "circles": f"{standing.circles:,}",
    }


def _facts(standing: vote_pb2.Standing, session: Session) -> Iterator[tuple[str, str]]:
    lang = session.language
    yield "recommend_share", _share(standing)
    yield "category_share", f"{standing.category_share:.0%}"
    yield "effective_votes", f"{standing.effective_votes:,.1f}"
    yield "circles", f"{standing.circles:,}"
    yield (
        "votes",
        phrase(
            "votes_line",
            lang,
            recommend=f"{standing.recommend_votes:,}",
            warn=f"{standing.warn_votes:,}",
            counted_recommend=f"{standing.counted_recommend_votes:,}",
            counted_warn=f"{standing.counted_warn_votes:,}",
            excluded=f"{standing.excluded_votes:,}",
        ),
    )
    for name in ("since", "as_of"):
        if standing.HasField(name):
            yield name, session.show_time(getattr(standing, name))


def _parents(parents: Iterable[vote_pb2.StandingParent], language: Language) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(phrase("parents", language), overflow="fold")
    for name in ("certainty", "recommend_share_short"):
        table.add_column(phrase(name, language), justify="right")
    for parent in parents:
        table.add_row(plain(name_of(parent.target)), f"{parent.certainty:.0%}", f"{parent.share:.0%}")
    return table


def _board(board: vote_pb2.Board.ValueType, language: Language) -> Text:
    return Text(words.word(vote_pb2.Board.Name(board), language), style=_BOARD_STYLES.get(board, ""))


def _share(standing: vote_pb2.Standing) -> str:
    return f"{standing.share:.0%} ({standing.low * 100:.0f}–{standing.high:.0%})"
