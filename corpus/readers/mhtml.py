"""Web pages saved as one file (.mht, .mhtml, Word's "single file web page"): the first HTML part is read."""

from __future__ import annotations

from email import message_from_bytes

from corpus.readers.content import Content, fail
from corpus.readers.html import read_html
from corpus.readers.text import check_size


def read_mhtml(data: bytes, name: str) -> Content:
    """As `read_html`; pictures and styles beside the page are left out."""
    check_size(data)
    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return read_html(payload, name)
    raise fail("no-text", "The web archive has no page in it.", "Open it in a browser, save it as .html and add that.")
