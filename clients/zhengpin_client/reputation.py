"""The reputation service's methods: votes, what they add up to, and how far each counts."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator

from zhengpin.v1 import batch_pb2, reputation_service_pb2, reputation_service_pb2_grpc, vote_pb2
from zhengpin_client.connection import Connection
from zhengpin_client.paging import Page, all_pages
from zhengpin_client.targets import read_target

Target = vote_pb2.VoteTarget | str
"""A message, or a name such as `brand:acme` (`zhengpin_client.targets`)."""


class Reputation:
    """Voters, votes, standings, and windows of votes that look arranged."""

    def __init__(self, connection: Connection) -> None:
        """Call over this connection."""
        self._connection = connection
        self._reputation = reputation_service_pb2_grpc.ReputationServiceStub(connection.channel)

    def upsert_voters(
        self, voters: Iterable[vote_pb2.Voter], *, request_id: str | None = None
    ) -> batch_pb2.BatchResponse:
        """Store up to 1,000 voters; a stored one is replaced. To ban one takes its votes out of the count at once."""
        request = reputation_service_pb2.UpsertVotersRequest(request_id=_id(request_id), voters=voters)
        return self._connection.call("UpsertVoters", self._reputation.UpsertVoters, request)

    def cast_votes(self, votes: Iterable[vote_pb2.Vote], *, request_id: str | None = None) -> batch_pb2.BatchResponse:
        """Store up to 1,000 votes and count them at once; the same vote_id is stored once."""
        request = reputation_service_pb2.CastVotesRequest(request_id=_id(request_id), votes=votes)
        return self._connection.call("CastVotes", self._reputation.CastVotes, request)

    def import_votes(self, votes: Iterable[vote_pb2.Vote], *, request_id: str | None = None) -> batch_pb2.BatchResponse:
        """Store up to 1,000 votes from the marketplace's own records, whose moments of casting can be trusted."""
        request = reputation_service_pb2.CastVotesRequest(request_id=_id(request_id), votes=votes, imported=True)
        return self._connection.call("CastVotes", self._reputation.CastVotes, request)

    def get_standing(self, target: Target) -> vote_pb2.Standing:
        """What the votes on a target add up to; one without votes stands where its parents do."""
        request = reputation_service_pb2.GetStandingRequest(target=_target(target))
        return self._connection.call("GetStanding", self._reputation.GetStanding, request)

    def list_standings(
        self,
        board: vote_pb2.Board.ValueType = vote_pb2.BOARD_UNSPECIFIED,
        *,
        kind: vote_pb2.VoteTargetKind.ValueType = vote_pb2.VOTE_TARGET_KIND_UNSPECIFIED,
        category: str = "",
        origin: str = "",
        page_size: int = 0,
        page_token: str = "",
    ) -> reputation_service_pb2.ListStandingsResponse:
        """One page of a board, the surest first, or of every target with votes; `standings` goes through all pages."""
        request = reputation_service_pb2.ListStandingsRequest(
            board=board, kind=kind, category=category, origin=origin, page_size=page_size, page_token=page_token
        )
        return self._connection.call("ListStandings", self._reputation.ListStandings, request)

    def standings(
        self,
        board: vote_pb2.Board.ValueType = vote_pb2.BOARD_UNSPECIFIED,
        *,
        kind: vote_pb2.VoteTargetKind.ValueType = vote_pb2.VOTE_TARGET_KIND_UNSPECIFIED,
        category: str = "",
        origin: str = "",
        limit: int | None = None,
        page_size: int = 200,
    ) -> Iterator[vote_pb2.Standing]:
        """A board, the surest first, or every target with votes, page after page; at most `limit`."""

        def fetch(size: int, token: str) -> Page[vote_pb2.Standing]:
            page = self.list_standings(
                board, kind=kind, category=category, origin=origin, page_size=size, page_token=token
            )
            return page.standings, page.next_page_token

        return all_pages(fetch, limit, page_size)

    def get_voter_trust(
        self, voter_id: str, *, page_size: int = 0, page_token: str = ""
    ) -> reputation_service_pb2.VoterTrust:
        """How far a voter's votes count, with one page of them; `counted_votes` goes through all pages."""
        request = reputation_service_pb2.GetVoterTrustRequest(
            voter_id=voter_id, page_size=page_size, page_token=page_token
        )
        return self._connection.call("GetVoterTrust", self._reputation.GetVoterTrust, request)

    def counted_votes(
        self, voter_id: str, *, limit: int | None = None, page_size: int = 200
    ) -> Iterator[vote_pb2.CountedVote]:
        """A voter's votes, the latest first, each with what it counts or why it doesn't; at most `limit`."""

        def fetch(size: int, token: str) -> Page[vote_pb2.CountedVote]:
            trust = self.get_voter_trust(voter_id, page_size=size, page_token=token)
            return trust.page, trust.next_page_token

        return all_pages(fetch, limit, page_size)

    def list_excluded_vote_windows(
        self, target: Target | None = None, *, undecided: bool = False, page_size: int = 0, page_token: str = ""
    ) -> reputation_service_pb2.ListExcludedVoteWindowsResponse:
        """One page of windows of votes that are left out, the latest first; of undecided ones, the soonest due first.

        `excluded_vote_windows` goes through all pages.
        """
        request = reputation_service_pb2.ListExcludedVoteWindowsRequest(
            target=None if target is None else _target(target),
            undecided=undecided,
            page_size=page_size,
            page_token=page_token,
        )
        return self._connection.call("ListExcludedVoteWindows", self._reputation.ListExcludedVoteWindows, request)

    def excluded_vote_windows(
        self,
        target: Target | None = None,
        *,
        undecided: bool = False,
        limit: int | None = None,
        page_size: int = 200,
    ) -> Iterator[vote_pb2.VoteWindow]:
        """Windows of votes that are left out of the count, page after page; at most `limit`."""

        def fetch(size: int, token: str) -> Page[vote_pb2.VoteWindow]:
            page = self.list_excluded_vote_windows(target, undecided=undecided, page_size=size, page_token=token)
            return page.windows, page.next_page_token

        return all_pages(fetch, limit, page_size)

    def decide_vote_window(
        self,
        window_id: str,
        decision: vote_pb2.VoteWindowDecision.ValueType,
        actor: str,
        *,
        note: str = "",
        request_id: str | None = None,
    ) -> vote_pb2.VoteWindow:
        """Leave a window's votes out of the count for good, or let them count again."""
        request = reputation_service_pb2.DecideVoteWindowRequest(
            request_id=_id(request_id), window_id=window_id, decision=decision, actor=actor, note=note
        )
        return self._connection.call("DecideVoteWindow", self._reputation.DecideVoteWindow, request)


def _target(target: Target) -> vote_pb2.VoteTarget:
    return read_target(target) if isinstance(target, str) else target


def _id(request_id: str | None) -> str:
    return request_id or str(uuid.uuid4())
