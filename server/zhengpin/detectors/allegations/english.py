"""How buyers who write English call goods fake or genuine."""

from __future__ import annotations

import re

from zhengpin.detectors.allegations.claim import ClaimKind
from zhengpin.detectors.allegations.language import Language, Phrase
from zhengpin.detectors.lexicon.english import MATERIALS_AND_NATURE

_GENUINE = r"(?:genuine|authentic|original|real|legit|oem)"
_REAL_ONE = rf"(?:{_GENUINE}|store|counter|boutique|shop|mall|retail\w*|official)"
_IS = r"(?:is|are|was|were|it's|they're|its|be)"
_SPEECH = (
    r"(?:say|says|said|claim|claims|claimed|saying|claiming|complain\w*|report(?:ed|s|ing)?|mention\w*"
    r"|suggest\w*)"
)
_NOT_THE_GOODS = (
    r"(?:box|boxes|pack\w*|price\w*|order|orders|owners?|purchase|delivery|plan|post|reviews?|listing"
    r"|condition|ideas?|designs?"
    r"|size|shape|colou?r|state|case|receipt|buyer|film|movie|series|book|songs?|story|soundtrack|recipe"
    r"|chargers?|battery|cable"
    r"|intent\w*|date|photos?|pictures?|leather|wood|people|person|concern|question|interest|smile|taste"
    r"|flavou?r|reason|complaint)\b"
)
_PHRASES = (
    Phrase(
        ClaimKind.FAKE,
        re.compile(
            r"\b(?:different|differs?|differently|not the same|nothing like|nowhere near"
            r"|doesn't (?:look|smell|feel|work) like|not like"
            rf"|doesn't match|not even close|isn't the same)\b[^.!?]{{0,30}}\b{_REAL_ONE}\b"
        ),
        0.75,
    ),
    Phrase(
        ClaimKind.FAKE,
        re.compile(
            rf"\b{_REAL_ONE}\b[^.!?]{{0,60}}(?:\bdefinitely not the same|\bnot the same product"
            r"|\bcompletely different|\btotally different"
            r"|\bnight and day|\b(?:this|these|that|it|mine) (?:ain't|aint|isn't|aren't|is not|are not"
            r"|wasn't) (?:it|them|that|one)\b)"
        ),
        0.75,
    ),
    Phrase(
        ClaimKind.FAKE,
        re.compile(
            rf"\b{_GENUINE}\b[^.!?]{{0,40}}[, ](?!but)\w[^,.!?]{{0,30}}\b(?:was|were|is|are)(?: not|n't)\s*[.!]*$"
        ),
    ),
    Phrase(
        ClaimKind.FAKE,
        re.compile(r"\bfakes?\b[^.!?]{0,12}\bbut (?:mine|this one|these|ours) (?:is|was|are|were)\b(?! not|n't)"),
    ),
    Phrase(
        ClaimKind.FAKE,
        re.compile(
            r"\b(?:serial|bar\s?code|qr|hologram|imei|label|code|number|upc|font"
            r"|logo)\b[^.!?]{0,40}\b(?:not (?:found|valid|recogni[sz]ed|exist|register\w*)"
            r"|invalid|doesn't (?:exist|match|scan|work|register)|does not (?:exist|match|scan)"
            r"|didn't (?:scan|match|register)|missing|misspel\w+"
            r"|says otherwise|different product|already (?:registered|used)|is wrong|wasn't (?:valid|found)"
            r"|come[s]? up (?:empty|blank))\b"
        ),
        0.7,
    ),
    Phrase(
        ClaimKind.FAKE,
        re.compile(
            r"\b(?:pass(?:ed|ing)?|palm(?:ed|ing)?)\b[^.!?]{0,15}\boff as\b"
            r"|\b(?:posing|pretending|masquerading)\b(?: to be| as)?|\bso[- ]called\b"
        ),
    ),
    Phrase(
        ClaimKind.FAKE,
        re.compile(
            r"\b(?:genuine|authentic|original|legit|real)(?: \w+){0,2} (?:don't|doesn't|do not|does not|wouldn't"
            r"|would not|never|would never|won't|shouldn't)\b"
        ),
        0.7,
    ),
    Phrase(
        ClaimKind.FAKE,
        re.compile(
            r"\bnot (?:made|manufactured|produced) by\b|\b(?:aliexpress|temu|wish|canal street"
            r"|alibaba) (?:special|quality|junk|version)\b"
        ),
        0.7,
    ),
    Phrase(
        ClaimKind.GENUINE,
        re.compile(
            r"\b(?:identical|same|matche[sd]|no different|indistinguishable"
            rf"|exactly (?:like|as))\b[^.!?]{{0,30}}\b{_REAL_ONE}\b"
        ),
        0.7,
    ),
    Phrase(
        ClaimKind.GENUINE,
        re.compile(
            r"\b(?:serial|bar\s?code|qr|hologram|imei|code|authentication"
            r"|authenticity)\b[^.!?]{0,40}\b(?:verified|verifies|checks? out|checked out|valid"
            r"|confirmed|matche[sd]|registered|passe[sd]|scanned fine|works?)\b"
        ),
        0.8,
    ),
    Phrase(ClaimKind.GENUINE, re.compile(r"\bno (?:difference|fakes?)\b|\bnothing fake\b|\bpassed authentication\b")),
    Phrase(
        ClaimKind.FAKE,
        re.compile(rf"\bif (?:you|anyone|u) (?:really )?(?:think|believe)s?\b[^,.!?]{{0,12}}\b{_GENUINE}\b"),
        0.75,
    ),
    Phrase(ClaimKind.GENUINE, re.compile(rf"\b{_GENUINE}\b\s*[:,-]\s*(?:it is|they are|yes)\b"), 0.8),
    Phrase(
        ClaimKind.FAKE,
        re.compile(
            rf"\bcompared (?:it |this |them )?(?:to|with|against)\b[^.!?]{{0,30}}\b{_REAL_ONE}\b[^.!?]{{0,40}}"
            r"\b(?:different|not the same|worse|doesn't match)\b"
        ),
        0.75,
    ),
    Phrase(
        ClaimKind.FAKE,
        re.compile(
            rf"\b{_GENUINE} (?:items?|ones?|products?|thing) (?:has|have|weighs?|comes?|feels?|smells?|looks?)\b"
        ),
        0.65,
    ),
    Phrase(
        ClaimKind.GENUINE,
        re.compile(
            r"\b(?:fears?|worr(?:y|ies)|doubts?|concerns?|suspicions?)\b[^.!?]{0,40}"
            r"\b(?:unfounded|unwarranted|groundless|put to rest|for nothing)\b"
        ),
    ),
    Phrase(
        ClaimKind.QUESTION,
        re.compile(
            r"\b(?:proof|certificate|guarantee|verif\w+|prove|check\w*|confirm\w*|know|tell|question"
            r"|determine)\b[^.!?]{0,20}\bauthenticity\b"
        ),
        0.4,
    ),
    Phrase(
        ClaimKind.QUESTION,
        re.compile(
            r"\b(?:anyone|anybody|someone|you)\b[^.!?]{0,15}\b(?:verif\w+|check\w*|confirm\w*"
            r"|authenticat\w+)\b[^.!]*(?:\?|$)"
        ),
        0.5,
    ),
    Phrase(
        ClaimKind.QUESTION,
        re.compile(
            r"\b(?:real|genuine|authentic|original|legit) or (?:not"
            r"|a? ?(?:fake|replica|copy|counterfeit|knock-?off))\b"
        ),
        0.5,
    ),
)

ENGLISH = Language(
    name="en",
    clause=re.compile(
        r"[,;:()\[\]\"]|\s-+\s|--|\.\.+|\b(?:(?<!anything )but|however|although|though|yet|except|while"
        r"|whereas|because|which|so(?! called|-called| many| much))\b"
        r"|\band(?= (?:it|this|they|these|that|mine|i|we|my|he|she|now)\b)"
    ),
    masked=re.compile(
        r"\bi (?:have|own|had|use) (?:an?|the|my) (?:original|genuine|real|authentic)\b|"
        r"\b(?:i )?(?:never|don't|would never|won't|hate to|refuse to) (?:buy|wear|use|want|like|own) (?:fakes?"
        r"|counterfeits?|replicas?|knock\W?offs?|copies)\b"
        r"|\b(?:compensation|refunds?|money back|guarantee|penalty)\b[^,.!?]{0,12}\bfor (?:any )?(?:fakes?"
        r"|counterfeits?)\b|\bi hate fakes?\b"
        r"|\bauthentic(?: \w+)? (?:taste|flavou?r|cuisine|food|experience|look|feel|style|vibe|recipe)\b"
        r"|\bfake[sd]?\W(?:smiles?|people|friends?|reviews?|profiles?|accounts?|accent|laugh|discounts?|promo\w*"
        r"|m(?:o)?ustaches?|beards?)\b|"
        rf"\b(?:fake|faux|imitation)[\s-]+{MATERIALS_AND_NATURE}"
        r"|\b(?:reviews?|ratings?|comments?|feedback|discount|sale|smiles?|voice|laugh|accent|acting|colou?rs?"
        r"|plot|story|flowers?|plants?|trees?|lashes|hair|wig|eyes?|face)\b[^,.!?]{0,24}\b(?:looks?|are|is"
        r"|seems?|sounds?|feels?|all)\b[^,.!?]{0,12}\bfakes?\b"
        r"|\b(?:my|your|his|her|our)(?: old)? (?:original|real|genuine)\b"
        rf"|\b(?:original|genuine|authentic|legit|real) {_NOT_THE_GOODS}|\bgenuine leather\b"
        r"|\b(?:do not|don't|dont|never|not|wouldn't|won't)(?: ever)? (?:buy|purchase|order|waste|trust"
        r"|be fooled|fall|bother|let|recommend|listen|happy|satisfied|pleased|impressed|worth|good|ok|okay|cool"
        r"|surprised|as described|work\w*|last|only|just)\b"
        r"|\b(?:can't|cannot|couldn't) (?:believe|complain|be happier|recommend)\b"
        r"|\bno (?:stars?|doubts?|question|complaints?|issues?|problems?|refund|response|thanks)\b"
        r"|\bzero stars\b"
        r"|\bwithout (?:a |any )?(?:doubt|question)\b|\breal(?:ly)? (?:good|great|nice|quick|fast|happy|cheap"
        r"|bad|shame|pain|bargain|value|life|time|world|leather|wood|fur|silk|issue|problem)\b"
        r"|\bcopy of (?:this|the) (?:book|game|novel|album)\b"
    ),
    phrases=_PHRASES,
    fake=re.compile(
        r"\bf[ .*]?[a4@*][ .*]?k[ .*]?[e3](?:s|d)?\b|\bsuperfakes?\b|\bcounterfeit(?:s|ed|ing)?\b"
        r"|\bknock\W?offs?\b|\breplicas?\b|\bimitations?\b|\bbootleg(?:s|ged)?\b|\bpirated?\b"
        r"|\bphone?y\b|\bforger(?:y|ies)\b|\bforged\b|\bdupes?\b|\bbogus\b|\b(?:in|un)authentic\b|\bclones?\b"
        r"|\bnon\W?(?:genuine|authentic|original|oem)\b|\bcopycats?\b"
        r"|\b(?:cheap|bad|poor|crappy|chinese|cheapo|shoddy|obvious|blatant|lousy|illegal|clever|clear|straight"
        r"|pirate)(?: \w+)? cop(?:y|ies)\b|(?<=a )copy\b(?! of (?!the (?:real|original))| and )"
    ),
    genuine=re.compile(
        r"\bauthentic(?:ity confirmed)?\b|\bgenuine\b"
        rf"|(?<!of the )(?<!than the )(?<!like the )\boriginals?\b(?! {_NOT_THE_GOODS})|\blegit(?:imate)?\b"
        r"|\boem\b|\bofficial(?= (?:product|merch|item|licen|goods))|\bbona fide\b"
        r"|\breal(?=\s*$|\s*[,.!?;:)\"-]| (?:deal|thing|stuff|article|mccoy|ones?|product|item|brand|and|or"
        r"|because|for sure|as|enough|nike|adidas|apple|gucci)\b)"
        r"|(?:(?<=not )|(?<=n't )|(?<=not a )|(?<=not the ))real\b(?! (?:sure|keen|fan))"
    ),
    negation=re.compile(
        r"(?:\b(?:not|never|no|nor|neither|nothing|none|isnt|arent|wasnt|dont|doesnt|didnt|wont|cant|cannot"
        r"|aint|without|hardly|far from|anything but|nowhere near|no way|free of|zero"
        r"|\w+n't))\W+(?:[\w'%-]+\s+){0,5}$"
    ),
    negation_after=re.compile(
        r"\W*(?:my ass|my foot|they are not|it is not|it's not|they're not|it isn't|it ain't|nope"
        r"|not\b(?! only)|i don't think so)"
    ),
    denial=re.compile(
        r"\bwho(?:ever)? (?:says|said|claims|thinks)\b|\bhow (?:can|could) (?:this|it|these|they|anyone)\b"
        r"|\b(?:don't|do not|no need to|needn't|never) (?:have to )?worry\b"
        r"|\b(?:people|anyone|those|everyone|reviewers) (?:who |that )?(?:are )?(?:saying|claiming|who say"
        r"|who claim|calling)\b"
        r"|\bcontrary to\b|\bdespite\b|\bignore\b|\bdon't listen\b|\bas opposed to\b"
    ),
    doubt=re.compile(
        r"\b(?:doubts?|doubtful|doubting|dubious|not convinced|unconvinced|unlikely"
        r"|question(?:able|ing)?(?= (?:whether|if|that)))\b"
    ),
    formerly=re.compile(
        r"\b(?:thought|assumed|feared|figured|expected|expecting"
        r"|(?:was|were|been|got|bit|little|initially|at first)(?: \w+){0,3} (?:worried|afraid|concerned"
        r"|s[ck]eptical|suspicious|nervous|hesitant|wary|scared|sure|convinced|unsure|told)"
        r"|worried (?:about|that|it|they)|wanted to believe|had (?:my |some )?doubts|doubted|suspected)\b"
    ),
    scoff_before=re.compile(
        r"(?:\bso[- ]called|\bsuppos(?:ed|edly)(?: to be)?|\ballegedly|\bapparently"
        r"|\bquote unquote)\W*(?:an? |the |100 ?% ?)?$"
    ),
    scoff=re.compile(
        r"\"(?:100 ?% )?(?:genuine|authentic|original|real|legit|official)\"|\bmy ass\b|\bmy foot\b"
        r"|\byeah,? right\b|\blol\b|\blmao\b|\bhaha|\bas if\b|\bgive me a break\b|\bwhat a joke\b|\ba joke\b"
        r"|\bthink again\b|\bi don't think so\b|\bsure (?:it is|they are|jan)\b|\bin your dreams\b"
        r"|\bhard to believe\b|\bno chance\b|\bsays otherwise\b"
    ),
    condition=re.compile(
        r"(?<!as )\bif\b|\bunless\b|\bshould (?:it|they|this|the)\b|\bin case\b|\bprovided\b|\bassuming\b"
        r"|\bwould(?:'ve| have)? (?:be|been) (?:nice|great|better|nicer)\b"
    ),
    absurd=re.compile(
        r"\b(?:i'm|i am|im) (?:the|a|an) \w+|\bpigs\b|\beat my\b|\bbridge to sell\b|\bhell freezes\b|\bmy name is\b"
    ),
    asked=re.compile(
        r"\?\s*$|^\W*(?:so |and |hi |hello |hey |or |please )?(?:is|are|was|were|do|does|did|can|could|has"
        r"|have|will|would|am|should|isn't|aren't) (?:this|these|it|they|the|you|u|ya|that|there|any\w*"
        r"|someone|we|i|those|your|all|everything)\b|\bwhether\b"
        r"|\bor (?:not|an? )?(?:fake|real|counterfeit|replica|knockoff|genuine|authentic|original|copy)\b"
    ),
    undecided=re.compile(
        r"\b(?:not|n't|un)\s?(?:\w+ )?(?:sure|certain|clear)\b"
        r"|\bno (?:idea|clue|way (?:to|of) (?:know|tell|check|verify)\w*)\b"
        r"|\b(?:can't|cannot|cant|couldn't|can not|hard to|difficult to|unable to|impossible to"
        r"|tough to)(?: \w+)? (?:tell|say|know|determine|verify|decide|judge|confirm)\b"
        r"|\bdon't (?:really )?know\b|\bdont know\b|\bdunno\b|\bidk\b|\bwonder(?:ing|s)?\b|\bcurious\b"
        r"|\bhop(?:e|ing|efully)\b|\bpray\w*\b|\bfingers crossed\b|\bjury\b|\bundecided\b|\bon the fence\b"
        r"|\b(?:want|need|like|love|trying|would like) to (?:know|verify|confirm|check)\b"
        r"|\bhow (?:do|can|could|would|to|does)\b|\banyone\b|\banybody\b|\bany way\b"
        r"|\b(?:can|could) (?:you|someone|somebody)\b|\bplease (?:confirm|tell|advise)\b|\bremains to be\b"
        r"|\bdebating\b"
    ),
    alleged=re.compile(
        r"\bclaim(?:s|ed|ing)?\b|\badvertised\b|\bmarketed\b|\bswears?\b|\bswore\b|\binsists?\b"
        r"|\bsold (?:to me )?as\b|\blisted as\b|\bdescribed as\b|\bsuppos(?:ed|edly)\b|\ballegedly\b"
        r"|\bpromised\b|\bpaid for\b|\bordered\b|\bexpect(?:ed|ing)\b"
    ),
    sold_as=re.compile(
        r"\b(?:seller|shop|store|vendor|they|listing|description|ad|page|box|label|company|support|service"
        r"|title)\b(?: \w+){0,2} (?:says?|said|states?|told|tells|assured?|assures|guarantees?|promises?"
        r"|calls?|reads)\b"
    ),
    others_say=re.compile(
        r"\b(?:reviewers?|reviews?|people|some|others|everyone|many|somebody|someone"
        rf"|they)\b(?: \w+)? {_SPEECH}\b|\brumou?rs?\b|\bi(?:'ve)? (?:heard|read)\b"
    ),
    hedge=re.compile(
        r"\b(?:think|believe|feels?|feeling|seems?|looks?|pretty sure|probably|likely|may|might|maybe"
        r"|perhaps|could be|suspect|guess|appears?|smells like|i'd say|must be|sounds?|suspicious|worried"
        r"|afraid|possibly|kinda|sort of)\b"
    ),
    checked=re.compile(
        r"\b(?:checked|checks out|verified|authenticated|apprais(?:ed|er|al)|inspected|examined|confirm(?:ed|s)"
        r"|tested|experts?|jewell?ers?|lab)\b"
        r"|\b(?:took|brought|showed|sent) (?:it|them|this|these|mine|the \w+)\b[^.!?]{0,20}"
        r"\b(?:store|shop|boutique|counter|dealer|manufacturer|maker|brand|apple|nike|watchmaker|service cent\w+)\b"
    ),
    unchecked=re.compile(
        r"(?:\b(?:not|never|without|before|until|can|cannot|could|should|will|going to|gonna|want(?:ed)? to|needs? to"
        r"|yet to)|n't)\b(?: \w+){0,2} (?:check|verif|authenticat|apprais|inspect|examin|confirm|test)"
        r"|\b(?:seller|vendor|listing|description|ad|page|box|label|title|support|service)\b[^,.!?]{0,25}\b(?:says?|said"
        r"|states?|stated|tells?|told|assur\w+|guarantee\w*|promise\w*|swears?|swore|insist\w*)\b"
        r"|\b(?:advertised|marketed|listed|described|sold|supposedly|allegedly|claim\w*|although|even though|despite)\b"
    ),
    looks=re.compile(
        r"\blook(?:s|ed|ing)?(?:,? (?!(?:like|to|at|for|as|is|it's|out)\b)[\w-]+){0,4},? (?:fake|phone?y|bogus)$"
    ),
    of_the_brand=re.compile(
        r"\b(?:logos?|stitch\w*|serial|brand\w*|tags?|labels?|hologram|packag\w+|bottles?|authentic\w*|genuine"
        r"|originals?|counterfeit\w*|replicas?|knock\W?offs?|real (?:ones?|deal|thing)|designer|boutique)\b"
    ),
    of_others=re.compile(
        r"\b(?:other|another|different|previous|many|some|those|unscrupulous|shady) (?:\w+ )?(?:sellers?"
        r"|shops?|stores?|sites?|places?|websites?|vendors?|listings)\b|\bon the market\b|\bout there\b"
        r"|\bauction sites?\b|\bbeware of\b|\bavoid(?:ing)?\b|\bwatch out for\b|\bso many\b|\blots of\b"
        r"|\bfull of\b|\bflooded\b|\bcrack(?:ing)? down\b|\belsewhere\b"
        r"|\bin the past\b|\bburn(?:ed|t) (?:by|with)\b|\beverything they sell\b|\bnovel\b|\bmovie\b|\bforger\b"
        r"|\bhow to spot\b|\bmake sure\b|\bcareful\b|\bthere(?:'s| are| is)(?: \w+){0,3}(?= fakes?"
        r"| counterfeits?| knock)|\b(?:once|years ago|last year)\b"
        r"|\b(?:bought|got|had|received) (?:\w+ )?(?:fakes?|counterfeits?|knock\W?offs?|replicas?) (?:before"
        r"|from \w+ before)\b|\bto avoid\b|\bcompatible\b|\bthird[- ]party\b|\bthese days\b|\bused to\b"
        r"|\bprotect\w*\b|\bguarantee if\b"
    ),
    ellipsis=re.compile(
        r"(?:^\W*|[,;-] ?|\bbut |\band )(?:sadly |clearly |obviously |unfortunately |in fact "
        r"|actually )?(?:it|they|this|these|that|mine|ours|the one i (?:got|received))(?: one| ones)?(?:'s"
        r"| is| are| was| were)? ?(?:clearly |definitely |certainly |obviously |most certainly |simply "
        r"|just )?(?:not|isn't|aren't|wasn't|weren't|ain't|doesn't|don't|does not|do not|didn't)\W*$"
    ),
    yes=re.compile(
        r"\W*(?:yes|yep|yeah(?!,? right)|yup|absolutely|definitely(?! not)|of course(?! not)|it is\b(?! not)"
        r"|they are\b(?! not)|100 ?%|for sure|indeed|sure is|without (?:a )?doubt)"
    ),
    no=re.compile(
        r"\W*(?:no\b|nope|nah|not\b|yeah,? right|lol|haha|hardly|my ass|i don't think so|it's not"
        r"|they're not|it isn't|please\b|as if|never|no way|i think not|think again|in your dreams|give me a break"
        r"|doubt it|sure\.\.)"
    ),
    function_words="the is it this and not are was were they these i my if but don't it's what from with you does do "
    "how can any real fake fakes "
    " buy bought genuine they're isn't isnt aren't wasn't doesn't didn't a an of to in on here there "
    "at for authentic counterfeit "
    " so we me that like copy poor smells way sure u got my never nothing out about just wont even "
    "after back time used came its seller legit or be no have has had than as by your all one product "
    "price great good i'm i've ",
    endings=re.compile(r"(?:\w{3}ing|ly|ed|tion|ness|ght|n't)$"),
    long_words=(
        "counterfeit",
        "authentic",
        "original",
        "genuine",
        "knockoff",
        "imitation",
        "replica",
        "legitimate",
        "bootleg",
    ),
)
