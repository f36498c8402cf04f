"""The pages over other bases than the demonstration's: an empty one, and one of real award data."""

import csv
import io
import json
import os
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import checks
from browser import Watch

if TYPE_CHECKING:
    from run import Visit
    from server import Server

# What each page of an empty base tells to do next; nothing for those that need no base.
EMPTY = {
    "/": "marchepied import awards",
    "/reperage": "marchepied import awards",
    "/territoires": "marchepied import territories",
    "/territoires/77": "marchepied import structures",
    "/structures": "marchepied import structures",
    "/imports": "marchepied import awards",
    "/calculettes": None,
    "/calculettes/obligation": None,
    "/calculettes/heures": None,
    "/calculettes/eligibilite": None,
    "/calculettes/echeances": None,
    "/calculettes/penalite": None,
}
AWARDS = "decp/2019/data.gouv.fr_pes.json"
STRUCTURES = "structures/siae_lemarche_3853.csv"
HEADER = "Objet;Acheteur;SIRET acheteur;Numéro;Département;Code CPV;Famille;Montant HT;"
COUNTED = 1_000  # the list counts no further


class Look:
    """Opens pages of one base and looks at each as a desk and as a phone would show it; their HTML is kept."""

    def __init__(self, visit: "Visit", page, **how: bool) -> None:
        self.visit, self.page, self.how, self.watch = visit, page, how, Watch(page, visit.base)

    def at(self, address: str, problems: list[str]) -> str:
        """The text of the page."""
        answer = self.visit.open(self.page, address)
        self.visit.keep(address, answer.body())
        self.visit.look(self.page, address, full=False, problems=problems, axe=True, **self.how)
        problems += self.watch.take()
        return self.page.locator("main").inner_text()


def empty(visit: "Visit") -> None:
    with visit.context() as context:
        look = Look(visit, context.new_page(), first=True)
        for address, wanted in EMPTY.items():
            with visit.report.test(visit.name(address)) as problems:
                text = look.at(address, problems)
                if wanted and wanted not in text:
                    problems.append(f"an empty base, and the page does not say « {wanted} »")
        with visit.report.test(visit.name("l’export d’une base vide n’a que son en-tête")) as problems:
            text = context.request.get(f"{visit.base}/reperage/export.csv").text()
            if not text.startswith("\ufeff" + HEADER) or len(text.splitlines()) != 1:
                problems.append(f"« {text[:200]} »")


def missing() -> str | None:
    """Why real data cannot be tried."""
    folder = os.environ.get("MARCHEPIED_DATA", "")
    if not folder:
        return "MARCHEPIED_DATA ne nomme pas de dossier"
    return None if (Path(folder) / AWARDS).is_file() else f"MARCHEPIED_DATA n’a pas de fichier {AWARDS}"


def real(visit: "Visit", server: "Server") -> dict[str, str]:
    """Imports while the program serves, then looks; the texts of the pages that must not depend on the engine."""
    texts: dict[str, str] = {}
    data = Path(os.environ["MARCHEPIED_DATA"]).resolve()

    def spot(*filters: str) -> list[dict]:
        return json.loads(server.run("spot", "--kind", "all", "--json", *filters))["contracts"]

    def says(text: str, count: int) -> list[str]:
        shown = f"{min(count, COUNTED):,}".replace(",", " ") + " marché"
        wanted = f"Plus de {shown}" if count > COUNTED else shown
        return [] if wanted in re.sub(r"\s", " ", text) else [f"`spot` finds {count} contracts, the page does not say « {wanted} »"]

    with visit.context() as context:
        page = context.new_page()
        look = Look(visit, page, first=False, ours=False)
        with visit.report.test(visit.name("des données réelles s’importent")):
            server.run("import", "awards", str(data / AWARDS), accept=(0, 2))
            if (data / STRUCTURES).exists():
                server.run("import", "structures", str(data / STRUCTURES), accept=(0, 2))
        everything = spot()
        code = Counter(c["departement"] for c in everything if c.get("departement")).most_common(1)[0][0]
        visit.open(page, "/reperage")
        four = "".join(f"&critere={c}" for c in page.locator("[name=critere]").evaluate_all("all => all.map(c => c.value)"))
        lists = {
            "/reperage?tri=priorite": [],
            f"/reperage?tri=priorite&departement={code}": ["--departement", code],
            f"/reperage?tri=priorite{four}": ["--criteria", "all"],
        }
        for address, filters in lists.items():
            with visit.report.test(visit.name(f"{address} compte comme « spot »")) as problems:
                texts[address] = look.at(address, problems)
                problems += says(texts[address], len(spot(*filters)))
        for address in ("/", "/reperage", "/territoires", f"/territoires/{code}"):
            with visit.report.test(visit.name(address)) as problems:
                texts[address] = look.at(address, problems)
        with visit.report.test(visit.name("/imports")) as problems:
            if Path(AWARDS).name not in look.at("/imports", problems):
                problems.append("the page does not name the file")
        first = everything[0]
        with visit.report.test(visit.name("un marché réel et son enregistrement")) as problems:
            text = look.at(f"/reperage/marches/{first['id']}", problems)
            if first["object"] not in page.locator("h1").inner_text() + text:
                problems.append("the page does not name its object")
            page.get_by_text("Lire l’enregistrement").first.click()
            problems += checks.axe(page)
            record = json.loads(page.locator("pre.raw").first.inner_text())
            if str(record["id"]) not in first["number"]:
                problems.append(f"record « {record['id']} » for the contract « {first['number']} »")
        with visit.report.test(visit.name("l’export CSV se télécharge entier")) as problems:
            visit.open(page, "/reperage?tri=priorite")
            with page.expect_download() as download:
                page.locator("a[href*='export.csv']").click()
            text = Path(download.value.path()).read_text(encoding="utf-8-sig")
            if not text.startswith(HEADER):
                problems.append(f"its header is « {text[:200]} »")
            if (rows := len(list(csv.reader(io.StringIO(text), delimiter=";"))) - 1) != len(everything):
                problems.append(f"{rows} contracts, {len(everything)} with `spot`")
    return texts
