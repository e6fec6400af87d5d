"""Closed sets of words, such as the conditions of goods."""

from __future__ import annotations

from enum import StrEnum


class Word(StrEnum):
    """A word of a closed set: a text to whoever compares, stores or prints it.

    It hashes as the text that it equals. `StrEnum` hashes the member's name instead, in Python code, and a screening
    looks up a hundred words.
    """

    __hash__ = str.__hash__
