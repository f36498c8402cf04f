"""A mail server for the tests: says its port on standard output, keeps what it takes in a folder, ends with its standard input.

    server.py FOLDER [--user NAME --password WORD] [--certificate FILE --key FILE [--smtps]] [--mute]

The recipient decides: « plus-tard@ » is put off (451), « inconnu@ » is refused (550), « contenu@ » is refused after its text (554);
a sender « interdit@ » is refused too.
"""

import argparse
import asyncio
import json
import ssl
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Keeper:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0

    async def handle_MAIL(self, server, session, envelope, address, options):
        if address.startswith("interdit@"):
            return "550 5.7.1 sender not allowed"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("plus-tard@"):
            return f"451 4.3.0 <{address}> try again later"
        if address.startswith("inconnu@"):
            return f"550 5.1.1 <{address}> no such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if envelope.rcpt_tos[0].startswith("contenu@"):
            return "554 5.6.0 message refused"
        self.count += 1
        name = f"{self.count:03}"
        (self.folder / f"{name}.eml").write_bytes(envelope.original_content)
        is_encrypted = server.transport.get_extra_info("sslcontext") is not None
        facts = {
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": is_encrypted,
            "user": session.auth_data.login.decode() if session.authenticated else None, "hello": session.host_name,
        }
        (self.folder / f"{name}.json").write_text(json.dumps(facts))
        return f"250 2.0.0 kept as {name}"


async def mute(reader, writer) -> None:
    await reader.read()


async def main(arguments: argparse.Namespace) -> None:
    context = None
    if arguments.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(arguments.certificate, arguments.key)

    def allowed(server, session, envelope, mechanism, data):
        right = isinstance(data, LoginPassword) and data == LoginPassword(
            arguments.user.encode(), arguments.password.encode())
        return AuthResult(success=right, handled=False, auth_data=data)

    keeper = Keeper(Path(arguments.folder))

    def session():
        return SMTP(
            keeper, hostname="essai.invalid", tls_context=None if arguments.smtps else context,
            require_starttls=context is not None and not arguments.smtps, auth_required=bool(arguments.user),
            auth_require_tls=False, authenticator=allowed if arguments.user else None)

    if arguments.mute:
        server = await asyncio.start_server(mute, "127.0.0.1", 0)
    else:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(session, "127.0.0.1", 0, ssl=context if arguments.smtps else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    for option in ("--user", "--password", "--certificate", "--key"):
        parser.add_argument(option)
    parser.add_argument("--smtps", action="store_true")
    parser.add_argument("--mute", action="store_true")
    asyncio.run(main(parser.parse_args()))
