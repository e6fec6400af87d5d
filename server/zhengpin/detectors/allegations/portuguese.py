"""How buyers who write Portuguese call goods fake or genuine."""

from __future__ import annotations

import re

from zhengpin.detectors.allegations.claim import ClaimKind
from zhengpin.detectors.allegations.language import Language, Phrase

_GENUINE = r"(?:original|originais|verdadeir[oa]s?|autentic[oa]s?|legitim[oa]s?|genuin[oa]s?)"
_FAKE = r"(?:fals[oa]s?|falsificad[oa]s?|pirat(?:a|as|ead[oa]s?)|replicas?|imitacao|copia)"
_REAL_ONE = rf"(?:{_GENUINE}|loja oficial|loja fisica|loja|shopping|boutique|farmacia|oficial)"
_NOT_THE_GOODS = (
    r"(?:embalagem|embalagens|caixas?|precos?|valor|lacre|ideia|design|cor(?:es)?|carregador|cabo|tamanho"
    r"|formato|anuncio|pedido|foto|estampa|manual|nota)\b"
)
_PHRASES = (
    Phrase(
        ClaimKind.FAKE,
        re.compile(
            r"\b(?:diferente|nada a ver|nem se compara|nao (?:tem|chega|parece|se compara|e igual|bate)"
            rf"|nem parece)\b[^.!?]{{0,30}}\b{_REAL_ONE}\b"
        ),
        0.7,
    ),
    Phrase(
        ClaimKind.FAKE,
        re.compile(
            rf"\b(?:com|a[so]?|d[oa]|que) (?:\w+ ){{0,4}}{_REAL_ONE}\b[^.!?]{{0,25}}\b(?:totalmente|completamente"
            r"|bem|muito|e|sao)? ?(?:diferentes?|nada a ver)\b"
        ),
        0.75,
    ),
    Phrase(
        ClaimKind.FAKE,
        re.compile(
            rf"\bde {_GENUINE} (?:so|nao tem|nada|apenas|somente)\b"
            r"|\b(?:so|somente|apenas) (?:a |o )?(?:caixa|embalagem|rotulo|lacre|nome"
            rf"|preco) (?:\w+ )?{_GENUINE}\b"
        ),
    ),
    Phrase(
        ClaimKind.FAKE,
        re.compile(
            r"\b(?:se passando|passando-se|passa(?:r|do|m)? ?se|vendid[oa]s?|vendem|vendendo"
            rf"|fingindo)\b[^.!?]{{0,12}}\b(?:por|como|ser) (?:\w+ e )?{_GENUINE}\b"
        ),
    ),
    Phrase(
        ClaimKind.FAKE,
        re.compile(
            rf"\b{_GENUINE}[^.!?,]{{0,20}},? (?:mas )?(?:est[ea]s?|ess[ea]s?|o meu|a minha|esse aqui|o segundo"
            r"|a segunda) (?:\w+ )?nao(?: e| era| sao)?\s*[.!]*$"
        ),
    ),
    Phrase(
        ClaimKind.FAKE,
        re.compile(
            rf"\b{_GENUINE}(?: \w+){{0,2}} (?:nao|nunca|jamais) (?:faz|fica|faria|vaza|solta|desbota|estraga"
            r"|quebra|tem|teria|vem|viria|e assim|racha|descasca)\b"
        ),
        0.7,
    ),
    Phrase(
        ClaimKind.FAKE,
        re.compile(
            r"\b(?:numero de serie|codigo|selo|qr ?code|lacre|imei|holograma"
            r"|serial)\b[^.!?]{0,30}\b(?:nao (?:existe|consta|bate|confere|foi encontrad\w+|valida|e valido)"
            r"|invalid[oa]|inexistente|falta\w*|sem)\b"
        ),
        0.75,
    ),
    Phrase(
        ClaimKind.FAKE,
        re.compile(
            r"\bpagu?ei? (?:\w+ )?por (?:um |uma )?(?:original|verdadeir[oa])[^.!?]{0,40}\b(?:recebi|veio"
            r"|mandaram|chegou|enviaram)\b|\b(?:veio|recebi|chegou"
            r"|mandaram)\b[^.!?]{0,40}\bpaguei (?:\w+ )?por (?:um |uma )?(?:original|verdadeir[oa])\b"
        ),
    ),
    Phrase(
        ClaimKind.FAKE,
        re.compile(
            r"\bxing\W?ling\b|\bshing\W?ling\b|\bcamelo\b|\b(?:do|no|de) paraguai\b|\bparaguai[oa]\b"
            r"|\b25 de marco\b|\b(?:primeira|segunda|1a|1ª) linha\b|\bpirataria\b"
            r"|\bnao (?:e|foi|sao|parece) (?:\w+ )?d[ao] (?:marca|fabricante|nike|adidas|hp|apple|epson|samsung"
            r"|lacoste|natura|boticario)\b|\bnunca que (?:isso|isto|esse|essa|e)\b"
        ),
        0.8,
    ),
    Phrase(ClaimKind.FAKE, re.compile(rf"\b(?:no lugar|em vez) d[oae] (?:um |uma )?{_GENUINE}\b"), 0.8),
    Phrase(
        ClaimKind.GENUINE,
        re.compile(
            rf"\b(?:igual|identic[oa]|mesm[oa]|iguais|iguaizinh\w+|igualzinh\w+)\b[^.!?]{{0,35}}\b{_REAL_ONE}\b"
        ),
        0.7,
    ),
    Phrase(
        ClaimKind.GENUINE,
        re.compile(
            r"\b(?:numero de serie|codigo|selo|qr ?code|imei|holograma|serial"
            r"|autenticidade)\b[^.!?]{0,30}\b(?:confere|bateu|bate|validad[oa]|valido|conferid[oa]|verificad[oa]"
            r"|confirmad[oa]|ok|tudo certo|certinho)\b"
        ),
        0.8,
    ),
    Phrase(
        ClaimKind.GENUINE,
        re.compile(
            r"\bnada de (?:falso|replica|pirata|imitacao|copia|falsificad\w+)\b|\bnao tem nada de falso\b"
            r"|\b(?:nenhum|sem) (?:sinal|indicio)s? de falsific\w+\b"
            r"|\bso (?:vende|tem|trabalha com|vendem) (?:produtos? )?originai?[sl]?\b"
        ),
    ),
    Phrase(ClaimKind.QUESTION, re.compile(r"\b(?:autenticidade|veracidade|procedencia)\b[^.!]{0,20}\?"), 0.5),
    Phrase(
        ClaimKind.QUESTION,
        re.compile(rf"\b{_GENUINE} ou (?:nao|e? ?{_FAKE})\b|\b{_FAKE} ou (?:nao|e? ?{_GENUINE})\b"),
        0.5,
    ),
    Phrase(
        ClaimKind.QUESTION,
        re.compile(
            r"\b(?:alguem|como|gostaria|queria|da pra|tem como)\b[^.!?]{0,25}\b(?:confer\w+|verific\w+|saber"
            r"|comprov\w+|sabe)\b[^.!?]{0,20}\b(?:autenticidade|procedencia|originalidade)\b"
        ),
        0.5,
    ),
)

PORTUGUESE = Language(
    name="pt",
    clause=re.compile(
        r"[,;:()\[\]\"]|\s-+\s|--|\.\.+|\b(?:porem|mas|contudo|entretanto|todavia|so que|embora|apesar de"
        r"|enquanto|porque|pois|e (?=(?:o|a|nao|ele|ela|meu|minha)\b))"
    ),
    masked=re.compile(
        r"\b(?:nao|nunca) (?:compro|compramos|uso|quero) (?:\w+ ){0,2}(?:fals\w+|pirat\w+|replicas?)|"
        r"\bverdadeir[oa]s? (?:obra|arte|lixo|porcaria|decepcao|piada|vergonha|presente|amig|achado|luxo"
        r"|maravilha|delicia|show|milagre|pesadelo|golpe|roubo|furada)\w*"
        r"|\b(?:prazo|entrega|data) (?:\w+ ){0,2}original\b"
        r"|\b(?:fotos?|imagem|imagens|perolas?|colar|unhas?|cilios|planta|flor(?:es)?|fundo|couro|alarmes?"
        r"|dentes?|cabelos?|teto|perola|amizade|aliss?e|pele|joias?|noticias?|nota|parede|barba|unhas"
        r"|tatuage\w+|grama|arvore|comentarios?|avaliacoes|avaliacao|promocao|desconto|propaganda|perfil"
        r"|perfis|sorriso|moeda|passo|folga|contato|som|voz)\b (?:\w+ ){0,2}(?:falsa?s?|falsos?|artificia\w+"
        r"|fakes?)\b|\balarme falso\b|\bsangue falso\b"
        rf"|\b{_NOT_THE_GOODS} (?:\w+ )?{_GENUINE}\b|\b{_GENUINE} {_NOT_THE_GOODS}"
        r"|\b(?:bem|muito|super|mais|tao|design|ideia|modelo|presente) (?:bem )?origina(?:l|is)\b"
        r"|\borigina(?:l|is) e criativ\w+|\b(?:meu|minha|seu|sua|carregador|cabo"
        r"|bateria) (?:\w+ )?original d[oa] (?:meu|minha|celular|notebook)\b"
        r"|\b(?:nao|nunca|jamais)(?: \w+)? (?:compr\w+|recomend\w+|gast\w+|percam|caiam|cai\w*|confi\w+"
        r"|funciono\w*|se engan\w+|vale|so|apenas|somente|gostei|prestou?)\b|\bsem duvidas?\b"
        r"|\bnao (?:tenho|ha|resta) (?:nenhuma )?duvidas?\b"
        r"|\bcom certeza\b(?= nao)|\bna verdade\b|\bde verdade\b(?! ele)|\bnao tem erro\b"
    ),
    phrases=_PHRASES,
    fake=re.compile(
        r"\bfals[oa]s?\b|\bfalsissim[oa]\b|\bfalsificad[oa]s?\b|\bfalsificac(?:ao|oes)\b|\bpiratas?\b"
        r"|\bpiratead[oa]s?\b|\breplicas?\b|\bimitac(?:ao|oes)\b|\bcopias?\b(?! d[oa] (?:chave|nota|livro))"
        r"|\bf[ .]?[a4@][ .]?k[ .]?[e3]s?\b|\bparalel[oa]s?\b|\bcontrafeit[oa]s?\b|\badulterad[oa]s?\b"
        r"|\bclones?\b|\bfajut[oa]s?\b|\bgeneric[oa]s?(?= (?:se|disfarc|no lugar))"
    ),
    genuine=re.compile(
        rf"\borigina(?:l|is)\b(?! {_NOT_THE_GOODS})|\boriginalissim[oa]s?\b|\bautentic[oa]s?\b"
        r"|\bverdadeir[oa]s?\b|\blegitim[oa]s?\b|\bgenuin[oa]s?\b|\b(?:produto|camisa|item) oficia(?:l|is)\b"
        r"|\blicenciad[oa]s?\b"
    ),
    negation=re.compile(
        r"\b(?:nao|nunca|jamais|nem|sem|nenhum[a]?|nada|longe de ser|tampouco|zero"
        r"|impossivel)\W+(?:[\w%-]+\s+){0,5}$"
    ),
    negation_after=re.compile(
        r"\W*(?:nao e\b|uma ova|coisa nenhuma|nada\b|so que nao|sqn|nem aqui nem|nem a pau|nao\b\s*[.!]*$)"
    ),
    denial=re.compile(
        r"\bquem (?:disse|diz|falou|fala|esta dizendo)\b|\bcomo (?:pode|alguem)\b(?=.*\bdizer\b)"
        r"|\bao contrario d\w+\b|\bapesar d\w+\b|\bnao (?:se preocup\w+|precisa\w* (?:ter medo|se preocupar)"
        r"|tenham? medo)\b|\b(?:ignorem|esquecam)\b|\bdiferente do que\b|\bpodem falar\b"
    ),
    doubt=re.compile(
        r"\b(?:duvido|duvidoso|nao acredito|nao creio|dificil acreditar|desacredito|nao me convenceu|impossivel)\b"
    ),
    formerly=re.compile(
        r"\b(?:achei|achava|pensei|pensava|imaginei|imaginava|acreditei|acreditava|jurava"
        r"|(?:estava|fiquei|tava|tive|com|tinha)(?: \w+){0,3} (?:medo|receio|preocupad[oa]|desconfiad[oa]"
        r"|duvidas?|duvida|inseguro|insegura|na duvida)|desconfiei|desconfiava|temia|no comeco|no inicio"
        r"|a principio|receosa?)\b"
    ),
    scoff_before=re.compile(
        r"(?:\bdit[oa]s?|\bsupost[oa]s?|\bsupostamente|\bchamad[oa]|(?<!laudo )(?<!perit[oa] )\bdiz que e|\bdizem ser"
        r"|\baspas)\W*(?:um |uma |100 ?% ?)?$"
    ),
    scoff=re.compile(
        r"\blol\b|\"(?:100 ?% )?(?:original|autentico|verdadeiro|legitimo)\"|\bk{3,}|\baham\b|\buhum\b"
        r"|\bsei\.\.\.|\bso que nao\b|\bsqn\b|\bate parece\b|\bconta outra\b"
        r"|\bpiada\b|\bme engana que\b|\buma ova\b|\bso se for\b|\bso rindo\b|\bhaha|\brsrs\b|\bonde\?"
        r"|\baonde\b|\bcoisa nenhuma\b|\bso no nome\b|\bnem aqui\b|\bta bom\b"
    ),
    condition=re.compile(
        r"\bquem (?:comprar|receber|vender|quiser)\b|\bse\b(?! (?:passa|trata|engan|confirm|preocup))"
        r"|\bcaso\b|\bquando for\b|\bdesde que\b|\bse fosse\b|\bsera devolvid\w+"
    ),
    absurd=re.compile(
        r"\b(?:eu )?sou (?:o |a |um |uma )?(?!client|consumid|profission|cabelei|vended|consumidor|usuari"
        r"|compr)\w+|\bporco\w* voa\w*\b|\bcomo (?:o|meu) (?:chapeu|sapato)\b|\bpapai noel\b"
        r"|\bmudo (?:de|meu) nome\b"
    ),
    asked=re.compile(
        r"\?\s*$|\bsera (?:que|mesmo)\b|\balguem (?:sabe|ja|pode|tem|confirma)\b"
        r"|\bou e?\s?(?:fals\w+|replica|pirata|copia|paralelo|original|imitacao)\b"
        r"|^\W*(?:oi |ola |bom dia |boa tarde |boa noite )?(?:voces?|vcs?) (?:garante\w*|vende\w*|tem)\b"
    ),
    undecided=re.compile(
        r"\b(?:sab(?:e|em|er)|sei|dizer|duvida|verificar|conferir|confirma\w*|testar|ver) se\b"
        r"|\bnao (?:sei|da pra saber|tenho certeza|consigo (?:saber|dizer|identificar|confirmar)"
        r"|consegui (?:saber|identificar|confirmar)|sabemos|sei dizer|se sabe"
        r"|posso (?:afirmar|dizer|garantir))\b|\bna duvida\b|\bem duvida\b|(?<!nao )\btenho duvidas?\b"
        r"|\bfica a duvida\b|\bespero que\b|\btomara\b|\bquero saber\b|\bqueria saber\b"
        r"|\bgostaria de saber\b|\bcomo (?:saber|sei|faco|posso|verificar|identificar|conferir)\b"
        r"|\bdificil (?:saber|dizer)\b|\btem como\b|\bda pra saber\b|\bainda nao (?:sei|testei|usei)\b"
        r"|\bsem saber\b|\bvou (?:verificar|conferir|testar|levar)\b|\besperando\b|\btorcendo\b"
    ),
    alleged=re.compile(
        r"\b(?:anunci\w+|jur(?:a|am|ou)|alega\w*|afirm\w+|diz(?:em|ia)? (?:que e|ser)"
        r"|vend\w+(?: \w+){0,3} como|como|como se fosse|se diz|dizendo|prometer\w*|prometido|supostamente"
        r"|teoricamente|era pra ser|deveria ser|paguei por|comprei como)\b"
    ),
    sold_as=re.compile(
        r"\b(?:vendedor\w*|loja|anuncio|descricao|site|atendente|eles|fornecedor|suporte|caixa"
        r"|embalagem)\b(?: \w+){0,2} (?:diz|dizem|disse\w*|fala\w*|falou|garant\w+|inform\w+|afirm\w+|consta"
        r"|promete\w*|respond\w+|escrito)\b"
    ),
    others_say=re.compile(
        r"\b(?:dizem|falam|disseram|ouvi dizer|li que|comentarios|avaliacoes|pessoal|gente|alguns|muitos"
        r"|outros|uns|umas pessoas|tem gente)\b(?: \w+){0,3}"
    ),
    hedge=re.compile(
        r"\b(?:acho|parece\w*|aparent\w+|provavelmente|talvez|deve ser|suspeito|desconfio|creio|acredito"
        r"|imagino|sinto|tenho a impressao|pode ser|possivelmente|cheira a|cara de|jeito de|pelo visto"
        r"|ao que tudo indica)\b"
    ),
    checked=re.compile(
        r"\b(?:verifi(?:quei|cou|caram|camos|cad[oa]s?)|conferi(?:u|ram|mos|d[oa]s?)?|autenticaram|avali(?:ou|aram|ad[oa])"
        r"|examin(?:ei|ou|aram|ad[oa])|confirm(?:ei|ou|aram|ad[oa])|testei|testaram|analis(?:ei|ou|aram|ad[oa])"
        r"|perit[oa]|pericia|laudo|especialistas?|joalheir[oa]|relojoeir[oa])\b"
        r"|\b(?:levei|mostrei|mandei|mandamos|levamos)\b[^.!?]{0,20}\b(?:loja|autorizada|assistencia|shopping|fabricante"
        r"|boutique|concessionaria|avaliar|verificar|analisar)\b"
    ),
    unchecked=re.compile(
        r"\b(?:nao|nunca|sem|nem|vou|quero|queria|pod\w+|falta|antes de)\b(?: \w+){0,2} "
        r"(?:verific|confer|test|avali|confirm|analis|examin|levei|mostrei|mandei)"
        r"|\b(?:vendedor\w*|anuncio|descricao|atendente|suporte|fornecedor|embalagem)\b[^,.!?]{0,25}\b(?:diz\w*|disse\w*"
        r"|fal\w+|garant\w+|inform\w+|afirm\w+|promet\w+|jur\w+|respond\w+)\b"
        r"|\b(?:supostamente|embora|mesmo que|apesar)\b"
    ),
    looks=re.compile(
        r"\b(?:parec(?:e|em|ia|iam|eu|endo)|(?:cara|aparencia|aspecto|visual|jeito|acabamento))"
        r"(?: (?!(?:ser|que|um|uma|e|sao|o|a|com)\b)[\w-]+){0,3} (?:fals[oa]s?|falsissim[oa]s?|fajut[oa]s?|fakes?)$"
    ),
    of_the_brand=re.compile(
        r"\b(?:logo\w*|costura\w*|serial|numero de serie|marca|etiquetas?|selo|lacre|holograma|embalagem|rotulo|frasco"
        r"|origina(?:l|is)|autentic\w+|falsific\w+|replicas?|piratas?|verdadeir[oa]s?)\b"
    ),
    of_others=re.compile(
        r"\bodeio\b|\bdetesto\b|\b(?:outr[oa]s?|alguns|algumas|muit[oa]s|certas) (?:vendedor\w*|lojas?"
        r"|sites?|lugar\w*|anuncios?|plataformas?)\b|\b(?:tem|ha|existe\w*|com tanto|tanto|tanta"
        r"|cheio de) (?:muit[oa]s?|tant[oa]s?|um monte de)?(?: ?produtos?)? ?(?=fals|pirat|replica|imita"
        r"|copia)|\bno mercado\b|\bna internet\b|\bpor ai\b|\bevit(?:e|em|ar)\b|\bdesconfie\w*\b"
        r"|\bcuidado com (?:os|as|produtos|falsific\w+)\b|\bja (?:comprei|recebi|peguei|cai)\b|\bcombat\w+\b"
        r"|\bcompativel\b|\bcompativeis\b|\bsintetic[oa]\b|\bse voce\b|\bfugir de\b"
        r"|\bantes (?:comprei|comprava)\b|\bgarantia de\b|\bdevolucao\b"
    ),
    ellipsis=re.compile(
        r"(?:^\W*|, ?|\bmas |\be |\bporem )(?:na verdade |infelizmente |claramente "
        r"|obviamente )?(?:el[ea]s? |ess[ea] |est[ea] |isso |o meu |a minha )?(?:nao|nem) (?:e|era|foi|sao"
        r"|eram|parece)(?: nao| mesmo)?\W*$"
    ),
    yes=re.compile(
        r"\W*(?:sim\b|com certeza(?! nao)|claro(?! que nao)|e sim|e original|e mesmo|pode confiar"
        r"|pode comprar|originalissim\w+|100 ?%|sem duvida)"
    ),
    no=re.compile(
        r"\W*(?:nao\b|nunca|jamais|nem\b|so se|aonde|onde|que nada|k{3,}|piada|aham|sei\b|claro que nao"
        r"|ate parece|conta outra|uma ova|nada\b|mentira|longe disso|so no nome|so rindo)"
    ),
    function_words="o e a os as nao que de do da com um uma no na para por se mas eu meu minha foi veio produto isso "
    "esse este muito tem era "
    " sao ja ele ela comprei so pode ser esta ta tao ate ou nos me te qual quem onde quando aqui "
    "ainda tudo nada nunca sempre bom boa otimo quero quer dinheiro devolver pessimo voces vc mesmo "
    "pela pelo sem pra mais bem ",
    endings=re.compile(r"(?:mente|cao|coes|ad[oa]s?|id[oa]s?|inh[oa]s?|eir[oa]s?|ndo|gem|dade|ente|ei)$"),
    long_words=(
        "falsificado",
        "falsificada",
        "falsificacao",
        "autentico",
        "legitimo",
        "verdadeiro",
        "original",
        "originais",
        "imitacao",
        "replica",
        "pirateado",
        "genuino",
    ),
)
