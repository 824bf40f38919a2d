"""Answers in and out: files are opened again, brought back, and refused when wrong."""

import csv
import io
import json
import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook

from maturity import library
from maturity.answer import Answer, State
from maturity.exchange import changes, outgoing, results, table_reader, tables, workbook
from maturity.exchange.lines import FileRefusedError
from maturity.quarter import Quarter
from maturity.service import RefusedError, Service

QUARTER = Quarter(2026, 4)
CODE, TRACKING, DATA = "training.code", "training.tracking", "data.storage"


@pytest.fixture(autouse=True)
def november(monkeypatch):
    monkeypatch.setenv("MATURITY_TODAY", "2026-11-24")


@pytest.fixture
def service(duck_store):
    return Service(duck_store, library.load())


@pytest.fixture
def team(service):
    return service.store.add_team("Search", by="")


def questionnaire(service, team, model="azure"):
    return workbook.write(outgoing.sheet(service, team, model, QUARTER))


PRACTICE = list(workbook.COLUMNS).index("Practice")
EARLIER = list(workbook.COLUMNS).index("Earlier answer")


def read(service, data, name="answers.xlsx"):
    return table_reader.read(name, data, service.library.practices)


def preview(service, team, data, name="answers.xlsx"):
    return changes.preview(service, team, QUARTER, read(service, data, name))


def answer(service, team, practice, given, quarter=QUARTER):
    return service.answer(team.id, quarter, practice, given, "")


def edited(data, edit):
    """A workbook as a person saves it after changing the questions."""
    book = load_workbook(io.BytesIO(data))
    edit(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def row_of(page, practice):
    return next(row for row in page.iter_rows() if row[PRACTICE].value == practice)


def filled(data, practice, **cells):
    """A questionnaire with cells of one practice written over."""
    places = {"answer": 2, "reason": 3, "note": 4, "link": 5, "day": 6, "until": 7}

    def edit(book):
        row = row_of(book["Answers"], practice)
        for name, value in cells.items():
            row[places[name]].value = value

    return edited(data, edit)


def refused(service, team, data, name="answers.xlsx"):
    before = service.sheet(team.id, QUARTER).answers
    with pytest.raises(FileRefusedError) as caught:
        preview(service, team, data, name)
    assert service.sheet(team.id, QUARTER).answers == before
    assert str(caught.value).startswith(f"{name}: ")
    return str(caught.value)


def packed(data, **parts):
    """A workbook with parts added or replaced; a dot is two underscores."""
    changed = {name.replace("__", "."): text for name, text in parts.items()}
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part not in changed:
                new.writestr(part, old.read(part))
        for part, text in changed.items():
            new.writestr(part, text)
    return written.getvalue()


def said_everywhere(service, team):
    """An answer of every kind, with texts that a spreadsheet might run."""
    rung = service.practice(CODE).rungs[1].id
    day, until = date(2026, 10, 2), date(2027, 9, 30)
    link = "https://example.org/run"
    said = Answer(State.RUNG, rung, "", "=1+1\r\nb", link, day, until)
    answer(service, team, CODE, said)
    answer(service, team, TRACKING, Answer(State.UNKNOWN, note="'=quoted"))
    answer(service, team, DATA, Answer(State.NOT_APPLICABLE, reason="@nobody"))


# Workbooks


def test_a_questionnaire_opens_with_every_question_and_its_answers(service, team):
    said_everywhere(service, team)

    book = load_workbook(io.BytesIO(questionnaire(service, team)))

    page = book["Answers"]
    asked = [row[PRACTICE].value for row in page.iter_rows(min_row=4)]
    assert asked == [p.id for p in service.library.definition("azure").asked]
    row = row_of(page, CODE)
    assert row[2].value == service.practice(CODE).rungs[1].text
    assert row[6].value.date() == date(2026, 10, 2)
    assert row[7].value.date() == date(2027, 9, 30)
    assert row_of(page, TRACKING)[2].value == "We don't know"


def test_each_answer_is_chosen_from_a_list_of_the_practices_rungs(service, team):
    book = load_workbook(io.BytesIO(questionnaire(service, team)))

    page, number = book["Answers"], row_of(book["Answers"], CODE)[0].row
    lists = [v for v in page.data_validations.dataValidation if v.type == "list"]
    (own,) = (v for v in lists if f"C{number}" in str(v.sqref))
    sheet, _, cells = own.formula1.rpartition("!")
    found = [cell.value for cell in book[sheet.strip("'")][cells.replace("$", "")][0]]
    rungs = [rung.text for rung in service.practice(CODE).rungs]
    assert found == [*rungs, "We don't know", "Not applicable"]


def test_only_what_is_to_be_filled_in_is_unlocked_and_the_key_is_hidden(service, team):
    book = load_workbook(io.BytesIO(questionnaire(service, team)))

    row = row_of(book["Answers"], CODE)
    assert [not cell.protection.locked for cell in row] == [
        *(False, False, True, True, True, True, True, True, False, False, False)
    ]
    assert [page.sheet_state for page in book] == ["visible", "hidden", "hidden"]
    assert all(page.protection.sheet for page in book)


def test_no_cell_of_a_questionnaire_is_a_formula(service, service_team_named_formula):
    team = service_team_named_formula
    said_everywhere(service, team)

    book = load_workbook(io.BytesIO(questionnaire(service, team)))

    kinds = {cell.data_type for page in book for row in page for cell in row}
    assert kinds <= {"s", "n", "d"}
    assert row_of(book["Answers"], CODE)[4].value.startswith("=1+1")


@pytest.fixture
def service_team_named_formula(service):
    return service.store.add_team("=cmd|' /C calc'!A0", by="")


def test_an_answer_of_an_earlier_quarter_is_shown_and_not_given(service, team):
    rung = service.practice(CODE).rungs[0]
    answer(service, team, CODE, Answer(State.RUNG, rung.id), QUARTER.shift(-1))

    data = questionnaire(service, team)

    row = row_of(load_workbook(io.BytesIO(data))["Answers"], CODE)
    assert row[EARLIER].value == f"2026-Q3: {rung.text}"
    assert row[2].value is None
    assert preview(service, team, data).changes == ()


def test_a_questionnaire_brought_back_unchanged_changes_nothing(service, team):
    said_everywhere(service, team)

    for data in (
        questionnaire(service, team),
        edited(questionnaire(service, team), lambda book: None),
    ):
        seen = preview(service, team, data)
        assert (seen.changes, seen.conflicts) == ((), ())
        assert seen.unchanged == len(service.library.definition("azure").asked)


def test_what_was_filled_in_offline_is_shown_first_and_then_stored_whole(service, team):
    said_everywhere(service, team)
    best, link = service.practice(CODE).rungs[-1], "https://example.org/new"
    data = filled(
        questionnaire(service, team), CODE, answer=best.text, note="New", link=link
    )

    seen = preview(service, team, data)

    assert [change.practice.id for change in seen.changes] == [CODE]
    assert service.practice(CODE).rungs[1].text in seen.changes[0].was
    assert best.text in seen.changes[0].becomes
    assert service.sheet(team.id, QUARTER).answers[CODE].answer.rung != best.id
    changes.take(service, seen, "")
    stored = service.sheet(team.id, QUARTER).answers[CODE].answer
    days = date(2026, 10, 2), date(2027, 9, 30)
    assert stored == Answer(State.RUNG, best.id, "", "New", link, *days)


def test_until_when_evidence_counts_is_set_and_emptied_in_a_workbook(service, team):
    said_everywhere(service, team)
    later = filled(questionnaire(service, team), CODE, until=date(2026, 12, 31))
    emptied = filled(questionnaire(service, team), CODE, until=None)

    (set_,) = preview(service, team, later).changes
    (usual,) = preview(service, team, emptied).changes

    assert set_.answer.valid_until == date(2026, 12, 31)
    assert "valid until 2026-12-31" in set_.becomes
    assert usual.answer.valid_until is None


def test_a_workbook_of_before_there_was_a_valid_until_is_read(service, team):
    rung = service.practice(CODE).rungs[0]

    def older(book):
        book["Answers"].delete_cols(8)

    data = filled(questionnaire(service, team), CODE, answer=rung.text)
    (change,) = preview(service, team, edited(data, older)).changes

    assert change.answer.rung == rung.id


def test_a_new_link_without_a_date_is_of_the_last_day_of_a_past_quarter(service, team):
    past = Quarter(2026, 3)
    entry = {"rung": None, "evidence": "https://example.org"}
    data = json.dumps({CODE: entry}).encode()

    seen = changes.preview(service, team, past, read(service, data, "a.json"))

    assert seen.changes[0].answer.evidence_on == date(2026, 9, 30)


def test_a_new_link_without_a_date_counts_from_today(service, team):
    rung = service.practice(CODE).rungs[0]
    data = filled(
        questionnaire(service, team),
        CODE,
        answer=rung.text,
        link="https://example.org",
    )

    changes.take(service, preview(service, team, data), "")

    stored = service.sheet(team.id, QUARTER).answers[CODE].answer
    assert stored.evidence_on == date(2026, 11, 24)


def test_an_emptied_answer_is_open_again_and_keeps_its_note(service, team):
    said_everywhere(service, team)
    data = filled(questionnaire(service, team), TRACKING, answer=None)

    changes.take(service, preview(service, team, data), "")

    stored = service.sheet(team.id, QUARTER).answers[TRACKING].answer
    assert stored == Answer(State.CLEARED, note="'=quoted")


def test_rows_may_be_sorted_and_left_out(service, team):
    best = service.practice(CODE).rungs[-1]

    def edit(book):
        page = book["Answers"]
        rows = [[c.value for c in row] for row in page.iter_rows(min_row=4)]
        page.delete_rows(4, len(rows))
        for row in reversed(rows[:-3]):
            page.append(row)

    data = questionnaire(service, team)
    data = edited(filled(data, CODE, answer=best.text), edit)
    seen = preview(service, team, data)
    assert [change.practice.id for change in seen.changes] == [CODE]


def test_an_answer_changed_here_in_the_meantime_is_a_conflict(service, team):
    rungs = service.practice(CODE).rungs
    data = questionnaire(service, team)
    answer(service, team, CODE, Answer(State.RUNG, rungs[1].id))
    answer(service, team, TRACKING, Answer(State.UNKNOWN))
    data = filled(data, CODE, answer=rungs[2].text)

    seen = preview(service, team, data)

    assert seen.changes == ()
    (conflict,) = seen.conflicts
    assert (conflict.was, conflict.becomes) == (rungs[1].text, rungs[2].text)
    assert changes.take(service, seen, "") == []
    changes.take(service, seen, "", over={CODE})
    assert service.sheet(team.id, QUARTER).answers[CODE].answer.rung == rungs[2].id


def test_taking_a_file_in_can_be_undone_but_for_what_changed_since(service, team):
    said_everywhere(service, team)
    data = filled(questionnaire(service, team), CODE, answer="We don't know")
    data = filled(data, TRACKING, note="Other")
    data = filled(data, "training.registry", answer="We don't know")
    before = service.sheet(team.id, QUARTER).current()
    taken = changes.take(service, preview(service, team, data), "")
    newer = Answer(State.RUNG, service.practice(TRACKING).rungs[0].id)
    answer(service, team, TRACKING, newer)

    assert len(changes.undo(service, taken, "")) == 2

    assert service.sheet(team.id, QUARTER).current() == {**before, TRACKING: newer}


def test_two_who_say_the_same_are_no_conflict(service, team):
    rung = service.practice(CODE).rungs[1]
    data = filled(questionnaire(service, team), CODE, answer=rung.text)
    answer(service, team, CODE, Answer(State.RUNG, rung.id))

    seen = preview(service, team, data)

    assert (seen.changes, seen.conflicts) == ((), ())


def test_an_answer_that_moves_after_the_preview_stops_the_whole_file(service, team):
    rungs = service.practice(CODE).rungs
    data = filled(questionnaire(service, team), CODE, answer=rungs[1].text)
    data = filled(data, TRACKING, answer="We don't know")
    seen = preview(service, team, data)
    answer(service, team, CODE, Answer(State.RUNG, rungs[0].id))

    with pytest.raises(RefusedError, match="Nothing was taken in"):
        changes.take(service, seen, "")

    assert TRACKING not in service.sheet(team.id, QUARTER).answers


def test_a_formula_in_a_cell_is_text_and_never_worked_out(service, team):
    data = filled(questionnaire(service, team), CODE, note='=HYPERLINK("x")')

    (change,) = preview(service, team, data).changes

    assert change.answer.note == '=HYPERLINK("x")'


def test_every_mistake_of_a_workbook_is_named_by_sheet_row_and_column(service, team):
    data = filled(questionnaire(service, team), CODE, answer="Perhaps", day="soon")
    data = filled(data, TRACKING, answer="=1+1")

    said = refused(service, team, data).splitlines()

    number = row_of(load_workbook(io.BytesIO(data))["Answers"], CODE)[0].row
    assert len(said) == 3
    assert any(f"sheet Answers, row {number}, column C (Answer)" in s for s in said)
    assert any(f"row {number}, column G (Date of evidence)" in s for s in said)
    assert any("'=1+1' is not in the list" in s for s in said)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"answer": "Not applicable"}, "without a reason"),
        ({"reason": "We have none"}, "choose Not applicable"),
        ({"link": "javascript:alert(1)"}, "is no link"),
        ({"link": "https://example.org", "day": date(2027, 1, 1)}, "cannot be"),
        (
            {
                "link": "https://example.org",
                "day": date(2026, 11, 2),
                "until": date(2026, 11, 1),
            },
            "is before the date of the evidence, 2026-11-02",
        ),
        ({"link": "https://example.org", "until": date(2036, 1, 1)}, "5 years"),
        ({"until": "one day"}, "'one day' is no date"),
        ({"note": "x" * 2001}, "2,001 characters"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(service, team, cells, reason):
    data = filled(questionnaire(service, team), CODE, **cells)

    assert reason in refused(service, team, data)


def test_a_practice_that_stands_twice_is_refused(service, team):
    def edit(book):
        page = book["Answers"]
        page.append([cell.value for cell in row_of(page, CODE)])

    data = edited(questionnaire(service, team), edit)

    assert "keep one of the two" in refused(service, team, data)


def test_the_file_of_another_team_is_refused(service, team):
    other = service.store.add_team("Fraud", by="")

    said = refused(service, other, questionnaire(service, team))

    assert "'Search'" in said
    assert "'Fraud'" in said


def test_the_file_of_another_quarter_is_refused(service, team):
    sheet = outgoing.sheet(service, team, "azure", QUARTER.shift(-1))

    assert "Q3 2026" in refused(service, team, workbook.write(sheet))


def test_a_file_made_before_a_ladder_changed_is_refused(service, team):
    data = filled(questionnaire(service, team), CODE, answer="We don't know")
    practice = service.library.practices[CODE]
    changed = practice.model_copy(update={"rungs": practice.rungs[:-1]})

    with pytest.raises(FileRefusedError, match="have changed since this file"):
        table_reader.read(
            "answers.xlsx", data, {**service.library.practices, CODE: changed}
        )


def test_a_file_of_another_database_is_refused(service, team):
    said_everywhere(service, team)

    def edit(book):
        for row in book["Key"].iter_rows(min_row=9):
            row[2].value = 4711 if row[0].value == CODE else row[2].value

    data = edited(questionnaire(service, team), edit)

    assert "is not in this database" in refused(service, team, data)


@pytest.mark.parametrize(
    ("part", "text", "reason"),
    [
        ("xl/vbaProject__bin", b"macro", "holds macros"),
        ("xl/externalLinks/externalLink1__xml", b"<a/>", "other workbooks"),
        ("xl/media/bomb__bin", b"\0" * (6 * 1024 * 1024), "more than 5 MB"),
        ("xl/styles__xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>', "declares entities"),
        ("xl/worksheets/sheet1__xml", b"<worksheet", "is damaged"),
        ("xl/workbook__xml", b"<nonsense/>", ""),
        ("mimetype", b"application/vnd.oasis", "OpenDocument"),
    ],
)
def test_a_workbook_with_more_in_it_than_answers_is_refused(
    service, team, part, text, reason
):
    data = packed(questionnaire(service, team), **{part: text})

    assert reason in refused(service, team, data)


def test_a_directory_that_lies_about_sizes_does_not_help(service, team):
    bomb = b"\0" * (6 * 1024 * 1024)
    data = packed(questionnaire(service, team), **{"xl/media/bomb__bin": bomb})
    lying = data.replace(len(bomb).to_bytes(4, "little"), (9).to_bytes(4, "little"))

    assert lying != data
    assert refused(service, team, lying)


def test_too_many_rows_are_refused(service, team):
    data = edited(
        questionnaire(service, team),
        lambda book: book["Answers"].cell(100_000, 5, "far down"),
    )

    assert "more than 2,000 rows" in refused(service, team, data)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.xlsx", b"", "is no .xlsx workbook"),
        ("a.xlsx", b"%PDF-1.7", "is no .xlsx workbook"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" * 9, "has a password"),
        ("a.xlsx", b"PK\x03\x04 and no more", "damaged or cut off"),
        ("a.xlsx", b"PK" + b"x" * (10 * 1024 * 1024), "larger than 10 MB"),
        ("a.csv", b"x" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
        ("a.xlsm", b"PK", "without macros"),
        ("a.docx", b"PK", "end in .xlsx, .csv or .json"),
        ("answers", b"PK", "end in .xlsx, .csv or .json"),
        ("a.csv", b"", "is empty"),
        ("a.csv", b"practice,answer\ntraining.code,\xff", "line 2: is not UTF-8"),
        ("a.csv", b"practice\ntraining.code", "column answer is missing"),
        ("a.csv", b"practice,answer\ntraining.cod,all", "did you mean training.code?"),
        ("a.csv", b"practice,answer\ntraining.code,alll", "line 2: column answer"),
        ("a.csv", b"practice,answer\ntraining.code,all,x", "more cells"),
        ("a.csv", b'practice,answer\n"training.code', "line 2: is not valid CSV"),
        ("a.csv", b"practice,answer\n" + b"\n" * 2001, "more than 2,000 lines"),
        ("a.csv", b"practice,answer,seq\ntraining.code,all,-1", "column seq"),
        ("a.csv", b"practice,answer,quarter\ntraining.code,all,Q4", "is no quarter"),
        ("a.json", b"[", "line 1, column 2: is not valid JSON"),
        ("a.json", b"[]", "begins with {"),
        ("a.json", b"[" * 100_000, "nested too deeply"),
        ("a.json", b'{"a": ' + b"1" * 5000 + b"}", "too long"),
        ("a.json", b'{"training.code": 1, "training.code": 2}', "stands twice"),
        ("a.json", b'{"training.code": {"rung": "x"}}', "no rung 'x'"),
        ("a.json", b'{"training.code": {"rung": ["all"]}}', "no rung"),
        ("a.json", b'{"training.code": {"rang": "all"}}', "unknown key 'rang'"),
        ("a.json", b'{"training.code": {"rung": "all", "unknown": true}}', "not two"),
        ("a.json", b'{"training.code": {"note": 7}}', "as text"),
        ("a.json", b'{"training.code": {"seq": true}}', "seq"),
        ("a.json", b'{"training.code": {"evidence": {"date": "x"}}}', "evidence"),
        ("a.json", b'{"format": "other", "answers": {}}', "format must be"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_reason(
    service, team, name, data, reason
):
    assert reason in refused(service, team, data, name)


def test_any_cut_of_a_workbook_is_refused(service, team):
    data = questionnaire(service, team)

    for length in range(0, len(data), len(data) // 23):
        assert refused(service, team, data[:length])


# CSV and JSON


def test_csv_and_json_bring_back_what_they_say(service, team):
    said_everywhere(service, team)
    rows = service.sheet(team.id, QUARTER).answers
    asked = service.library.definition("azure").asked

    for name, write in (
        ("a.csv", tables.answers_csv),
        ("a.json", tables.answers_json),
    ):
        data = write(team, QUARTER, asked, rows, {})
        seen = preview(service, team, data, name)
        assert (seen.changes, seen.unchanged) == ((), len(asked))

        other = service.store.add_team(f"Other {name}", by="")
        assert "was made for the team" in refused(service, other, data, name)


def test_no_cell_of_a_csv_file_begins_like_a_formula(
    service, service_team_named_formula
):
    team = service_team_named_formula
    said_everywhere(service, team)
    rows = service.sheet(team.id, QUARTER).answers
    asked = service.library.definition("azure").asked

    data = tables.answers_csv(team, QUARTER, asked, rows, {})

    cells = [
        c for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for c in row
    ]
    assert "'=1+1\r\nb" in cells
    assert "''=quoted" in cells
    assert not [cell for cell in cells if cell[:1] in {*"=+-@\t\r"}]


def test_a_csv_file_that_a_spreadsheet_saved_with_semicolons_is_read(service, team):
    rung = service.practice(CODE).rungs[0]

    seen = preview(
        service, team, f"Practice;Answer\r\n{CODE};{rung.text}\r\n".encode(), "a.csv"
    )

    assert [change.answer.rung for change in seen.changes] == [rung.id]


def test_a_plain_json_file_of_rungs_is_read(service, team):
    data = json.dumps({CODE: "all", TRACKING: {"unknown": True}}).encode()

    seen = preview(service, team, data, "a.json")

    assert [c.answer.state for c in seen.changes] == [State.RUNG, State.UNKNOWN]


def test_results_say_in_csv_and_json_what_the_engine_says(service, team):
    said_everywhere(service, team)
    reading = service.draft(team, "azure", QUARTER)

    (found,) = json.loads(results.results_json([reading]))
    text = results.results_csv([reading]).decode("utf-8-sig")
    whole, *categories = csv.DictReader(io.StringIO(text))

    assert (found["team"], found["quarter"], found["state"]) == (
        *("Search", "2026-Q4", "draft"),
    )
    assert found["unmet"] == reading.result.unmet
    assert whole["score_lowest"] == f"{found['score_range']['lowest']:.1f}"
    assert whole["score_highest"] == f"{found['score_range']['highest']:.1f}"
    assert int(whole["open"]) == reading.overall.open
    assert [c["category"] for c in categories] == list(reading.result.categories)
