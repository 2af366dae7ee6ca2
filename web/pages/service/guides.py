"""
The guides in `docs/`, as `tools/help.sh` built them: fragments of pages, and what each guide lists in which order.

They are read once and whole. A page is found by its name among those that there are, so that no address ever
becomes a path. Their HTML is made from our own documents when Rutin is built; nothing that people wrote is in it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

BUILT = Path(__file__).parents[2] / "help" / "guides.json"
IN_EACH_LANGUAGE = ("use", "run")
"""Guides that are written in both languages. The reference is in English."""

INDEX = {"use": "use/index", "run": "run/index", "reference": "reference/README"}


@dataclass(frozen=True, slots=True)
class Link:
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    pages: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    title: str
    body: Markup
    language: str
    guide: Link
    parts: tuple[Part, ...]
    """What the guide lists beside it."""

    @property
    def is_index(self) -> bool:
        return self.name == self.guide.name

    @property
    def before(self) -> Link | None:
        return self._neighbour(-1)

    @property
    def after(self) -> Link | None:
        return self._neighbour(1)

    def _neighbour(self, step: int) -> Link | None:
        listed = [self.guide, *(each for part in self.parts for each in part.pages)]
        names = [each.name for each in listed]
        if self.name not in names:
            return None
        place = names.index(self.name) + step
        return listed[place] if 0 <= place < len(listed) else None


def page(name: str, language: str) -> Page | None:
    """Return a page in a language, None where there is none by that name."""
    guides = _guides(BUILT)
    kept = _kept_as(name, language)
    if kept not in guides["pages"]:
        return None
    guide = name.partition("/")[0]
    return Page(
        name=name,
        title=guides["pages"][kept]["title"],
        body=Markup(guides["pages"][kept]["body"]),  # noqa: S704
        language=language if guide in IN_EACH_LANGUAGE else "en",
        guide=_link(guides, INDEX[guide], language),
        parts=_parts(guides, INDEX[guide], language),
    )


@cache
def _guides(path: Path) -> Mapping[str, Any]:
    """Read what was built; where nothing was, there is no help."""
    if not path.exists():
        return {"pages": {}, "contents": {}}
    built: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return built


def _kept_as(name: str, language: str) -> str:
    guide, _, rest = name.partition("/")
    return f"{guide}/{language}/{rest}" if guide in IN_EACH_LANGUAGE else name


def _link(guides: Mapping[str, Any], name: str, language: str) -> Link:
    return Link(name, guides["pages"][_kept_as(name, language)]["title"])


def _parts(guides: Mapping[str, Any], index: str, language: str) -> tuple[Part, ...]:
    return tuple(
        Part(part["title"], tuple(_link(guides, each, language) for each in part["pages"]))
        for part in guides["contents"][_kept_as(index, language)]
    )
