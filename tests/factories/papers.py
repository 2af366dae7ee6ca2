"""Files that people attach, each as small as it can be and still be what it says; and ways to send one."""

import io
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from urllib3.filepost import encode_multipart_formdata

from tests.factories.callers import Answer, Caller

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 24
BOUNDARY = "r-u-t-i-n"


def archive(parts: Mapping[str, bytes], *, plain: bool = False) -> bytes:
    file = io.BytesIO()
    kind = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(file, "w", kind) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def office(folder: str, **more: bytes) -> bytes:
    return archive({"[Content_Types].xml": b"<Types/>", f"{folder}/a.xml": b"<a/>", **more})


def open_document(kind: str, **more: bytes) -> bytes:
    said = f"application/vnd.oasis.opendocument.{kind}".encode()
    return archive({"mimetype": said, "content.xml": b"<a/>", **more}, plain=True)


GOOD = {
    "a.pdf": (PDF, "application/pdf"),
    "a.PNG": (PNG, "image/png"),
    "a.jpg": (b"\xff\xd8\xff\xe0" + b"\0" * 8, "image/jpeg"),
    "a.jpeg": (b"\xff\xd8\xff\xe1" + b"\0" * 8, "image/jpeg"),
    "a.gif": (b"GIF89a" + b"\0" * 8, "image/gif"),
    "a.webp": (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
    "a.heic": (b"\0\0\0\x18ftypheic\0\0\0\0", "image/heic"),
    "a.tif": (b"II*\0" + b"\0" * 8, "image/tiff"),
    "a.tiff": (b"MM\0*" + b"\0" * 8, "image/tiff"),
    "a.txt": ("Räksmörgås\r\n\tslut".encode(), "text/plain"),
    "latin.txt": ("Räksmörgås".encode("latin-1"), "text/plain"),
    "a.csv": (b"a;b\r\n1;2\r\n", "text/csv"),
    "a.md": (b"# Rubrik\n", "text/markdown"),
    "a.docx": (
        office("word"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "a.xlsx": (office("xl"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "a.pptx": (
        office("ppt"),
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    "a.odt": (open_document("text"), "application/vnd.oasis.opendocument.text"),
    "a.ods": (open_document("spreadsheet"), "application/vnd.oasis.opendocument.spreadsheet"),
    "a.odp": (open_document("presentation"), "application/vnd.oasis.opendocument.presentation"),
}
LONG_ARCHIVE = office("word", **{f"word/{each}": b"" for each in range(5_000)})


def _belittled(archive: bytes) -> bytes:
    """Let the end of an archive say that there is little in it, and a longer one before it the truth."""
    at = archive.rindex(b"PK\x05\x06")
    count, length, begins = struct.unpack("<HII", archive[at + 10 : at + 20])
    longer = struct.pack(
        "<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, length, begins
    )
    where = struct.pack("<4sIQI", b"PK\x06\x07", 0, at, 1)
    return (
        archive[:at]
        + longer
        + where
        + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, 46, begins, 0)
    )


BAD = {
    "a page": ("a.html", b"<!doctype html><script>alert(1)</script>"),
    "a page called a text, which is not": ("a.txt.html", b"text"),
    "a drawing with scripts": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "a script": ("a.js", b"alert(1)"),
    "a program": ("a.exe", b"MZ"),
    "a program called a document by its direction": ("faktura\u202efdp.exe", b"MZ"),
    "a program called a document": ("a.pdf", b"MZ\x90\0"),
    "a page called a document": ("a.pdf", b"<html>%PDF-1.4 %%EOF"),
    "a page called a picture": ("a.png", b"<html>"),
    "half a document": ("a.pdf", b"%PDF-1.4\n"),
    "a picture called a text": ("a.txt", PNG),
    "NUL in a text": ("a.csv", b"a\0b"),
    "an archive": ("a.zip", archive({"a": b"a"})),
    "an archive called a document": ("a.docx", archive({"a": b"a"})),
    "a table called a document": ("a.docx", office("xl")),
    "a document called a table": ("a.ods", open_document("text")),
    "a document with macros": ("a.docx", office("word", **{"word/vbaProject.bin": b"x"})),
    "a document with macros whose name says so": ("a.docm", office("word")),
    "an open document with macros": (
        "a.odt",
        open_document("text", **{"Basic/script-lc.xml": b""}),
    ),
    "an archive that is cut off": ("a.docx", office("word")[:-30]),
    "an archive with too much in it": ("a.docx", LONG_ARCHIVE),
    "an archive with too much in it that says little": ("a.docx", _belittled(LONG_ARCHIVE)),
    "an archive behind something else": ("a.docx", b"<html>" + office("word")),
    "a directory that is not there": (
        "a.docx",
        b"PK\x03\x04" + b"\0" * 30 + b"PK\x05\x06" + b"\xff" * 18,
    ),
    "an old document": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    "no ending": ("a", b"text"),
    "only an ending": (".txt", b"\0"),
    "nothing": ("a.txt", b""),
    "no name": ("", b"text"),
    "a name that nobody sees": ("\u200b\u202e", b"text"),
    "a name of a way": ("../..", b"text"),
}


def raw(name: str, content: bytes, *, said: str = "text/plain", part: str = "file") -> bytes:
    """Write a body by hand, with a name that careful clients would not send."""
    head = (
        f'Content-Disposition: form-data; name="{part}"; filename="{name}"\r\nContent-Type: {said}'
    )
    return (
        f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    )


def send(caller: Caller, name: str, content: bytes, *, said: str = "text/plain") -> Answer:
    body, content_type = encode_multipart_formdata([("file", (name, content, said))])
    return caller.send("POST", "/attachments", body=body, content_type=content_type)


def uploaded(caller: Caller, name: str = "a.pdf", content: bytes = PDF) -> dict[str, Any]:
    answer = send(caller, name, content)
    assert answer.status == 201, answer.text
    told: dict[str, Any] = answer.json
    return told


def tie(
    caller: Caller,
    file: Mapping[str, Any],
    case: Mapping[str, Any] | None = None,
    task: Mapping[str, Any] | None = None,
) -> Answer:
    place = f"/user-tasks/{task['id']}" if task else f"/process-instances/{(case or {})['id']}"
    return caller.put(f"{place}/attachments/{file['id']}")


def content(caller: Caller, file: Mapping[str, Any]) -> Answer:
    return caller.get(f"/attachments/{file['id']}/content")


def stored(folder: Path) -> list[str]:
    """Give every file of the store but its lock."""
    return sorted(
        each.name for each in folder.rglob("*") if each.is_file() and each.name != "lock"
    )
