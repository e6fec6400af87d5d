"""`ReputationService`: votes of shop owners, and the red and the black list."""

from __future__ import annotations

from dataclasses import dataclass

import grpc

from zhengpin.service.batch import batch_response, ids_of
from zhengpin.service.call import call_of, marketplace_of
from zhengpin.service.convert.standing import (
    ruling_from_proto,
    standing_filter_from_proto,
    standing_to_proto,
    voter_report_to_proto,
    window_filter_from_proto,
    window_to_proto,
)
from zhengpin.service.convert.vote import target_from_proto
from zhengpin.service.fact_batches import problems_in, read_vote, read_voter
from zhengpin.usecases.cast_votes import CastVotes
from zhengpin.usecases.decide_vote_window import DecideVoteWindow
from zhengpin.usecases.read_standings import ReadStandings
from zhengpin.usecases.read_voter import ReadVoter
from zhengpin.usecases.upsert_voters import UpsertVoters
from zhengpin.v1 import batch_pb2, reputation_service_pb2_grpc, vote_pb2
from zhengpin.v1 import reputation_service_pb2 as pb

DEFAULT_PAGE = 50


@dataclass(frozen=True, slots=True)
class ReputationUseCases:
    """What can be done with votes."""

    upsert_voters: UpsertVoters
    cast: CastVotes
    standings: ReadStandings
    voter: ReadVoter
    decide_window: DecideVoteWindow


class ReputationServicer(reputation_service_pb2_grpc.ReputationServiceServicer):
    """Votes over gRPC."""

    def __init__(self, votes: ReputationUseCases) -> None:
        self._votes = votes

    def UpsertVoters(self, request: pb.UpsertVotersRequest, context: grpc.ServicerContext) -> batch_pb2.BatchResponse:
        """Store voters."""
        messages = list(request.voters)
        found = self._votes.upsert_voters(call_of(context, "UpsertVoters", request), [*map(read_voter, messages)])
        return batch_response(ids_of(messages), problems_in(found))

    def CastVotes(self, request: pb.CastVotesRequest, context: grpc.ServicerContext) -> batch_pb2.BatchResponse:
        """Store votes, and count them at once."""
        messages = list(request.votes)
        call = call_of(context, "CastVotes", request)
        found = self._votes.cast(call, [*map(read_vote, messages)], imported=request.imported)
        return batch_response(ids_of(messages), problems_in(found))

    def GetStanding(self, request: pb.GetStandingRequest, context: grpc.ServicerContext) -> vote_pb2.Standing:
        """Where a target stands."""
        return standing_to_proto(self._votes.standings.get(marketplace_of(context), target_from_proto(request.target)))

    def ListStandings(
        self, request: pb.ListStandingsRequest, context: grpc.ServicerContext
    ) -> pb.ListStandingsResponse:
        """A page of a board."""
        page = self._votes.standings.page(
            marketplace_of(context),
            standing_filter_from_proto(request),
            request.page_size or DEFAULT_PAGE,
            request.page_token,
        )
        return pb.ListStandingsResponse(
            standings=[standing_to_proto(each) for each in page.standings], next_page_token=page.next_page_token
        )

    def GetVoterTrust(self, request: pb.GetVoterTrustRequest, context: grpc.ServicerContext) -> pb.VoterTrust:
        """How far a voter's votes count."""
        report = self._votes.voter(
            marketplace_of(context), request.voter_id, request.page_size or DEFAULT_PAGE, request.page_token
        )
        return voter_report_to_proto(report)

    def ListExcludedVoteWindows(
        self, request: pb.ListExcludedVoteWindowsRequest, context: grpc.ServicerContext
    ) -> pb.ListExcludedVoteWindowsResponse:
        """Windows of votes that are left out."""
        page = self._votes.standings.windows(
            marketplace_of(context),
            window_filter_from_proto(request),
            request.page_size or DEFAULT_PAGE,
            request.page_token,
        )
        return pb.ListExcludedVoteWindowsResponse(
            windows=[window_to_proto(each) for each in page.windows], next_page_token=page.next_page_token
        )

    def DecideVoteWindow(
        self, request: pb.DecideVoteWindowRequest, context: grpc.ServicerContext
    ) -> vote_pb2.VoteWindow:
        """Keep a window's votes out, or let them in."""
        return window_to_proto(
            self._votes.decide_window(call_of(context, "DecideVoteWindow", request), ruling_from_proto(request))
        )
