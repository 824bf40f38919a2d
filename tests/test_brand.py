"""Your own logo and accent colour: used in every file, refused with the way out."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from pptx import Presentation
from printed import figures_of
from pypdf import PdfReader

from maturity.report import brand, chapters, pdf, slides
from maturity.theme import contrast, palette

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


def test_logo_accent_and_paper_are_on_every_file(duck_store, monkeypatch, tmp_path):
    logo = tmp_path / "logo.png"
    logo.write_bytes(png(300, 30))
    monkeypatch.setenv("MATURITY_LOGO", str(logo))
    monkeypatch.setenv("MATURITY_ACCENT", "#8a1538")
    monkeypatch.setenv("MATURITY_PAPER", "Letter")
    found, look = figures_of(duck_store, categories=3, quarters=2), brand.read()

    for drawn in chapters.report(found, look.colors).drawings.values():
        assert "#8A1538" in drawn
        assert palette("light").token("current") not in drawn
    (page,) = PdfReader(BytesIO(pdf.summary(found, look))).pages
    assert round(page.mediabox.width) == 612
    assert [picture.image.size for picture in page.images] == [(300, 30)]
    for slide in Presentation(BytesIO(slides.deck(found, look))).slides:
        (picture,) = [s for s in slide.shapes if s.shape_type == 13]
        assert picture.image.blob == logo.read_bytes()
        assert round(picture.width / picture.height) == 10
        for shape in slide.shapes:
            if shape.has_chart:
                xml = shape.chart._chartSpace.xml
                assert "8A1538" in xml
                assert palette("light").token("current").lstrip("#") not in xml


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
