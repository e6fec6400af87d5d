"""What is said of JSON that makes no message."""

from typing import Any

import pytest
from google.protobuf import json_format

from zhengpin.v1 import onboarding_pb2
from zhengpin_client.importing.native import parse_problem

WRONG: list[tuple[dict[str, Any], str]] = [
    (
        {"facts": [{"document": {"kind": "LICENCE"}}]},
        "application.facts[0].document.kind: 'LICENCE' is no DocumentKind: did you mean 'DOCUMENT_KIND_LICENCE'?",
    ),
    (
        {"facts": [{"document": {"kind": "document_kind_licens"}}]},
        "application.facts[0].document.kind: 'document_kind_licens' is no DocumentKind: did you mean 'DOCUMENT_KIND_LI",
    ),
    (
        {"facts": [{"sample": {"severity": "?"}}]},
        "application.facts[0].sample.severity: '?' is no InspectionSeverity: it is one of INSPECTION_SEVERITY_NORMAL, ",
    ),
    (
        {"facts": [{"observedAt": "yesterday"}]},
        "application.facts[0].observedAt: Failed to parse timestamp: missing valid timezone offset",
    ),
    ({"supplier": {"shops": [{"shopId": 7}]}}, "application.shops.shopId: expected string or bytes-like object"),
    ({"gtins": 5}, "application.gtins: repeated field gtins must be in [] which is 5"),
    ({"supplier": {"nam": "X"}}, "application.supplier.nam: there is no such field: did you mean 'name'?"),
    (
        {"facts": [{"deposit": {}, "audit": {}}]},
        'application.facts[0]: Message type "zhengpin.v1.SupplierFact" should not have multiple "fact" oneof fields',
    ),
]


@pytest.mark.parametrize(("told", "said"), WRONG)
def test_what_makes_no_message_is_told_with_its_place(told: dict[str, Any], said: str) -> None:
    application = onboarding_pb2.SupplierApplication()
    with pytest.raises(json_format.ParseError) as caught:
        json_format.ParseDict(told, application)
    problem = str(parse_problem("application", [*application.DESCRIPTOR.fields_by_name], str(caught.value)))
    assert problem.startswith(said)
    assert not problem.endswith(".")
