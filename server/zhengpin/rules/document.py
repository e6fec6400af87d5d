"""YAML with line numbers, and without YAML's traps: no anchors, no tags, no double keys, no depth, no huge files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

import yaml

from zhengpin.errors import InvalidPack, PackProblem

MAX_BYTES: Final = 1_000_000
MAX_DEPTH: Final = 12

Place: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file's content as plain Python values, and the line of each of its places."""

    file: str
    content: Any
    lines: dict[Place, int]

    def line(self, place: Place) -> int:
        """Give the line of a place, or of the nearest one around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_text(path: Path) -> str:
    """Read a file as UTF-8; raise InvalidPack if it isn't there, too large or no text."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _refused(str(path), 1, f"the file is larger than {MAX_BYTES:,} bytes", "split it")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise _refused(
            str(path), 1, f"the file can't be read ({error.strerror})", "check its name and rights"
        ) from None
    except UnicodeDecodeError:
        raise _refused(str(path), 1, "the file is not UTF-8", "save it as UTF-8") from None


def read_document(text: str, file: str) -> Document:
    """Read YAML text; raise InvalidPack with the line of what can't be read."""
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise _refused(file, 1, f"the file is larger than {MAX_BYTES:,} bytes", "split it")
    try:
        _check_events(text, file)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        builder = _Builder(file)
        content = builder.build(node, ()) if node is not None else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _refused(
            file, line, f"this is no YAML ({error.problem})", "check indentation, quotes and colons"
        ) from None
    except (yaml.YAMLError, ValueError) as error:
        first = str(error).splitlines()[0]
        raise _refused(file, 1, f"this is no YAML ({first})", "check the file's characters and values") from None
    if builder.problems:
        raise InvalidPack(tuple(builder.problems))
    return Document(file, content, builder.lines)


def _check_events(text: str, file: str) -> None:
    """Refuse what makes a small file large or deep, before anything is built."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _refused(file, line, "YAML anchors and aliases are not allowed", "write the value out")
        tag = getattr(event, "tag", None)
        if tag:
            raise _refused(file, line, f"the YAML tag {tag} is not allowed", "leave it away")
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if documents > 1:
            raise _refused(file, line, "the file holds more than one YAML document", "remove the line `---`")
        if depth > MAX_DEPTH:
            raise _refused(
                file, line, f"values are nested more than {MAX_DEPTH} deep", "check brackets and indentation"
            )


@dataclass(slots=True)
class _Builder:
    file: str
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[PackProblem] = field(default_factory=list)
    scalar: Callable[[yaml.Node], Any] = field(
        default_factory=lambda: yaml.constructor.SafeConstructor().construct_object
    )

    def build(self, node: yaml.Node, place: Place) -> Any:
        self.lines[place] = node.start_mark.line + 1
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*place, number)) for number, child in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        return self.scalar(node)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, child in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in found:
                self.problems.append(PackProblem(self.file, line, "", f"the key {key!r} stands twice", "remove one"))
            found[key] = self.build(child, (*place, key))
            self.lines[*place, key] = line
        return found


def _refused(file: str, line: int, wrong: str, remedy: str) -> InvalidPack:
    return InvalidPack((PackProblem(file, line, "", wrong, remedy),))
