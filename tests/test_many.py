"""The one page of many teams: the figures of the Portfolio page, always on one page."""

from __future__ import annotations

from io import BytesIO

import pytest
from printed import squeezed
from pypdf import PdfReader

from maturity import asking, cli, group_targets, grouping, portfolios, words
from maturity import portfolio_words as says
from maturity.answer import Answer, State
from maturity.group_targets import Scope
from maturity.portfolio import Movement
from maturity.portfolio_readings import top_figures
from maturity.quarter import Quarter, now
from maturity.report import brand, many, pdf
from maturity.service import Service
from maturity.team import NewAnswer

LAST = Quarter(2026, 3)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("MATURITY_TODAY", "2026-11-24")


def printed(found) -> tuple[PdfReader, str]:
    reader = PdfReader(BytesIO(pdf.many(found, brand.read())))
    return reader, squeezed("".join(page.extract_text() for page in reader.pages))


@pytest.mark.parametrize("model", ["azure", "ml-test-score"])
def test_it_says_what_the_portfolio_says(told, model):
    portfolio = portfolios.read(told, model, LAST)
    found = many.gather(told, model, LAST)

    reader, said = printed(found)

    assert len(reader.pages) == 1
    assert reader.metadata.title.startswith("All teams · ")
    assert squeezed(found.told.verdict.sentence) in said
    for label, (value, _) in top_figures(portfolio).items():
        assert squeezed(f"{label}{value}") in said
    movers = portfolio.of(Movement.UP, Movement.DOWN)
    assert movers
    for row in movers[: many.MOVERS]:
        assert squeezed(f"{row.team.name}{says.moved(row)}") in said
    for one in found.needed[: many.HELPED]:
        assert squeezed(says.missed_by(one, len(portfolio.compared))) in said
    for slide in (found.told.far, found.told.back, found.told.ask):
        assert squeezed(slide.headline) in said
    assert "Demodata" in said


def test_a_group_has_its_own_teams_and_says_what_it_aims_for(told):
    tree = told.store.tree(LAST)
    group = tree.find("Financial services")
    found = many.gather(told, "azure", LAST, group)

    assert {row.team.id for row in found.portfolio.rows} == tree.teams_of(group.id)
    assert found.name == "Financial services"
    _, said = printed(found)
    (aim,) = found.aims
    assert aim.startswith("We aim for Level 4")
    assert squeezed(aim) in said


def many_teams(service: Service, number: int) -> str:
    """A group of teams with long names, each assessed in two quarters."""
    teams = [service.store.add_team(f"{n} {'W' * 50}", by="") for n in range(number)]
    practices = service.library.definition("azure").asked
    for place, team in enumerate(teams):
        for quarter, rank in ((LAST.shift(-1), 0), (LAST, 1 + place % 2)):
            service.store.append(
                [
                    NewAnswer(
                        team=team.id,
                        quarter=str(quarter),
                        practice=practice.id,
                        answer=Answer(State.RUNG, practice.ladder[rank]),
                        author="",
                        at=now(),
                    )
                    for practice in practices
                ]
            )
            service.submit(team.id, "azure", quarter, "", "")
    name = "Group *of* <b> #let " + "x" * 30
    grouping.create(service, name, "", LAST, "")
    found = service.store.tree(LAST).find(name)
    assert found is not None
    grouping.move_teams(service, [t.id for t in teams], found.id, LAST, "")
    return found.id


def test_many_teams_with_long_names_stay_one_page_and_are_counted(service):
    group = many_teams(service, 9)
    group_targets.set_target(
        service, Scope(group), "azure", "", 3, Quarter(2026, 4), ""
    )
    ask = "\n".join(["We ask for very much " * 4] * 4)
    asking.write(service, group, "azure", LAST, ask, "", of_group=True)
    tree = service.store.tree(LAST)

    found = many.gather(service, "azure", LAST, tree.groups[group])
    reader, said = printed(found)

    assert len(reader.pages) == 1
    assert squeezed("Group *of* <b> #let") in said
    data = many.summary(found, brand.read().colors).data
    assert len(data["moved"]["rows"]) == many.MOVERS
    left = words.count(len(found.movers) - many.MOVERS, "more mover")
    assert data["aside"].startswith(left)
    assert "are cut to fit" in data["aside"]
    assert squeezed(data["source"]) in said


def test_without_a_result_there_is_no_page(service):
    service.store.add_team("Search", by="")

    assert many.gather(service, "azure", LAST) is None


def test_the_command_writes_the_page_of_all_or_of_a_group(service, tmp_path, capsys):
    many_teams(service, 1)
    service.store.close()
    out = tmp_path / "page.pdf"
    base = ["report", "--model", "azure", "--out", str(out)]

    assert cli.main([*base, "--group", "", "--format", "pptx"]) == 2
    assert "A group has one page, as PDF" in capsys.readouterr().err
    assert cli.main([*base, "--group", "Nobody", "--format", "pdf"]) == 2
    assert "There was no group 'Nobody' in 2026-Q3." in capsys.readouterr().err
    assert not out.exists()
    assert cli.main([*base, "--group", "", "--format", "pdf"]) == 0
    assert "All teams" in PdfReader(out).pages[0].extract_text()
