"""Reading YAML: files that are damaged, huge or meant to harm get a plain message."""

import pytest
import yaml
from house import HOUSE, ROOT, write

from maturity import document, library
from maturity.document import Unreadable

DATA = sorted((ROOT / "data").glob("*/*.yaml"))

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "\n".join(
    f"{key}: &{key} [{', '.join([f'*{below}'] * 9)}]"
    for below, key in zip("abcdefgh", "bcdefghi", strict=True)
)

UNREADABLE = {
    "nothing": (b"", "is empty; write a model, or a list of practices"),
    "only a comment": (b"# later\n", "is empty; write a model, or a list of practices"),
    "Latin-1": (
        "id: house\nname: Café\n".encode("latin-1"),
        "line 2: is not UTF-8 text; save it as UTF-8",
    ),
    "a program": (
        b"id: \x00\x01",
        "line 1: holds a control character, as programs and pictures do; "
        "write plain text",
    ),
    "more than 10 MB": (
        b"#" * (10 * 1024 * 1024 + 1),
        "is larger than 10 MB; a model file is a few pages of text",
    ),
    "very many values": (
        b"- x\n" * 200_000,
        "holds more than 100,000 values; a model file is a few pages",
    ),
    "brackets without end": (
        b"[" * 100_000,
        "line 1: is nested more than 20 deep; take out brackets or indentation",
    ),
    "lists without end": (
        b"- " * 100_000,
        "line 1: is nested more than 20 deep; take out brackets or indentation",
    ),
    "aliases that multiply": (
        BOMB.encode(),
        "line 2: *a repeats another part of the file, which these files do not do; "
        "write it out, or put the text in quotes",
    ),
    "an alias of itself": (
        b"a: &a [*a]",
        "line 1: *a repeats another part of the file, which these files do not do; "
        "write it out, or put the text in quotes",
    ),
    "a Python object": (
        b"a: !!python/name:os.system x",
        "line 1: tag:yaml.org,2002:python/name:os.system is more than plain text; "
        "take it out",
    ),
    "two documents": (
        b"id: a\n---\nid: b\n",
        "line 2: a second document begins here; take out the line with ---",
    ),
    "a list as a key": (
        b"[a, b]: c",
        "line 1: a key is a single word; take out the brackets",
    ),
    "a tab": (b"a:\n\t- b", "line 2: a tab stands here; indent with spaces"),
    "a colon in a text": (
        b"a: one: two",
        "line 1: a text with a colon in it needs quotes around it",
    ),
    "a text with an at sign": (
        b"a: @home",
        "line 1: a text that begins with @ needs quotes around it",
    ),
    "a text with a star": (
        b"a: *new* things",
        "line 1: a text that begins with * needs quotes around it",
    ),
    "an open quotation mark": (
        b"a: 1\nb: 'one\nc: two\n",
        "line 2: a quotation mark opens here and nothing closes it",
    ),
    "a line that is no key": (
        b"a: 1\nb\nc: 2",
        "line 2: this line is neither a key with a colon nor part of a text",
    ),
    "a line too far in": (
        b"a: 1\n  b: 2",
        "line 2: this line does not go with the one above; give the keys of one item "
        "the same indentation, and each key a colon and a space",
    ),
    "a line too far out": (
        b"a:\n  - b\n c: d",
        "line 3: this line does not go with the ones above; check its indentation, "
        "and whether quotes and brackets that open are closed",
    ),
}


def told(raw: bytes) -> str:
    with pytest.raises(Unreadable) as raised:
        document.parse("x.yaml", raw)
    return raised.value.message("x.yaml").removeprefix("x.yaml, ")


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_file_that_cannot_be_read_is_told_with_line_reason_and_way_out(case):
    raw, message = UNREADABLE[case]

    assert told(raw).removeprefix("x.yaml: ") == message


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.stem)
def test_what_is_read_is_what_the_usual_reader_reads(path):
    assert document.read(path).data == yaml.safe_load(path.read_text("utf-8"))


def test_a_text_may_begin_with_a_byte_order_mark_and_end_lines_as_windows_does():
    raw = ("\ufeff" + HOUSE).replace("\n", "\r\n").encode()

    assert document.parse("x.yaml", raw).data == yaml.safe_load(HOUSE)


def test_keys_are_words_even_where_yaml_sees_more_in_them():
    assert document.parse("x.yaml", b"on: 1\n2: 3").data == {"on": 1, "2": 3}


@pytest.mark.parametrize("value", ["2025-13-45", "9" * 5000, "12:99:99x"])
def test_a_value_that_is_no_date_and_no_number_is_a_text(value):
    assert document.parse("x.yaml", f"a: {value}".encode()).data == {"a": value}


def test_the_first_of_two_equal_keys_counts_and_the_second_is_named():
    read = document.parse("x.yaml", b"a: 1\nb: 2\na: 3")

    assert read.data == {"a": 1, "b": 2}
    assert read.messages(read.problems) == [
        "x.yaml, line 1, a: stands here and again in line 3; take one of them out"
    ]


def test_a_file_full_of_mistakes_gets_a_list_that_can_be_read(tmp_path):
    messages = library.check([write(tmp_path, "- x\n" * 500)])

    assert len(messages) == 51
    assert messages[-1] == "house.yaml: 450 more problems follow"


def test_a_long_value_is_shortened_in_a_message(tmp_path):
    (message,) = (
        message
        for message in library.check(
            [write(tmp_path, HOUSE.replace("- id: care", f"- id: {'a ' * 5000}"))]
        )
        if "is not an id" in message
    )

    assert len(message) < 300
