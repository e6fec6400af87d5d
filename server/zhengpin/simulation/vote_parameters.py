"""What the simulated marketplace's votes are made of, as `parameters.toml` says it."""

from __future__ import annotations

from zhengpin.simulation.parameter_kinds import Count, Often, Positive, Share, ShareSpan, Some, Span, Table


class TargetPlan(Table):
    """What is voted on."""

    quality: ShareSpan
    worst: Share
    got_worse: Share
    launched: Share
    popularity_spread: Positive


class VoterPlan(Table):
    """Who votes, honestly and each for himself."""

    days: Positive
    votes: Positive
    votes_spread: Positive
    most_votes: Some
    at_home: Share
    on_origins: Share
    reach: Some
    owners: Share
    invited: Share
    bought: Share
    harshness: Positive
    season: Positive


class CrowdPlan(Table):
    """Many who saw one programme."""

    often: Often
    size: Span
    least: Some
    newcomers: Share
    bought: Share
    one_sided: ShareSpan
    hours: Positive


class FollowersPlan(Table):
    """Many who follow one opinion leader."""

    often: Often
    size: Count
    goods: Count
    bought: Share
    turnout: Share
    days: Positive


class StaffPlan(Table):
    """People of one warehouse."""

    often: Often
    size: Count
    goods: Count
    bought: Share
    turnout: Share


class AcquaintancesPlan(Table):
    """Friends who buy together."""

    often: Often
    size: Count
    goods: Count
    bought: Share
    turnout: Share
    agreement: Share
    hours: Positive


class AccountsPlan(Table):
    """Accounts that vote for money."""

    group: Count
    strangers: Share
    age: Positive
    age_spread: Positive
    bought: Share
    feint: Share
    camouflage: Positive


class BurstPlan(Table):
    """A brigade that is done within a day or so."""

    often: Often
    size: Span
    least: Some
    hours: Span


class DripPlan(Table):
    """A brigade that takes its time."""

    often: Often
    size: Span
    least: Some
    days: Span


class FarmPlan(Table):
    """The same accounts for one client after the other, and ordinary votes between."""

    often: Often
    size: Count
    clients: Count
    turnout: Share
    days: Span
    camouflage: Positive


class RingPlan(Table):
    """Shops of a ring and their people."""

    often: Share
    people: Count
    bought: Share
    turnout: Share
    hours: Positive


class VotesPlan(Table):
    """Every sort of vote."""

    days: Positive
    voters: Some
    targets: TargetPlan
    voter: VoterPlan
    crowd: CrowdPlan
    followers: FollowersPlan
    staff: StaffPlan
    acquaintances: AcquaintancesPlan
    accounts: AccountsPlan
    burst: BurstPlan
    drip: DripPlan
    farm: FarmPlan
    ring: RingPlan
