"""What the layout helpers make of texts and times."""

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from maturity.ui.layout import escape, signature


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Fraud detection", "Fraud detection"),
        (":red[X]", r"\:red\[X\]"),
        ("**b** _i_ ~~s~~", r"\*\*b\*\* \_i\_ \~\~s\~\~"),
        ("<b>bold</b>", r"\<b\>bold\</b\>"),
        ("$x^2$ and `code`", r"\$x^2\$ and \`code\`"),
        ("[a](https://example.org)", r"\[a\]\(https\://example\.org\)"),
        ("www.example.org", r"www\.example\.org"),
        ("# title", r"\# title"),
        ("1. first", r"1\. first"),
        ("- item", r"\- item"),
        ("a | b & c!", r"a \| b \& c\!"),
        ("back\\slash", r"back\\slash"),
        (":material/home:", r"\:material/home\:"),
        ("two\n\n\nlines\tand   spaces", "two lines and spaces"),
        ("数据团队", "数据团队"),
        ("", ""),
    ],
)
def test_markup_in_a_text_is_kept_from_acting(text, escaped):
    assert escape(text) == escaped


def test_a_signature_names_the_day_and_who_if_anyone():
    moment = datetime(2026, 9, 12, 14, 32)

    assert signature("Ana *Lima*", moment) == r"12 Sep 2026 by Ana \*Lima\*"
    assert signature("", moment) == "12 Sep 2026"


def show_a_time() -> None:
    from datetime import datetime

    import streamlit as st

    from maturity.ui.layout import clock

    st.text(clock(datetime(2026, 7, 1, 22, 5)))


@pytest.mark.page
@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Europe/Berlin", "00:05"),
        ("Asia/Kolkata", "03:35"),
        ("UTC", "22:05"),
    ],
)
def test_a_stored_time_is_shown_on_the_visitors_clock(zone, shown):
    app = AppTest.from_function(show_a_time)
    app.context = {"timezone": zone}

    assert app.run().text[0].value == shown


@pytest.mark.page
@pytest.mark.parametrize("zone", [None, "Nowhere/At all", "../etc/passwd"])
def test_a_clock_that_nobody_knows_falls_back_to_the_servers(zone):
    app = AppTest.from_function(show_a_time)
    app.context = {"timezone": zone}
    here = datetime(2026, 7, 1, 22, 5, tzinfo=UTC).astimezone()

    assert app.run().text[0].value == f"{here:%H:%M}"


def show_a_legend() -> None:
    from maturity.ui.layout import legend

    legend({"current": "Q3 2026", "previous": "Q2 2026", "target": "Target"})


@pytest.mark.page
def test_a_legend_names_each_mark_and_nothing_that_is_not_drawn():
    (line,) = AppTest.from_function(show_a_legend).run().markdown

    assert "Q3 2026" in line.value
    assert "Q2 2026" in line.value
    assert "Target" in line.value
    assert "possible" not in line.value


def show_tables() -> None:
    from maturity.ui.layout import as_table

    few = {"Quarter": "Q4 2025", "Said": "Not assessed in this quarter"}
    as_table([few], "Few columns", "few")
    as_table([few | dict.fromkeys("abc", "")], "Many columns", "many")


@pytest.mark.page
def test_a_table_keeps_a_quarter_on_one_line_unless_it_has_many_columns():
    few, many = (
        shown.value for shown in AppTest.from_function(show_tables).run().table
    )

    assert few["Quarter"].to_list() == ["Q4\N{NO-BREAK SPACE}2025"]
    assert few["Said"].to_list() == ["Not assessed in this quarter"]
    assert many["Quarter"].to_list() == ["Q4 2025"]
