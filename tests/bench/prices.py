"""What a genuine one would cost: the forecast beside the median of current quotes, on made-up prices and on real ones.

The plain baseline is what one would write first: the median of the sellers' prices of the last 30 days, and 1.645
standard deviations to either side, by the median absolute deviation. Both are judged by the pinball loss at 5, 50 and
95 % (Koenker & Bassett 1978), on log prices that genuine sellers would ask: a hundredth is one per cent of the price.

The made-up categories have no fakes, three sellers in twenty, or three in ten, and calm or restless prices. Of real
listings (`--data DIR` with `marketplace_listings/`, public cartridge listings of a Brazilian marketplace) each seller
in turn is left out, and what it asks is forecast from the others: not all of them need be genuine.
"""

from __future__ import annotations

import argparse
import json
import math
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from statistics import median

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.price_series import NOW, Series
from zhengpin.detectors.matching import product_key, units
from zhengpin.detectors.price_survey import PriceSurvey
from zhengpin.detectors.prices import single_unit_price
from zhengpin.detectors.statistics import MAD_FLOOR
from zhengpin.domain.genuine_price import REGULAR_SINGLE, PriceSubject, WayOfSelling
from zhengpin.domain.listing import Condition, Listing
from zhengpin.domain.price_history import ProductPrices, ToldPrice
from zhengpin.service.convert.listing import listing_from_proto
from zhengpin.v1 import listing_pb2
from zhengpin_client.importing.csv_rows import read_csv
from zhengpin_client.importing.rows import Row
from zhengpin_client.mapping.apply import records_of
from zhengpin_client.mapping.load import load_mapping

MAPPING = Path(__file__).parents[2] / "clients" / "mappings" / "mercado-livre-cartridges.toml"
QUANTILES = (0.5, 0.05, 0.95)
FAKES = (0.0, 0.15, 0.3)
RESTLESS = (0.002, 0.03)

Interval = tuple[float, float, float]
"""Centre, low and high, as log prices."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One article: what genuine sellers ask, and what was forecast; `None` where nothing was."""

    log_prices: tuple[float, ...]
    ours: Interval | None
    baseline: Interval | None


@dataclass(frozen=True, slots=True)
class Result:
    """One method on several articles, those alone that both methods have a forecast for."""

    losses: tuple[float, float, float]
    """Mean pinball loss of centre, low and high."""
    coverage: float
    below: float
    """The share of genuine sellers under the interval."""
    width: float

    @property
    def loss(self) -> float:
        """The mean of the three."""
        return sum(self.losses) / len(self.losses)


def main() -> None:
    """Run the benchmark, print a table, and write the figures if asked to."""
    options = _options()
    judged = {
        f"{fakes:.0%} fakes, {'restless' if restless > RESTLESS[0] else 'calm'}": _of_series(
            options.categories, fakes, restless
        )
        for fakes in FAKES
        for restless in RESTLESS
    }
    headline = _headline(judged)
    if options.data:
        real = _of_listings(options.data / "marketplace_listings" / "listings.csv")
        judged |= {"real listings": [each for each, _ in real], "official stores": [each for each, own in real if own]}
        headline |= {f"real_{name}": value for name, value in _figures(judged["real listings"]).items()}
    _show(judged, headline)
    if options.json:
        options.json.write_text(json.dumps({"headline": headline}, indent=2) + "\n")


def _of_series(categories: int, fakes: float, restless: float) -> list[Judged]:
    found = []
    for seed in track(range(categories), description=f"{fakes:.0%} fakes, {restless:.1%} a week", transient=True):
        series = Series(seed, fakes=fakes, restless=restless)
        forecast = _surveyed(series.products)
        for target in series.targets:
            product = series.products[target.product]
            ours = forecast(product, target.way)
            found.append(Judged(target.log_prices, ours, _baseline(product.told, target.way)))
    return found


def _surveyed(products: Sequence[ProductPrices]) -> Callable[[ProductPrices, WayOfSelling], Interval | None]:
    """See all products, and give what forecasts any of them."""
    survey = PriceSurvey(NOW)
    for product in products:
        survey.see_weeks(product)
    for product in products:
        survey.see_level(product)

    def forecast(product: ProductPrices, way: WayOfSelling) -> Interval | None:
        found = survey.forecast_of(product).ways.get(way)
        price = found.price if found else None
        return (math.log(price.expected), math.log(price.low), math.log(price.high)) if price else None

    return forecast


def _baseline(told: Iterable[ToldPrice], way: WayOfSelling) -> Interval | None:
    """The median of the sellers' latest prices of 30 days, and its interval by the median absolute deviation."""
    latest = {
        each.seller: each.log_price
        for each in sorted(told)
        if each.way == way and NOW - each.captured_at <= timedelta(days=30)
    }
    if not latest:
        return None
    logs = np.array(list(latest.values()))
    centre = float(np.median(logs))
    reach = 1.645 * 1.4826 * max(float(np.median(np.abs(logs - centre))), MAD_FLOOR)
    return centre, centre - reach, centre + reach


def _of_listings(file: Path) -> list[tuple[Judged, bool]]:
    """Forecast what each seller asks from what the others do; and whether it is an official store."""
    products = _products(list(_listings(file)))
    found = []
    for seller in track(sorted({told.seller for each in products for told in each.told}), transient=True):
        others = [replace(each, told=tuple(t for t in each.told if t.seller != seller)) for each in products]
        forecast = _surveyed([each for each in others if each.told])
        for product, rest in zip(products, others, strict=True):
            own = [told for told in product.told if told.seller == seller]
            if own:
                judged = Judged(
                    (median(told.log_price for told in own),),
                    forecast(rest, REGULAR_SINGLE),
                    _baseline(rest.told, REGULAR_SINGLE),
                )
                found.append((judged, own[0].authorised))
    return found


def _listings(file: Path) -> Iterator[tuple[Listing, bool]]:
    """The listings of the file, and whether an official store offers them."""
    mapping = load_mapping(MAPPING)
    for row in read_csv(file, None, None, lambda _: None):
        assert isinstance(row, Row)
        for record in records_of(mapping, row):
            if isinstance(record, listing_pb2.Listing):
                yield listing_from_proto(record), row.cells["official_store"] == "1"


def _products(listings: Iterable[tuple[Listing, bool]]) -> list[ProductPrices]:
    told: defaultdict[PriceSubject, list[ToldPrice]] = defaultdict(list)
    for listing, official in listings:
        key, price = product_key(listing), single_unit_price(listing, units(listing))
        if key and price is not None and listing.condition is not Condition.UNKNOWN:
            subject = PriceSubject(key, listing.territory, price.currency, listing.condition)
            told[subject].append(
                ToldPrice(REGULAR_SINGLE, listing.supplier_id, NOW, math.log(float(price)), authorised=official)
            )
    return [ProductPrices(subject, "hp", "cartridges", tuple(some)) for subject, some in told.items()]


def _result(judged: Sequence[Judged], which: Callable[[Judged], Interval | None]) -> Result:
    both = [each for each in judged if each.ours and each.baseline]
    intervals = np.array([which(each) for each in both for _ in each.log_prices])
    truth = np.array([price for each in both for price in each.log_prices])
    centre, low, high = intervals.T
    losses = [_pinball(truth, told, share) for told, share in zip((centre, low, high), QUANTILES, strict=True)]
    inside = (truth >= low) & (truth <= high)
    return Result(
        (losses[0], losses[1], losses[2]),
        float(inside.mean()),
        float((truth < low).mean()),
        float((high - low).mean()),
    )


def _pinball(truth: np.ndarray, told: np.ndarray, share: float) -> float:
    return float(np.maximum(share * (truth - told), (share - 1) * (truth - told)).mean())


def _figures(judged: Sequence[Judged]) -> dict[str, float]:
    ours, plain = _result(judged, lambda each: each.ours), _result(judged, lambda each: each.baseline)
    return {
        "interval_coverage": round(ours.coverage, 4),
        "pinball_over_median_baseline": round(ours.loss / plain.loss, 4),
        "centre_over_median_baseline": round(ours.losses[0] / plain.losses[0], 4),
    }


def _headline(judged: dict[str, list[Judged]]) -> dict[str, float]:
    together = [each for some in judged.values() for each in some]
    worst = [each for name, some in judged.items() if name.startswith("30%") for each in some]
    plain = _result(together, lambda each: each.baseline)
    return {
        **_figures(together),
        "interval_coverage_30_percent_fakes": _figures(worst)["interval_coverage"],
        "baseline_interval_coverage": round(plain.coverage, 4),
        "forecast_share": round(sum(each.ours is not None for each in together) / len(together), 4),
        "baseline_forecast_share": round(sum(each.baseline is not None for each in together) / len(together), 4),
    }


def _show(judged: dict[str, list[Judged]], headline: dict[str, float]) -> None:
    table = Table(title="What a genuine one costs: pinball loss on log prices, coverage of 90 % intervals")
    for column in ("prices", "method", "centre", "low", "high", "mean", "coverage", "below", "width"):
        table.add_column(column, justify="left" if column in {"prices", "method"} else "right")
    for name, some in judged.items():
        for method, which in (("forecast", lambda each: each.ours), ("median, MAD", lambda each: each.baseline)):
            result = _result(some, which)
            figures = (*result.losses, result.loss)
            table.add_row(
                name if method == "forecast" else "",
                method,
                *(f"{loss:.4f}" for loss in figures),
                f"{result.coverage:.1%}",
                f"{result.below:.1%}",
                f"{result.width:.2f}",
            )
    console = Console()
    console.print(table)
    console.print("  ".join(f"{name} {value}" for name, value in headline.items()), soft_wrap=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench prices", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--categories", type=int, default=20, help="made-up categories of 40 products for each case")
    parser.add_argument(
        "--data",
        type=Path,
        default=os.environ.get("ZHENGPIN_DATA"),
        help="a folder with marketplace_listings/listings.csv, public cartridge listings (Brazil); else not measured",
    )
    options = parser.parse_args()
    options.data = Path(options.data) if options.data else None
    return options


if __name__ == "__main__":
    main()
