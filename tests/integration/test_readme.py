"""What README tells a stranger works."""

import re
from pathlib import Path

import pytest

from zhengpin.bootstrap import Service
from zhengpin.service.convert.onboarding import application_from_proto
from zhengpin.settings import Settings
from zhengpin.signals.catalogue import CATALOGUE
from zhengpin.v1.supplier_service_pb2 import CheckSupplierRequest
from zhengpin_client.cli.suppliers import read_application

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_the_first_call_answers_with_reasons(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    settings = Settings(database=f"sqlite:///{tmp_path / 'z.db'}", listen="127.0.0.1:0", log_level="error")
    with Service(settings) as service:
        exec(example.replace("127.0.0.1:7443", f"127.0.0.1:{service.start()}"), {})  # noqa: S102  README's own code
    printed = capsys.readouterr().out
    assert "gtin.impossible" in printed
    assert "高仿" in printed


def test_the_application_is_one(tmp_path: Path) -> None:
    (example,) = re.findall(r"```json\n(.*?)```", README, re.DOTALL)
    (tmp_path / "application.json").write_text(example, encoding="utf-8")
    application = read_application(tmp_path / "application.json")
    assert application_from_proto(CheckSupplierRequest(application=application)).supplier.name == "广州宏利厨具有限公司"


def test_the_numbers_in_the_picture_are_those_of_the_project(tmp_path: Path) -> None:
    with Service(Settings(database=f"sqlite:///{tmp_path / 'z.db'}")) as service:
        packs = service.rulebook.packs
        rules = sum(len(pack.rules) for pack in service.packs)
    assert f"{len(CATALOGUE)} typed facts" in README
    assert f"{rules} in {len(packs)} packs" in README
