"""Quarters, by the calendar and by an organisation's own year."""

import os
from datetime import date, timedelta

import pytest

from maturity import words
from maturity.quarter import Quarter, check_settings

YEAR = "MATURITY_FISCAL_YEAR_START"


@pytest.mark.parametrize(
    ("begins", "key", "label", "first", "last"),
    [
        ("", "2026-Q4", "Q4 2026", date(2026, 10, 1), date(2026, 12, 31)),
        ("1", "2026-Q4", "Q4 2026", date(2026, 10, 1), date(2026, 12, 31)),
        ("2", "2026-Q1", "Q1 FY27", date(2026, 2, 1), date(2026, 4, 30)),
        ("2", "2026-Q4", "Q4 FY27", date(2026, 11, 1), date(2027, 1, 31)),
        ("4", "2026-Q1", "Q4 FY26", date(2026, 1, 1), date(2026, 3, 31)),
        ("4", "2026-Q2", "Q1 FY27", date(2026, 4, 1), date(2026, 6, 30)),
        ("7", "2026-Q4", "Q2 FY27", date(2026, 10, 1), date(2026, 12, 31)),
        ("10", "2026-Q3", "Q4 FY26", date(2026, 7, 1), date(2026, 9, 30)),
        ("10", "2026-Q4", "Q1 FY27", date(2026, 10, 1), date(2026, 12, 31)),
        ("12", "2026-Q1", "Q2 FY26", date(2026, 3, 1), date(2026, 5, 31)),
        ("12", "2099-Q4", "Q1 FY00", date(2099, 12, 1), date(2100, 2, 28)),
    ],
)
def test_days_and_name_follow_the_year_and_the_key_never_does(
    monkeypatch, begins, key, label, first, last
):
    monkeypatch.setenv(YEAR, begins)
    quarter = Quarter.parse(key)
    assert (quarter.label, quarter.first_day, quarter.last_day) == (label, first, last)
    assert str(quarter) == key


@pytest.mark.parametrize("begins", [str(month) for month in range(1, 13)])
def test_every_day_lies_in_one_quarter_between_its_first_and_last(monkeypatch, begins):
    monkeypatch.setenv(YEAR, begins)
    day = date(2025, 12, 1)
    while day < date(2027, 3, 1):
        quarter = Quarter.of(day)
        assert quarter.first_day <= day <= quarter.last_day
        day += timedelta(days=1)


def test_the_year_is_named_only_where_it_is_not_plain(monkeypatch):
    monkeypatch.setenv(YEAR, "4")
    now = Quarter(2026, 4)
    assert words.since(now.shift(-1), now) == "since Q2"
    assert words.since(now.shift(-4), now) == "since Q3 FY26"


@pytest.mark.parametrize("wrong", ["0", "13", "April", "1.5", "-1", "²"])
def test_a_year_that_begins_in_no_month_is_refused_with_the_way_out(monkeypatch, wrong):
    monkeypatch.setenv(YEAR, wrong)
    with pytest.raises(ValueError, match="as a number from 1 to 12") as told:
        check_settings()
    assert repr(wrong) in str(told.value)
    assert YEAR in str(told.value)


def test_settings_that_say_nothing_are_right(monkeypatch):
    monkeypatch.delenv("MATURITY_TODAY", raising=False)
    assert YEAR not in os.environ
    check_settings()


@pytest.mark.page
def test_every_screen_names_the_quarters_of_the_year(service, visit, monkeypatch):
    monkeypatch.setenv(YEAR, "10")
    team = service.store.add_team("Search ranking", by="")
    service.start(team.id, "azure", Quarter.parse("2026-Q4"), "", by="")
    visitor = visit("overview", team=team.id, model="azure")
    assert visitor.reads("Continue Q1 assessment")
    assert visitor.reads("Q1 FY27")
    assert not visitor.reads("Q4 2026")


@pytest.mark.page
def test_a_wrong_setting_closes_the_dashboard_with_a_sentence(visit, monkeypatch):
    monkeypatch.setenv(YEAR, "spring")
    visitor = visit("overview")
    assert visitor.reads("A setting of this dashboard is wrong")
    assert visitor.reads(f"{YEAR} is 'spring'")
