"""Votes of a voter, and windows of votes, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from zhengpin.v1 import reputation_service_pb2, vote_pb2
from zhengpin_client import words
from zhengpin_client.cli.session import Session
from zhengpin_client.cli.tables import pairs, plain
from zhengpin_client.targets import name_of
from zhengpin_client.words import Language, phrase

_ALARM = "yellow"
_LEAST_SHOWN = 0.01
"""A vote that counts, though less than this, is not shown as counting nothing."""

_NO_PROOF = {vote_pb2.PURCHASE_PROOF_UNPROVEN, vote_pb2.PURCHASE_PROOF_ORDER_UNKNOWN}


# --- voters ----------------------------------------------------------------------------------------------------------


def voter_story(
    trust: reputation_service_pb2.VoterTrust, votes: Sequence[vote_pb2.CountedVote], session: Session, *, whole: bool
) -> Iterator[RenderableType]:
    """How far a voter's votes count, and each of them; `whole` if these are all, replaced ones among them."""
    lang = session.language
    grid = pairs()
    grid.add_row(phrase("voter", lang), plain(trust.voter_id))
    grid.add_row(phrase("trust", lang), f"{trust.trust:.2f}")
    if trust.HasField("second_opinion"):
        grid.add_row(phrase("second_opinion", lang), f"{trust.second_opinion:.2f}")
    replaced = sum(vote.why_not == vote_pb2.WHY_NOT_COUNTED_SUPERSEDED for vote in votes)
    grid.add_row(phrase("votes", lang), _how_many_count(trust, replaced, lang, whole=whole))
    yield grid
    table = _table(lang, "cast_at", "opinion", "weight", "target")
    table.columns[0].no_wrap = True
    for vote in votes:
        table.add_row(*_counted(vote, session))
    if votes:
        yield table
    current = len(votes) - replaced
    if trust.votes > current:
        yield Text(phrase("more_votes", lang, count=f"{trust.votes - current:,}"), style="dim")


def _how_many_count(trust: reputation_service_pb2.VoterTrust, replaced: int, language: Language, *, whole: bool) -> str:
    """How many votes count, of all that are listed: the server's own figures leave replaced ones out."""
    if not replaced:
        return phrase("counted_of", language, counted=f"{trust.counted_votes:,}", votes=f"{trust.votes:,}")
    name, votes = ("counted_of_all", trust.votes + replaced) if whole else ("counted_of_current", trust.votes)
    counts = {"counted": f"{trust.counted_votes:,}", "votes": f"{votes:,}", "replaced": f"{replaced:,}"}
    return phrase(name, language, **counts)


def _counted(vote: vote_pb2.CountedVote, session: Session) -> Iterator[RenderableType]:
    """One row: when what was said of what, what it counts, and if it or its order doesn't why not."""
    lang = session.language
    yield session.show_time(vote.cast_at)
    yield words.word(vote_pb2.Opinion.Name(vote.opinion), lang)
    yield _weight(vote)
    target = _target(vote.target)
    if vote.why_not or vote.purchase in _NO_PROOF:
        target.append("\n").append(plain(words.text(vote.text, lang)).plain, style=_ALARM)
    yield target


def _weight(vote: vote_pb2.CountedVote) -> str:
    if vote.why_not:
        return "–"
    return f"{vote.weight:.2f}" if vote.weight >= _LEAST_SHOWN else f"< {_LEAST_SHOWN}"


# --- windows ---------------------------------------------------------------------------------------------------------


def window_story(window: vote_pb2.VoteWindow, session: Session) -> Panel:
    """One window: which votes are left out, what speaks against them, and who has decided what, or until when."""
    lang = session.language
    grid = pairs()
    grid.add_row(phrase("window", lang), plain(window.window_id))
    grid.add_row(phrase("left_out", lang), _left_out(window, lang))
    cast = {"start": session.show_time(window.cast_from), "end": session.show_time(window.cast_until)}
    grid.add_row(phrase("cast_at", lang), phrase("between", lang, **cast))
    for place, evidence in enumerate(window.evidence):
        grid.add_row(phrase("evidence", lang) if place == 0 else "", plain(words.text(evidence, lang)))
    if window.decision == vote_pb2.VOTE_WINDOW_DECISION_UNSPECIFIED:
        grid.add_row(phrase("decide_by", lang), Text(session.show_time(window.decide_by), style=_ALARM))
    else:
        decided = f"{window.decided_by} · {session.show_time(window.decided_at)}"
        grid.add_row(phrase("decided", lang), plain(" · ".join(filter(None, (decided, window.note)))))
    why = words.word(vote_pb2.WhyNotCounted.Name(window.why), lang)
    decision = words.word(vote_pb2.VoteWindowDecision.Name(window.decision), lang)
    title = Text.assemble(" ", _target(window.target), f" · {why} · {decision} ")
    return Panel(grid, title=title, title_align="left")


def _left_out(window: vote_pb2.VoteWindow, language: Language) -> str:
    if not window.HasField("expected_votes"):
        return f"{window.votes:,}"
    return phrase("votes_expected", language, votes=f"{window.votes:,}", expected=f"{window.expected_votes:,.1f}")


# --- words -----------------------------------------------------------------------------------------------------------


def _table(language: Language, *names: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in names:
        table.add_column(phrase(name, language), overflow="fold")
    return table


def _target(target: vote_pb2.VoteTarget) -> Text:
    return plain(name_of(target))
