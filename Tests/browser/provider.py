"""Signing in through a provider of identities written by others (oidc-provider-mock), as people do it."""

import json
import os
import re
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import checks
from browser import Watch

if TYPE_CHECKING:
    from run import Visit

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = Path(os.environ.get("MARCHEPIED_OIDC_MOCK") or ROOT / ".venv/bin/oidc-provider-mock")
NAME = "ProConnect d’essai"
PEOPLE = [
    {"sub": "agent-1", "email": "zoe.martin@ville.example", "given_name": "Zoé", "usual_name": "MARTIN"},
    {"sub": "agent-2", "email": "awa.sow@ville.example", "given_name": "Awa", "usual_name": "SOW"},
    {"sub": "agent-3", "email": "ines.colin@ville.example", "given_name": "Inès", "usual_name": "COLIN"},
]
READY_SECONDS = 60
PASSWORD = "Sept mots bien rangés sur la table"
# 1280, 375 and 320 px, as everywhere.
SIZES = [(1280, 900), (375, 812), (320, 640)]


class Provider:
    """Runs beside the program that is tried; `variables` are the settings that lead to it, none where it is absent."""

    def __init__(self, folder: Path) -> None:
        self.journal = folder / "provider.log"
        self.process: subprocess.Popen | None = None
        self.variables: dict[str, str] = {}

    def start(self) -> dict[str, str]:
        if not os.access(PROGRAM, os.X_OK):
            return {}
        people = [argument for person in PEOPLE for argument in ("--user-claims", json.dumps(person))]
        with self.journal.open("w") as journal:
            self.process = subprocess.Popen(
                [PROGRAM, "--port", "0", "--require-nonce", "true", *people], stdout=journal, stderr=journal,
                env=os.environ | {"NO_COLOR": "1", "PYTHONUNBUFFERED": "1"})
        end = time.monotonic() + READY_SECONDS
        while time.monotonic() < end:
            said = self.journal.read_text(errors="replace")
            if found := re.search(r"running on (http://127\.0\.0\.1:\d+)", said):
                self.variables = {
                    "MARCHEPIED_OIDC_ISSUER": found[1], "MARCHEPIED_OIDC_CLIENT": "marchepied",
                    "MARCHEPIED_OIDC_SECRET": "essai", "MARCHEPIED_OIDC_NAME": NAME,
                    "MARCHEPIED_OIDC_SCOPES": "openid profile email",
                }
                return self.variables
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError(f"the provider of identities did not start: {self.journal.read_text(errors='replace')[-2000:]}")

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()


def quiet(context):
    """A page that asks nothing of the network: the provider's own pages would fetch a style sheet."""
    context.route(re.compile(r"^https://"), lambda route: route.abort())
    return context.new_page()


def ours(watch: Watch) -> list[str]:
    """What our pages did wrong: going to the provider is what they are for."""
    return [p for p in watch.take() if not re.search(r"asked another host|jsdelivr|not loaded|net::ERR_FAILED", p)]


def look(visit: "Visit", page, name: str, problems: list[str]) -> None:
    """As `Visit.look`, without loading the page again: a return serves once."""
    problems += [f"{name}: {p}" for p in checks.structure(page) + checks.contrast(page) + checks.typography(page)]
    for wide, high in SIZES:
        page.set_viewport_size({"width": wide, "height": high})
        problems += [f"{name}, {wide} px: {p}" for p in checks.width(page)]
        if wide != 320:
            visit.picture(page, f"fournisseur-{name}-{wide}")
            problems += [f"{name}, {wide} px: {p}" for p in checks.axe(page)]
    page.set_viewport_size({"width": 1280, "height": 900})
    visit.keep(f"fournisseur-{name}", page.content().encode())


def press(page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state("load")


def go(page, button: str, person: str) -> None:
    """Leaves for the provider, chooses someone there and comes back."""
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_url(re.compile(r"/oauth2/authorize"))
    page.locator(f"button[name=sub][value={person}]").first.click()
    page.wait_for_url(re.compile(r"^(?!.*oauth2)"))
    page.wait_for_load_state("load")


def everything(visit: "Visit") -> None:
    with visit.context() as context:
        page = context.new_page()
        visit.open(page, "/connexion")
        if not page.get_by_role("button", name=f"Se connecter avec {NAME}").count():
            visit.report.skip(visit.name("un fournisseur d’identité"), "oidc-provider-mock absent : setup/install --test")
            return
    with visit.report.test(visit.name("une identité se relie à un compte, puis l’ouvre à elle seule")) as problems:
        email = register(visit, problems)
        enter(visit, email, problems)
    with visit.report.test(visit.name("une identité inconnue dit quoi faire, et se relie ensuite")) as problems:
        unknown(visit, problems)
    with visit.report.test(visit.name("une invitation s’accepte avec une identité, sans mot de passe")) as problems:
        invited(visit, problems)
    with visit.report.test(visit.name("un retour du fournisseur qui ne vaut rien mène à une page calme")) as problems:
        refused(visit, problems)


def register(visit: "Visit", problems: list[str]) -> str:
    """A new account, which ties the first identity."""
    email = f"zoe.{visit.engine}.{int(time.time())}@exemple.fr"
    with visit.context() as context:
        page = quiet(context)
        watch = Watch(page, visit.base)
        visit.open(page, "/inscription")
        page.select_option("#sorte", "company")
        page.fill("#nomorganisation", "Terrassements du Loing")
        page.fill("#siret", "39911111100014")
        page.fill("#codepostal", "77000")
        page.fill("#prenom", "Zoé")
        page.fill("#nom", "Martin")
        page.fill("#courriel", email)
        page.fill("#nouveau", PASSWORD)
        press(page, "Inscrire")
        look(visit, page, "compte-avant", problems)
        go(page, f"Relier mon identité {NAME}", "agent-1")
        if not page.url.endswith("/compte/fournisseur"):
            problems.append(f"came back to {page.url}")
        look(visit, page, "relier", problems)
        page.fill("#motdepasse-relier", "faux")
        press(page, "Relier à mon compte")
        if "mot de passe actuel" not in page.locator(".error-summary").inner_text():
            problems.append("a wrong password is not told")
        page.fill("#motdepasse-relier", PASSWORD)
        press(page, "Relier à mon compte")
        if "zoe.martin@ville.example" not in page.locator("main").inner_text():
            problems.append(f"the identity is not on the page of the account: {page.url}")
        look(visit, page, "compte-apres", problems)
        problems += [p for p in ours(watch) if "status of 422" not in p]
    return email


def enter(visit: "Visit", email: str, problems: list[str]) -> None:
    """Enters by the identity alone, goes where one was going, and signs out of both."""
    with visit.context() as context:
        page = quiet(context)
        watch = Watch(page, visit.base)
        visit.open(page, "/connexion?suite=/journal")
        look(visit, page, "connexion", problems)
        go(page, f"Se connecter avec {NAME}", "agent-1")
        if page.url != visit.base + "/journal" or "Zoé Martin" not in page.locator(".site-account").inner_text():
            problems.append(f"led to {page.url}")
        page.locator(".site-account summary").click()
        page.get_by_role("button", name="Se déconnecter").click()
        page.wait_for_url(re.compile(r"/oauth2/end_session"))
        page.get_by_role("button", name="End session").click()
        page.wait_for_url(re.compile(r"/connexion/fournisseur/fin"))
        look(visit, page, "fin", problems)
        if page.locator(".site-account summary").count():
            problems.append("still signed in")
        problems += ours(watch)
    # The page in between, which the browser leaves at once, held back to be looked at.
    with visit.context() as context:
        page = context.new_page()
        context.route(re.compile(r"/oauth2/authorize"), lambda route: route.fulfill(status=204))
        visit.open(page, "/connexion")
        press(page, f"Se connecter avec {NAME}")
        if page.locator("main a.btn-primary").inner_text() != f"Continuer vers {NAME}":
            problems.append("no way on for a browser that does not go by itself")
        look(visit, page, "depart", problems)


def unknown(visit: "Visit", problems: list[str]) -> None:
    with visit.context(java_script_enabled=False) as context:
        page = quiet(context)
        visit.open(page, "/connexion")
        go(page, f"Se connecter avec {NAME}", "agent-2")
        if "awa.sow@ville.example" not in page.locator("main").inner_text():
            problems.append(f"{page.url} does not say whose identity it is")
        if page.locator(".site-account a").get_attribute("href") != "/connexion":
            problems.append("signing in leads back to an address that serves once")
    with visit.context() as context:
        page = quiet(context)
        visit.open(page, "/connexion")
        go(page, f"Se connecter avec {NAME}", "agent-2")
        look(visit, page, "inconnue", problems)
        page.get_by_role("link", name="Me connecter et relier").click()
        page.wait_for_load_state("load")
        page.locator(".choices button").first.click()
        page.wait_for_load_state("load")
        if not page.url.endswith("/compte/fournisseur") or "awa.sow@" not in page.locator("main").inner_text():
            problems.append(f"the identity does not wait: {page.url}")
        press(page, "Relier à mon compte")
        if "inventée" not in page.locator("main").inner_text():
            problems.append("an invented person takes an identity")


def invited(visit: "Visit", problems: list[str]) -> None:
    with visit.context() as context:
        page = context.new_page()
        visit.open(page, "/connexion")
        page.locator(".choices button").filter(has_text=re.compile("donneur d’ordre, administre")).first.click()
        page.wait_for_load_state("load")
        visit.open(page, "/compte")
        visit.open(page, page.locator("h3 a").first.get_attribute("href") + "/membres")
        page.fill("#courriel", f"ines.{visit.engine}.{int(time.time())}@exemple.fr")
        press(page, "Préparer l’invitation")
        path = "/invitation/" + page.locator("code.secret").inner_text().rsplit("/", 1)[1]
    with visit.context() as context:
        page = quiet(context)
        watch = Watch(page, visit.base)
        visit.open(page, path)
        look(visit, page, "invitation", problems)
        go(page, f"Rejoindre avec {NAME}", "agent-3")
        if not page.url.endswith(path) or page.locator("#nouveau").count():
            problems.append(f"led to {page.url}, or a password is still asked for")
        look(visit, page, "invitation-identite", problems)
        page.fill("#prenom", "Inès")
        page.fill("#nom", "Colin")
        press(page, "Rejoindre")
        if "Inès Colin" not in page.locator(".site-account").inner_text():
            problems.append(f"not signed in: {page.url}")
        if "ines.colin@ville.example" not in page.locator("main").inner_text():
            problems.append("the identity is not on the page of the account")
        problems += ours(watch)


def refused(visit: "Visit", problems: list[str]) -> None:
    with visit.context() as context:
        page = quiet(context)
        visit.open(page, "/connexion")
        page.get_by_role("button", name=f"Se connecter avec {NAME}", exact=True).click()
        page.wait_for_url(re.compile(r"/oauth2/authorize"))
        page.get_by_role("button", name="Deny").click()
        page.wait_for_url(re.compile(r"/connexion/fournisseur/retour"))
        if "n’a pas abouti" not in page.locator("h1").inner_text():
            problems.append(f"declining led to « {page.title()} »")
        look(visit, page, "refus", problems)
        page.get_by_role("link", name="Revenir à la connexion").click()
        page.wait_for_load_state("load")
        if not page.url.endswith("/connexion"):
            problems.append(f"led to {page.url}")
        for query in ("", "?code=x&state=y", "?state=a&state=b", "?%FF"):
            if page.goto(f"{visit.base}/connexion/fournisseur/retour{query}").status != 400:
                problems.append(f"« {query} » is not refused")
