"""Your own logo and accent colour: used in every file, refused with the way out."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation
from printed import figures_of
from pypdf import PdfReader

from maturity.quarter import Quarter
from maturity.report import brand, many, pdf, slides, workbook, writers
from maturity.theme import contrast, mixed, palette

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
    '<rect width="40" height="20" fill="#8A1538"/></svg>'
)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("MATURITY_TODAY", "2026-11-24")
    for name in ("MATURITY_LOGO", "MATURITY_ACCENT", "MATURITY_PAPER"):
        monkeypatch.delenv(name, raising=False)


def png(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), "#8A1538").save(out, "PNG")
    return out.getvalue()


def test_without_settings_the_theme_and_a4_hold():
    found = brand.read()

    assert found == brand.Brand(None, palette("light"), "a4")


ACCENT = "#8A1538"


@pytest.fixture
def branded(monkeypatch, tmp_path):
    """A look of one's own: a wide logo, a red and the American paper."""
    logo = tmp_path / "logo.png"
    logo.write_bytes(png(300, 30))
    monkeypatch.setenv("MATURITY_LOGO", str(logo))
    monkeypatch.setenv("MATURITY_ACCENT", "#8a1538")
    monkeypatch.setenv("MATURITY_PAPER", "Letter")
    return brand.read()


def colors_of(page):
    """The colours of a printed page, which a PDF file writes as three parts of one."""
    drawn = page.get_contents().get_data().decode("latin-1")
    parts = re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) (?:scn|SCN)", drawn)
    return {"#" + "".join(f"{round(float(p) * 255):02X}" for p in one) for one in parts}


def on_paper(data):
    pages = PdfReader(BytesIO(data)).pages
    assert [picture.image.size for picture in pages[0].images] == [(300, 30)]
    for page in pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (612, 792)
    found = set().union(*map(colors_of, pages))
    assert ACCENT in found
    assert palette("light").token("current") not in found


def on_slides(data):
    for slide in Presentation(BytesIO(data)).slides:
        (picture,) = [s for s in slide.shapes if s.shape_type == 13]
        assert picture.image.blob == png(300, 30)
        assert round(picture.width / picture.height) == 10
        for shape in slide.shapes:
            if shape.has_chart:
                assert_colored(shape.chart._chartSpace.xml)


def on_the_web_page(data):
    text = data.decode()
    assert f"--current:{ACCENT};" in text
    assert f"--possible:{mixed(ACCENT, '#FFFFFF', 0.45)};" in text
    assert 'alt="Logo"' in text
    assert palette("light").token("current") not in text


def in_the_workbook(data):
    book = load_workbook(BytesIO(data))
    assert {page.page_setup.paperSize for page in book.worksheets} == {1}
    assert book["Summary"]["A1"].font.color.rgb == "FF8A1538"
    (picture,) = book["Summary"]._images
    assert picture._data() == png(300, 30)
    for page in book.worksheets[1:]:
        assert {cell.fill.fgColor.rgb for cell in page[1]} == {"FFF1E3E7"}
    with ZipFile(BytesIO(data)) as file:
        charts = [name for name in file.namelist() if "/charts/chart" in name]
        assert len(charts) == 3
        for name in charts:
            assert_colored(file.read(name).decode())


def in_pictures(data):
    with ZipFile(BytesIO(data)) as file:
        drawn = [file.read(n).decode() for n in file.namelist() if n.endswith("svg")]
    # The two quarters side by side are drawn in the colours of up and down.
    assert sum(ACCENT in one for one in drawn) == len(drawn) - 1
    for one in drawn:
        assert palette("light").token("current") not in one


def assert_colored(xml):
    assert ACCENT.lstrip("#") in xml
    assert palette("light").token("current").lstrip("#") not in xml


CHECKED = {
    "one-page": on_paper,
    "pdf": on_paper,
    "pptx": on_slides,
    "html": on_the_web_page,
    "xlsx": in_the_workbook,
    "charts": in_pictures,
}


@pytest.mark.parametrize("format", writers.WRITERS)
def test_logo_accent_and_paper_are_on_every_file(duck_store, branded, format):
    found = figures_of(duck_store, categories=3, quarters=2, unknown=True)

    CHECKED[format](writers.WRITERS[format](found, branded))


def test_logo_accent_and_paper_are_on_the_page_of_many_teams(told, branded):
    found = many.gather(told, "azure", Quarter(2026, 3))

    on_paper(pdf.many(found, branded))


DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


@pytest.mark.parametrize(("across", "down"), [(3000, 60), (300, 30), (20, 20), (9, 90)])
def test_the_logo_of_a_workbook_keeps_its_proportion_and_stays_in_its_row(
    duck_store, branded, across, down
):
    found = figures_of(duck_store, categories=3, quarters=1)
    data = workbook.workbook(found, of_size(branded, across, down))

    with ZipFile(BytesIO(data)) as file:
        drawing = ElementTree.fromstring(file.read("xl/drawings/drawing1.xml"))
    (anchor,) = [a for a in drawing if a.find(f"{DRAWING}pic") is not None]
    place, size = anchor.find(f"{DRAWING}from"), anchor.find(f"{DRAWING}ext")
    wide, high = (int(size.get(side)) / 12_700 for side in ("cx", "cy"))
    above = int(place.findtext(f"{DRAWING}rowOff")) / 12_700
    page = load_workbook(BytesIO(data))["Summary"]

    assert wide / high == pytest.approx(across / down, rel=0.001)
    assert wide == pytest.approx(216) or high == pytest.approx(36)
    assert (wide, high) <= (216.01, 36.01)
    assert place.findtext(f"{DRAWING}row") == "0"
    assert above >= 4
    assert above + high + 4 <= page.row_dimensions[1].height + 0.01
    assert str(page.merged_cells) == "A1:B1"
    assert place.findtext(f"{DRAWING}col") == "3"
    about = anchor.find(f"{DRAWING}pic/{DRAWING}nvPicPr/{DRAWING}cNvPr")
    assert about.get("descr") == "Logo"


def of_size(look, across, down):
    return replace(look, logo=replace(look.logo, data=png(across, down)))


def test_a_drawn_logo_is_on_slides_too(duck_store, monkeypatch, tmp_path):
    logo = tmp_path / "logo.svg"
    logo.write_text(SVG)
    monkeypatch.setenv("MATURITY_LOGO", str(logo))
    look = brand.read()

    deck = slides.deck(figures_of(duck_store, categories=2, quarters=1), look)

    slide = Presentation(BytesIO(deck)).slides[0]
    (picture,) = [s for s in slide.shapes if s.shape_type == 13]
    assert picture.image.content_type == "image/png"
    assert round(picture.width / picture.height, 2) == 2


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("none.png", None, "there is no such file. Correct the path"),
        ("logo.gif", b"GIF89a", "neither a PNG nor an SVG picture"),
        ("broken.png", png(5, 5)[:40], "begins as a PNG picture and is broken"),
        ("big.png", png(5, 5) + b"\0" * brand.LARGEST, "larger than 2 MB"),
        ("wide.png", png(4001, 1), "is 4001 by 1 pixels"),
        ("page.svg", b"<html/>", "neither a PNG nor an SVG picture"),
        ("cut.svg", SVG.encode()[:-6], "neither a PNG nor an SVG picture"),
        (
            "bomb.svg",
            b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + SVG.encode(),
            "neither a PNG nor an SVG picture",
        ),
    ],
)
def test_a_logo_that_cannot_be_used_is_refused(monkeypatch, tmp_path, name, data, said):
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    monkeypatch.setenv("MATURITY_LOGO", str(path))

    with pytest.raises(brand.BrandError) as refused:
        brand.read()

    assert str(refused.value).startswith(f"MATURITY_LOGO names {path}")
    assert said in str(refused.value)


@pytest.mark.parametrize("wrong", ["blue", "#FFF", "#12345G", "3B52C4"])
def test_an_accent_is_six_digits_after_a_hash(monkeypatch, wrong):
    monkeypatch.setenv("MATURITY_ACCENT", wrong)

    with pytest.raises(brand.BrandError, match="a hash and six digits from 0 to F"):
        brand.read()


@pytest.mark.parametrize("pale", ["#FFCC00", "#777777", "#FFFFFF", "#00AEEF"])
def test_an_accent_too_pale_to_read_is_refused_with_a_darker_one(monkeypatch, pale):
    monkeypatch.setenv("MATURITY_ACCENT", pale)

    with pytest.raises(brand.BrandError) as refused:
        brand.read()

    assert "too pale to read on white" in str(refused.value)
    better = str(refused.value).split("such as ")[1].rstrip(".")
    assert contrast(better, "#FFFFFF") >= 4.5
    monkeypatch.setenv("MATURITY_ACCENT", better)
    assert brand.read().colors.token("current") == better


def test_an_unknown_paper_is_refused(monkeypatch):
    monkeypatch.setenv("MATURITY_PAPER", "a3")

    with pytest.raises(brand.BrandError, match="write a4 or letter"):
        brand.read()
