#!/usr/bin/env python3
"""What strangers would try, on the real program over both databases, with the demonstration loaded.

    .venv/bin/python Tests/security/run.py --program .build-debug/debug/marchepied [--engine sqlite] [--examples 200]

The interface for programs: schemathesis reads its description and sends what it declares, and what it does not, with a
key and without; every answer must be as described. Injections: sqlmap tries every parameter of lists, calculators, forms
and the interface. One test a tool and a target.
"""

import argparse
import datetime
import http.cookiejar
import json
import re
import subprocess
import sys
import urllib.parse
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "browser"))
from report import Report  # noqa: E402
from server import ROOT, Server  # noqa: E402

TOOLS = ROOT / ".venv/bin"
# Each with a value for every parameter; sqlmap tries them one after the other.
ADDRESSES = [
    "/reperage?type=marche&departement=77&acheteur=melun&famille=45&montant_min=1000&montant_max=9000000&de=2026-01&a=2030-01"
    "&consideration=declaree&critere=duree&texte=nettoyage&tri=fin&place=apres.1.1",
    "/structures?sorte=EI&departement=77&famille=cleaning&pres=Melun&rayon=30&texte=atelier&page=1",
    "/territoires/77*",
    "/reperage/marches/1*",
    "/structures/1*",
    "/calculettes/heures?segment=cleaning&montant=600000&duree=36&reprise=300&taux=20&voulu=500",
    "/api/v1/contracts?kind=contract&departement=77&buyer=melun&cpv=45&amountFrom=1&amountTo=900000000&from=2026-01&to=2030-01"
    "&consideration=declared&criteria=duration&text=nettoyage&order=end&cursor=apres.1.1",
    "/api/v1/structures?kind=EI&departement=77&text=atelier&near=Melun&kilometres=30&page=0",
]
SIGNED_IN = [
    "/organisations?nom=ville&sorte=buyer&etat=active&page=1",
    "/organisations/{organisation}*",
    "/journal?avant={organisation}",
]
WITH_KEY = ["/api/v1/organisations?text=ville&state=active&page=0", "/api/v1/organisations/{organisation}*"]
FORMS = [
    ("/compte/identite", "prenom=Ana&nom=Bel"),
    ("/organisations/{organisation}/territoires", "genre=departement&code=77&debut=21%2F11%2F2026"),
    ("/organisations/{organisation}/cles-fin", "cle={organisation}"),
]
SECONDS = 900  # the longest that one target may take


def patient(command: list) -> subprocess.CompletedProcess:
    """Runs a command, once more where it hangs: sqlmap now and then waits for itself."""
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)


class Browser:
    """Just enough of a browser to enter the demonstration and make a key."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def text(self, path: str, fields: dict[str, str] | None = None) -> str:
        body = urllib.parse.urlencode(fields).encode() if fields else None
        with self.opener.open(self.base + path, body, timeout=30) as answer:
            self.address = answer.geturl()
            return answer.read().decode()

    def mark(self, page: str) -> str:
        return re.search(r'name="jeton" value="([^"]+)"', page)[1]

    def enter(self) -> str:
        """Goes in as whoever administers a facilitation body; gives the identifier of the body."""
        page = self.text("/connexion")
        doors = re.findall(r'<button[^>]*name="(\w+)" value="([^"]+)"[^>]*>(.*?)</button>', page, re.S)
        name, value, _ = next(d for d in doors if "facilitateur" in d[2] and "administre" in d[2] and "(" not in d[2])
        self.text("/demonstration/entrer", {"jeton": self.mark(page), name: value})
        own = re.search(r'href="/organisations/([0-9a-f-]{36})', self.text("/compte") + self.text("/organisations?sorte=facilitationBody"))
        return own[1] if own else ""

    def key(self, organisation: str) -> str:
        path = f"/organisations/{organisation}/cles"
        form = {"jeton": self.mark(self.text(path)), "nom": "Essai", "duree": "30"}
        body = urllib.parse.urlencode(list(form.items()) + [("permission", p) for p in ("organisations", "members")]).encode()
        with self.opener.open(self.base + path, body, timeout=30) as answer:
            return re.search(r"marchepied_[A-Za-z0-9_-]+", answer.read().decode())[0]

    def form_mark(self) -> str:
        return self.mark(self.text("/compte"))

    def cookies(self) -> str:
        return "; ".join(f"{c.name}={c.value}" for c in self.jar)


class Trial:
    def __init__(self, server: Server, base: str, engine: str, report: Report, arguments: argparse.Namespace) -> None:
        self.server, self.base, self.engine, self.report, self.arguments = server, base, engine, report, arguments
        self.said: list[str] = []

    def run(self) -> None:
        browser = Browser(self.base)
        organisation = browser.enter()
        key = browser.key(organisation)
        self.described("without key", None)
        self.described("with a key", key)
        for address in ADDRESSES:
            self.injections(address, [])
        for address in SIGNED_IN:
            self.injections(address.format(organisation=organisation), ["--cookie", browser.cookies()])
        for address in WITH_KEY:
            self.injections(address.format(organisation=organisation), ["--headers", f"Authorization: Bearer {key}"])
        for address, fields in FORMS:
            # The mark of a session serves as long as it: only what people type is tried.
            data = fields.format(organisation=organisation) + "&jeton=" + urllib.parse.quote(browser.form_mark())
            self.injections(
                address.format(organisation=organisation), ["--cookie", browser.cookies(), "--data", data, "--skip", "jeton"])
        with self.report.test(f"{self.engine}: nothing failed on our side") as problems:
            log = (self.server.folder / "serve.log").read_text(errors="replace")
            problems += [line for line in log.splitlines() if "request failed" in line or "Fatal" in line][:20]

    def log(self, name: str, text: str) -> Path:
        path = self.arguments.log / f"{self.engine}-{re.sub(r'[^a-z0-9]+', '-', name.lower()).strip('-')[:60]}.log"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def described(self, how: str, key: str | None) -> None:
        name = f"{self.engine}: the interface answers as it is described, {how}"
        with self.report.test(name) as problems:
            command = [
                TOOLS / "schemathesis", "--config-file", ROOT / "Tests/security/schemathesis.toml", "run",
                f"{self.base}/api/v1/openapi.json", "--url", self.base, "--max-examples", str(self.arguments.examples),
                "--phases", "examples,coverage,fuzzing", "--seed", "2026", "--no-color", "--continue-on-failure",
            ]
            command += ["--header", f"Authorization: Bearer {key}"] if key else ["--exclude-path-regex", "/(key|organisations)"]
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=SECONDS, cwd=self.server.folder)
            text = (done.stdout + done.stderr).replace(key or "\0", "…")
            path = self.log(f"schemathesis {how}", text)
            tested = re.findall(r"(\d+) generated", text)
            self.said.append(f"{name}: {tested[-1] if tested else '?'} cases, exit code {done.returncode}")
            if done.returncode != 0 or not tested:
                problems.append(f"exit code {done.returncode}: {path}")

    def injections(self, address: str, more: list[str]) -> None:
        name = f"{self.engine}: no injection at {re.sub(r'[0-9a-f]{8}-[0-9a-f-]{27}', 'ID', address.split('?')[0])}"
        with self.report.test(name) as problems:
            kind = {"sqlite": "SQLite", "postgres": "PostgreSQL"}[self.engine]
            done = patient(
                [TOOLS / "sqlmap", "-u", self.base + address, "--batch", "--flush-session", "--level", str(self.arguments.level),
                 "--risk", "2", "--technique", "BEUS", "--dbms", kind, "--disable-coloring", "--ignore-code", "*",
                 "--output-dir", str(self.server.folder / "sqlmap"), *more])
            path = self.log(f"sqlmap {address}", done.stdout + done.stderr)
            clean = "all tested parameters do not appear to be injectable" in done.stdout
            asked = re.findall(r"does not seem to be injectable", done.stdout)
            self.said.append(f"{name}: {len(asked)} parameters")
            if not clean or not asked:
                problems.append(f"injectable, or not tried: {path}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--engine", action="append", choices=["sqlite", "postgres"])
    parser.add_argument("--examples", type=int, default=200)
    parser.add_argument("--level", type=int, default=2)
    parser.add_argument("--results", type=Path)
    parser.add_argument("--log", type=Path, default=ROOT / "var/security")
    parser.add_argument("--proof", type=Path)
    arguments = parser.parse_args()
    report = Report("security")
    said: list[str] = []
    for engine in arguments.engine or ["sqlite", "postgres"]:
        server = Server(arguments.program, engine)
        server.more = {"MARCHEPIED_HTTP_RATE": "0"}
        with server as base:
            trial = Trial(server, base, engine, report, arguments)
            with report.test(f"{engine}: the trial ran to its end"):
                trial.run()
            said += trial.said
        report.record(f"{engine}: the program stayed up and ended when asked", server.problems)
    if arguments.results:
        report.write(arguments.results)
    if arguments.proof:
        counts = report.counts
        head = f"date: {datetime.date.today()}\nexamples: {arguments.examples}\nlevel: {arguments.level}\n"
        tail = f"{counts['passed']} passed, {counts['failed']} failed\n"
        arguments.proof.write_text(head + "\n" + "\n".join(said) + "\n\n" + tail, encoding="utf-8")
    print(json.dumps(report.counts))
    return 1 if report.counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
