"""English."""

from __future__ import annotations

from zhengpin.detectors.lexicon.entry import Entry, Grammar, Lexicon, Saying

_WORDS = r"(?:[\w']+\s+)"
_COMPARED = rf"\b(?:than|to|versus|vs|unlike|using|use of|use|avoid|with|from|of)\s+{_WORDS}{{0,2}}"
_PURPOSE = r"\s+(?:\w+ly\s+)?(?:for|in|on|by|with|to|as|at|when|during|across|throughout|together)\b"

_NO_OFFER = (
    r"(?!\s+you(?:'re| are)?\s+(?:(?:really|only|just|also)\s+)?"
    r"(?:(?:want|need|like|love|wish|prefer)(?:\s+to\s+(?:buy|own|have|get|wear)\b|(?!\s+to\b))|look|search|seek|after))"
)
"""What a buyer may wish for is what the seller offers: "if you want the best"."""
MATERIALS_AND_NATURE = (
    r"(?:(?:(?:rabbit|fox|mink|animal|crocodile|snake|silk|green|hanging|potted|nose|lip|nail|eye|wax|cultured)\s+)?"
    r"(?:leathers?|furs?|suede|wool|cashmere|silk|linen|skin|woods?|bamboo|rattan|stones?|marble|bricks?|tiles?|pearls?"
    r"|gold|silver|diamonds?|crystals?|gem\w*|jade|amber|ivory|horn|jewel\w*|vanilla|crab|food|fruits?|cakes?|bread"
    r"|flowers?|plants?|trees?|leaves|leaf|grass|turf|moss|ivy|succulents?|roses?|candles?|snow|blood|rocks?|spiders?"
    r"|snakes?|birds?|mouse|mice|nails?|lash(?:es)?|eyelash\w*|hair|bun|bangs|ponytail|beards?|moustaches?|mustaches?"
    r"|teeth|tooth|tattoos?|tan|tanning|tanner|piercings?|septum|cameras?|security|news|collars?|pockets?|fly|two|2"
    r"|layer\w*|windows?|fireplaces?|money|bills?|notes?|banknotes?|currency|coins?|ids?|phone calls?))\b"
)
_LAW_AND_PROOF = (
    r"(?:detect\w*|pens?|protect\w*|prevent\w*|check\w*|test\w*|proof|(?:\w+\s+)?(?:will|are illegal|is illegal)\b)"
)
GRAMMAR = Grammar(
    clause=r"[,;:()\[\]]|\s-\s|\b(?:but|however|although|though|only)\b",
    negation=rf"(?:\b(?:not|never|no|non|without|nor|neither|isn't|aren't|wasn't|weren't|don't|doesn't|won't)|\bnon-)\s*{_WORDS}{{0,4}}$",
    condition=rf"\b(?:if|when|once|in case|should|unless|after|before|until)\b{_NO_OFFER}",
    of_others=r"\b(?:recycl\w+|dispos(?:e|al)|beware|avoid|unlike|trade[- ]in|send back|take[- ]back|report"
    r"|watch out|fooled|deceived|protect (?:yourself|you)|how to (?:spot|tell|identify|recogni[sz]e)"
    r"|(?:other|many|some) (?:sellers?|shops?|stores?)|detect\w*|(?:fight|combat)(?:s|ing)?|flooded)\b",
)

_ENTRIES = (
    Entry(
        Saying.EMPTY,
        cues=("empty", "empties"),
        says=r"\bempty\b|\bempties\b",
        not_after=rf"\b(?:your|an?|runs?|running|is|are|gets?|indicator|weight|weighs)\s+{_WORDS}{{0,2}}",
        not_before=r"\s+(?:weight|stomach|space|mass|slot|state|field|indicator|warning|\d)",
        within=10,
    ),
    Entry(
        Saying.EMPTY,
        cues=("empty", "empties"),
        says=r"\b(?:item|product|bottle|cartridge|box|container|it|they|these)s?\s+(?:is|are|comes?|will be|sold)\s+"
        r"(?:sold\s+)?empty\b"
        r"|\bsold empty\b"
        r"|\bempty (?:bottle|box|cartridge|container|jar|case)s?\s+(?:only|for (?:refill|sale|collectors?))",
    ),
    Entry(
        Saying.COMPATIBLE,
        cues=("non", "not", "isn", "aftermarket", "party", "generic"),
        says=r"\b(?:non[- ](?:genuine|authentic|original|oem)"
        r"|(?:not|isn't) (?:an? |100 ?% )?(?:genuine|authentic|original|oem))\b|\baftermarket\b"
        r"|\bgeneric (?:replacement|brand|product|cartridge|part)s?\b"
        r"|\bthird[- ]party (?:brand|product|cartridge|part)s?\b",
        not_after=_COMPARED,
        within=25,
    ),
    Entry(
        Saying.RECHARGED,
        cues=("refilled", "remanufactured", "refurbished", "reconditioned", "recharged", "renewed"),
        says=r"\b(?:refilled|remanufactured|refurbished|reconditioned|recharged)\b|\b(?:certified|seller) renewed\b",
        not_after=_COMPARED + r"|\b(?:can|may|be|being)\s+(?:\w+\s+)?",
        not_before=r"\s+(?:\w+\s+){0,2}(?:may|can|could|will|often|leak|fail|damage|cause|void|print less|yield)",
    ),
    Entry(
        Saying.EXPIRED,
        cues=("expired", "expiry", "expiration", "shelf", "date", "before", "by"),
        says=r"\bexpired\b|\bout[- ]of[- ]date\b|\bshelf[- ]life (?:has )?(?:ended|passed|expired)\b"
        r"|\b(?:past|beyond|over)\s+(?:its |their |the )?"
        r"(?:shelf[- ]life|expiry|expiration|best[- ]before|use[- ]by)\b",
        not_after=r"\b(?:warranty|offer|coupon|promotion|session|licen[cs]e|patent|listing|guarantee|deal|period|window)\s+"
        r"(?:has |have |is )?",
        not_before=r"\s+(?:warrant(?:y|ies)|offers?|coupons?|listings?|links?|sessions?|patents?|software|firmware)",
        within=30,
    ),
    Entry(
        Saying.USED,
        cues=("used",),
        says=r"\b(?:gently|lightly|previously|slightly|barely|hardly) used\b"
        r"|\bused (?:condition|once|twice|item|unit|product|goods|(?:only )?a few times)\b|\b(?:has|have) been used\b",
        not_before=_PURPOSE,
        within=25,
    ),
    Entry(
        Saying.USED,
        cues=("used",),
        says=r"\bused\b",
        not_after=r"\b(?:can|may|be|is|are|being|widely|commonly|most|often|mostly|easily|material)\s+(?:\w+\s+)?",
        not_before=_PURPOSE,
        title_only=True,
        within=10,
    ),
    Entry(
        Saying.USED,
        cues=("owned", "preowned", "hand", "secondhand"),
        says=r"\bpre[- ]?owned\b|\bsecond[- ]?hand\b|\b2nd hand\b",
        not_before=r"\s+smoke",
        within=15,
    ),
    Entry(
        Saying.WITHOUT_BOX,
        cues=("box", "packaging", "package", "unboxed"),
        says=r"\b(?:without|no|missing)\s+(?:the |its |any |a )?(?:original |retail |outer )?"
        r"(?:box|packaging|package)\b"
        r"|\bunboxed\b",
        not_before=r"\s+(?:springs?|cutter|needed|required|waste)",
    ),
    Entry(
        Saying.REPLICA,
        cues=("copy", "copies", "knock", "knockoff", "knockoffs", "clone", "mirror", "aaa", "triple"),
        says=r"\b(?:high|top|perfect|mirror|master|super)[- ](?:quality )?cop(?:y|ies)\b|\bknock[- ]?offs?\b"
        r"|\bsuper clone\b|\bmirror quality\b"
        r"|\b(?:aaa|triple a)\+* (?:quality|grade|copy|replica)\b|\b(?:qualidade|grade) aaa\+*",
        not_after=rf"\b(?:against|anti)[- ]{_WORDS}{{0,2}}",
        term="high copy",
    ),
    Entry(
        Saying.REPLICA,
        cues=("fake", "fakes", "counterfeit", "counterfeits", "imitation", "imitations"),
        says=r"\b(?:fake|counterfeit|imitation)s?\b",
        not_after=rf"\b(?:(?:than|versus|vs|from|against|by|into)\s+{_WORDS}{{0,2}}|(?:anti|proof)[- ]?)",
        not_before=rf"[\s-]+(?:{MATERIALS_AND_NATURE}|{_LAW_AND_PROOF}|games?\b|play\b|dating\b|smiles?\b)",
        term="fake",
        within=16,
    ),
    Entry(
        Saying.LEAKED_FACTORY_GOODS,
        cues=("overrun", "overruns", "surplus", "leftover", "leftovers", "label", "labels"),
        says=r"\b(?:factory|production|oem) (?:overruns?|surplus|leftovers?)\b|\boverrun(?:s| stock| goods)\b"
        r"|\bcut labels?\b",
        term="factory overrun",
    ),
    Entry(
        Saying.SAME_STYLE,
        cues=("style", "inspired", "alike", "lookalike", "lookalikes", "alikes", "dupe", "dupes"),
        says=r"\bsame style as\b|\blook-?alikes?\b|\bin the style of\b|\bdupes? (?:of|for)\b|\bdesigner[- ]inspired\b",
        term="same style",
    ),
    Entry(
        Saying.GENUINE,
        cues=("genuine", "authentic"),
        says=r"\b(?:genuine|authentic)\b",
        not_after=r"\b(?:of|than|the|your|like|as|to|with|for|from|in|by|replaces?|replacing)\s+(?:(?:the|your|an?)\s+)?",
        not_before=r"\s+(?:leather|wood|taste|flavou?r|box|packaging|carton|shells?|cores?|parts?|components?)",
        within=12,
    ),
    Entry(
        Saying.GENUINE,
        cues=("original",),
        says=r"\b(?:100 ?% original|(?:is|are) (?:an? )?original|original (?:products?|items?|goods|brand))\b",
        not_after=r"\b(?:of|than|the|your|like|as|to|with|for|from|in|by|replaces?|replacing)\s+(?:(?:the|your|an?)\s+)?",
        not_before=r"\s+(?:box|packag\w+|packing|carton|shells?|cores?|parts?|components?|manufacturer|equipment|quality)",
        within=20,
    ),
    Entry(
        Saying.OFF_PLATFORM_CONTACT,
        cues=("whatsapp", "whats", "telegram", "wechat", "instagram"),
        says=r"\b(?:contact|message|text|reach|add|chat|order|ask|write|pm|dm|find)\b[^.!?]{0,30}"
        r"\b(?:whats ?app|telegram|wechat|instagram)\b"
        r"|\b(?:whats ?app|telegram|wechat)\b\W{0,4}(?:id\W{0,3}\w|no\W{0,3}\d|number\W{0,3}\d|\+?\d{6})",
    ),
    Entry(
        Saying.OFF_PLATFORM_CONTACT,
        cues=("me", "@"),
        says=r"\b(?:wa|t)\.me/\w|\b[\w.+-]{2,}@[\w-]+\.[a-z]{2,}",
    ),
    Entry(
        Saying.OFF_PLATFORM_CONTACT,
        cues=("outside", "platform"),
        says=r"\b(?:pay|payment|deal|buy|order|contact|discount)\b[^.!?]{0,30}"
        r"\b(?:outside (?:of )?(?:the |this )?(?:platform|site|app|marketplace)|off[- ](?:the[- ])?platform)\b",
    ),
)

LEXICON = Lexicon(
    "en",
    GRAMMAR,
    _ENTRIES,
    misspelt=("compatible", "remanufactured", "refurbished", "reconditioned"),
)
