"""Signals of what shop owners vote, and of what sort of voters they are. Who voted is told by none."""

from __future__ import annotations

from zhengpin.detectors.contacts import without_contacts
from zhengpin.domain.hit import Evidence
from zhengpin.domain.snapshot import Snapshot
from zhengpin.domain.vote import OF_ONE_LISTING, TargetKind
from zhengpin.domain.vote_window import VoteWindow
from zhengpin.domain.votes_around import FakeWords, VotesOn
from zhengpin.signals.sheet import Sheet


def note_votes(sheet: Sheet, snapshot: Snapshot) -> None:
    """Note every `votes.*` signal of what was voted on."""
    around = snapshot.votes
    if around is None:
        return
    for kind, votes in around.on.items():
        _note_target(sheet, f"votes.{kind}", votes)
    product = around.on.get(TargetKind.PRODUCT)
    if product is not None:
        sheet.note("votes.product_is_listing", product.standing.target.key.startswith(OF_ONE_LISTING))
        _note_fake_words(sheet, "votes.listing", around.on_listing)


def _note_target(sheet: Sheet, name: str, votes: VotesOn) -> None:
    _note_standing(sheet, name, votes)
    alarms = tuple(sorted({window.why.value for window in votes.undecided}))
    sheet.note(f"{name}_alarms", alarms, *map(_window, votes.undecided))
    _note_fake_words(sheet, name, votes.fake_words)
    if votes.voters is not None:
        sheet.note_all(
            {
                f"{name}_distrusted_share": votes.voters.distrusted,
                f"{name}_related_share": votes.voters.related,
                f"{name}_disagreement": votes.voters.disagreement,
            }
        )


def _note_standing(sheet: Sheet, name: str, votes: VotesOn) -> None:
    standing, counts = votes.standing, votes.standing.counts
    cast = counts.recommend + counts.warn
    told = _standing(votes)
    sheet.note(f"{name}_board", standing.board.value, told)
    sheet.note(f"{name}_proposes", tuple(sorted(each.value for each in standing.proposes)), told)
    sheet.note_all(
        {
            f"{name}_share": standing.share,
            f"{name}_low_vs_category": standing.low - standing.category_share,
            f"{name}_high_vs_category": standing.high - standing.category_share,
            f"{name}_votes": cast,
            f"{name}_effective_votes": standing.effective_votes,
            f"{name}_circles": standing.circles,
            f"{name}_excluded_share": counts.excluded / cast if cast else None,
        }
    )


def _note_fake_words(sheet: Sheet, name: str, said: FakeWords) -> None:
    quotes = [Evidence("vote_text", name, without_contacts(quote)) for quote in said.quotes]
    sheet.note(f"{name}_fake_votes", said.votes, *quotes)
    sheet.note(f"{name}_fake_weight", said.weight, *quotes)


def _standing(votes: VotesOn) -> Evidence:
    standing = votes.standing
    interval = f"{standing.share:.0%} recommend it ({standing.low:.0%} to {standing.high:.0%})"
    rests_on = f"{standing.effective_votes:.1f} effective votes of {standing.circles} circles"
    return Evidence("standing", f"{standing.target.kind}:{standing.target.key}", f"{interval}; {rests_on}")


def _window(window: VoteWindow) -> Evidence:
    told = window.evidence[0].en if window.evidence else ""
    return Evidence("vote_window", window.window_id, told)
