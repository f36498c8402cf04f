#!/usr/bin/env python3
"""The pages in a real browser, over both databases.

    .venv/bin/python Tests/browser/run.py --program .build-debug/debug/marchepied [--engine sqlite] [--results FOLDER]
    .venv/bin/python Tests/browser/run.py --base http://127.0.0.1:8080      visits a server that runs already

Every page that links lead to from the home page is opened (a few of each kind), wide, as a phone and at 320 px, in
light and in dark, with and without scripts; one test a page and engine, then tests of exports, errors and HTML validity.
Then the pages of an empty base, and of real award data where MARCHEPIED_DATA names a folder (`--visit` keeps one base).
Screenshots for people to look at: var/screenshots/.
"""

import argparse
import csv
import io
import re
import shutil
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

import access
import bases
import checks
import ending
import privacy
from browser import Watch, chromium
from report import Report
from server import ROOT, Server
from validity import validate

WIDE, PHONE, NARROW = (1280, 900), (375, 812), (320, 640)
SAMPLES = 2  # pages opened of each kind
PAGES = 52  # pages opened in all
# Pages that the home page must lead to; the demonstration fills the two départements.
EXPECTED = ["/", "/reperage", "/reperage/marches/{}", "/territoires", "/territoires/{}", "/structures", "/structures/{}", "/imports",
            "/calculettes", "/calculettes/obligation", "/calculettes/heures", "/calculettes/eligibilite", "/calculettes/echeances",
            "/calculettes/penalite", "/donnees-personnelles", "/donnees-personnelles/demande"]
# Opened although no link leads there: calculators with other figures than those of their example.
TYPED = [
    "/calculettes/obligation?nature=concession&valeur=6+000+000&exception=travaux&motif=chantier+court",
    "/calculettes/obligation?categorie=travaux&valeur=5404000&duree=5&exception=travaux&motif=Cinq+mois",
    "/calculettes/heures?segment=cleaning&montant=600000&duree=36&reprise=300&taux=20&voulu=500",
    "/calculettes/eligibilite?situation=DELD&justificatif=20/10/2026&decision=02/11/2026&embauche=01/12/2026&modalite=MAD_ETTI",
    "/calculettes/echeances?debut=01/12/2026&fin=31/03/2028&ccag=travaux&mensuel=oui&jour=20/04/2027",
    "/calculettes/penalite?dues=675,2&realisees=420&excusees=80&montant=60&recue=03/02/2028&jour=24/04/2028",
]
# Opened whenever a link leads there, beyond the samples: the two départements of the demonstration.
WANTED = {"/territoires/77", "/territoires/40"}
LARGEST = {"/reperage": 60_000}  # bytes of HTML, by path; others may draw a map
LARGEST_ELSEWHERE = 250_000
ERRORS = [
    ("/cette-page-n-existe-pas", 404),
    ("/territoires/999", 404),
    ("/reperage/marches/inconnu", 404),
    ("/structures/inconnue", 404),
    ("/reperage?%FF=%FE", 400),
    ("/calculettes/heures?montant=cher&taux=500", 400),
    ("/calculettes/echeances?debut=31/02/2027", 400),
]
ATTACK = "\"'><script>document.title='pris'</script><img src=x onerror=\"document.title='pris'\">"


def kind(address: str) -> str:
    """What sort of page an address is: its path without identifiers, and the names of its filters."""
    parts = urlsplit(address)
    segments = [
        "{}" if re.search(r"\d|%", s) or (i >= 2 and len(s) > 8) or (i >= 1 and re.fullmatch(r"[0-9AB]{2,3}", s)) else s
        for i, s in enumerate(parts.path.strip("/").split("/"))
    ]
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    return "/" + "/".join(segments) + ("?" + "&".join(names) if names else "")


def file_name(address: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", address).strip("-")[:80] or "accueil"


class Visit:
    """All tests of one engine."""

    def __init__(self, browser, base: str, engine: str, report: Report, saved: Path, pictures: Path) -> None:
        self.browser, self.base, self.engine, self.report = browser, base, engine, report
        self.saved, self.pictures = saved, pictures
        self.addresses: list[str] = []
        self.downloads: list[str] = []
        self.titles: dict[str, str] = {}
        shutil.rmtree(pictures, ignore_errors=True)
        pictures.mkdir(parents=True)

    def everything(self, full: bool) -> None:
        """All of it once; what the database cannot change is not tried again on the second one."""
        self.crawl(full)
        self.exports()
        self.errors()
        self.attack()
        self.paging()
        if full:
            self.without_script()
            self.keyboard()
            self.headers()
            self.typing()
            self.rules()

    def name(self, what: str) -> str:
        return f"{what} [{self.engine}]"

    def open(self, page, address: str, *, expect: int = 200):
        answer = page.goto(self.base + address, wait_until="load")
        if answer.status != expect:
            raise RuntimeError(f"{address} answered {answer.status}, not {expect}")
        return answer

    def keep(self, address: str, body: bytes) -> None:
        """For the checker of HTML."""
        (self.saved / f"{self.engine}-{file_name(address)}.html").write_bytes(body)

    def context(self, size=WIDE, **options):
        return self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="fr-FR", timezone_id="Europe/Paris",
            reduced_motion="reduce", **options)

    def crawl(self, full: bool) -> None:
        queue, seen, kinds = deque(["/", *(TYPED if full else [])]), {"/", *TYPED}, {}
        with self.context() as context:
            page = context.new_page()
            watch = Watch(page, self.base)
            while queue and len(self.addresses) < PAGES:
                address = queue.popleft()
                first = kinds.setdefault(kind(address), 0) == 0
                if kinds[kind(address)] >= (SAMPLES if full and "?" not in address else 1) and address not in WANTED:
                    continue
                kinds[kind(address)] += 1
                with self.report.test(self.name(address)) as problems:
                    answer = self.open(page, address)
                    self.addresses.append(address)
                    body = answer.body()
                    self.keep(address, body)
                    limit = LARGEST.get(urlsplit(address).path, LARGEST_ELSEWHERE)
                    if len(body) > limit:
                        problems.append(f"{len(body)} bytes of HTML, more than {limit}")
                    for link in page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href)"):
                        self.follow(link, queue, seen)
                    self.look(page, address, first or address in WANTED, full, problems)
                    problems += watch.take()
        missing = [wanted for wanted in EXPECTED if wanted not in kinds]
        self.report.record(self.name("la page d’accueil mène à toutes les pages"), [f"no link leads to {m}" for m in missing])
        duplicates = {}
        for address, title in self.titles.items():
            if "?" not in address:
                duplicates.setdefault(title, []).append(address)
        self.report.record(
            self.name("chaque page a son titre"),
            [f"« {t} »: {', '.join(a)}" for t, a in duplicates.items() if len({kind(x) for x in a}) > 1])

    def follow(self, link: str, queue: deque, seen: set) -> None:
        link = link.split("#", 1)[0]
        if not link.startswith(self.base + "/"):
            return
        address = link[len(self.base) :]
        if address in seen:
            return
        seen.add(address)
        if re.search(r"\.(csv|xlsx|json|ods|gz|xml)(\?|$)", address):
            self.downloads.append(address)
        elif not re.match(r"/(assets|metrics|healthz|api)\b", address):
            queue.append(address)

    def look(self, page, address: str, first: bool, full: bool, problems: list[str], *, axe: bool = False,
             ours: bool = True) -> None:
        """`ours` tells that every word is ours or the demonstration's: what buyers wrote need not be well set."""
        self.titles[address] = page.title()
        problems += checks.structure(page) + checks.contrast(page) + (checks.typography(page) if ours else [])
        for size in (WIDE, PHONE, NARROW):
            page.set_viewport_size({"width": size[0], "height": size[1]})
            if size == PHONE and first:
                page.reload(wait_until="load")  # a script may look at the width once, when the page opens
            problems += [f"{size[0]} px: {p}" for p in checks.width(page)]
            if first and size != NARROW:
                self.picture(page, f"{file_name(address)}-{size[0]}")
            if (axe or full and first) and size != NARROW:
                problems += [f"{size[0]} px: {p}" for p in checks.axe(page)]
        page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
        if full and first:
            page.emulate_media(color_scheme="dark")
            self.picture(page, f"{file_name(address)}-dark")
            dark = checks.contrast(page) + checks.axe(page, ["color-contrast", "link-in-text-block"])
            problems += [f"dark: {p}" for p in dark]
            page.emulate_media(color_scheme="light", media="print")
            problems += [f"print: {p}" for p in checks.width(page)]
            page.emulate_media(color_scheme=None, media="screen")

    def picture(self, page, name: str) -> None:
        """The page from its top, no further than people would look."""
        wide, high = page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
        clip = {"x": 0, "y": 0, "width": wide, "height": min(high, 2400)}
        page.screenshot(path=self.pictures / f"{name}.png", full_page=True, clip=clip)

    def without_script(self) -> None:
        """The same pages say the same with scripts switched off, and forms still send."""
        with self.context(java_script_enabled=False) as context:
            page = context.new_page()
            seen = set()
            for address in self.addresses:
                if kind(address) in seen:
                    continue
                seen.add(kind(address))
                with self.report.test(self.name(f"{address} sans script")) as problems:
                    self.open(page, address)
                    if page.title() != self.titles[address]:
                        problems.append(f"title « {page.title()} » instead of « {self.titles[address]} »")
                    form = page.locator("main form[method=get], main form:not([method])").first
                    if form.count():
                        form.locator("button:not([type=button]), input[type=submit]").first.click()
                        if page.locator("h1").count() != 1 or "?" not in page.url and not page.url.startswith(self.base):
                            problems.append(f"sending the form led to {page.url} without one h1")

    def exports(self) -> None:
        import python_calamine

        with self.report.test(self.name("les exports sont proposés")) as problems:
            for suffix in (".csv", ".xlsx"):
                if not any(suffix in d for d in self.downloads):
                    problems.append(f"no page links to a {suffix}")
        counts: dict[str, dict[str, list]] = {}
        with self.context() as context:
            for address in sorted(set(self.downloads))[:8]:
                with self.report.test(self.name(f"export {address}")) as problems:
                    answer = context.request.get(self.base + address)
                    if answer.status != 200:
                        problems.append(f"answered {answer.status}")
                        continue
                    if "attachment" not in answer.headers.get("content-disposition", ""):
                        problems.append("it is not offered as a file (Content-Disposition)")
                    path = urlsplit(address).path
                    if path.endswith(".csv"):
                        text = answer.body().decode("utf-8-sig")
                        rows = list(csv.reader(io.StringIO(text), delimiter=";"))
                    elif path.endswith(".xlsx"):
                        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.body()))
                        rows = book.get_sheet_by_index(0).to_python()
                    else:
                        continue
                    # A file to fill in holds its titles alone.
                    if len(rows) < (1 if "modele" in path else 2):
                        problems.append(f"{len(rows)} rows: a header and at least one line were expected")
                    if len({len(row) for row in rows}) > 1:
                        problems.append("rows of different lengths")
                    if any(re.match(r"[=+@]", str(cell)) for row in rows for cell in row):
                        problems.append("a cell that a spreadsheet would run as a formula")
                    key = address.replace(".csv", "").replace(".xlsx", "")
                    counts.setdefault(key, {})[path.rsplit(".", 1)[-1]] = rows
        for key, forms in counts.items():
            if {"csv", "xlsx"} <= set(forms):
                one, other = forms["csv"], forms["xlsx"]
                problems = [] if len(one) == len(other) else [f"{len(one)} rows in CSV, {len(other)} in XLSX"]
                if one and other and [str(c) for c in one[0]] != [str(c) for c in other[0]]:
                    problems.append("the headers differ")
                self.report.record(self.name(f"{key} : CSV et XLSX disent la même chose"), problems)

    def errors(self) -> None:
        with self.context() as context:
            page = context.new_page()
            watch = Watch(page, self.base)
            for address, status in ERRORS:
                with self.report.test(self.name(f"{address} répond {status} avec une page qui aide")) as problems:
                    answer = self.open(page, address, expect=status)
                    self.keep(f"{status}-{address}", answer.body())
                    problems += checks.structure(page) + checks.typography(page) + checks.axe(page)
                    if not page.locator("main a[href]").count():
                        problems.append("no way out of the page")
                    problems += [p for p in watch.take() if f"the server responded with a status of {status}" not in p]

    def attack(self) -> None:
        """What comes from an address never becomes markup."""
        fields = {"texte", "text", "q"}
        for address in self.addresses:
            fields |= {name for name, _ in parse_qsl(urlsplit(address).query, keep_blank_values=True)}
        with self.context() as context:
            page = context.new_page()
            with self.report.test(self.name("un texte hostile reste du texte")) as problems:
                for address in ("/reperage", "/structures", "/calculettes/heures", "/calculettes/obligation"):
                    page.goto(self.base + address)
                    fields |= set(page.evaluate("[...document.querySelectorAll('main form [name]')].map(f => f.name)"))
                    for field in sorted(fields):
                        query = page.evaluate("(p) => new URLSearchParams(p).toString()", {field: ATTACK})
                        answer = page.goto(f"{self.base}{address}?{query}")
                        if answer.status >= 500:
                            problems.append(f"{address}?{field}=…: {answer.status}")
                        if page.title() == "pris" or page.locator("img[src=x]").count():
                            problems.append(f"{address}?{field}=…: the text became markup")

    def keyboard(self) -> None:
        with self.context() as context:
            page = context.new_page()
            with self.report.test(self.name("le clavier passe d’abord par le lien d’évitement")) as problems:
                self.open(page, "/reperage")
                page.keyboard.press("Tab")
                box = page.evaluate("(() => { const r = document.activeElement.getBoundingClientRect();"
                                    " return [r.top, r.bottom, document.activeElement.hash] })()")
                if not box[2]:
                    problems.append("the first stop of the Tab key is not the skip link")
                page.wait_for_timeout(200)
                visible = page.evaluate("document.activeElement.getBoundingClientRect().top >= 0")
                if not visible:
                    problems.append("the skip link stays out of sight when it has the focus")
                page.keyboard.press("Enter")
                if not page.url.endswith(box[2] or "?"):
                    problems.append("the skip link leads nowhere")
                for _ in range(40):
                    page.keyboard.press("Tab")
                    seen = page.evaluate("""() => {
                      const e = document.activeElement, s = getComputedStyle(e);
                      return e === document.body || s.outlineStyle !== "none" || s.boxShadow !== "none";
                    }""")
                    if not seen:
                        problems.append("focus cannot be seen: " + page.evaluate("document.activeElement.outerHTML.slice(0, 100)"))

    def headers(self) -> None:
        with self.context() as context, self.report.test(self.name("en-têtes de sécurité")) as problems:
            headers = context.request.get(self.base + "/").headers
            policy = headers.get("content-security-policy", "")
            if "default-src 'none'" not in policy and "default-src 'self'" not in policy:
                problems.append(f"policy « {policy} »")
            if "unsafe" in policy or "*" in policy:
                problems.append(f"the policy lets inline code or every host in: {policy}")
            if headers.get("x-content-type-options") != "nosniff":
                problems.append("no X-Content-Type-Options: nosniff")
            if context.request.post(self.base + "/reperage").status not in (403, 405):
                problems.append("a POST to a page that only reads is not refused")

    def typing(self) -> None:
        """A calculator's answer follows what is typed, and its address keeps the figures."""
        with self.context() as context, self.report.test(self.name("la calculette répond à mesure que l’on tape")) as problems:
            page = context.new_page()
            self.open(page, "/calculettes/heures")
            before = page.locator("#resultat .figure").inner_text()
            page.fill("#montant", "2 000 000")
            page.wait_for_function("b => document.querySelector('#resultat .figure')?.innerText !== b", arg=before)
            if "montant=2" not in page.url:
                problems.append(f"the address does not keep the figure: {page.url}")
            page.fill("#montant", "beaucoup")
            page.wait_for_function("() => !document.querySelector('#resultat .figure')")
            if page.input_value("#montant") != "beaucoup":
                problems.append("what was typed is lost")

    def rules(self) -> None:
        """The rules answer programs as the pages answer people."""
        with self.context() as context, self.report.test(self.name("les règles répondent en JSON")) as problems:
            ask = context.request
            listed = ask.get(self.base + "/api/v1/rules").json()["rules"]
            if len(listed) < 12:
                problems.append(f"{len(listed)} rules only")
            for rule in listed:
                answer = ask.post(f"{self.base}/api/v1/rules/{rule['name']}", data=rule["example"],
                                  headers={"Content-Type": "application/json"})
                if answer.status != 200 or "findings" not in answer.json():
                    problems.append(f"{rule['name']}: {answer.status} {answer.text()[:200]}")
            wrong = ask.post(self.base + "/api/v1/rules/calibration", data="{}", headers={"Content-Type": "application/json"})
            if wrong.status != 422 or not wrong.json()["faults"]:
                problems.append(f"an empty question: {wrong.status}")
            plain = ask.post(self.base + "/api/v1/rules/calibration", data="{}", headers={"Content-Type": "text/plain"})
            if plain.status != 415:
                problems.append(f"a question that is not JSON: {plain.status}")
            if ask.get(self.base + "/api/v1/rules/inconnue").status != 404:
                problems.append("an unknown rule is not 404")

    def paging(self) -> None:
        """Following « next » shows every contract once."""
        with self.context() as context, self.report.test(self.name("les pages de la liste se suivent sans doublon")) as problems:
            page = context.new_page()
            self.open(page, "/reperage")
            seen: list[str] = []
            for _ in range(30):
                seen += page.evaluate("[...new Set([...document.querySelectorAll('main a[href]')]"
                                      ".map(a => new URL(a.href).pathname).filter(p => p.startsWith('/reperage/marches/')))]")
                following = page.locator("main a[rel=next]")
                if not following.count():
                    break
                following.first.click()
                page.wait_for_load_state("load")
            if not seen:
                problems.append("the list shows no contract")
            if len(seen) != len(set(seen)):
                problems.append(f"{len(seen) - len(set(seen))} contracts shown twice")

    def text(self, address: str) -> str:
        with self.context() as context:
            page = context.new_page()
            self.open(page, address)
            return page.locator("main").inner_text()


def serve(report: Report, server: Server, name: str, visit: Callable[[str], None]) -> None:
    """One visit of one server, with a test that it stayed up and ended when asked."""
    with report.test(f"le programme sert ses pages [{name}]"), server as base:
        visit(base)
    if server.process:
        report.record(f"le programme s’arrête quand on le demande, pas avant [{name}]", server.problems)


def compare(report: Report, sqlite: dict[str, str] | None, postgres: dict[str, str] | None) -> None:
    """Both engines say the same, line by line."""
    for address in sqlite if sqlite and postgres else []:
        one, other = sqlite[address].splitlines(), postgres.get(address, "").splitlines()
        differences = [f"sqlite « {a} », postgres « {b} »" for a, b in zip(one, other) if a != b]
        if len(one) != len(other) or not one:
            differences.append(f"{len(one)} lines with sqlite, {len(other)} with postgres")
        report.record(f"{address} dit la même chose avec les deux bases", differences)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path)
    parser.add_argument("--base")
    parser.add_argument("--engine", action="append", choices=["sqlite", "postgres"])
    parser.add_argument("--visit", action="append", choices=["demo", "vide", "decp"], help="one base only (repeatable)")
    parser.add_argument("--results", type=Path)
    options = parser.parse_args()
    if (options.program is None) == (options.base is None):
        parser.error("give --program or --base")

    began = time.monotonic()
    report = Report("browser")
    saved = Path(tempfile.mkdtemp(prefix="marchepied-pages."))
    texts: dict[str, dict[str, str]] = {}
    same = ["/reperage", "/territoires/77", "/structures"]
    try:
        with chromium() as browser:
            def wanted(visit: str) -> bool:
                return not options.visit or visit in options.visit

            def visiting(base: str, name: str) -> Visit:
                return Visit(browser, base, name, report, saved, ROOT / "var/screenshots" / name)

            def demonstration(base: str, engine: str) -> None:
                visit = visiting(base, engine)
                visit.everything(full=engine == "sqlite")
                access.everything(visit, full=engine == "sqlite")
                privacy.everything(visit, full=engine == "sqlite")
                texts[engine] = {address: visit.text(address) for address in same}
                ending.export(visit, server)

            if options.base:
                with report.test("le programme sert ses pages [running]"):
                    visiting(options.base.rstrip("/"), "running").everything(full=True)
            engines = [] if options.base else options.engine or ["sqlite", "postgres"]
            for engine in engines if wanted("demo") else []:
                server = Server(options.program, engine)
                serve(report, server, engine, lambda base: demonstration(base, engine))
            if wanted("vide") and "sqlite" in engines:
                server = Server(options.program, "sqlite", empty=True)
                serve(report, server, "vide", lambda base: bases.empty(visiting(base, "vide")))
            for engine in engines if wanted("decp") else []:
                name = f"decp-{engine}"
                if reason := bases.missing():
                    report.skip(f"des données réelles dans les pages [{name}]", reason)
                    continue
                server = Server(options.program, engine, empty=True)
                serve(report, server, name, lambda base: texts.update({name: bases.real(visiting(base, name), server)}))
            for name in ("", "decp-"):
                compare(report, texts.get(f"{name}sqlite"), texts.get(f"{name}postgres"))
        try:
            findings = validate(saved)
            if not findings:
                report.record("HTML valide", ["no page was saved"])
            for name, problems in sorted(findings.items()):
                report.record(f"HTML valide : {name}", problems)
        except Exception as error:  # noqa: BLE001
            report.record("HTML valide", [f"the checker did not work: {error}"])
    except Exception as error:  # noqa: BLE001
        report.record("le navigateur démarre", [str(error)])
    finally:
        shutil.rmtree(saved, ignore_errors=True)
    if options.results:
        report.write(options.results)
    else:
        report.write(Path(tempfile.gettempdir()))
    print(f"browser: {time.monotonic() - began:.0f} s", file=sys.stderr)
    return 1 if report.counts["failed"] or not report.counts["passed"] else 0


if __name__ == "__main__":
    sys.exit(main())
