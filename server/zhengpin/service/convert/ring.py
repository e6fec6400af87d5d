"""Links of suppliers, on the way out. What they share is named, never shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from zhengpin.domain.ring import Chain, ChainShape, Edge, Supply, SupplyReason
from zhengpin.domain.ring_view import Ring, RingMember, SupplierLinks
from zhengpin.service.convert.facts import SUPPLIER_KINDS, SUPPLIER_STATES
from zhengpin.service.convert.onboarding import evidence_to_proto, link_to_proto
from zhengpin.service.convert.scalars import EnumPair, moment_to_proto
from zhengpin.v1 import ring_pb2 as pb

SHAPES: Final = EnumPair(ChainShape, pb.ChainShape, "CHAIN_SHAPE_")
REASONS: Final = EnumPair(SupplyReason, pb.SupplyReason, "SUPPLY_REASON_")


def links_to_proto(found: SupplierLinks) -> pb.SupplierLinks:
    """With whom a supplier belongs together."""
    return pb.SupplierLinks(
        supplier_id=found.supplier_id,
        links=map(link_to_proto, found.links),
        ring=None if found.ring is None else _ring_to_proto(found.ring, found.as_of),
    )


def _ring_to_proto(ring: Ring, as_of: datetime) -> pb.Ring:
    roles = _roles(ring.chain)
    return pb.Ring(
        ring_id=ring.ring_id,
        members=(_member_to_proto(each, roles[each.supplier.supplier_id]) for each in ring.members),
        edges=map(_edge_to_proto, ring.edges),
        as_of=moment_to_proto(as_of),
        shape=SHAPES.to_proto(ring.chain.shape),
        supplies=map(_supply_to_proto, ring.chain.supplies),
        joint_case=None
        if ring.joint_case is None
        else pb.JointCase(shops=ring.joint_case.shops, owners=ring.joint_case.owners),
    )


def _roles(chain: Chain) -> Mapping[str, pb.ChainRole.ValueType]:
    return {
        **dict.fromkeys(chain.factories, pb.CHAIN_ROLE_FACTORY),
        **dict.fromkeys(chain.agents, pb.CHAIN_ROLE_AGENT),
        **dict.fromkeys(chain.shops, pb.CHAIN_ROLE_SHOP),
    }


def _member_to_proto(member: RingMember, role: pb.ChainRole.ValueType) -> pb.RingMember:
    return pb.RingMember(
        supplier_id=member.supplier.supplier_id,
        name=member.supplier.name,
        kind=SUPPLIER_KINDS.to_proto(member.supplier.kind),
        state=SUPPLIER_STATES.to_proto(member.state),
        role=role,
        shops=len(member.supplier.shops),
        confirmed_fakes=member.confirmed_fakes,
    )


def _edge_to_proto(edge: Edge) -> pb.RingEdge:
    return pb.RingEdge(
        one_id=edge.one,
        other_id=edge.other,
        probability=edge.probability,
        certain=edge.certain,
        evidence=map(evidence_to_proto, edge.evidence),
    )


def _supply_to_proto(supply: Supply) -> pb.RingSupply:
    return pb.RingSupply(source_id=supply.source, target_id=supply.target, reason=REASONS.to_proto(supply.reason))
