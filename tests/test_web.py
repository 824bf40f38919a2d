"""The report as one HTML file, read as a browser parses it: the screen's figures."""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from printed import HOSTILE, ONE_WORD, OTHER_SCRIPTS, figures_in, figures_of

from maturity import cli, library, reasons, words
from maturity.charts.quarters import labelled
from maturity.report import brand, web

TODAY = "2026-11-24"
LIBRARY = library.load()


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("MATURITY_TODAY", TODAY)


class Page(HTMLParser):
    """What a page holds: its tags with their attributes, its text, its scripts."""

    def __init__(self, data: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.said: list[str] = []
        self.scripts: list[tuple[dict[str, str], str]] = []
        self._inside = ""
        self.feed(data.decode())
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag):
        self._inside = ""

    def handle_data(self, data):
        if self._inside == "script":
            self.scripts.append((self.tags[-1][1], data))
        elif self._inside != "style":
            self.said.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(f" {said}" for said in self.said).split())

    def named(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def opened(found) -> Page:
    return Page(web.page(found, brand.read()))


@pytest.mark.parametrize("model", LIBRARY.models)
def test_every_figure_and_sentence_is_the_screens(told, model):
    found = figures_in(told, model)
    reading = found.reading

    said = opened(found).text

    assert found.told.verdict.sentence in said
    for slide in found.told.slides:
        assert slide.headline in said
    for category in reading.definition.model.informative:
        assert reasons.informative_category(reading.result, category.id) in said
    for category in reading.definition.model.deciding:
        score = reading.result.categories[category.id]
        row = f"{category.name} {words.level(score)} {words.tenths(score)}"
        assert row in said
    for quarter in found.quarters:
        level, proven = quarter.now.level, labelled(quarter)["proven"]
        assert f"{quarter.quarter.label} {level} {proven} {quarter.now.score}" in said
    for judged in reading.result.judged:
        practice = reading.definition.practices[judged.criterion.practice]
        assert judged.criterion.text in said
        assert reading.answer_text(practice) in said
    for note in found.notes:
        assert note in said


def test_every_chart_can_be_drawn_anew_and_is_there_without_a_script(told):
    found = figures_in(told, "azure")
    page = opened(found)

    blocks = [
        json.loads(text)
        for attributes, text in page.scripts
        if attributes.get("type") == "application/json"
    ]

    assert len(blocks) == len(page.named("figure")) == 3
    for block, picture in zip(blocks, page.named("img"), strict=True):
        assert block["spec"]["width"] == "container"
        assert block["light"]["range"] != block["dark"]["range"]
        assert picture["alt"]
        drawn = b64decode(picture["src"].removeprefix("data:image/svg+xml;base64,"))
        assert drawn.startswith(b"<svg")


def test_nothing_is_fetched_and_one_script_runs(told):
    page = opened(figures_in(told, "azure"))

    (policy,) = [
        meta["content"]
        for meta in page.named("meta")
        if meta.get("http-equiv") == "Content-Security-Policy"
    ]
    (script,) = [text for attributes, text in page.scripts if not attributes]
    known = b64encode(sha256(script.encode()).digest()).decode()

    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == f"'sha256-{known}'"
    assert "http" not in policy
    assert not page.named("link")
    for tag, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on")]
        if "src" in attributes:
            assert attributes["src"].startswith("data:")
        if tag == "a":
            assert attributes["href"].startswith(("#", "https://"))


@pytest.mark.parametrize("name", [HOSTILE, ONE_WORD, OTHER_SCRIPTS, "</script><b>"])
def test_text_from_people_is_text(duck_store, name):
    ask = f"{name}\n<img src=x onerror=alert(1)> & \"quoted\" 'too'"
    found = figures_of(duck_store, name=name, quarters=2, ask=ask, unknown=True)

    page = opened(found)

    told = " ".join(name.split())
    assert told in page.text
    assert "<img src=x onerror=alert(1)> & \"quoted\" 'too'" in page.text
    assert not page.named("b")
    assert all(image["src"].startswith("data:") for image in page.named("img"))
    assert len([1 for attributes, _ in page.scripts if not attributes]) == 1


def test_a_long_word_does_not_widen_a_table(duck_store):
    page = web.page(figures_of(duck_store, name=ONE_WORD, quarters=2), brand.read())

    assert f"<td>{ONE_WORD[:24]}" not in page.decode()
    assert f"<td>{'<wbr>'.join(ONE_WORD)}</td>" in page.decode()


def test_a_link_that_is_no_web_address_is_no_link(duck_store):
    found = figures_of(duck_store, categories=2, quarters=1)
    model = found.reading.definition.model
    source = model.source.model_copy(update={"url": "javascript:alert(1)"})
    object.__setattr__(model, "source", source)

    page = opened(found)

    assert "javascript:alert(1)" in page.text
    links = [link["href"] for link in page.named("a")]
    assert all(re.match("#part", link) for link in links)


def test_the_page_carries_your_own_logo_and_accent(duck_store, monkeypatch, tmp_path):
    logo = tmp_path / "logo.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    monkeypatch.setenv("MATURITY_LOGO", str(logo))
    monkeypatch.setenv("MATURITY_ACCENT", "#0B6E4F")
    data = web.page(figures_of(duck_store, quarters=1), brand.read())

    (first, *_) = Page(data).named("img")

    assert b64decode(first["src"].split(",")[1]) == logo.read_bytes()
    light, dark = data.decode().split("prefers-color-scheme:dark", 1)
    assert "--current:#0B6E4F" in light
    assert "--current:#0B6E4F" not in dark


def test_the_command_writes_the_page(told, monkeypatch, tmp_path):
    monkeypatch.setenv("MATURITY_DATABASE", told.store.database.shown)
    out = tmp_path / "report.html"

    command = ["report", "--team", "Credit scoring", "--model", "azure"]
    assert cli.main([*command, "--format", "html", "--out", str(out)]) == 0

    assert out.read_text("utf-8").startswith("<!doctype html>")
