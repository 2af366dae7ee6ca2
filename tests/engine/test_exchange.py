"""The organisation as tables: looked at row by row, taken in whole or not at all, and given out again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Invalid, NotAllowed
from engine.identity.actor import SYSTEM
from engine.organisation import holders, repository
from engine.organisation.exchange import commands, tables
from engine.organisation.exchange.tables import COLUMNS, Table
from engine.uow import begin, look
from engine.verification import checking
from tests.engine.organisations import NOW, Organisation

UNITS = """key;name_sv;kind;parent;parent_from;valid_from;valid_to
hemtjanst;Hemtjänsten;enhet;vof;;2020-01-01;
vof;Vård och omsorg;förvaltning;kommun;;2020-01-01;
kommun;Kommunen;kommun;;;2020-01-01;
hemtjanst;Hemtjänsten;enhet;kommun;2027-01-01;2020-01-01;
"""
PEOPLE = """account,display_name,create,unit,valid_from,valid_to
anna,Anna Andersson,ja,hemtjanst,2020-01-01,
Bo,"Berg, Bo",yes,vof,2020-01-01,2099-12-31
"""
APPOINTMENTS = """role;account;unit;valid_from;valid_to;decision
unit_manager;bo;vof;2020-01-01;;VON 2020/1 § 2
dpo;anna;;2020-01-01;2099-12-31;
"""
ALL = {"units": UNITS, "people": PEOPLE, "appointments": APPOINTMENTS}


def rows(**files):
    return [
        row
        for name, text in files.items()
        for row in tables.from_csv(Table(name), b"\xef\xbb\xbf" + text.encode())
    ]


@pytest.fixture
def carry_out(installation):
    def carry_out(given=None, **files):
        with begin(installation, SYSTEM) as uow:
            book = commands.carry_out(uow, given or rows(**files))
            uow.commit()
        return said(book)

    return carry_out


@pytest.fixture
def problems(installation):
    """Say what is wrong with tables, and check that they are refused for it and leave nothing."""

    def problems(**files):
        with begin(installation, SYSTEM) as uow:
            book = commands.rehearse(uow, rows(**files))
            found = [
                (each.table, each.row, each.column, each.template.format_map(each.values))
                for each in book.problems
            ]
            with pytest.raises(Invalid) as refused:
                commands.carry_out(uow, rows(**files))
            assert len(refused.value.fields) == len({each[:3] for each in found})
            assert not uow.session.new
        return found

    return problems


def said(book):
    return [(each.table.value, each.row, each.what.value, each.name) for each in book.changes]


def exported(installation):
    with look(installation, SYSTEM) as uow:
        return commands.export(uow)


def test_everything_is_taken_in_at_once_in_any_order(carry_out, installation):
    changes = carry_out(**ALL)

    assert changes == [
        ("units", 2, "created", "hemtjanst"),
        ("units", 3, "created", "vof"),
        ("units", 4, "created", "kommun"),
        ("units", 5, "changed", "hemtjanst"),
        ("people", 2, "created", "anna"),
        ("people", 2, "created", "anna, hemtjanst"),
        ("people", 3, "created", "bo"),
        ("people", 3, "created", "bo, vof"),
        ("appointments", 2, "created", "unit_manager, bo, vof"),
        ("appointments", 3, "created", "dpo, anna"),
    ]
    with look(installation, SYSTEM) as uow:
        session = uow.session
        above = [each.key for each in repository.ancestors(session, "hemtjanst", NOW)]
        assert above == ["vof", "kommun"]
        later = repository.ancestors(session, "hemtjanst", date(2027, 1, 1))
        assert [each.key for each in later] == ["kommun"]
        [bo] = holders.holders(session, "unit_manager", "hemtjanst", NOW)
        assert (bo.name, bo.display_name, bo.password_hash) == ("bo", "Berg, Bo", None)
        assert {broken for _, broken in checking.verify_everything(session)} == {None}


def test_what_is_there_already_stays_as_it_is(carry_out):
    carry_out(**ALL)

    assert carry_out(**ALL) == []


def test_what_is_given_out_can_be_taken_in(carry_out, installation):
    carry_out(**ALL)
    given = exported(installation)

    assert (
        carry_out([r for t in given for r in tables.from_csv(t, tables.to_csv(t, given[t]))]) == []
    )
    assert carry_out(tables.from_json({t.value: given[t] for t in given})) == []
    assert exported(installation) == given
    assert {table: set(found[0]) for table, found in given.items()} == {
        table: set(columns) for table, columns in COLUMNS.items()
    }


def test_a_row_changes_and_ends_what_is_there(carry_out, installation):
    carry_out(**ALL)

    changes = carry_out(
        units="key,name_sv\nvof,Omsorgen\n",
        people="account,unit,valid_from,valid_to\nanna,hemtjanst,2020-01-01,2099-06-30\n",
        appointments="role,account,unit,valid_from,valid_to,decision\n"
        "unit_manager,bo,vof,2020-01-01,2099-06-30,VON 2026/7\n",
    )

    assert changes == [
        ("units", 2, "changed", "vof"),
        ("people", 2, "ended", "anna, hemtjanst"),
        ("appointments", 2, "ended", "unit_manager, bo, vof"),
        ("appointments", 2, "changed", "unit_manager, bo, vof"),
    ]
    [appointed] = [
        row for row in exported(installation)[Table.APPOINTMENTS] if row["account"] == "bo"
    ]
    assert (appointed["valid_to"], appointed["decision"]) == ("2099-06-30", "VON 2026/7")


def test_a_department_and_all_in_it_end_in_one_table(carry_out, problems):
    carry_out(**ALL)
    ends = "key,valid_to\nvof,2099-01-01\nhemtjanst,2099-01-01\n"
    people = "account,unit,valid_from,valid_to\nanna,hemtjanst,2020-01-01,2099-01-01\n"
    people += "bo,vof,2020-01-01,2099-01-01\n"
    appointed = (
        "role,account,unit,valid_from,valid_to\nunit_manager,bo,vof,2020-01-01,2099-01-01\n"
    )

    assert [each[:3] for each in problems(units=ends)] == [
        ("units", 2, "valid_to"),
        ("units", 3, "valid_to"),
    ]
    assert len(carry_out(units=ends, people=people, appointments=appointed)) == 5


def test_every_row_that_is_wrong_is_told_with_its_number_and_column(problems):
    found = problems(
        units="key,name_sv,parent,valid_from,valid_to\n"
        "a,A,,2020-01-01,\n"
        "b,,a,2020-01-01,\n"
        ",B,a,2020-01-01,\n"
        "b b,B,a,2020-01-01,\n"
        "c,C,nowhere,2020-01-01,\n"
        "d,D,a,1 maj,\n"
        "e,E,a,2020-02-01,2020-01-01\n"
        "f,F,g,2020-01-01,\n"
        "g,G,f,2020-01-01,\n",
        people="account,display_name,create,unit,valid_from\n"
        "nobody,,,a,2020-01-01\n"
        "anna,,yes,a,2020-01-01\n"
        "an na,Anna,yes,a,2020-01-01\n"
        "anna,Anna,perhaps,a,2020-01-01\n"
        "anna,Anna,yes,nowhere,2020-01-01\n"
        "anna,Anna,yes,a,\n"
        "anna,Anna,yes,a,2019-01-01\n",
        appointments="role,account,unit,valid_from,valid_to\n"
        "king,anna,a,2020-01-01,\n"
        "mas,nobody,a,2020-01-01,\n"
        "mas,anna,nowhere,2020-01-01,\n"
        "mas,anna,a,2020-01-01,2020-12-31\n"
        "mas,anna,a,2020-06-01,\n",
    )

    assert found == [
        ("units", 3, "name_sv", "Fill this in."),
        ("units", 4, "key", "Fill this in."),
        ("units", 5, "key", "'b b' cannot be the key of a unit."),
        ("units", 6, "parent", "There is no unit 'nowhere'."),
        ("units", 7, "valid_from", "'1 maj' is not a day such as 2026-05-01."),
        ("units", 8, "valid_to", "The last day, 2020-01-01, is before the first, 2020-02-01."),
        ("units", 9, "parent", "'f' would be below itself on 2020-01-01, by way of 'g'."),
        ("units", 10, "parent", "'g' would be below itself on 2020-01-01, by way of 'f'."),
        ("people", 2, "account", "There is no account 'nobody'."),
        ("people", 3, "display_name", "Fill this in."),
        ("people", 4, "account", "'an na' cannot be an account's name."),
        ("people", 5, "create", "'perhaps' is neither yes nor no."),
        ("people", 6, "unit", "There is no unit 'nowhere'."),
        ("people", 7, "valid_from", "Fill this in."),
        ("people", 8, "valid_from", "'a' is not there before 2020-01-01."),
        ("appointments", 2, "role", "There is no role 'king'."),
        ("appointments", 3, "account", "There is no account 'nobody'."),
        ("appointments", 4, "unit", "There is no unit 'nowhere'."),
        ("appointments", 6, "valid_from", "The same is already noted from 2020-01-01 on."),
    ]


def test_what_the_tables_say_is_held_against_what_is_there(carry_out, problems):
    carry_out(**ALL)

    assert problems(
        units="key,parent,parent_from,valid_from,valid_to\n"
        "kommun,hemtjanst,2026-01-01,,\n"
        "vof,kommun,,2021-01-01,\n"
        "hemtjanst,vof,2019-01-01,,\n"
    ) == [
        ("units", 2, "parent", "'kommun' would be below itself on 2026-01-01, by way of 'vof'."),
        ("units", 3, "valid_from", "The unit begins on 2020-01-01 already."),
        ("units", 4, "parent_from", "There is no unit 'hemtjanst' on 2019-01-01."),
    ]


def test_a_rehearsal_changes_nothing(installation):
    with begin(installation, SYSTEM) as uow:
        book = commands.rehearse(uow, rows(**ALL))
        uow.commit()

    assert len(book.changes) == 10
    assert exported(installation) == {table: [] for table in Table}


def test_a_stranger_brings_nothing_and_gets_nothing(installation):
    charlie = Organisation(installation).person("charlie")

    with begin(installation, charlie) as uow:
        with pytest.raises(NotAllowed):
            commands.rehearse(uow, rows(**ALL))
        with pytest.raises(NotAllowed):
            commands.carry_out(uow, rows(**ALL))
        with pytest.raises(NotAllowed):
            commands.export(uow)


# ---------------------------------------------------------------- files


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "names each column once"),
        (b"key,key\n", "names each column once"),
        (b"key,colour\n", "has a column 'colour'"),
        ("key;name_sv\nå;Å\n".encode("latin-1"), "not UTF-8"),
        ("key\na\n".encode("utf-16"), "not UTF-8"),
        (b'key,name_sv\na,"b\n', "not CSV"),
        (b"key,name_sv\na,b,c\n", "Row 2"),
        (b"key,name_sv\na,\0\n", "'name_sv' in row 2"),
        (b"key,name_sv\na," + b"x" * 1001, "'name_sv' in row 2"),
        (b"key\n" + b"a\n" * 20_001, "more than 20000 rows"),
        (b"key\n" + b" " * 5_000_001, "too large"),
        (b"key\n" + b"x" * 140_000, "not CSV"),
    ],
)
def test_a_file_that_is_no_table_is_refused(content, words):
    with pytest.raises(Invalid, match=words):
        tables.from_csv(Table.UNITS, content)


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {"cats": []},
        {"units": {}},
        {"units": [1]},
        {"units": [{"key": 1}]},
        {"units": [{"key": ["a"]}]},
        {"units": [{"colour": "red"}]},
        {"units": [{"\ud800": "x"}]},
        {"units": [{"key": "\ud800"}]},
        {"units": [{}]},
        {"\ud800": []},
    ],
)
def test_json_that_is_no_table_is_refused(value):
    with pytest.raises(Invalid) as refused:
        tables.from_json(value)

    str(refused.value).encode()


def test_empty_rows_and_cells_at_the_end_do_not_matter_and_rows_keep_their_numbers():
    found = tables.from_csv(Table.UNITS, b"key,name_sv,kind\r\n\r\n,\r\na,A,,,\r\nb\r\n")

    assert [(row.number, row.cells) for row in found] == [
        (4, {"key": "a", "name_sv": "A", "kind": ""}),
        (5, {"key": "b", "name_sv": "", "kind": ""}),
    ]


texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20
)


@given(texts)
def test_a_cell_comes_back_as_it_was_and_is_never_a_formula(text):
    cells = dict.fromkeys(COLUMNS[Table.UNITS], "") | {"key": "a", "name_sv": text}

    content = tables.to_csv(Table.UNITS, [cells])
    [row] = tables.from_csv(Table.UNITS, content)

    assert row.cells["name_sv"] == text
    assert not tables.harmless(text).startswith(tables.RISKY)
    assert content.startswith(b"\xef\xbb\xbf")


def test_a_formula_is_disarmed():
    assert tables.harmless("=HYPERLINK()") == "'=HYPERLINK()"
    assert tables.harmless("Vård") == "Vård"
