"""Reads the messages (*.eml) of a folder with Python's own parser and says what they hold, as JSON, in the order of their names.

    read.py FOLDER
"""

import json
import sys
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import getaddresses
from pathlib import Path


def people(field: str) -> list[dict]:
    # Not through the newer policy, which leaves a space between two encoded words of a name (RFC 2047, 6.2 says none).
    return [{"name": str(make_header(decode_header(name))), "address": address} for name, address in getaddresses([field])]


def reading(raw: bytes) -> dict:
    message = message_from_bytes(raw, policy=policy.default)
    lines = raw.split(b"\r\n")
    defects = [str(d) for part in message.walk() for d in part.defects]
    defects += [str(d) for value in message.values() for d in value.defects]
    bare = message_from_bytes(raw, policy=policy.compat32)
    return {
        "headers": {name.lower(): str(value) for name, value in message.items()},
        "names": [name.lower() for name in message.keys()],
        "to": people(bare["to"]), "from": people(bare["from"]),
        "parts": [
            {"type": part.get_content_type(), "charset": part.get_content_charset(), "format": part.get_param("format"),
             "text": part.get_content().replace("\r\n", "\n")}
            for part in message.iter_parts()
        ],
        "defects": defects, "longest": max(map(len, lines)), "ascii": all(byte < 128 for byte in raw),
        "bare": raw.replace(b"\r\n", b"").count(b"\r") + raw.replace(b"\r\n", b"").count(b"\n"),
    }


paths = sorted(Path(sys.argv[1]).glob("*.eml"))
json.dump([reading(path.read_bytes()) for path in paths], sys.stdout)
