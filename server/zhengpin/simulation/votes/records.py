"""Votes in the form that `zhengpin import` reads, and the truth about each."""

from __future__ import annotations

from zhengpin.domain.vote import Target, TargetKind, Vote, Voter
from zhengpin.simulation.records import Fields, Record, stamp
from zhengpin.simulation.votes.ballot import Ballot

_SUBJECTS = {TargetKind.BRAND: "brandId", TargetKind.FACTORY: "factoryId", TargetKind.ORIGIN: "origin"}


def voter_record(voter: Voter) -> Record:
    """Who votes."""
    fields: Fields = {"voterId": voter.voter_id, "registeredAt": stamp(voter.registered_at)}
    for name, told in (("supplierId", voter.supplier_id), ("invitedBy", voter.invited_by)):
        if told:
            fields[name] = told
    return {"voter": fields}


def vote_record(vote: Vote) -> Record:
    """What was said."""
    fields: Fields = {
        "voteId": vote.vote_id,
        "voterId": vote.voter_id,
        "target": _target(vote.target),
        "opinion": "OPINION_RECOMMEND" if vote.recommends else "OPINION_WARN",
        "castAt": stamp(vote.cast_at),
    }
    if vote.purchase:
        named = {"orderId": vote.purchase.order_id, "proof": vote.purchase.proof}
        fields["purchase"] = {name: told for name, told in named.items() if told}
    return {"vote": fields}


def truth_record(ballot: Ballot) -> Record:
    """How a vote really came about. This is told to nobody but those who measure."""
    story = ballot.plot.story
    return {
        "vote_truth": {
            "voteId": ballot.vote.vote_id,
            "voterId": ballot.vote.voter_id,
            "arranged": story.arranged,
            "story": story.value,
            "looksLike": story.looks_like,
            "plot": ballot.plot.name,
        }
    }


def _target(target: Target) -> Fields:
    if target.kind is TargetKind.PRODUCT:
        return {"productKey": target.key}
    return {_SUBJECTS[target.kind]: target.key}
