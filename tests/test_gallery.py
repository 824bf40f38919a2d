"""Charts as picture files, opened again: what they show, say and hold."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from PIL import Image
from printed import HOSTILE, ONE_WORD, OTHER_SCRIPTS, figures_in, figures_of

from maturity import cli, library
from maturity.report import brand, gallery, letters
from maturity.report.text import plain
from maturity.scoring import shown

TODAY = "2026-11-24"
LIBRARY = library.load()
SVG = "{http://www.w3.org/2000/svg}"
ALL = [
    "level",
    "shape",
    "categories",
    "quarters",
    "categories-by-quarter",
    "two-quarters",
    "why-it-moved",
]


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("MATURITY_TODAY", TODAY)


def drawn(found):
    """Each picture with its SVG as XML, by name."""
    colors = brand.read().colors
    return {
        picture.name: (
            picture,
            ElementTree.fromstring(gallery.framed(picture, colors)),
        )
        for picture in gallery.pictures(found)
    }


def texts(root):
    return [" ".join("".join(t.itertext()).split()) for t in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("model", LIBRARY.models)
def test_pictures_show_the_scores_of_the_screen(told, model):
    found = figures_in(told, model)
    pictures = drawn(found)

    for name in ("shape", "categories"):
        said = " ".join(texts(pictures[name][1]))
        for category in found.categories:
            assert category.short_name in said
            assert both_ends(category.now, said)
    said = " ".join(texts(pictures["quarters"][1]))
    assert all(both_ends(quarter.now, said) for quarter in found.quarters)
    cells = " ".join(texts(pictures["categories-by-quarter"][1]))
    for reading in found.readings:
        for category in reading.definition.model.deciding:
            assert both_ends(reading.result.categories[category.id], cells)


def both_ends(span, said):
    """A range may stand as two numbers, or on two lines."""
    return all(shown(end.tenths) in said for end in (span.lowest, span.highest))


def test_a_picture_says_what_it_is_and_what_it_shows(duck_store):
    found = figures_of(duck_store, quarters=6, long=False)

    pictures = drawn(found)

    assert list(pictures) == ALL
    for picture, root in pictures.values():
        assert root.find(f"{SVG}title").text == plain(picture.title)
        assert root.find(f"{SVG}desc").text == plain(picture.chart.alt)
        said = " ".join(texts(root))
        assert plain(picture.title) in said
        assert plain(found.title) in said
        assert all(name in said for name in picture.legend.values())


def test_pictures_fetch_nothing_and_hold_no_script(duck_store):
    for _, root in drawn(figures_of(duck_store, quarters=3)).values():
        for element in root.iter():
            assert element.tag.removeprefix(SVG) not in (
                "script",
                "image",
                "style",
                "a",
            )
            assert not [name for name in element.attrib if "href" in name]


@pytest.mark.parametrize("name", [HOSTILE, ONE_WORD, OTHER_SCRIPTS, "</text><b>&"])
def test_long_and_hostile_names_stay_text_inside_the_picture(duck_store, name):
    found = figures_of(duck_store, name=name, quarters=2)

    for _, root in drawn(found).values():
        said = "".join(texts(root)).replace(" ", "")
        assert plain(name).replace(" ", "") in said
        for line in root.findall(f"{SVG}text"):
            bold = line.get("font-weight") == "600"
            size = int(line.get("font-size"))
            wide = letters.wide(line.text, size, bold=bold)
            assert int(line.get("x")) + wide <= gallery.WIDTH


def test_one_quarter_of_two_categories_has_no_shape_and_no_movement(duck_store):
    pictures = drawn(figures_of(duck_store, categories=2, quarters=1))

    assert list(pictures) == [n for n in ALL[:5] if n != "shape"]


def test_the_archive_holds_each_picture_sharp_and_sharper(duck_store):
    found = figures_of(duck_store, quarters=2, long=False)
    data = gallery.archive(found, brand.read())

    assert data == gallery.archive(found, brand.read())
    with ZipFile(BytesIO(data)) as file:
        names = [name for name in file.namelist() if name.endswith("svg")]
        assert names == [f"{number}-{name}.svg" for number, name in enumerate(ALL, 1)]
        for name in names:
            root = ElementTree.fromstring(file.read(name))
            with Image.open(BytesIO(file.read(name.replace("svg", "png")))) as picture:
                size = (2 * int(root.get("width")), 2 * int(root.get("height")))
                assert picture.size == size
                colors = picture.convert("RGB").getcolors(1 << 24)
        assert len(colors) > 10


def test_the_command_writes_the_archive(told, monkeypatch, tmp_path):
    monkeypatch.setenv("MATURITY_DATABASE", told.store.database.shown)
    monkeypatch.setenv("MATURITY_ACCENT", "#0B6E4F")
    out = tmp_path / "charts.zip"

    command = ["report", "--team", "Credit scoring", "--model", "azure"]
    assert cli.main([*command, "--format", "charts", "--out", str(out)]) == 0

    with ZipFile(out) as file:
        assert b"#0B6E4F" in file.read("3-categories.svg").upper()
