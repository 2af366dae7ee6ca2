"""Which files decide: a file and those that it imports, and no others."""

from hashlib import sha256

from bpmn import deployment, dmn
from tests.bpmn.dmn.models import decision, file, literal, setting


def chain(value: str, **named: bytes) -> dict[str, bytes]:
    """Return three files in a row, of which the last says the value; `named` stand beside them."""
    return {
        "prices.dmn": importing("rates", "prices", decision("Price", literal("rates.Rate"))),
        "offers.dmn": importing("prices", "offers", decision("Offer", literal("prices.Price"))),
        "rates.dmn": file(decision("Rate", literal(value)), namespace="rates"),
        **named,
    }


def importing(name: str, namespace: str, *parts: str) -> bytes:
    required = {"prices": "prices#price", "rates": "rates#rate"}[name]
    requirement = (
        f'<informationRequirement><requiredDecision href="{required}"/></informationRequirement>'
    )
    link = f'<import name="{name}" namespace="{name}" importType="DMN"/>'
    return file(
        link,
        *(each.replace("<literal", requirement + "<literal") for each in parts),
        namespace=namespace,
    )


def identities(resources):
    checked = deployment.check(resources)
    assert not checked.refused, checked.findings
    return {each.key: each.digest for each in checked.definitions}


def test_what_imports_nothing_is_known_by_the_hash_of_its_file():
    resources = chain("1", **{"other.dmn": file(decision("Other", literal("1")))})

    found = identities(resources)

    assert found["rate"] == sha256(resources["rates.dmn"]).hexdigest()
    assert found["other"] == sha256(resources["other.dmn"]).hexdigest()


def test_the_format_of_an_identity_over_several_files_does_not_change():
    resources = chain("1")
    digests = [sha256(resources[f"{each}.dmn"]).digest() for each in ("offers", "prices", "rates")]

    assert identities(resources)["offer"] == sha256(b"".join(digests)).hexdigest()


def test_a_change_in_a_file_changes_all_that_import_it_and_nothing_else():
    other = {"other.dmn": file(decision("Other", literal("1")))}
    before, after = identities(chain("1", **other)), identities(chain("2", **other))

    changed = {key for key in before if before[key] != after[key]}

    assert changed == {"offer", "price", "rate"}


def test_names_of_files_and_what_stands_beside_them_do_not_count():
    resources = chain("1")
    renamed = {f"z-{name}": each for name, each in reversed(resources.items())}
    more = renamed | {"other.dmn": file(decision("Other", literal("1")))}

    assert identities(more).items() >= identities(resources).items()


def test_a_version_says_of_which_files_it_is_made():
    resources = chain("1")
    [offer] = [each for each in deployment.check(resources).definitions if each.key == "offer"]

    assert offer.files == tuple(
        sha256(resources[f"{each}.dmn"]).hexdigest() for each in ("offers", "prices", "rates")
    )
    assert deployment.decided_by("prices.dmn", resources).decisions.resources == (
        "prices.dmn",
        "rates.dmn",
    )


def test_what_is_not_imported_is_not_seen():
    """DMN 1.1 names a type by a prefix; a file that it does not import does not change what is decided."""
    typed = file(
        decision("Asked", literal('"c"'), type_="g:tGrade"), extra='xmlns:g="https://grades"'
    )
    grades = file(
        '<itemDefinition name="tGrade"><typeRef>string</typeRef>'
        '<allowedValues><text>"a", "b"</text></allowedValues></itemDefinition>',
        namespace="https://grades",
    )

    alone, beside = dmn.read(typed, "a.dmn"), dmn.read(typed, "a.dmn", {"b.dmn": grades})

    assert alone.findings == beside.findings
    for each in (alone, beside):
        assert each.evaluate("asked", {}, setting()).value == "c"


def test_an_import_that_several_files_could_be_is_refused():
    twice = chain("1", **{"again.dmn": file(decision("Again", literal("2")), namespace="rates")})

    checked = deployment.check(twice)

    assert checked.refused
    assert ("prices.dmn", "decision-import") in {
        (each.resource, each.rule) for each in checked.findings
    }


def test_files_that_import_nothing_may_share_a_namespace():
    """Tools give all of their files the same one."""
    same = {
        f"{name}.dmn": file(decision(name, literal("1")), namespace="tool") for name in ("A", "B")
    }

    assert set(identities(same)) == {"a", "b"}


def test_of_files_that_share_a_namespace_the_first_by_name_counts_in_any_order():
    again = file(decision("Rate", literal("2")), namespace="rates")
    twice = chain("1", **{"a.dmn": again})

    for resources in (twice, dict(reversed(twice.items()))):
        version = deployment.decided_by("prices.dmn", resources)
        assert version.decisions.evaluate("price", {}, setting()).value == 2
