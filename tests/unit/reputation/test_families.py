"""Families: whom invitations join."""

from __future__ import annotations

from vote_builders import a_voter
from zhengpin.domain.vote import Voter
from zhengpin.reputation.families import Families


def joined(*invited: Voter) -> list[set[str]]:
    """Families of a, b and c, the only ones who vote."""
    families = Families({"a": 0, "b": 1, "c": 2})
    for voter in invited:
        families.add(voter)
    family = families.column()
    return [{"abc"[number] for number in range(3) if family[number] == each} for each in sorted(set(family.tolist()))]


def test_a_chain_is_one_family_however_it_is_told_and_whether_or_not_those_between_vote() -> None:
    assert joined(
        a_voter("c", invited_by="between"),
        a_voter("a"),
        a_voter("b", invited_by="a"),
        a_voter("between", invited_by="b"),
    ) == [{"a", "b", "c"}]


def test_whom_one_unknown_voter_invited_is_one_family() -> None:
    assert joined(a_voter("a", invited_by="lost"), a_voter("b", invited_by="lost"), a_voter("c")) == [{"a", "b"}, {"c"}]


def test_who_invite_one_another_are_one_family() -> None:
    assert joined(a_voter("a", invited_by="b"), a_voter("b", invited_by="a"), a_voter("c", invited_by="c")) == [
        {"a", "b"},
        {"c"},
    ]


def test_without_invitations_everybody_is_its_own_family() -> None:
    assert joined(a_voter("a"), a_voter("b"), a_voter("c")) == [{"a"}, {"b"}, {"c"}]
    assert Families({}).column().tolist() == []
