"""The model of docs/adding-a-model.md, to load and to break."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "adding-a-model.md").read_text("utf-8")
HOUSE = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)[0]

CHECKLIST = """\
    category: release
    text: Releases follow a written checklist.
    cites: Rule 3
    practice: delivery.model-release
    at_least: checklist
    gating: true
"""


def swap(old: str, new: str, text: str = HOUSE) -> str:
    assert old in text
    return text.replace(old, new, 1)


def house_with(old: str, new: str) -> str:
    """The example of the guide with its first criterion changed."""
    return swap(CHECKLIST, swap(old, new, CHECKLIST))


def write(folder: Path, text: str, name: str = "house.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path
