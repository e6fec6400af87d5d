"""Who trades on the small marketplace: brand owners, agents, shops, importers, factories, and the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from stdnum.cn import uscc

from zhengpin.simulation.goods import House
from zhengpin.simulation.records import Record, day, money, stamp

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True, slots=True)
class Trader:
    """A supplier with one shop."""

    supplier_id: str
    shop_id: str
    record: Record


class Cast:
    """Makes traders and papers, each with an id of its own."""

    def __init__(self, random: Random, now: datetime) -> None:
        self._random = random
        self._now = now
        self._traders = 0
        self._papers = 0

    def trader(
        self, kind: str, *, age_days: int = 900, official: bool = False, reputation: float = 0.9, **overrides: Any
    ) -> Trader:
        """A supplier of this kind whose papers are in order, unless `overrides` say otherwise."""
        self._traders += 1
        number = f"{self._traders:03d}"
        joined = self._now - timedelta(days=age_days)
        supplier = {
            "supplierId": f"supplier-{number}",
            "name": f"{kind.title()} {number} Co., Ltd.",
            "kind": f"SUPPLIER_KIND_{kind.upper()}",
            "country": "CN",
            "registrationCode": self._registration_code(),
            "licenceValidUntil": day(self._now + timedelta(days=2000)),
            "verifiedAt": stamp(self._now - timedelta(days=40)),
            "joinedAt": stamp(joined),
            "state": "SUPPLIER_STATE_ACTIVE",
            "monthlyCapacity": "20000",
            "shops": [
                {
                    "shopId": f"shop-{number}",
                    "name": f"Shop {number}",
                    "openedAt": stamp(joined),
                    "officialStore": official,
                    "reputation": reputation,
                    "completedOrders": str(age_days * 11),
                }
            ],
        }
        return Trader(f"supplier-{number}", f"shop-{number}", {"supplier": supplier | overrides})

    def brand(self, house: House, owner: Trader) -> Record:
        """A brand's entry in the register."""
        return {
            "brand": {
                "brandId": house.brand_id,
                "name": house.name,
                "aliases": [house.alias],
                "ownerId": owner.supplier_id,
                "gated": house.gated,
                "gtinPrefixes": [house.gtin_prefix],
                "categories": [house.category],
                **({"referencePrice": money(house.goods[0].price)} if len(house.goods) == 1 else {}),
            }
        }

    def authorisation(
        self,
        house: House,
        licensor: Trader,
        licensee: Trader,
        *,
        days_left: int = 300,
        sublicensable: bool = False,
        document: str = "",
    ) -> Record:
        """A letter that lets the licensee sell the brand."""
        self._papers += 1
        number = f"{self._papers:03d}"
        return {
            "authorisation": {
                "authorisationId": f"letter-{number}",
                "brandId": house.brand_id,
                "licensorId": licensor.supplier_id,
                "licenseeId": licensee.supplier_id,
                "validFrom": day(self._now + timedelta(days=days_left - 730)),
                "validTo": day(self._now + timedelta(days=days_left)),
                "sublicensable": sublicensable,
                "documentSha256": document or f"{self._random.getrandbits(256):064x}",
            }
        }

    def _registration_code(self) -> str:
        """A unified social credit code whose two check characters are right (GB 32100, GB 11714)."""
        organisation = "MA" + "".join(self._random.choice(_ALPHABET[:20]) for _ in range(6))
        digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        total = sum(
            weight * digits.index(each) for weight, each in zip((3, 7, 9, 10, 5, 8, 4, 2), organisation, strict=True)
        )
        check = "0X987654321"[total % 11] if total % 11 else "0"
        body = f"91{self._random.choice(('310115', '440300', '330106'))}{organisation}{check}"
        return body + uscc.calc_check_digit(body)
