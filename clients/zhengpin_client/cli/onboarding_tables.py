"""Whether to let a supplier in, for a terminal: every check, what is still needed, limits and ties."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.console import RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from zhengpin.v1 import onboarding_pb2, supplier_fact_pb2, supplier_pb2
from zhengpin_client import words
from zhengpin_client.amounts import amount_text
from zhengpin_client.cli.session import Session
from zhengpin_client.cli.tables import pairs, plain, section
from zhengpin_client.onboarding_words import ATTRIBUTE_WORDS
from zhengpin_client.score_figures import chance_text
from zhengpin_client.words import Language, phrase, word

_OUTCOME_COLOURS = {
    onboarding_pb2.ONBOARDING_OUTCOME_ACCEPT: "green",
    onboarding_pb2.ONBOARDING_OUTCOME_ACCEPT_WITH_LIMITS: "cyan",
    onboarding_pb2.ONBOARDING_OUTCOME_NEED_DOCUMENTS: "yellow",
    onboarding_pb2.ONBOARDING_OUTCOME_REFUSE: "bold red",
}
_RESULT_COLOURS = {
    onboarding_pb2.CHECK_RESULT_PASSED: "green",
    onboarding_pb2.CHECK_RESULT_FAILED: "red",
    onboarding_pb2.CHECK_RESULT_UNKNOWN: "yellow",
}
SUCCESSION = "succession"
"""The attribute of whoever goes on in another one, which they do not share."""


def decision_story(decision: onboarding_pb2.OnboardingDecision, session: Session) -> Iterator[RenderableType]:
    """What was decided, the checks as the server orders them (what decided first), and what follows."""
    lang = session.language
    yield _head(decision, session)
    yield _checks(decision, lang)
    if decision.requirements:
        yield section(phrase("papers_needed", lang))
        yield _requirements(decision, session)
    if decision.HasField("limits"):
        yield section(phrase("limits", lang))
        yield _limits(decision, session)
    if decision.linked_to:
        yield section(phrase("links", lang))
        yield _links(decision, lang)


def _head(decision: onboarding_pb2.OnboardingDecision, session: Session) -> Panel:
    lang, colour = session.language, _OUTCOME_COLOURS.get(decision.outcome, "")
    grid = pairs()
    grid.add_row(phrase("supplier", lang), plain(decision.supplier_id))
    grid.add_row(phrase("as_of", lang), session.show_time(decision.as_of))
    grid.add_row(phrase("checking_version", lang), plain(decision.version))
    said = word(onboarding_pb2.OnboardingOutcome.Name(decision.outcome), lang)
    title = Text.assemble(" ", (said, colour), " ")
    return Panel(grid, title=title, title_align="left", border_style=colour)


def _checks(decision: onboarding_pb2.OnboardingDecision, language: Language) -> Table:
    table = open_table(language, "result", "check", "finding")
    table.columns[0].no_wrap = True
    for each in decision.checks:
        result = word(onboarding_pb2.CheckResult.Name(each.result), language)
        table.add_row(
            Text(result, _RESULT_COLOURS.get(each.result, "")), _code(each), _finding(each, decision, language)
        )
    return table


def _code(check: onboarding_pb2.OnboardingCheck) -> Text:
    """Name a check, with the rule that it follows below."""
    return plain(check.code).append(f"\n{check.ref}" if check.ref else "", style="dim")


def _finding(
    check: onboarding_pb2.OnboardingCheck, decision: onboarding_pb2.OnboardingDecision, language: Language
) -> Text:
    """What was observed, and below it what was expected, what that rests on and what it leads to."""
    observed, subject = words.text(check.observed, language), _named(check.subject, decision)
    found = plain("" if subject in observed else f"{subject} · ")
    found.append_text(plain(observed)).append("\n")
    found.append_text(_aside("called_for", words.text(check.expected, language), language))
    if check.evidence:
        found.append("\n")
        found.append_text(_aside("rests_on", ", ".join(check.evidence), language))
    if check.leads_to > onboarding_pb2.ONBOARDING_OUTCOME_ACCEPT:
        found.append("\n").append_text(_leading(check.leads_to, decision, language))
    return found


def _leading(
    outcome: onboarding_pb2.OnboardingOutcome.ValueType,
    decision: onboarding_pb2.OnboardingDecision,
    language: Language,
) -> Text:
    """What a check leads to, in the outcome's colour where it is the outcome."""
    told = _aside("leads_to", word(onboarding_pb2.OnboardingOutcome.Name(outcome), language), language)
    return Text(told.plain, _OUTCOME_COLOURS[outcome]) if outcome == decision.outcome else told


def _named(subject: str, decision: onboarding_pb2.OnboardingDecision) -> str:
    """A subject as people call it: a brand by its name."""
    return decision.brand_names.get(subject, subject)


def _aside(name: str, said: str, language: Language) -> Text:
    aside = plain(phrase("named", language, what=phrase(name, language), said=said))
    aside.stylize("dim")
    return aside


def _requirements(decision: onboarding_pb2.OnboardingDecision, session: Session) -> Table:
    lang = session.language
    table = open_table(lang, "paper", "concerns", "due", "why")
    table.columns[2].no_wrap = True
    for each in decision.requirements:
        name = word(supplier_fact_pb2.DocumentKind.Name(each.document), lang)
        table.add_row(
            Text(name),
            plain(_named(each.subject, decision)),
            session.show_time(each.due_at),
            plain(words.text(each.why, lang)),
        )
    return table


def _limits(decision: onboarding_pb2.OnboardingDecision, session: Session) -> Table:
    lang, limits = session.language, decision.limits
    grid = pairs()
    until = session.show_time(limits.until) if limits.HasField("until") else phrase("limits_while", lang)
    grid.add_row(phrase("limits_until", lang), until)
    trades = dict.fromkeys(_trade(each, decision) for each in limits.trades)
    if may_sell := [*trades] or limits.categories:
        grid.add_row(phrase("open_categories", lang), plain(", ".join(may_sell)))
    if limits.HasField("daily_orders"):
        grid.add_row(phrase("daily_orders", lang), f"{limits.daily_orders:,}")
    if limits.HasField("deposit"):
        grid.add_row(phrase("deposit_due", lang), amount_text(limits.deposit))
    for place, each in enumerate(limits.reasons):
        grid.add_row("" if place else phrase("limited_for", lang), plain(words.text(each, lang)))
    return grid


def _trade(trade: onboarding_pb2.IntendedTrade, decision: onboarding_pb2.OnboardingDecision) -> str:
    """What is sold, of which brand and where to; another brand or territory of the category may be closed."""
    goods = " · ".join(filter(None, (trade.category, _named(trade.brand_id, decision)))) or "–"
    return f"{goods} → {trade.territory}" if trade.territory else goods


def _links(decision: onboarding_pb2.OnboardingDecision, language: Language) -> Table:
    table = open_table(language, "supplier", "state", "tie", "shares")
    for link in decision.linked_to:
        table.add_row(linked_text(link), state_text(link.state, language), tie(link, language), _shared(link, language))
    return table


def linked_text(link: onboarding_pb2.SupplierLink) -> Text:
    """Name a linked supplier: its id, and what it is called below."""
    told = plain(link.supplier_id)
    if link.name:
        told.append("\n").append(plain(link.name).plain, style="dim")
    return told


def state_text(state: supplier_pb2.SupplierState.ValueType, language: Language) -> Text:
    """Say whether the marketplace still deals with a supplier; in red where it does not."""
    stopped = state in {supplier_pb2.SUPPLIER_STATE_SUSPENDED, supplier_pb2.SUPPLIER_STATE_TERMINATED}
    return Text(word(supplier_pb2.SupplierState.Name(state), language), "red" if stopped else "")


def tie(link: onboarding_pb2.SupplierLink, language: Language) -> str:
    """How certain a link is, and whether one of both goes on in the other."""
    if link.certain:
        return phrase("same_entity", language)
    if any(each.attribute == SUCCESSION for each in link.evidence):
        return phrase("succeeds", language)
    return phrase("likely", language, share=chance_text(link.probability))


def _shared(link: onboarding_pb2.SupplierLink, language: Language) -> Text:
    shared = (
        phrase("shared_by", language, what=attribute_word(each.attribute, language), count=f"{each.shared_by:,}")
        for each in link.evidence
        if each.attribute != SUCCESSION
    )
    return plain(", ".join(shared))


def attribute_word(name: str, language: Language) -> str:
    """What suppliers share, by the contract's name; one that this version doesn't know keeps its name."""
    zh, en = ATTRIBUTE_WORDS.get(name, (name, name))
    return zh if language is Language.ZH else en


def open_table(language: Language, *columns: str) -> Table:
    """Begin a table whose columns are named by phrases."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in columns:
        table.add_column(phrase(name, language), overflow="fold")
    return table
