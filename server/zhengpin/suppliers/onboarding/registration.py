"""The registration code: whether a company can have it at all (KYB-01)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stdnum.iso7064 import mod_11_10

from zhengpin.detectors.codes import compact_code, is_registration_code_valid
from zhengpin.domain.hit import Text
from zhengpin.domain.supplier_fact import DocumentKind
from zhengpin.suppliers.onboarding.case import Case
from zhengpin.suppliers.onboarding.finding import Consequence, Finding, Question
from zhengpin.suppliers.onboarding.licence_number import company_on, is_of_another, is_of_nobody
from zhengpin.suppliers.onboarding.papers import holding
from zhengpin.suppliers.onboarding.social_credit_code import LENGTH, CodeReading, WrongCharacter, read_code
from zhengpin.suppliers.onboarding.territories import COUNTRIES

_GIVEN = Question("registration-code.given", Text("提供登记代码", "A registration code"), "KYB-01")
_CHARACTERS = Question(
    "registration-code.characters",
    Text(
        "18 位数字或大写字母，不含 I、O、S、V、Z；第 3 至 8 位为数字",
        "18 digits or capitals without I, O, S, V, Z; digits at 3 to 8",
    ),
    "KYB-01",
)
_CHECKS = Question(
    "registration-code.check-digit",
    Text("统一社会信用代码的两个校验位正确", "Both check characters of the social credit code are right"),
    "KYB-01",
)
_OLD = Question(
    "registration-code.old-licence",
    Text("18 位统一社会信用代码", "A unified social credit code of 18 characters"),
    "KYB-01",
)
_ABROAD = Question(
    "registration-code.abroad",
    Text("登记地的登记号", "A number of the register where the company sits"),
    "KYB-01",
)
_PAPER = Question(
    "registration-code.licence-number",
    Text("营业执照上的代码与申请的一致", "The licence bears the code of the application"),
    "KYB-01",
)
_OLD_LENGTH = 15


def check_registration(case: Case) -> Iterator[Finding]:
    """A code that can't exist refuses; one that is only typed oddly is corrected and confirmed by the licence.

    Licences from abroad and those of before the social credit code are of types of their own: nothing is refused of
    which no check is known.
    """
    written, country = case.supplier.registration_code, case.supplier.country
    code, borne = compact_code(written), _on_a_licence(case)
    if not _is_given(code):
        told = _to_be_told(borne, Text("未提供登记代码", "no registration code was given"))
        yield _GIVEN.unknown(told.zh, told.en, Consequence.PAPERS, paper=DocumentKind.LICENCE)
    elif country == "CN" or (not country and len(code) == LENGTH):
        yield _chinese(written, code, borne)
        yield from _on_licences(case, code)
    else:
        yield _foreign(written, country)


def _is_given(code: str) -> bool:
    """Whether the field holds more than "n/a" or zeros; what is as long as a code is meant for one."""
    return any(each.isdecimal() and int(each) for each in code) or (len(code) >= _OLD_LENGTH and bool(code.strip("0")))


def _on_a_licence(case: Case) -> str:
    """The code on a licence that holds; empty where none bears any."""
    return next(filter(None, (company_on(paper.fact) for paper in holding(case, DocumentKind.LICENCE))), "")


def _to_be_told(borne: str, found: Text, without: Text | None = None) -> Text:
    """What was found, and what to do: nobody is asked for a licence that is there, but to apply with its code."""
    if borne:
        return Text(
            f"{found.zh}；执照上为 {borne}，请以此代码申请", f"{found.en}; the licence bears {borne}: apply with it"
        )
    return Text(f"{found.zh}；{without.zh}", f"{found.en}: {without.en}") if without else found


def _chinese(written: str, code: str, borne: str) -> Finding:
    if len(code) == _OLD_LENGTH and code.isascii() and code.isdecimal():
        return _old(code, borne)
    if len(code) != LENGTH:
        return _CHARACTERS.failed(
            f"{written}：{len(code)} 位", f"{written}: {len(code)} characters", Consequence.REFUSAL
        )
    reading = read_code(written)
    if not reading.wrong:
        return _CHECKS.passed(*_as_read(written, code))
    if reading.corrected:
        told = _to_be_told(
            borne,
            Text(
                f"{code} 含有不会出现的字母；改为 {reading.corrected} 后校验通过",
                f"{code} has letters that no code has; read as {reading.corrected} it checks",
            ),
            Text("请以营业执照确认", "confirm it by the licence"),
        )
        return _CHARACTERS.failed(told.zh, told.en, Consequence.PAPERS, paper=DocumentKind.LICENCE)
    return _impossible(reading)


def _as_read(written: str, code: str) -> tuple[str, str]:
    if written == code:
        return f"{code} 校验通过", f"{code} checks"
    return f"写作“{written}”，读作 {code}，校验通过", f'written "{written}", read as {code}, which checks'


def _impossible(reading: CodeReading) -> Finding:
    question = _CHARACTERS if any(not each.expected for each in reading.wrong) else _CHECKS
    told = [*_misplaced(reading.wrong), *(_differing(each) for each in reading.wrong if each.expected)]
    return question.failed(
        f"{reading.code}：" + "；".join(each.zh for each in told),
        f"{reading.code}: " + "; ".join(each.en for each in told),
        Consequence.REFUSAL,
    )


def _misplaced(wrong: Iterable[WrongCharacter]) -> Iterator[Text]:
    """Say of each character that can't stand where it stands at which positions it does."""
    positions: dict[str, list[str]] = {}
    for each in wrong:
        if not each.expected:
            positions.setdefault(each.found, []).append(str(each.position))
    for found, those in positions.items():
        several = "s" * (len(those) > 1)
        shown = _shown(found)
        yield Text(
            f"第 {'、'.join(those)} 位不应为 {shown}", f"{shown} can't stand at position{several} {', '.join(those)}"
        )


def _shown(character: str) -> str:
    """A character, and its number where it may look like another one, as Cyrillic М looks like M."""
    return character if character.isascii() or not character.isalpha() else f"{character} (U+{ord(character):04X})"


def _differing(wrong: WrongCharacter) -> Text:
    found, position = wrong.found, wrong.position
    zh, en = ("组织机构代码校验位", " (of the organisation code)") if position != LENGTH else ("校验位", "")
    return Text(
        f"第 {position} 位{zh}为 {found}，应为 {wrong.expected}",
        f"position {position}{en} is {found}, and should be {wrong.expected}",
    )


def _old(code: str, borne: str) -> Finding:
    """Say what a number of 15 digits is: GS 15-2006 gives it a check digit by ISO 7064 MOD 11,10."""
    if mod_11_10.is_valid(code):
        zh, en = "校验通过", "it checks"
    else:
        digit = mod_11_10.calc_check_digit(code[:-1])
        zh, en = f"校验位应为 {digit}", f"its check digit should be {digit}"
    told = _to_be_told(
        borne,
        Text(f"{code} 为旧版 15 位注册号（{zh}）", f"{code} is a number of the old licences, of 15 digits ({en})"),
        Text("请提供载有统一社会信用代码的营业执照", "hand in the licence with the social credit code"),
    )
    return _OLD.unknown(told.zh, told.en, Consequence.PAPERS, paper=DocumentKind.LICENCE)


def _foreign(written: str, country: str) -> Finding:
    valid = is_registration_code_valid(written, country)
    if not country:
        return _ABROAD.unknown(
            f"{written}：未说明登记地，请填写国家或地区代码",
            f"{written}: of which country's register is not told; tell its country",
            Consequence.LIMITS,
        )
    if country not in COUNTRIES:
        return _ABROAD.unknown(
            f"{written}：{country} 不是 ISO 3166-1 国家或地区代码，请更正",
            f"{written}: {country} is no country of ISO 3166-1; correct its country",
            Consequence.LIMITS,
        )
    if valid is None:
        return _ABROAD.unknown(
            f"{written}（{country}）：境外登记号，无已知的校验方法，以登记文件为准",
            f"{written} ({country}): a number from abroad of which no check is known; the register's paper decides",
        )
    if valid:
        return _ABROAD.passed(f"{written} 校验通过", f"{written} checks")
    return _ABROAD.failed(f"{written} 校验位错误", f"{written} has wrong check digits", Consequence.REFUSAL)


def _on_licences(case: Case, code: str) -> Iterator[Finding]:
    for licence in case.papers.get(DocumentKind.LICENCE, ()):
        number = company_on(licence.fact)
        if number and is_of_another(licence.fact, code):
            yield _PAPER.failed(
                f"执照上为 {number}，申请为 {code}：该执照属于另一主体",
                f"the licence bears {number}, the application {code}: it is another company's",
                Consequence.PAPERS,
                paper=DocumentKind.LICENCE,
                evidence=(licence.fact_id,),
            )
        elif number and len(code) == LENGTH:
            yield _PAPER.passed(number, number, evidence=(licence.fact_id,))
        elif is_of_nobody(licence.fact) and compact_code(licence.fact.number) != code:
            yield _PAPER.failed(
                f"执照上为 {licence.fact.number}，申请为 {code}：执照上的代码校验错误，不属于任何主体",
                f"the licence bears {licence.fact.number}, the application {code}: by its check characters the "
                "licence's is nobody's",
                Consequence.PAPERS,
                paper=DocumentKind.LICENCE,
                evidence=(licence.fact_id,),
            )
