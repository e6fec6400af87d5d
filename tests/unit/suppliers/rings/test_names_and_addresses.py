"""What names and addresses are made of, whoever writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengpin.suppliers.rings.addresses import Address, address
from zhengpin.suppliers.rings.company_names import CompanyName, company_name, registered_name

KAIWEI = CompanyName("hangzhou", "凯维", "商贸", "有限公司", "")


@pytest.mark.parametrize(
    "written",
    [
        "杭州凯维商贸有限公司",
        "杭州市凯维商贸有限公司",
        "浙江省杭州市凱維商貿有限公司",
        "凯维（杭州）商贸有限公司",
        "凯维(杭州市)商贸 有限公司",
    ],
)
def test_one_company_has_one_name_however_it_is_written(written: str) -> None:
    assert company_name(written) == KAIWEI


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("杭州凯维商贸有限公司", "凯维（杭州）商贸有限公司义乌分公司"),
        ("杭州凯维商贸有限公司", "杭州市凯维商贸有限公司城西营业部"),
        ("Hangzhou Kaiwei Trading Co., Ltd.", "HANGZHOU KAIWEI TRADING CO LTD"),
    ],
)
def test_a_branch_has_the_registered_name_of_its_head_office(one: str, other: str) -> None:
    assert registered_name(one) == registered_name(other) != ""


@pytest.mark.parametrize(
    "another", ["杭州凯维实业有限公司", "宁波凯维商贸有限公司", "杭州凯薇商贸有限公司", "杭州凯维商贸有限责任公司"]
)
def test_companies_of_another_place_trade_or_form_have_other_registered_names(another: str) -> None:
    assert registered_name(another) != registered_name("杭州凯维商贸有限公司")


@pytest.mark.parametrize("bare", ["", "凯维", "杭州凯维", "Kaiwei"])
def test_a_name_without_a_legal_form_is_in_no_register(bare: str) -> None:
    assert registered_name(bare) == ""


@pytest.mark.parametrize(
    ("written", "part", "expected"),
    [
        ("杭州凯维商贸有限责任公司", "form", "有限责任公司"),
        ("杭州凯维商贸有限公司义乌分公司", "branch", "义乌分公司"),
        ("杭州凯维商贸有限公司义乌分公司", "core", "凯维"),
        ("深圳市豪霖国际贸易股份有限公司", "trade", "国际贸易"),
        ("深圳市豪霖国际贸易股份有限公司", "core", "豪霖"),
        ("义乌市张三百货商行", "core", "张三"),
        ("上海有限公司", "core", "上海"),
        ("凯维(中国风)商贸有限公司", "core", "凯维中国风"),
        ("Hangzhou Kaiwei Trading Co., Ltd.", "core", "kaiwei"),
        ("HANGZHOU KAIWEI TRADING CO LTD", "region", "hangzhou"),
        ("ＫＡＩＷＥＩ　Ｔｅｃｈ　Ｉｎｃ．", "core", "kaiwei"),
        ("Müller & Söhne GmbH", "core", "mullersohne"),
        ("Comercial Souza Ltda.", "form", "ltda"),
        ("Gucci S.p.A.", "form", "spa"),
        ("Trading Co", "core", "trading"),
        ("The", "core", "the"),
        ("", "core", ""),
    ],
)
def test_a_name_is_taken_apart(written: str, part: str, expected: str) -> None:
    assert getattr(company_name(written), part) == expected


WENSAN = Address("hangzhou", "西湖", "", "文三road", "88", "2-301", "")


@pytest.mark.parametrize(
    "written",
    [
        "浙江省杭州市西湖区文三路88号2幢301室",
        "杭州市西湖区文三路88号2-301",
        "中国浙江省杭州市西湖區文三路８８號２幢３０１室",
    ],
)
def test_one_place_has_one_address_however_it_is_written(written: str) -> None:
    assert address(written) == WENSAN


@pytest.mark.parametrize(
    ("written", "part", "expected"),
    [
        ("No. 88 Wensan Road, Xihu District, Hangzhou, Zhejiang 310012, China", "road", "wensanroad"),
        ("No. 88 Wensan Road, Xihu District, Hangzhou, Zhejiang 310012, China", "district", "xihu"),
        ("No. 88 Wensan Road, Xihu District, Hangzhou, Zhejiang 310012, China", "region", "hangzhou"),
        ("No. 88 Wensan Road, Xihu District, Hangzhou, Zhejiang 310012, China", "number", "88"),
        ("No. 88 Wensan Road, Xihu District, Hangzhou, Zhejiang 310012, China", "postcode", "310012"),
        ("88 Wen San Lu, Hangzhou", "road", "wensanroad"),
        ("Unit 4/12 Foo St, Springfield 4011", "unit", "4"),
        ("Unit 4/12 Foo St, Springfield 4011", "number", "12"),
        ("Unit 4/12 Foo St, Springfield 4011", "road", "foostreet"),
        ("Rua das Flores, 123, Centro, São Paulo 01310-100", "number", "123"),
        ("Hauptstr. 5, 10115 Berlin", "region", "berlin"),
        ("Hauptstr. 5, 10115 Berlin", "postcode", "10115"),
        ("中国浙江省義烏市北苑街道春晗路１２号", "town", "北苑"),
        ("北京市朝阳区建国路甲88号 100022", "district", "朝阳"),
        ("北京市朝阳区建国路甲88号 100022", "number", "88"),
        ("南京路100号", "road", "南京road"),
        ("南京路100号", "region", ""),
        ("???", "road", ""),
    ],
)
def test_an_address_is_taken_apart(written: str, part: str, expected: str) -> None:
    assert getattr(address(written), part) == expected


@given(st.text(alphabet="杭州市西湖区文三路号室 123,，-（）()abRoad. Co有限公司分", max_size=40))
def test_whatever_somebody_wrote_is_read(text: str) -> None:
    assert isinstance(address(text), Address)
    name = company_name(text)
    assert bool(name.core) == any(each.isalnum() for each in text)
