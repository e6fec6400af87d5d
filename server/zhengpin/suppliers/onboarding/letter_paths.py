"""Paths of letters that do not hold: where they break, so that somebody can mend them."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count

from zhengpin.detectors.authorisation import covers
from zhengpin.domain.brand import Authorisation
from zhengpin.domain.hit import Text
from zhengpin.suppliers.onboarding.brand_trade import BrandTrade


def leading_to(supplier_id: str, letters: Iterable[Authorisation]) -> tuple[Authorisation, ...]:
    """The letters on any path that ends with the supplier, circles included."""
    by_licensee: dict[str, list[Authorisation]] = defaultdict(list)
    for letter in letters:
        by_licensee[letter.licensee_id].append(letter)
    reached, waiting, found = {supplier_id}, [supplier_id], list[Authorisation]()
    while waiting:
        for letter in by_licensee.get(waiting.pop(), ()):
            found.append(letter)
            if letter.licensor_id not in reached:
                reached.add(letter.licensor_id)
                waiting.append(letter.licensor_id)
    return tuple(found)


def why_broken(trading: BrandTrade, path: tuple[Authorisation, ...]) -> Text:
    """Say what is missing, on the least broken path where there is one; through whose hands it goes is not told."""
    if path:
        return _faults_of(path, trading)
    if not trading.letters:
        return Text("没有授予申请人的授权书", "no letter names the applicant")
    if {letter.licensor_id for letter in trading.letters} <= {letter.licensee_id for letter in trading.letters}:
        return Text("授权书互相循环，未连到品牌方", "the letters go in a circle and miss the owner")
    return Text(
        "授权链的起点没有品牌方的授权书", "the chain begins with somebody who holds no letter of the brand's owner"
    )


def least_broken(trading: BrandTrade) -> tuple[Authorisation, ...]:
    """Find the path from the owner with the fewest letters to mend, of several the shortest (Dijkstra).

    Empty where no letters lead from the owner to the applicant.
    """
    by_licensor: dict[str, list[Authorisation]] = defaultdict(list)
    for letter in trading.letters:
        by_licensor[letter.licensor_id].append(letter)
    order = count()
    waiting: list[tuple[int, int, int, tuple[Authorisation, ...]]] = [(0, 0, next(order), ())]
    settled: set[str] = set()
    while waiting:
        broken, length, _, path = heapq.heappop(waiting)
        holder = path[-1].licensee_id if path else trading.brand.owner_id
        if holder == trading.applicant_id:
            return path
        if holder in settled:
            continue
        settled.add(holder)
        for letter in by_licensor.get(holder, ()):
            faulty = any(True for _ in _faults(letter, trading))
            heapq.heappush(waiting, (broken + faulty, length + 1, next(order), (*path, letter)))
    return ()


def _faults_of(path: tuple[Authorisation, ...], trading: BrandTrade) -> Text:
    told = [
        Text(f"第 {place} 级授权书{fault.zh}", f"the letter at level {place} {fault.en}")
        for place, letter in enumerate(path, start=1)
        for fault in _faults(letter, trading)
    ]
    depth = len(path)
    return Text(
        f"自品牌方起共 {depth} 级：{'；'.join(each.zh for each in told)}",
        f"of {depth} level{'s' * (depth > 1)} from the owner down: {'; '.join(each.en for each in told)}",
    )


def _faults(letter: Authorisation, trading: BrandTrade) -> Iterator[Text]:
    place, today = trading.place, trading.today
    if letter.valid_to < today.lasting:
        yield Text(f"已于 {letter.valid_to} 到期", f"ended on {letter.valid_to}")
    elif letter.valid_from > today.begun:
        yield Text(f"自 {letter.valid_from} 起才生效", f"holds only from {letter.valid_from} on")
    if letter.category and not covers(letter.category, place.category):
        yield Text(f"仅限类目 {letter.category}", f"is for {letter.category} only")
    if letter.territory and letter.territory != place.territory:
        yield Text(f"仅限地区 {letter.territory}", f"is for {letter.territory} only")
    if letter.licensee_id != trading.applicant_id and not letter.sublicensable:
        yield Text("不允许转授权", "may not be passed on")
