"""Web addresses, e-mails and telephone numbers inside a text. They run left to right in any language."""

import re

# Bounded, and each alternative begins with a fixed word: linear on any input.
ADDRESS = re.compile(
    r"(?<![\w@])(?:https?://(?=[^\s<>\"])|(?P<www>www\.(?=\w)))[^\s<>\"\u2066-\u2069\u202a-\u202e]{1,2000}"
    r"|(?P<mail>(?<![\w.+@-])[A-Za-z0-9][A-Za-z0-9._+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8})",
)
PHONE = re.compile(r"(?<![\w+/:.-])(?:\+|00|\(?0)[\d٠-٩](?:[\d٠-٩]|[ ().-]{1,2}(?=[\d٠-٩(])){5,18}[\d٠-٩](?![\w/-])")

_PUNCTUATION = ".,;:!?'*_~،؛؟»”’…|\u200e\u200f\u061c"


def trimmed(address: str) -> str:
    """The address without the punctuation of the sentence around it; a closing bracket stays if it was opened."""
    while address:
        last = address[-1]
        unopened = last in ")]}" and address.count(last) > address.count({")": "(", "]": "[", "}": "{"}[last])
        if last not in _PUNCTUATION and not unopened:
            return address
        address = address[:-1]
    return ""


def is_address(text: str) -> bool:
    """Is this whole text an address or an e-mail?"""
    found = ADDRESS.fullmatch(text.strip())
    return found is not None or text.strip().startswith(("http://", "https://", "mailto:"))
