"""What the program does with the answers that it is giving when it is asked to end."""

import re
import socket
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from run import Visit
    from server import Server

PAUSE = 1.0  # seconds during which the reader takes nothing


def export(visit: "Visit", server: "Server") -> None:
    """Comes last: a slow reader still gets the whole of its export, then the program ends with 0."""
    with visit.report.test(visit.name("un export en cours s’achève avant l’arrêt")) as problems:
        with socket.socket() as reader:
            # Small parts and a small window: the system cannot keep the whole answer, the program must still send it.
            reader.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            reader.settimeout(30)
            reader.connect(("127.0.0.1", urlsplit(visit.base).port))
            reader.sendall(b"GET /reperage/export.csv?tri=priorite HTTP/1.1\r\nHost: localhost\r\n\r\n")
            received = reader.recv(1024)
            time.sleep(PAUSE)
            server.terminate()
            time.sleep(PAUSE)
            if server.process.poll() is not None:
                problems.append("the program ended while the export was running")
            while part := reader.recv(65536):
                received += part
        head, _, body = received.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if not length or len(body) != int(length[1]):
            problems.append(f"{len(body)} bytes, {length[1].decode() if length else 'an unknown number'} were announced")
        problems += server.stop()
