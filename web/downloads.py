"""
Handing out what people attached: to be saved, never to be shown in place.

Whatever a file is, a browser is told to save it, to believe the type that we found, and to run nothing in it. What
is handed out was read first: it is what the record vouches for, or it is not handed out.
"""

import re
from unicodedata import normalize
from urllib.parse import quote
from uuid import UUID

from flask import Response, request
from werkzeug.wsgi import wrap_file

from engine.execution import attachments
from web.transactions import uow

ALONE = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


def attachment(attachment_id: UUID) -> Response:
    found, file = attachments.opened(uow(), attachment_id)
    response = Response(
        wrap_file(request.environ, file),
        content_type=found.type,
        headers={
            **ALONE,
            "Content-Disposition": disposition(found.name),
            "Content-Length": str(found.size),
        },
        direct_passthrough=True,
    )
    response.call_on_close(file.close)
    return response


def disposition(name: str) -> str:
    """
    Say what a file is to be saved as (RFC 6266), in full for those who read RFC 8187.

    For the others in plain letters, without the characters that some of them take apart.
    """
    letters = normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^\w.,() -]", "_", letters, flags=re.ASCII)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
