"""`zhengpin supplier links`, and the SDK's method for it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from client_runs import Run
from fake_zhengpin import FakeZhengpin
from vote_answers import words_of
from zhengpin.v1 import onboarding_pb2, ring_pb2, supplier_pb2
from zhengpin_client import Zhengpin
from zhengpin_client.errors import NotFound


def a_member(supplier_id: str, role: ring_pb2.ChainRole.ValueType, **changes: Any) -> ring_pb2.RingMember:
    ordinary: dict[str, Any] = {"state": supplier_pb2.SUPPLIER_STATE_ACTIVE}
    return ring_pb2.RingMember(supplier_id=supplier_id, role=role, **{**ordinary, **changes})


def a_link(supplier_id: str, *evidence: onboarding_pb2.LinkEvidence, **changes: Any) -> onboarding_pb2.SupplierLink:
    ordinary: dict[str, Any] = {"probability": 0.973, "state": supplier_pb2.SUPPLIER_STATE_ACTIVE}
    return onboarding_pb2.SupplierLink(supplier_id=supplier_id, evidence=evidence, **{**ordinary, **changes})


LINKS = ring_pb2.SupplierLinks(
    supplier_id="shop-1",
    links=[
        a_link(
            "agent",
            onboarding_pb2.LinkEvidence(attribute="person", bits=8.85, shared_by=2, certain=True),
            probability=1.0,
            certain=True,
            state=supplier_pb2.SUPPLIER_STATE_TERMINATED,
        ),
        a_link(
            "factory",
            onboarding_pb2.LinkEvidence(attribute="payout_account", bits=8.25, shared_by=3),
            onboarding_pb2.LinkEvidence(attribute="depot", shared_by=51, is_hub=True),
        ),
    ],
    ring=ring_pb2.Ring(
        ring_id="r-1",
        members=[
            a_member("agent", ring_pb2.CHAIN_ROLE_AGENT, state=supplier_pb2.SUPPLIER_STATE_TERMINATED),
            a_member("factory", ring_pb2.CHAIN_ROLE_FACTORY, name="[red]Kettles Ltd", confirmed_fakes=3),
            a_member("loner", ring_pb2.CHAIN_ROLE_SHOP, shops=1, confirmed_fakes=1),
            a_member("shop-1", ring_pb2.CHAIN_ROLE_SHOP, shops=2),
        ],
        shape=ring_pb2.CHAIN_SHAPE_FACTORY_AGENT_SHOPS,
        supplies=[
            ring_pb2.RingSupply(source_id="factory", target_id="agent", reason=ring_pb2.SUPPLY_REASON_FACTORY),
            ring_pb2.RingSupply(source_id="factory", target_id="shop-1", reason=ring_pb2.SUPPLY_REASON_DEPOT),
            ring_pb2.RingSupply(source_id="agent", target_id="shop-1", reason=ring_pb2.SUPPLY_REASON_AUTHORISATION),
        ],
    ),
)


@pytest.fixture
def linked(fake: FakeZhengpin) -> FakeZhengpin:
    fake.links["shop-1"] = LINKS
    fake.links["stranger"] = ring_pb2.SupplierLinks(supplier_id="stranger")
    return fake


@pytest.mark.usefixtures("linked")
def test_the_sdk_tells_links_and_ring(zhengpin: Zhengpin) -> None:
    assert zhengpin.get_supplier_links("shop-1") == LINKS
    with pytest.raises(NotFound, match="nobody"):
        zhengpin.get_supplier_links("nobody")


@pytest.mark.usefixtures("linked")
def test_links_are_told_with_what_speaks_for_them(run: Run) -> None:
    said = run("supplier", "links", "shop-1").out
    told = words_of(said)
    assert "legal person: an identity (shared by 2)" in told
    assert "payout account: 8.2 bits (shared by 3)" in told
    assert "depot: says nothing (more than 50 share it)" in told
    assert "one and the same" in told
    assert "97% likely" in told


@pytest.mark.usefixtures("linked")
def test_the_ring_hangs_from_its_factory_over_the_agent_to_the_shops(run: Run) -> None:
    lines = run("supplier", "links", "shop-1").out.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("Ring r-1"))
    assert [line.rstrip() for line in lines[start : start + 5]] == [
        "Ring r-1: 4 suppliers, factory → agent → shops",
        "├── factory · factory · [red]Kettles Ltd · 3 confirmed fakes",
        "│   └── agent · agent · terminated",
        "│       └── shop · shop-1 · 2 shops",
        "└── shop · loner · 1 shop · 1 confirmed fake",
    ]


@pytest.mark.parametrize(("language", "said"), [("en", "5 shops of 3 owners share"), ("zh", "3 个主体的 5 家店铺共用")])
def test_a_ring_to_be_taken_up_as_one_is_told_as_such(
    linked: FakeZhengpin, run: Run, tmp_path: Path, language: str, said: str
) -> None:
    path, command = tmp_path / "links.html", ("--lang", language, "supplier", "links", "shop-1")
    assert said not in words_of(run(*command).out)
    together = ring_pb2.SupplierLinks(ring=ring_pb2.Ring(joint_case=ring_pb2.JointCase(shops=5, owners=3)))
    together.MergeFrom(LINKS)
    linked.links["shop-1"] = together
    assert said in words_of(run(*command).out)
    run(*command, "--html", str(path))
    assert said in path.read_text(encoding="utf-8")


@pytest.mark.usefixtures("linked")
def test_links_are_told_in_chinese_and_as_json(run: Run) -> None:
    said = words_of(run("--lang", "zh", "supplier", "links", "shop-1").out)
    assert "法定代表人：同一主体（2 家共有）" in said
    assert "工厂 → 代理 → 店铺" in said
    as_json = json.loads(run("--json", "supplier", "links", "shop-1").out)
    assert as_json["ring"]["ring_id"] == "r-1"


def test_links_are_told_by_name_and_so_many_at_most(fake: FakeZhengpin, run: Run) -> None:
    several = [a_link(f"s-{number}", name=f"[b]Kettles {number}") for number in range(3)]
    fake.links["a"] = ring_pb2.SupplierLinks(supplier_id="a", links=several)
    said = run("supplier", "links", "a", "--limit", "2").out
    assert "[b]Kettles 1" in said
    assert "Kettles 2" not in said
    assert "1 more: --limit shows them" in said
    assert "more: --limit" not in run("supplier", "links", "a").out
    assert len(json.loads(run("--json", "supplier", "links", "a", "--limit", "2").out)["links"]) == 3


def test_a_succession_is_a_tie_that_weighs_nothing(fake: FakeZhengpin, run: Run) -> None:
    shared = onboarding_pb2.LinkEvidence(attribute="succession", shared_by=2)
    fake.links["a"] = ring_pb2.SupplierLinks(supplier_id="a", links=[a_link("b", shared, probability=1.0)])
    said = run("--lang", "zh", "supplier", "links", "a").out
    assert "承继" in said
    assert "比特" not in said


@pytest.mark.usefixtures("linked")
def test_who_has_no_links_is_told_so(run: Run) -> None:
    assert "Nothing is known that ties it to other suppliers." in run("supplier", "links", "stranger").out


@pytest.mark.usefixtures("linked")
def test_a_page_draws_the_ring_and_says_what_links_rest_on(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "links.html"
    assert run("supplier", "links", "shop-1", "--html", str(path)).out.strip() == str(path)
    page = path.read_text(encoding="utf-8")
    drawn = page[page.index("<svg ") : page.index("</svg>")]
    for name in ("agent", "[red]Kettles Ltd", "loner", "shop-1"):
        assert f">{name}</text>" in drawn
    assert "payout account: 8.2 bits (shared by 3)" in page
    assert "no fault of its own" in page
    assert not re.search(r"<script|<link|<img|@import|(?:src|href)=\"(?!#)", page)


@pytest.mark.usefixtures("linked")
def test_the_page_of_who_has_no_links_says_so(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "links.html"
    run("--lang", "zh", "supplier", "links", "stranger", "--html", str(path))
    page = path.read_text(encoding="utf-8")
    assert "与其他供应商没有已知关联。" in page
    assert "<svg" not in page
