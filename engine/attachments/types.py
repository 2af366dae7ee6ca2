"""
Which files are taken: those whose name and whose content say the same, out of one list.

The list holds documents, pictures and text. It holds nothing that a browser would run, no archive, and no document
that carries macros. What the sender says of the type is not listened to; what is said to readers is the type of
this list. A file can be two things at once and pass, so it is never given out to be shown in place.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from engine.attachments import names
from engine.errors import Invalid

AT_ONCE = 1024 * 1024
MOST_PARTS = 5_000
LARGEST_DIRECTORY = 1024 * 1024
END_OF_ZIP, LARGE_ZIP = b"PK\x05\x06", b"PK\x06\x07"
LONGEST_END = 65_558 + 20
CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")

Check = Callable[[BinaryIO], bool]


def _begins(*marks: bytes) -> Check:
    def check(file: BinaryIO) -> bool:
        return file.read(16).startswith(marks)

    return check


def _pdf(file: BinaryIO) -> bool:
    return file.read(5) == b"%PDF-" and b"%%EOF" in _last(file, 2_048)


def _webp(file: BinaryIO) -> bool:
    head = file.read(12)
    return head[:4] == b"RIFF" and head[8:] == b"WEBP"


def _heic(file: BinaryIO) -> bool:
    head = file.read(12)
    return head[4:8] == b"ftyp" and head[8:] in {b"heic", b"heix", b"heim", b"heis", b"mif1"}


def _text(file: BinaryIO) -> bool:
    """Text is UTF-8 or one byte a character, without the bytes that no text has."""
    while block := file.read(AT_ONCE):
        if CONTROLS.search(block):
            return False
    return True


def _office(folder: str) -> Check:
    """Office Open XML: its parts stand in a folder of a name of their own; a macro is a part, too."""

    def check(file: BinaryIO) -> bool:
        parts = _parts(file)
        return (
            "[Content_Types].xml" in parts
            and any(each.startswith(f"{folder}/") for each in parts)
            and not any(each.lower().endswith("vbaproject.bin") for each in parts)
        )

    return check


def _open_document(kind: str) -> Check:
    """OpenDocument: the first part says the type, uncompressed, at a place that is laid down."""
    said = f"mimetypeapplication/vnd.oasis.opendocument.{kind}".encode()

    def check(file: BinaryIO) -> bool:
        head = file.read(30 + len(said) + 2)
        parts = _parts(file)
        return (
            head[30:] == said + b"PK"
            and "content.xml" in parts
            and not any(each.startswith(("Basic/", "Scripts/")) for each in parts)
        )

    return check


@dataclass(frozen=True, slots=True)
class Type:
    media_type: str
    looks: Check


OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
TYPES: Mapping[str, Type] = {
    "pdf": Type("application/pdf", _pdf),
    "docx": Type(f"{OFFICE}.wordprocessingml.document", _office("word")),
    "xlsx": Type(f"{OFFICE}.spreadsheetml.sheet", _office("xl")),
    "pptx": Type(f"{OFFICE}.presentationml.presentation", _office("ppt")),
    "odt": Type(f"{OPEN}.text", _open_document("text")),
    "ods": Type(f"{OPEN}.spreadsheet", _open_document("spreadsheet")),
    "odp": Type(f"{OPEN}.presentation", _open_document("presentation")),
    "png": Type("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    "jpg": Type("image/jpeg", _begins(b"\xff\xd8\xff")),
    "jpeg": Type("image/jpeg", _begins(b"\xff\xd8\xff")),
    "gif": Type("image/gif", _begins(b"GIF87a", b"GIF89a")),
    "webp": Type("image/webp", _webp),
    "heic": Type("image/heic", _heic),
    "tif": Type("image/tiff", _begins(b"II*\0", b"MM\0*")),
    "tiff": Type("image/tiff", _begins(b"II*\0", b"MM\0*")),
    "txt": Type("text/plain", _text),
    "csv": Type("text/csv", _text),
    "md": Type("text/markdown", _text),
}
"""By the ending of the name."""


def found(name: str, file: BinaryIO) -> str:
    """
    Return the media type of a file.

    Raises `Invalid` for an ending that is not on the list, and for content that is something else than it says.
    """
    type_ = TYPES.get(names.ending(name))
    if type_ is None:
        raise Invalid(
            "Files of this kind are not taken: '{name}'. These are: {known}.",
            name=name,
            known=", ".join(TYPES),
        )
    file.seek(0)
    if not type_.looks(file):
        raise Invalid("The content of '{name}' is not what its name says.", name=name)
    return type_.media_type


def _parts(file: BinaryIO) -> list[str]:
    """Return the names of what is in an archive; nothing is unpacked, and no long list is read."""
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        return []
    last = _last(file, LONGEST_END)
    before, mark, after = last.rpartition(END_OF_ZIP)
    end = mark + after
    if len(end) < 22 or before[-20:].startswith(LARGE_ZIP):  # what is that long says so elsewhere
        return []
    count, length = int.from_bytes(end[10:12], "little"), int.from_bytes(end[12:16], "little")
    if count > MOST_PARTS or length > LARGEST_DIRECTORY:
        return []
    try:
        with ZipFile(file) as archive:
            return archive.namelist()
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        return []


def _last(file: BinaryIO, length: int) -> bytes:
    size = file.seek(0, 2)
    file.seek(max(0, size - length))
    return file.read(length)
