"""Where administration begins: what there is, and what needs somebody."""

from flask import Blueprint, render_template

from web.pages.administration import rights

blueprint = Blueprint("administration", __name__, url_prefix="/administration")


@blueprint.get("")
@rights.looks_after_the_organisation
def show() -> str:
    return render_template("administration/show.html")
