"""Portuguese, as it is written on Brazilian marketplaces."""

from __future__ import annotations

from zhengpin.detectors.lexicon.entry import Entry, Grammar, Lexicon, Saying

_WORDS = r"(?:\w+\s+)"
_OPEN_CASES = (
    r"(?:quando|ficar|fica|fique|estiver|esteja|alertas? de|indicador\w* de|sensor\w* de|aviso de|antes de|ate)"
)


def _adjective(stem: str) -> tuple[str, ...]:
    return tuple(stem + ending for ending in ("o", "a", "os", "as"))


_NO_CLAIM = (
    r"\b(?:caixas?|embalagem|embalagens|cor(?:es)?|tipo|igual|iguais|similar(?:es)?|design|precos?|valor|nota|qualidade"
    r"|fonte|formato|estado|manual|cabo|d[oae]s?|n[oa]s?|aos?|como|compativel com|substitui|seu|sua"
    r"|the|your|its|from|in|with|for|to|than|as|like|of|by|replaces?|replacing)\s+(?:aos?\s+|(?:[a-z]+\s+)?(?=$))?"
)
"""Before it, `original` says nothing of the goods: in English too, for both languages write it alike."""
_NO_ADJECTIVE = (
    r"\s+(?:box|packag\w+|packing|carton|shells?|cores?|parts?|components?|manufacturer|equipment|quality|design|batter\w+"
    r"|screens?|chargers?|price|colou?rs?|version|chips?)\b"
)
"""After it, `original` is an English word for something else than the goods."""
_NO_OFFER = (
    r"(?!\s+(?:voce\s+|vc\s+)?(?:quer|quiser|procura|busca|deseja|prefere|gosta|esta (?:procurando|buscando))\b)"
)
"""What a buyer may wish for is what the seller offers: "se você procura a melhor"."""
GRAMMAR = Grammar(
    clause=r"[,;:()\[\]]|\s-\s|\b(?:porem|mas|contudo|entretanto|so que|apenas)\b",
    negation=rf"\b(?:nao|nunca|jamais|nem|sem|nenhuma?|zero)\s+{_WORDS}{{0,4}}$",
    condition=rf"\b(?:se|caso|quando|apos|depois|antes)\b{_NO_OFFER}",
    of_others=r"\b(?:recicl\w+|descart\w+|coleta seletiva|logistica reversa|cuidado com|evit(?:e|ar|em)|fuja de"
    r"|(?:corra|correr) riscos?|diferente d[eoa]s?|ao contrario d[eoa]s?|denuncie"
    r"|proteja|protecao contra|desconfie|como (?:identificar|reconhecer)|se deixe enganar|detect\w+|combat\w+)\b",
)

_ENTRIES = (
    Entry(
        Saying.EMPTY,
        cues=_adjective("vazi"),
        says=r"\bvazi[oa]s?\b",
        not_after=rf"\b(?:(?:peso|massa|tara|espacos?|estomago|volume|lugar)\s+{_WORDS}{{0,3}}"
        rf"|(?:seus?|suas?|em|nos?|nas?)\s+{_WORDS}{{1,4}}|{_OPEN_CASES}\s+{_WORDS}{{0,2}})",
        not_before=r"\s*(?:sanitario|\d+(?:[.,]\d+)?\s*(?:k?g|gramas)\b)",
        within=10,
    ),
    Entry(
        Saying.COMPATIBLE,
        cues=("nao",),
        says=r"\bnao\s+(?:e\s+|sao\s+)?(?:(?:um|uma)\s+)?(?:produtos?\s+|pecas?\s+)?(?:original|originais|genuin[oa]s?)\b",
        not_after=rf"\b(?:que|aos?|como|com|contra|versus|de)\s+{_WORDS}{{0,2}}",
        not_before=r"\s*(?:d[aeo]|que)\b",
    ),
    Entry(
        Saying.COMPATIBLE,
        cues=(*_adjective("generic"), *_adjective("paralel")),
        says=r"\b(?:produtos?|cartuchos?|toners?|tintas?|pecas?|baterias?|carregador(?:es)?|refil|refis)\s+"
        r"(?:generic[oa]s?|paralel[oa]s?)\b",
        not_after=rf"\b(?:que|aos?|como|com|contra|versus|de)\s+{_WORDS}{{0,2}}",
    ),
    Entry(
        Saying.RECHARGED,
        cues=tuple(
            form
            for stem in ("recarregad", "remanufaturad", "recondicionad", "reenvasad", "reabastecid")
            for form in _adjective(stem)
        ),
        says=r"\b(?:recarregad|remanufaturad|recondicionad|reenvasad|reabastecid)[oa]s?\b",
        not_after=rf"\b(?:que|aos?|contra|versus|vs|us(?:e|ar|ando|o de)|utilizar?|com|como|de)\s+{_WORDS}{{0,2}}"
        r"|\b(?:pode[m]?|deve[m]?|ser|sera[o]?)\s+(?:\w+\s+)?",
        not_before=r"\s+(?:\w+\s+){0,2}(?:rende\w*|pode\w*|danific\w+|vaza\w*|caus\w+|reduz\w*|falha\w*|prejudic\w+)",
        within=20,
    ),
    Entry(
        Saying.EXPIRED,
        cues=(*_adjective("vencid"), *_adjective("expirad"), "validade"),
        says=r"\b(?:vencid|expirad)[oa]s?\b|\bfora d[ao] (?:prazo de |data de )?validade\b"
        r"|\bvalidade (?:ja )?(?:ultrapassada|passou|passada)\b|\bpassad[oa]s? da validade\b",
        not_after=r"\b(?:garantia|boleto|pagamento|oferta|promocao|cupom|sessao|licenca|contrato|patente|pedido|anuncio"
        r"|prazo (?:de|para) (?!validade)\w+|prazo|produtos? que estejam?)\s+(?:\w+\s+){0,2}",
        not_before=r"\s+(?:a|o|esse|este)s?\s+(?:prazo|garantia|periodo)",
        within=30,
    ),
    Entry(
        Saying.USED,
        cues=_adjective("usad"),
        says=r"\busad[oa]s?\b",
        not_after=r"\b(?:(?:pode[m]?|deve[m]?|ser|sera[o]?|sendo|sao|mais|muito|bastante|menos|tecnologia|material|metodo"
        r"|recomendad\w+|compr\w+|aceit\w+|troc\w+|vend\w+)\s+(?:\w+\s+)?)",
        not_before=r"\s+(?:\w+mente\s+)?(?:em|no|na|nos|nas|para|p/|por|pel[oa]s?|com|como|durante|junto|ao?s?"
        r"|quando|tanto)\b",
        within=10,
    ),
    Entry(
        Saying.USED,
        cues=("semi", *_adjective("seminov"), "mao", "uso", "vez", "vezes", *_adjective("utilizad")),
        says=r"\bsemi[- ]?nov[oa]s?\b|\b(?:de|em) segunda mao\b|\b(?:de |com )?pouco uso\b"
        r"|\b(?:usad|utilizad)[oa]s? (?:so |apenas |somente )?(?:poucas|uma|1|duas|2|algumas) vez(?:es)?\b"
        r"|\butilizad[oa]s? ate (?:o fim|acabar|o final)\b",
        within=35,
    ),
    Entry(
        Saying.WITHOUT_BOX,
        cues=("caixa", "embalagem"),
        says=r"\b(?:sem|nao (?:acompanha|vem com|vem na|inclui|possui))\s+(?:a |o |na |sua )?(?:caixa|embalagem)\b"
        r"|\bfora da (?:caixa|embalagem) original\b",
        not_before=r"\s+(?:de (?!fabrica)\w+|acustica|d'agua|adaptador\w*)",
    ),
    Entry(
        Saying.REPLICA,
        cues=("linha",),
        says=r"\b(?:primeira|1a?|1o) linha\b",
        not_after=r"\b(?:de|da|na|em|com)\s+(?:uma\s+)?",
        not_before=r"\s+(?:d[aeo] \w+)",
        term="primeira linha",
        within=16,
    ),
    Entry(
        Saying.REPLICA,
        cues=("linha",),
        says=r"\bde (?:primeira|1a) linha\b",
        not_after=r"\b(?:marcas?|qualidade|componentes?|materia(?:l|is)|acabamento|empresas?|fornecedor\w*|produtos?"
        r"|pecas?|couro|algodao|ingredientes?|insumos?)\s+",
        term="primeira linha",
        title_only=True,
        within=16,
    ),
    Entry(
        Saying.REPLICA,
        cues=("imitacao", "imitacoes", "copia"),
        says=r"\bimitac(?:ao|oes)\b"
        r"(?! de (?:couro|madeira|pedra|pele|marmore|linho|palha|perolas?|seda|camurca|ouro|prata|diamantes?|grama))"
        r"|\bcopia (?:fiel|perfeita|identica|premium)\b",
        not_before=r"\s+nao\b",
        term="imitação",
    ),
    Entry(
        Saying.REPLICA,
        cues=(*_adjective("falsificad"), *_adjective("piratead"), "falsificacao", "falsificacoes"),
        says=r"\b(?:falsificad|piratead)[oa]s?\b|\bfalsificac(?:ao|oes)\b",
        not_after=rf"\b(?:(?:notas?|cedulas?|dinheiro|moedas?|documentos?)\s+"
        rf"|(?:contra|que)\s+{_WORDS}{{0,2}}|anti[- ]?)",
        not_before=r"\s+(?:e|sao) (?:crime|ilegal|ilegais)",
        term="falsificado",
        within=16,
    ),
    Entry(
        Saying.LEAKED_FACTORY_GOODS,
        cues=("fabrica", "etiqueta"),
        says=r"\b(?:sobras?|excedentes?|desvios?|refugos?) de fabrica\b|\betiqueta cortada\b",
        term="sobra de fábrica",
    ),
    Entry(
        Saying.SAME_STYLE,
        cues=(
            *("igual", "iguais", "similar", "similares", "semelhante", "semelhantes", "tipo"),
            *(*_adjective("identic"), *_adjective("parecid")),
        ),
        says=r"\b(?:igual|iguais|identic[oa]s?|similar(?:es)?|semelhantes?|parecid[oa]s?)\s+(?:ao|aos|a|as)\s+origina(?:l|is)\b"
        r"|\btipo original\b",
        term="igual ao original",
        within=30,
    ),
    Entry(
        Saying.GENUINE,
        cues=("original", "originais", *_adjective("genuin"), *_adjective("autentic"), *_adjective("legitim")),
        says=r"\b(?:100 ?%|produtos?|pecas?|itens?|item|mercadorias?|cartuchos?|toners?|e|sao|somente|totalmente)\s+"
        r"origina(?:l|is)\b|\borigina(?:l|is)\s+(?:com nota|com garantia|de fabrica|lacrad[oa]s?|da marca)\b"
        r"|\b(?:genuin|autentic|legitim)[oa]s?\b",
        not_after=_NO_CLAIM,
        not_before=_NO_ADJECTIVE,
        within=30,
    ),
    Entry(
        Saying.GENUINE,
        cues=("original", "originais"),
        says=r"\borigina(?:l|is)\b",
        not_after=_NO_CLAIM,
        not_before=_NO_ADJECTIVE,
        title_only=True,
        within=12,
    ),
    Entry(
        Saying.OFF_PLATFORM_CONTACT,
        cues=("whats", "whatsap", "whatsapp", "wpp", "zap", "telegram", "instagram"),
        says=r"\b(?:cham\w+|fal[ae]\w*|contate|contato|add|adicion\w+|mand\w+|negoci\w+|compr\w+|pedidos?|consulte|peca)\b"
        r"[^.!?]{0,40}\b(?:whats(?:ap{1,2})?|wpp|zap|telegram|instagram)\b",
    ),
    Entry(
        Saying.OFF_PLATFORM_CONTACT,
        cues=("whats", "whatsap", "whatsapp", "wpp", "zap", "fone", "telefone", "tel", "cel", "celular"),
        says=r"\b(?:whats(?:ap{1,2})?|wpp|zap|fone|telefone|tel|cel|celular)\b\W{0,4}(?:\+?55\W?)?\(?\d{2}\)?\W{0,2}9?\W?\d{4}\W?\d{4}\b",
    ),
    Entry(
        Saying.OFF_PLATFORM_CONTACT,
        cues=("fora",),
        says=r"\b(?:pag\w+|compr\w+|negoci\w+|vend\w+|desconto)\b[^.!?]{0,30}"
        r"\b(?:por fora|fora (?:da plataforma|do site|do app))\b",
    ),
)

LEXICON = Lexicon(
    "pt",
    GRAMMAR,
    _ENTRIES,
    misspelt=("compativel", "compativeis", "remanufaturado", "remanufaturados", "recondicionado", "recondicionados"),
)
