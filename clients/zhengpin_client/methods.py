"""Deadlines and retries, method by method."""

from __future__ import annotations

import json

CATALOG = "zhengpin.v1.CatalogService"
SCREENING = "zhengpin.v1.ScreeningService"
MODELS = "zhengpin.v1.ModelService"
REPUTATION = "zhengpin.v1.ReputationService"
SUPPLIERS = "zhengpin.v1.SupplierService"

DEADLINES = {
    "UpsertSuppliers": 60.0,
    "UpsertListings": 60.0,
    "RegisterBrands": 60.0,
    "RecordAuthorisations": 60.0,
    "RecordPrices": 60.0,
    "RecordOrders": 60.0,
    "RecordOutcomes": 60.0,
    "UpsertListEntries": 60.0,
    "RegisterImages": 60.0,
    "RecordSupplierFacts": 60.0,
    "GetListing": 5.0,
    "DeleteListing": 10.0,
    "ScreenListing": 5.0,
    "BatchScreenListings": 120.0,
    "GetVerdict": 5.0,
    "ListVerdicts": 30.0,
    "ListModels": 10.0,
    "GetModel": 10.0,
    "CompareModels": 300.0,
    "PromoteModel": 300.0,
    "RollbackModel": 30.0,
    "UpsertVoters": 60.0,
    "CastVotes": 60.0,
    "GetStanding": 5.0,
    "ListStandings": 30.0,
    "GetVoterTrust": 10.0,
    "ListExcludedVoteWindows": 30.0,
    "DecideVoteWindow": 60.0,
    "CheckSupplier": 5.0,
    "GetSupplierScore": 5.0,
    "BatchGetSupplierScores": 30.0,
    "ListSupplierScores": 30.0,
    "GetSupplierReport": 10.0,
    "GetSupplierLinks": 10.0,
}
"""Seconds in which a unary method must answer, retries included. Streams last as long as they last."""

_SERVICE_OF = {
    **dict.fromkeys(("ScreenListing", "BatchScreenListings", "GetVerdict", "ListVerdicts"), SCREENING),
    **dict.fromkeys(("ListModels", "GetModel", "CompareModels", "PromoteModel", "RollbackModel"), MODELS),
    **dict.fromkeys(("UpsertVoters", "CastVotes", "GetVoterTrust", "GetStanding", "ListStandings"), REPUTATION),
    **dict.fromkeys(("ListExcludedVoteWindows", "DecideVoteWindow"), REPUTATION),
    **dict.fromkeys(("CheckSupplier", "GetSupplierScore", "BatchGetSupplierScores", "ListSupplierScores"), SUPPLIERS),
    "GetSupplierReport": SUPPLIERS,
    "GetSupplierLinks": SUPPLIERS,
}
"""Of methods that are not the catalogue's."""
_RETRY = {
    "maxAttempts": 5,
    "initialBackoff": "0.1s",
    "maxBackoff": "2s",
    "backoffMultiplier": 2,
    "retryableStatusCodes": ["UNAVAILABLE"],
}


def service_config() -> str:
    """The channel's service config (gRFC A6): what never reached a server is sent again, each method by itself.

    Every write carries its request_id, so that a second attempt is never a second write. What the server itself puts
    off (RESOURCE_EXHAUSTED with RetryInfo) is left to `Zhengpin`, since gRPC does not read RetryInfo.
    """
    methods = [
        {"name": [{"service": _SERVICE_OF.get(name, CATALOG), "method": name}], "retryPolicy": _RETRY}
        for name in DEADLINES
    ]
    return json.dumps({"methodConfig": methods})
