"""To change one's mind is no further vote: trust moves by it only when all of it is solved anew."""

from __future__ import annotations

from polls import DAY, HERE, TARGETS, assert_sums_are_those_of_the_votes, cast, grown_ups, open_polls, votes_of
from vote_builders import a_vote, a_voter
from zhengpin.domain.vote import Vote
from zhengpin.storage import Store


def test_who_turns_to_what_all_others_say_is_trusted_as_before(store: Store) -> None:
    voters = grown_ups(8)
    open_polls(store, [*voters, a_voter("turner")])
    for target in TARGETS:
        cast(store, votes_of(voters, target))
    cast(store, turners_votes(recommends=False))
    before = trust_of(store)
    cast(store, turners_votes(recommends=True))
    assert trust_of(store) == before
    assert_sums_are_those_of_the_votes(store)


def turners_votes(*, recommends: bool) -> list[Vote]:
    """The votes of one who says the same of all targets, a day apart; recommending it comes ten days later."""
    return [
        a_vote(
            f"{target.kind} {recommends}",
            voter_id="turner",
            target=target,
            recommends=recommends,
            cast_at=votes_of(grown_ups(1))[0].cast_at + (1 + number + 10 * recommends) * DAY,
        )
        for number, target in enumerate(TARGETS)
    ]


def trust_of(store: Store) -> float:
    """Trust in who turns, as it is stored."""
    with store.read(HERE) as reader:
        return reader.voters.trust(["turner"])["turner"].trust
