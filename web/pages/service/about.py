"""About the service itself: the licences of what it is made of, and the parts that its pages are made of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata

from flask import Blueprint, current_app, render_template

from engine.identity.permissions import Permission
from web.assets import Assets
from web.auth.permissions import requires
from web.transactions import opens_its_own

PRODUCT = "rutin"
CLASSIFIED = "License :: OSI Approved :: "
NAME = re.compile(r"[\w.-]+")
LONGEST = 60
"""Characters of a name; what is longer is the text of a licence, put where its name belongs."""

blueprint = Blueprint("about", __name__, url_prefix="/about")


@dataclass(frozen=True, slots=True)
class Package:
    name: str
    version: str
    licence: str


@blueprint.get("/licences")
@opens_its_own
@requires(Permission.PUBLIC)
def licences() -> str:
    assets: Assets = current_app.jinja_env.globals["assets"]  # type: ignore[assignment]
    return render_template("about/licences.html", packages=_packages(), front_end=assets.licences)


@cache
def _packages() -> Sequence[Package]:
    """Return what Rutin needs, and what that needs in turn, as far as it is installed; by name."""
    found: dict[str, Package] = {}
    wanted = [PRODUCT]
    while wanted:
        name = wanted.pop().lower()
        if name in found:
            continue
        try:
            each = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # for another system
            continue
        found[name] = Package(each.metadata["Name"], each.version, _licence(each.metadata))
        needed = [said for said in each.requires or () if "extra ==" not in said]
        wanted += [NAME.match(said).group() for said in needed]  # type: ignore[union-attr]
    return [found[name] for name in sorted(found.keys() - {PRODUCT})]


def _licence(said: metadata.PackageMetadata) -> str:
    """Return what a package calls its licence: an expression, else its class, else a short text."""
    classes = [
        each.removeprefix(CLASSIFIED)
        for each in said.get_all("Classifier") or ()
        if each.startswith(CLASSIFIED)
    ]
    [expression, text] = [
        (said.get_all(each) or [""])[0].strip() for each in ("License-Expression", "License")
    ]
    return expression or ", ".join(classes) or (text if len(text) <= LONGEST else "")
