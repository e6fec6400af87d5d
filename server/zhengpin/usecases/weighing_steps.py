"""The steps of a weighing, as it tells of them."""

from __future__ import annotations

from typing import NamedTuple

from zhengpin.domain.word import Word


class Step(Word):
    """What a weighing does."""

    READ = "votes_read"
    LEFT_OUT = "votes_left_out"
    """In windows that were raised now, or that grew."""
    VOTERS = "voters_trusted"
    VOTES = "votes_weighed"
    """Those that count otherwise now."""
    TARGETS = "targets_stood"
    CHANGES = "boards_changed"


class Part(NamedTuple):
    """A part of a weighing that is done."""

    step: Step
    done: int
