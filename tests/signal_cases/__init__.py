"""What every signal means, by example: snapshots and the values that must be observed in them."""

from signal_cases import brand, genuine_price, listing, orders, price, supplier, text

CASES = (*listing.CASES, *brand.CASES, *price.CASES, *genuine_price.CASES, *text.CASES, *supplier.CASES, *orders.CASES)
