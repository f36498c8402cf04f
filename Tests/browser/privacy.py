"""Personal data as people meet it: the register, a request without account, and whoever treats requests."""

import re
from typing import TYPE_CHECKING

from access import enter, look
from browser import Watch

if TYPE_CHECKING:
    from run import Visit

OFFICER = "délégué ou déléguée à la protection des données"
LIST = "/donnees-personnelles/demandes"


def everything(visit: "Visit", full: bool) -> None:
    reference = ask(visit)
    if full:
        pages(visit)
    if reference:
        treat(visit, reference)


def ask(visit: "Visit") -> str | None:
    """A request with a number that is never kept, then without it."""
    with visit.report.test(visit.name("une demande sur ses données, sans compte")) as problems, visit.context() as context:
        page = context.new_page()
        watch = Watch(page, visit.base)
        visit.open(page, "/donnees-personnelles")
        page.locator("main a", has_text="Faire une demande").click()
        page.select_option("#objet", "rectification")
        page.fill("#nom", "Zoé O’Brien-<b>")
        page.fill("#courriel", "zoe@exemple.fr")
        page.fill("#texte", "Mon numéro est 1 85 05 78 006 084 91.\nMon nom est mal écrit.")
        page.get_by_role("button", name="Envoyer ma demande").click()
        page.wait_for_load_state("load")
        if "sécurité sociale" not in page.locator("#texte-erreur").inner_text() or not page.locator(".error-summary").count():
            problems.append("the social security number is not told beside its field and at the head")
        if page.input_value("#nom") != "Zoé O’Brien-<b>" or "\nMon nom" not in page.input_value("#texte"):
            problems.append("what was typed is lost")
        page.fill("#texte", "Mon nom est mal écrit.")
        page.get_by_role("button", name="Envoyer ma demande").click()
        page.wait_for_load_state("load")
        text = page.locator("main").inner_text()
        found = re.search(r"DP-[2-9A-Z]{4}-[2-9A-Z]{4}", text)
        if not found or not re.search(r"\d\d/\d\d/20\d\d", text):
            problems.append("the receipt has no reference or no deadline")
        visit.look(page, "donnees-accuse", True, False, problems, axe=True)
        problems += [p for p in watch.take() if "status of 422" not in p]
        return found and found[0]
    return None


def pages(visit: "Visit") -> None:
    """The list and a late request, wide, narrow, dark, with axe."""
    with visit.context() as context:
        page = context.new_page()
        watch = Watch(page, visit.base)
        enter(visit, page, OFFICER)
        look(visit, page, watch, LIST)
        look(visit, page, watch, f"{LIST}?etat=closes")
        with visit.report.test(visit.name("une demande en retard vient d’abord, en mots et en forme")) as problems:
            visit.open(page, LIST)
            first = page.locator("tbody tr").first
            if "en retard" not in first.inner_text() or not first.locator(".status.is-late").count():
                problems.append(f"the first line is « {first.inner_text()} »")
        look(visit, page, watch, page.locator("tbody th a").first.get_attribute("href"))


def treat(visit: "Visit", reference: str) -> None:
    """From the list to the answer, with someone else in between."""
    with visit.report.test(visit.name("une demande, de la liste à la réponse")) as problems, visit.context() as context:
        page, other = context.new_page(), context.new_page()
        enter(visit, page, OFFICER)
        page.locator(".site-account summary").click()
        page.get_by_role("link", name="Demandes sur les données").click()
        page.fill("#recherche", reference)
        page.get_by_role("button", name="Filtrer").click()
        page.locator("tbody th a").first.click()
        page.wait_for_load_state("load")
        other.goto(page.url)

        def send(on, part: str, button: str) -> str:
            on.locator("summary", has_text=part).click()
            on.get_by_role("button", name=button, exact=True).click()
            on.wait_for_load_state("load")
            return on.locator("main").inner_text()

        if "attribuée" not in send(page, "Attribuer", "Attribuer"):
            problems.append("the request was not given to anyone")
        other.locator("summary", has_text="Ajouter une note").click()
        other.fill("#note", "Écrite sur une page ancienne")
        other.get_by_role("button", name="Ajouter la note").click()
        other.wait_for_load_state("load")
        if "entre-temps" not in other.locator("main").inner_text():
            problems.append("two people overwrote each other silently")
        if other.locator("#note").input_value() != "Écrite sur une page ancienne":
            problems.append("what was typed meanwhile is lost")
        if "vérification" not in send(page, "Noter la vérification", "Enregistrer"):
            problems.append("the identity was not noted")
        page.locator("summary", has_text="Répondre").click()
        page.fill("#reponse", "Votre nom est corrigé.")
        page.get_by_role("button", name="Envoyer la réponse").click()
        page.wait_for_load_state("load")
        page.get_by_role("button", name="Clore la demande").click()
        page.wait_for_load_state("load")
        text = page.locator("main").inner_text()
        if "Votre nom est corrigé." not in text or "close" not in text or page.locator("main form").count():
            problems.append("the closed request does not tell its answer, or still has forms")
