"""Looks into an .xlsx file before anything reads it: it is a zip of XML parts.

Sizes are taken from the directory first and then counted while unpacking, since a
directory may lie.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from maturity.exchange.lines import LARGEST, FileRefusedError

MOST_PARTS = 200
LARGEST_UNPACKED = 5 * 1024 * 1024
CHUNK = 64 * 1024

_DAMAGED = "is damaged or cut off; copy or download it again"
_TOO_MUCH = "unpacks to more than 5 MB, and no questionnaire does; take pictures out"
_NEEDED = ("[Content_Types].xml", "xl/workbook.xml")


def check(name: str, data: bytes) -> None:
    """`FileRefusedError` unless these are the bytes of a harmless .xlsx workbook."""
    if len(data) > LARGEST:
        raise FileRefusedError(name, "is larger than 10 MB, and no questionnaire is")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefusedError(
            name,
            "is an old .xls workbook or has a password; save it as .xlsx without one",
        )
    if not data.startswith(b"PK"):
        raise FileRefusedError(
            name, "is no .xlsx workbook; upload the questionnaire you downloaded"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(name, archive)
            _check_parts(name, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError) as error:
        raise FileRefusedError(name, _DAMAGED) from error
    except (NotImplementedError, RuntimeError) as error:
        reason = "is packed or locked in a way that is not read; save it again as .xlsx"
        raise FileRefusedError(name, reason) from error


def _check_directory(name: str, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > LARGEST_UNPACKED:
        raise FileRefusedError(name, _TOO_MUCH)
    names = {part.filename for part in parts}
    if "mimetype" in names:
        raise FileRefusedError(name, "is an OpenDocument file; save it as .xlsx")
    if not names.issuperset(_NEEDED):
        raise FileRefusedError(name, "is a zip file and no .xlsx workbook")
    lowered = [part.lower() for part in names]
    if any("vbaproject" in part or "macrosheets/" in part for part in lowered):
        raise FileRefusedError(
            name, "holds macros; save it as .xlsx, which has none, and upload that"
        )
    if any("externallinks/" in part for part in lowered):
        raise FileRefusedError(
            name, "refers to other workbooks; remove the links and save it again"
        )


def _check_parts(name: str, archive: zipfile.ZipFile) -> None:
    unpacked = 0
    for part in archive.infolist():
        last = b""
        with archive.open(part) as stream:
            while chunk := stream.read(CHUNK):
                unpacked += len(chunk)
                if unpacked > LARGEST_UNPACKED:
                    raise FileRefusedError(name, _TOO_MUCH)
                # No workbook declares a document type, and only one can hold entities.
                if b"<!doctype" in (last + chunk).lower():
                    raise FileRefusedError(name, f"{part.filename} declares entities")
                last = chunk[-16:]
