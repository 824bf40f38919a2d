"""The reading after ISO/IEC 33020: its bands, its rule, and open answers."""

import pytest

from maturity import library, reasons
from maturity.iso33020 import RatedLevel, Rating, rating, read
from maturity.scoring import Step


def step(level, met, asked, open=0):
    return Step(level, met=met, unmet=asked - met - open, open=open, not_applicable=0)


@pytest.mark.parametrize(
    ("met", "asked", "band"),
    [
        (0, 4, "N"),
        (15, 100, "N"),
        (16, 100, "P"),
        (1, 2, "P"),
        (51, 100, "L"),
        (85, 100, "L"),
        (17, 20, "L"),
        (86, 100, "F"),
        (6, 7, "F"),
        (3, 3, "F"),
    ],
)
def test_a_band_ends_where_the_standard_says(met, asked, band):
    assert rating(met, asked) is Rating(band)


@pytest.mark.parametrize(
    ("steps", "level"),
    [
        ([step(1, 0, 5), step(2, 5, 5)], 0),
        ([step(1, 3, 5), step(2, 5, 5)], 1),
        ([step(1, 6, 7), step(2, 3, 5)], 2),
        ([step(1, 5, 5), step(2, 2, 5)], 1),
        ([step(1, 5, 5), step(2, 5, 5), step(3, 1, 5)], 2),
        ([step(1, 0, 0), step(2, 5, 5)], 2),
    ],
    ids=[
        "a higher level does not make up for a lower one",
        "largely met reaches a level, and carries none above it",
        "fully met below and largely met here",
        "half is not largely",
        "up to the last that is met",
        "a level that asks nothing is passed over",
    ],
)
def test_a_level_wants_itself_largely_and_all_below_it_fully(steps, level):
    reading = read(steps, bottom=0)

    assert (reading.lowest, reading.highest) == (level, level)


def test_open_answers_make_a_range():
    reading = read([step(1, 2, 5, open=3), step(2, 3, 5, open=2)], bottom=0)

    assert (reading.lowest, reading.highest) == (0, 2)
    assert reading.levels[0] == RatedLevel(1, Rating.PARTIALLY, Rating.FULLY)


def test_nothing_applicable_has_no_reading():
    assert read([step(1, 0, 0), step(2, 0, 0)], bottom=0) is None


@pytest.mark.parametrize(
    ("rated", "said"),
    [
        (
            RatedLevel(2, Rating.FULLY, Rating.FULLY),
            "Level 2: Automated training, rated F (fully, over 85%)",
        ),
        (
            RatedLevel(2, Rating.PARTIALLY, Rating.FULLY),
            "Level 2: Automated training, rated P to F, while questions are open",
        ),
    ],
)
def test_a_level_is_said_with_its_rating(rated, said):
    model = library.load().models["azure"]

    assert reasons.iso_line(model, rated) == said
