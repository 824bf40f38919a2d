"""Colours: every pair that stands on another can be read, in both modes."""

from __future__ import annotations

import tomllib

import pytest

from maturity import theme
from maturity.charts import TOKENS

MODES = ("light", "dark")

# WCAG 2: text 4.5, large marks and lines 3. Ratios against the page.
LEAST = {
    "current": 4.5,
    "previous": 3.0,
    "target": 4.5,
    "ink": 7.0,
    "muted": 4.5,
    "up": 4.5,
    "down": 4.5,
}


def channels(colour: str) -> list[float]:
    return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def luminance(rgb: list[float]) -> float:
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: list[float], other: list[float]) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def shade(ramp: tuple[str, ...], share: float) -> list[float]:
    """The colour the browser draws between two steps of the ramp."""
    place = share * (len(ramp) - 1)
    step = min(int(place), len(ramp) - 2)
    one, other = channels(ramp[step]), channels(ramp[step + 1])
    return [a + (b - a) * (place - step) for a, b in zip(one, other, strict=True)]


def test_the_sums_agree_with_the_standard():
    assert contrast(channels("#000000"), channels("#FFFFFF")) == 21
    assert contrast(channels("#777777"), channels("#FFFFFF")) == pytest.approx(
        4.48, abs=0.01
    )


@pytest.mark.parametrize("mode", MODES)
def test_every_token_has_a_colour(mode):
    assert len(theme.palette(mode).tokens) == len(TOKENS)


@pytest.mark.parametrize("mode", MODES)
def test_the_ramp_has_ten_colours(mode):
    assert len(theme.palette(mode).ramp) == 10


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("token", LEAST)
def test_a_token_stands_out_from_the_page(mode, token):
    palette = theme.palette(mode)
    ratio = contrast(channels(palette.token(token)), channels(palette.page))
    assert ratio >= LEAST[token]


@pytest.mark.parametrize("mode", MODES)
def test_the_halo_has_the_colour_of_the_page(mode):
    assert theme.palette(mode).token("surface") == theme.palette(mode).page


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("levels", [2, 4, 5])
def test_a_number_can_be_read_on_every_shade_of_the_heatmap(mode, levels):
    palette = theme.palette(mode)
    for tenths in range(10 * levels + 1):
        token = "on-high" if 10 * tenths > 6 * 10 * levels else "on-low"
        ratio = contrast(
            channels(palette.token(token)), shade(palette.ramp, tenths / levels / 10)
        )
        assert ratio >= 4.4, f"{tenths} tenths: {ratio:.1f}"


@pytest.mark.parametrize("mode", MODES)
def test_the_ramp_goes_one_way_in_lightness(mode):
    steps = [luminance(channels(colour)) for colour in theme.palette(mode).ramp]
    assert steps in (sorted(steps), sorted(steps, reverse=True))


def test_the_dashboard_answers_on_its_own_machine_alone_and_tells_nobody():
    """With any other address Streamlit also looks up the machine's outside one."""
    config = tomllib.loads(theme.config_file().read_text("utf-8"))

    assert config["server"]["address"] == "127.0.0.1"
    assert config["browser"]["gatherUsageStats"] is False
