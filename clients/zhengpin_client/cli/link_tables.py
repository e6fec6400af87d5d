"""With whom a supplier belongs together, for a terminal: links with their evidence, and the ring as a tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from zhengpin.v1 import onboarding_pb2, ring_pb2, supplier_pb2
from zhengpin_client.cli.onboarding_tables import SUCCESSION, attribute_word, linked_text, open_table, state_text, tie
from zhengpin_client.cli.session import Session
from zhengpin_client.cli.tables import plain
from zhengpin_client.report.links_page import LinkRow
from zhengpin_client.words import Language, phrase, word

MOST_SHARERS: Final = 50
"""What more share says nothing."""
_ROLE_COLOURS: Final = {
    ring_pb2.CHAIN_ROLE_FACTORY: "magenta",
    ring_pb2.CHAIN_ROLE_AGENT: "cyan",
    ring_pb2.CHAIN_ROLE_SHOP: "",
}


def links_story(found: ring_pb2.SupplierLinks, session: Session, limit: int) -> Iterator[RenderableType]:
    """Links, the most certain first and at most so many, and the ring that follows."""
    lang = session.language
    if not found.links:
        yield phrase("no_links", lang)
        return
    yield _links(found.links[:limit], lang)
    if len(found.links) > limit:
        yield Text(phrase("more_links", lang, count=f"{len(found.links) - limit:,}"), "dim")
    if found.HasField("ring"):
        yield _ring(found.ring, lang)
        if found.ring.HasField("joint_case"):
            case = found.ring.joint_case
            yield Text(phrase("joint_case", lang, shops=f"{case.shops:,}", owners=f"{case.owners:,}"), "yellow")
        yield Text(phrase("ring_is_no_fault", lang), "dim")


def _links(links: Iterable[onboarding_pb2.SupplierLink], language: Language) -> Table:
    table = open_table(language, "supplier", "state", "tie", "weighs")
    for link in links:
        told = Text("\n").join(_evidence(link, language))
        table.add_row(linked_text(link), state_text(link.state, language), tie(link, language), told)
    return table


def link_rows(found: ring_pb2.SupplierLinks, language: Language) -> list[LinkRow]:
    """Every link in the words of the table, for a page."""
    return [
        LinkRow(
            link.supplier_id,
            link.name,
            state_text(link.state, language).plain,
            tie(link, language),
            tuple(each.plain for each in _evidence(link, language)),
        )
        for link in found.links
    ]


def _evidence(link: onboarding_pb2.SupplierLink, language: Language) -> Iterator[Text]:
    """What both share. That one goes on in the other is how they are tied, and weighs nothing."""
    return (_told(each, language) for each in link.evidence if each.attribute != SUCCESSION)


def _told(shared: onboarding_pb2.LinkEvidence, language: Language) -> Text:
    what, count = attribute_word(shared.attribute, language), f"{shared.shared_by:,}"
    if shared.certain:
        return plain(phrase("certain_evidence", language, what=what, count=count))
    if shared.is_hub:
        return plain(phrase("hub_evidence", language, what=what, count=MOST_SHARERS))
    return plain(phrase("bits", language, what=what, bits=f"{shared.bits:.1f}", count=count))


def _ring(ring: ring_pb2.Ring, language: Language) -> Tree:
    """Hang each member under who supplies it, an agent before a factory; who has no supplier stands at the root."""
    shape = word(ring_pb2.ChainShape.Name(ring.shape), language)
    title = phrase("ring", language, ring_id=ring.ring_id, members=f"{len(ring.members):,}", shape=shape)
    tree = Tree(plain(title), guide_style="dim")
    members = {member.supplier_id: member for member in ring.members}
    below = _below(ring, members)

    def hang(branch: Tree, supplier_id: str) -> None:
        twig = branch.add(_member(members[supplier_id], language))
        for each in below[supplier_id]:
            hang(twig, each)

    hung = {each for those in below.values() for each in those}
    for each in sorted(members, key=lambda each: (members[each].role, each)):
        if each not in hung:
            hang(tree, each)
    return tree


def _below(ring: ring_pb2.Ring, members: dict[str, ring_pb2.RingMember]) -> defaultdict[str, list[str]]:
    """Whom each member supplies, as far as it stands before them in the chain; nobody has two suppliers here."""
    sources: dict[str, str] = {}
    for supply in ring.supplies:
        is_above = members[supply.source_id].role < members[supply.target_id].role
        known = sources.get(supply.target_id)
        if is_above and (known is None or members[known].role < members[supply.source_id].role):
            sources[supply.target_id] = supply.source_id
    below: defaultdict[str, list[str]] = defaultdict(list)
    for target, source in sorted(sources.items()):
        below[source].append(target)
    return below


def _member(member: ring_pb2.RingMember, language: Language) -> Text:
    role = Text(word(ring_pb2.ChainRole.Name(member.role), language), _ROLE_COLOURS.get(member.role, ""))
    told = [role, plain(member.supplier_id)]
    if member.name:
        told.append(plain(member.name))
    if member.state != supplier_pb2.SUPPLIER_STATE_ACTIVE:
        told.append(state_text(member.state, language))
    if member.shops:
        told.append(Text(_counted("ring_shop", member.shops, language), "dim"))
    if member.confirmed_fakes:
        told.append(Text(_counted("ring_fake", member.confirmed_fakes, language), "red"))
    return Text(" · ").join(told)


def _counted(name: str, count: int, language: Language) -> str:
    return phrase(name if count == 1 else f"{name}s", language, count=f"{count:,}")
