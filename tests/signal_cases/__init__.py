"""What every signal means, by example: snapshots and the values that must be observed in them."""

from signal_cases import brand, genuine_price, listing, orders, price, supplier, supplier_profile, text, votes

_SUBJECTS = (listing, brand, price, genuine_price, text, supplier, supplier_profile, orders, votes)
CASES = tuple(case for subject in _SUBJECTS for case in subject.CASES)
