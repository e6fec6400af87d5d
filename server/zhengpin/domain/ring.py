"""Suppliers that belong together, and what says so."""

from __future__ import annotations

from dataclasses import dataclass

from zhengpin.domain.supplier import SupplierState


@dataclass(frozen=True, slots=True)
class LinkEvidence:
    """What two suppliers have in common."""

    attribute: str
    """`payout_account`, `registration_code`, `address`, …"""
    bits: float
    """How much it says; below 0 it speaks against the link."""
    shared_by: int
    """How many suppliers share this value."""
    is_hub: bool = False
    """It weighs nothing, for too many share it: a warehouse, an agency."""
    certain: bool = False
    """It is an identity."""


@dataclass(frozen=True, slots=True)
class Link:
    """Another supplier that belongs together with one."""

    supplier_id: str
    probability: float
    """From 0 to 1."""
    certain: bool
    """One and the same entity: same verified code, person or account."""
    state: SupplierState
    evidence: tuple[LinkEvidence, ...]
