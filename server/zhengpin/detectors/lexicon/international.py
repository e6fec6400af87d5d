"""Words that English and Portuguese texts write alike, so that either language may turn them around."""

from __future__ import annotations

from zhengpin.detectors.lexicon import english, portuguese
from zhengpin.detectors.lexicon.entry import Entry, Grammar, Lexicon, Saying


def _either(one: str, other: str) -> str:
    return f"(?:{one})|(?:{other})"


_GRAMMAR = Grammar(
    clause=_either(english.GRAMMAR.clause, portuguese.GRAMMAR.clause),
    negation=_either(english.GRAMMAR.negation, portuguese.GRAMMAR.negation),
    condition=_either(english.GRAMMAR.condition, portuguese.GRAMMAR.condition),
    of_others=_either(english.GRAMMAR.of_others, portuguese.GRAMMAR.of_others),
)

_ENTRIES = (
    Entry(Saying.REPLICA, cues=("replica", "replicas"), says=r"\breplicas?\b", term="replica"),
    Entry(
        Saying.REPLICA,
        cues=("1:1", "1 :1", "1: 1", "1 : 1"),
        says=r"(?<![\d:])1 ?: ?1 (?:copy|quality|clone|mirror|replica|version|same|top|super|high)"
        r"|\b(?:copy|quality|clone|mirror|replica|version|top|qualidade|copia)\s+1 ?: ?1(?![\d:])",
        term="1:1",
    ),
)

LEXICON = Lexicon("en, pt", _GRAMMAR, _ENTRIES)
