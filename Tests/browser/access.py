"""Accounts, organisations and rights as people use them: who enters, what each role sees, passwords, codes, links."""

import base64
import hmac
import re
import struct
import time
from typing import TYPE_CHECKING

import provider
from browser import Watch

if TYPE_CHECKING:
    from run import Visit

# The pages of whoever administers a facilitation body.
PAGES = ["/compte", "/compte/double-authentification", "/organisations", "/organisations?etat=waiting", "/droits", "/journal",
         "/accessibilite", "/inscription"]
# What each role is answered at these pages.
ROLES = {
    "facilitateur ou facilitatrice": {"/compte": 200, "/organisations": 200, "/droits": 200, "/journal": 200},
    "coordination": {"/compte": 200, "/organisations": 200, "/journal": 200},
    "donneur d’ordre": {"/compte": 200, "/organisations": 200, "/donnees-personnelles/demandes": 403},
    "entreprise": {"/compte": 200, "/organisations": 200},
    "structure d’insertion": {"/compte": 200, "/organisations": 200},
    "prescripteur": {"/compte": 200, "/organisations": 200},
    "salarié ou salariée en insertion": {"/compte": 200, "/organisations": 403},
    "délégué ou déléguée à la protection des données": {"/compte": 200, "/organisations": 200, "/donnees-personnelles/demandes": 200},
}
PASSWORD = "Sept mots bien rangés sur la table"


def code(secret: str) -> str:
    """The six digits that an authenticator would show now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), "sha1")
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def enter(visit: "Visit", page, role: str, *, administers: bool = False) -> None:
    """Goes in by the door of the demonstration."""
    visit.open(page, "/connexion")
    doors = page.locator(".choices button").filter(has_text=role)
    for place in range(doors.count()):
        text = doors.nth(place).inner_text()
        if ("administre" in text) == administers and "(" not in text:
            doors.nth(place).click()
            page.wait_for_load_state("load")
            return
    raise RuntimeError(f"no door for {role}")


def press(page, name: str) -> None:
    """Presses a button and waits for the page that follows."""
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state("load")


def fill(page, values: dict[str, str]) -> None:
    """Types values into fields by their identifiers."""
    for name, value in values.items():
        page.fill(f"#{name}", value)


def everything(visit: "Visit", full: bool) -> None:
    roles(visit)
    if full:
        pages(visit)
        strangers(visit)
        program(visit)
    purchases(visit)
    submission(visit)
    sheets(visit)
    tender(visit)
    account(visit)
    forgotten(visit)
    invitation(visit)
    provider.everything(visit)


def roles(visit: "Visit") -> None:
    for role, answers in ROLES.items():
        with visit.report.test(visit.name(f"ce que voit le rôle « {role} »")) as problems, visit.context() as context:
            page = context.new_page()
            watch = Watch(page, visit.base)
            try:
                enter(visit, page, role)
            except RuntimeError:
                enter(visit, page, role, administers=True)
            for address, status in answers.items():
                visit.open(page, address, expect=status)
                if status == 200 and not page.locator(".site-account summary").count():
                    problems.append(f"{address} does not say who is signed in")
            problems += [p for p in watch.take() if "status of 403" not in p]
            page.goto(visit.base + "/")
            page.locator(".site-account summary").click()
            press(page, "Se déconnecter")
            if page.locator(".site-account summary").count():
                problems.append("signing out left the session open")


def pages(visit: "Visit") -> None:
    """Each page wide, narrow, dark, with axe, as whoever administers a facilitation body."""
    with visit.context() as context:
        page = context.new_page()
        watch = Watch(page, visit.base)
        look(visit, page, watch, "/connexion")
        look(visit, page, watch, "/connexion/lien")
        look(visit, page, watch, "/connexion/mot-de-passe-oublie")
        enter(visit, page, "facilitateur ou facilitatrice", administers=True)
        for address in PAGES:
            look(visit, page, watch, address)
        page.goto(visit.base + "/compte")
        own = page.locator("h3 a").first.get_attribute("href")
        page.goto(visit.base + "/organisations?sorte=company")
        other = page.locator(".advice a").first.get_attribute("href")
        for address in (own, f"{own}/modifier", f"{own}/membres", f"{own}/journal", f"{own}/cles", f"{other}/fusion", "/api"):
            look(visit, page, watch, address)
        page.goto(visit.base + f"{own}/membres")
        look(visit, page, watch, page.locator("th a").first.get_attribute("href"))
        page.goto(visit.base + "/organisations?etat=waiting")
        if page.locator(".advice a").count():
            look(visit, page, watch, page.locator(".advice a").first.get_attribute("href"))


def look(visit: "Visit", page, watch: Watch, address: str) -> None:
    name = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", address)
    with visit.report.test(visit.name(f"{name} (connecté)")) as problems:
        answer = visit.open(page, address)
        visit.keep(f"acces{name}", answer.body())
        visit.look(page, f"acces{name}", True, True, problems)
        problems += watch.take()


PROGRAMME = """Ville de Melun;;;;;
N°;Intitulé du marché;CPV;Montant HT;Durée;Lieu
P1;Nettoyage des écoles;90911200;400 000;48;77000 Melun
P2;;;12;;
P3;<b>Voirie</b>;45233140;à voir;12;Meaux (77)
"""


def purchases(visit: "Visit") -> None:
    """A buyer's file: sent, mended in place, taken, studied, talked about, sent again, taken back."""
    with visit.report.test(visit.name("une programmation : envoyée, corrigée, prise en compte, étudiée, annulée")) as problems:
        with visit.context() as context:
            page = context.new_page()
            watch = Watch(page, visit.base)
            enter(visit, page, "facilitateur ou facilitatrice", administers=True)
            buyer, name = "21770288000006", "Ville de Melun"

            def send(text: str) -> None:
                visit.open(page, "/programmes")
                page.fill("#acheteur", buyer)
                page.fill("#nom", name)
                page.set_input_files("#fichier", {"name": "achats.csv", "mimeType": "text/csv", "buffer": text.encode()})
                press(page, "Envoyer et vérifier")

            visit.open(page, "/programmes")
            visit.look(page, "programmes", True, True, problems)
            send(PROGRAMME)
            first = page.url
            visit.look(page, "programme", True, True, problems)
            if page.locator(".key-figures").inner_text().split()[1] != "2":
                problems.append(f"not two new contracts: {page.locator('.key-figures').inner_text()!r}")
            if "<b>Voirie</b>" not in page.locator("main").inner_text():
                problems.append("what the file says is not shown as it is")
            page.fill("#object-4", "Toiture")
            press(page, "Enregistrer la ligne 4")
            press(page, "Prendre en compte 3 marchés")
            visit.look(page, "marches-prevus", True, True, problems)
            page.get_by_role("link", name="Nettoyage des écoles").first.click()
            page.wait_for_load_state("load")
            planned = page.url
            visit.keep("marche-prevu", page.content().encode())
            visit.look(page, "marche-prevu", True, True, problems)
            page.fill("#message", "Bonjour,\n<i>une question</i>")
            press(page, "Envoyer le message")
            if page.url != planned or "<i>une question</i>" not in page.locator(".thread").inner_text():
                problems.append("the message is not in the thread")
            page.select_option("#etape", "set-aside")
            page.get_by_role("button", name="Enregistrer").first.click()
            page.wait_for_load_state("load")
            if "Dites pourquoi" not in page.locator(".error-summary").inner_text():
                problems.append("a contract is set aside without a reason")
            page.fill("#motif", "Trop court")
            page.get_by_role("button", name="Enregistrer").first.click()
            page.wait_for_load_state("load")
            send(PROGRAMME.replace("P2;;;12;;", "P2;Toiture;;13;;"))
            if "Déjà là" not in page.locator(".key-figures").inner_text() or "modifié" not in page.locator("main").inner_text():
                problems.append("a second upload does not tell what changes")
            page.goto(first)
            press(page, "Annuler cet envoi")
            page.goto(visit.base + "/marches-prevus")
            if "Toiture" in page.locator("main").inner_text():
                problems.append("the upload was not taken back")
            problems += [p for p in watch.take() if "status of 422" not in p]


def submission(visit: "Visit") -> None:
    """A buyer without an account sends a contract; a facilitator reads who sent it and takes it, and follows a renewal."""
    with visit.report.test(visit.name("une programmation envoyée sans compte, et un renouvellement suivi")) as problems:
        with visit.context() as context:
            page = context.new_page()
            watch = Watch(page, visit.base)
            visit.open(page, "/programmation")
            visit.look(page, "programmation", True, True, problems)
            page.evaluate("document.querySelectorAll('[required]').forEach(field => field.removeAttribute('required'))")
            page.fill("#nom", "<b>Ville</b>")
            press(page, "Envoyer")
            visit.look(page, "programmation-fautes", True, True, problems)
            if page.locator(".error-summary li").count() != 5 or page.input_value("#nom") != "<b>Ville</b>":
                problems.append("what is missing is not all told, or what was typed is lost")
            values = {
                "prenom-nom": "Zoé <i>Sow</i>", "courriel": "zoe.sow@ville.example", "telephone": "01 23 45 67 89",
                "acheteur": "217 702 880 00006",
            }
            fill(page, values)
            page.fill("#code-postal", "77000")
            page.locator("summary", has_text="Ou décrire").click()
            fill(page, {"object": "Entretien <u>sans compte</u>", "amount": "400 000", "cpv": "9091"})
            press(page, "Envoyer")
            visit.look(page, "programmation-recue", True, True, problems)
            if "PA-" not in page.locator(".key-figures").inner_text() or "usuellement" not in page.locator("main").inner_text():
                problems.append("the sender reads no reference, or no first opinion")
            enter(visit, page, "facilitateur ou facilitatrice", administers=True)
            visit.open(page, "/programmes")
            page.get_by_role("link", name="formulaire").first.click()
            page.wait_for_load_state("load")
            visit.look(page, "programme-sans-compte", True, True, problems)
            if "Zoé <i>Sow</i>" not in page.locator("main").inner_text():
                problems.append("the facilitator does not read who sent it")
            press(page, "Prendre en compte 1 marché")
            if "Entretien <u>sans compte</u>" not in page.locator("main").inner_text():
                problems.append("the contract was not taken")
            visit.open(page, "/reperage")
            page.locator(".advice h2 a, .advice h3 a").nth(3).click()
            page.wait_for_load_state("load")
            found = page.url
            page.get_by_role("link", name="Suivre ce renouvellement").click()
            page.wait_for_load_state("load")
            visit.look(page, "renouvellement", True, True, problems)
            page.fill("#months", "longtemps")
            press(page, "Ajouter à la programmation")
            if page.locator(".error-summary li").count() != 1 or page.input_value("#months") != "longtemps":
                problems.append("a wrong duration is not told, or is lost")
            page.fill("#months", "48")
            press(page, "Ajouter à la programmation")
            page.goto(found)
            if "Renouvellement suivi" not in page.locator("main").inner_text():
                problems.append("the published contract does not say that its renewal is followed")
            problems += [p for p in watch.take() if "status of 422" not in p]


def sheets(visit: "Visit") -> None:
    """A sheet of a lot: drafted with a fault, signed, chosen for the buyer, replaced by a version."""
    with visit.report.test(visit.name("une fiche de lot : préparée, signée, choisie, remplacée")) as problems:
        with visit.context() as context:
            page = context.new_page()
            watch = Watch(page, visit.base)
            enter(visit, page, "facilitateur ou facilitatrice", administers=True)
            visit.open(page, "/marches-prevus/nouveau")
            visit.look(page, "nouveau-marche", True, True, problems)
            values = {
                "acheteur": "217 702 880 00006", "nom": "Ville de Melun", "object": "Nettoyage <b>des fiches</b>",
                "amount": "400 000", "cpv": "9091", "place": "Melun (77)", "months": "48",
            }
            fill(page, values)
            press(page, "Ajouter à la programmation")
            planned = page.url
            page.fill("#lot", "Lot <i>1</i>")
            press(page, "Ouvrir une fiche")
            page.fill("#taux", "beaucoup")
            press(page, "Enregistrer et recalculer")
            visit.look(page, "fiche-faute", True, True, problems)
            if page.input_value("#taux") != "beaucoup" or page.locator(".error-summary li").count() != 1:
                problems.append("a wrong rate is not told, or is lost")
            page.fill("#taux", "10")
            press(page, "Enregistrer et recalculer")
            visit.look(page, "fiche-brouillon", True, True, problems)
            page.select_option("#methode", "autre")
            press(page, "Signer")
            if "Donnez un nombre" not in page.locator(".error-summary").inner_text():
                problems.append("hours of one's own are signed without hours")
            page.select_option("#methode", index=0)
            page.fill("#raison", "Deux structures sont prêtes.")
            press(page, "Signer")
            page.fill("#heures-retenues", "700,5")
            page.fill("#motif-choix", "Le budget a baissé.")
            press(page, "Enregistrer le choix")
            visit.look(page, "fiche-choisie", True, True, problems)
            if "700,5" not in page.locator(".key-figures").inner_text():
                problems.append("what the buyer retains is not shown")
            press(page, "Préparer une nouvelle version")
            if "version 2" not in page.locator("main").inner_text() or page.input_value("#taux") != "10":
                problems.append("a new version does not begin with what was typed")
            page.goto(planned)
            visit.look(page, "marche-prevu-fiches", True, True, problems)
            if page.locator("h3", has_text="Lot <i>1</i>").count() != 2:
                problems.append("the planned contract does not list its sheets")
            problems += [p for p in watch.take() if "status of 422" not in p]


def tender(visit: "Visit") -> None:
    """The pieces of a consultation: filled in with a fault, drafted, downloaded, sent, and compared with the buyer's own."""
    with visit.report.test(visit.name("les pièces d’une consultation : rédigées, envoyées, comparées")) as problems:
        with visit.context() as context:
            page = context.new_page()
            watch = Watch(page, visit.base)
            enter(visit, page, "facilitateur ou facilitatrice", administers=True)
            visit.open(page, "/marches-prevus/nouveau")
            fill(page, {
                "acheteur": "217 702 880 00006", "nom": "Ville de Melun", "object": "Groupe scolaire <b>des pièces</b>",
                "amount": "6 200 000", "cpv": "4521", "place": "Melun (77)", "months": "16",
            })
            press(page, "Ajouter à la programmation")
            planned = page.url
            press(page, "Rédiger les pièces")
            visit.look(page, "redaction-commencee", True, True, problems)
            fill(page, {"lot-0-nom": "1", "lot-0-heures": "beaucoup", "penalite-heure": "60"})
            press(page, "Enregistrer et rédiger")
            visit.look(page, "redaction-faute", True, True, problems)
            if page.input_value("#lot-0-heures") != "beaucoup" or page.locator(".error-summary li").count() != 1:
                problems.append("wrong hours are not told, or are lost")
            fill(page, {"lot-0-heures": "1 688", "lot-1-nom": "3", "lot-1-heures": "686"})
            page.select_option("#lot-1-possibilite", "execution")
            press(page, "Enregistrer et rédiger")
            fill(page, {"lot-2-nom": "4", "lot-2-heures": "192", "lot-2-part": "50"})
            page.select_option("#lot-2-possibilite", "reserved")
            page.select_option("#lot-2-famille", "inclusion")
            page.select_option("#ccag", "works")
            fill(page, {
                "telephone": "01 23 45 67 89", "responsable": "Ville de Melun", "reunion": "15", "penalite-piece": "50",
                "decompte": "les heures travaillées et les heures de formation",
            })
            press(page, "Enregistrer et rédiger")
            page.locator("details.piece > summary").first.click()
            visit.look(page, "redaction-pieces", True, True, problems)
            page.evaluate("document.querySelectorAll('details').forEach(piece => piece.open = true)")
            text = page.locator("main").inner_text().replace("\u00a0", " ")
            for words in ("1\u202f688 heures", "686 heures", "article 20.1 du CCAG-Travaux", "Les pièces concordent"):
                if words not in text:
                    problems.append(f"the pieces do not say {words}")
            for name, start in (("PDF", b"%PDF"), ("Word", b"PK"), ("LibreOffice", b"PK")):
                link = page.locator("details.piece a", has_text=name).nth(0)
                answer = page.request.get(visit.base + link.get_attribute("href"))
                if answer.status != 200 or not answer.body().startswith(start):
                    problems.append(f"the piece as {name} answers {answer.status}")
            whole = page.request.get(visit.base + page.get_by_role("link", name="Tout en Word").get_attribute("href"))
            if whole.status != 200 or whole.headers["content-type"] != "application/zip":
                problems.append(f"all the pieces answer {whole.status}")
            press(page, "Envoyer les pièces à l’acheteur")
            page.select_option("#document", "engagementAct")
            page.fill("#texte", "Lot 1. Le titulaire s’engage à réserver 1680 heures de travail à l’insertion.")
            press(page, "Comparer")
            visit.look(page, "redaction-comparee", True, True, problems)
            text = page.locator("main").inner_text()
            if "1\u202f680" not in text or "À corriger" not in text:
                problems.append("the difference with the buyer's act is not told")
            page.goto(planned)
            if "Rédaction envoyée" not in page.locator("main").inner_text():
                problems.append("the contract did not move on")
            visit.open(page, "/redaction")
            visit.look(page, "bibliotheque", True, True, problems)
            page.get_by_role("link", name="Clause de réexamen").first.click()
            page.wait_for_load_state("load")
            fill(page, {"texte": "Notre texte {hours}.", "raison": "Usage <i>local</i>"})
            press(page, "Enregistrer notre texte")
            visit.look(page, "texte-local-faute", True, True, problems)
            if page.input_value("#texte") != "Notre texte {hours}." or page.locator(".error-summary li").count() != 1:
                problems.append("an unknown word in braces is not told, or the text is lost")
            fill(page, {"texte": "Notre texte\u202f: {heures}.", "raison": "Usage <i>local</i>"})
            press(page, "Enregistrer notre texte")
            visit.look(page, "texte-local", True, True, problems)
            if page.locator("ins").count() == 0 or "Usage <i>local</i>" not in page.locator("main").inner_text():
                problems.append("the local text is not shown with what it changes")
            problems += [p for p in watch.take() if "status of 422" not in p]


def program(visit: "Visit") -> None:
    """A key for a program: made, used, revoked."""
    with visit.report.test(visit.name("une clé pour un logiciel : créée, montrée une fois, utilisée, révoquée")) as problems:
        with visit.context() as context:
            page = context.new_page()
            enter(visit, page, "facilitateur ou facilitatrice", administers=True)
            page.goto(visit.base + "/compte")
            own = page.locator("h3 a").first.get_attribute("href")
            visit.open(page, own)
            page.get_by_role("link", name="Clés des logiciels").click()
            page.fill("#nom", "Tableau <b>de bord</b>")
            page.get_by_label("Fiches des organisations").check()
            press(page, "Créer la clé")
            key = page.locator("code.secret").inner_text()
            if not re.fullmatch(r"marchepied_[\w-]{43}", key):
                problems.append("the key is not shown")
            page.goto(visit.base + f"{own}/cles")
            if key in page.content():
                problems.append("the key is shown again")
            sent = {"Authorization": f"Bearer {key}"}
            with visit.context() as bare:
                answer = bare.request.get(visit.base + "/api/v1/organisations", headers=sent)
                if answer.status != 200 or not answer.json()["organisations"]:
                    problems.append(f"the key opens nothing: {answer.status}")
                press(page, "Révoquer la clé Tableau <b>de bord</b>")
                if bare.request.get(visit.base + "/api/v1/organisations", headers=sent).status != 401:
                    problems.append("a revoked key still opens")


def strangers(visit: "Visit") -> None:
    with visit.report.test(visit.name("sans compte, une page réservée mène à la connexion et en revient")) as problems:
        with visit.context() as context:
            page = context.new_page()
            page.goto(visit.base + "/organisations?etat=waiting")
            if "/connexion?suite=" not in page.url:
                problems.append(f"led to {page.url}")
            page.locator(".choices button").filter(has_text="coordination").first.click()
            page.wait_for_load_state("load")
            if not page.url.endswith("/organisations?etat=waiting"):
                problems.append(f"came back to {page.url}")
    with visit.report.test(visit.name("un mauvais mot de passe se dit sans rien révéler")) as problems:
        with visit.context() as context:
            page = context.new_page()
            visit.open(page, "/connexion")
            page.fill("#courriel", "personne@exemple.fr")
            page.fill("#motdepasse", "rien")
            page.get_by_role("button", name="Se connecter", exact=True).click()
            if "incorrect" not in page.locator(".error-summary").inner_text():
                problems.append("the error is not at the head of the form")
            if page.input_value("#courriel") != "personne@exemple.fr" or page.input_value("#motdepasse"):
                problems.append("the address is lost, or the password is sent back")


def sign_in(page, email: str, password: str) -> None:
    page.fill("#courriel", email)
    page.fill("#motdepasse", password)
    press(page, "Se connecter")


def account(visit: "Visit") -> None:
    """A password, a second factor, a recovery code, a link by e-mail: the whole road of one account."""
    with visit.report.test(visit.name("un compte : mot de passe, code, code de secours, lien")) as problems:
        with visit.context() as context:
            page = context.new_page()
            enter(visit, page, "prescripteur", administers=True)
            visit.open(page, "/compte")
            email = re.search(r"[\w.]+@demonstration\.example", page.locator("main").inner_text())[0]
            page.fill("#nouveau", PASSWORD)
            page.get_by_role("button", name="Changer le mot de passe").click()
            if "est changé" not in page.locator("main").inner_text():
                problems.append("the password was not changed")
            visit.open(page, "/compte/double-authentification")
            secret = page.locator("code.secret").inner_text().replace(" ", "")
            page.fill("#code", "000000" if code(secret) != "000000" else "111111")
            page.fill("#motdepasse", PASSWORD)
            page.get_by_role("button", name="Activer").click()
            if page.locator("code.secret").inner_text().replace(" ", "") != secret:
                problems.append("a wrong code drew another secret")
            page.fill("#code", code(secret))
            page.fill("#motdepasse", PASSWORD)
            press(page, "Activer")
            codes = page.locator(".codes code").all_inner_texts()
            if len(codes) != 10:
                problems.append(f"{len(codes)} recovery codes")
        with visit.context() as context:
            page = context.new_page()
            visit.open(page, "/connexion?suite=/organisations")
            sign_in(page, email, PASSWORD)
            if "/connexion/code" not in page.url:
                problems.append(f"no code was asked for: {page.url}")
            page.fill("#code", codes[0])
            press(page, "Continuer")
            if page.url != visit.base + "/compte" or not page.locator(".site-account summary").count():
                problems.append(f"the recovery code led to {page.url}")
        with visit.context() as context:
            page = context.new_page()
            visit.open(page, "/connexion/lien")
            page.fill("#courriel", email)
            page.get_by_role("button", name="Recevoir le lien").click()
            link = sent(visit, page, "connexion/lien")
            if not link:
                problems.append("no message came")
                return
            visit.open(page, link)
            press(page, "Me connecter")
            if "/connexion/code" not in page.url:
                problems.append(f"the link led to {page.url}, without the second factor")
            if page.goto(visit.base + link).status != 404:
                problems.append("the link serves twice")


def sent(visit: "Visit", page, path: str) -> str | None:
    """The link of the last message, as the page of a trial shows it; nothing after twenty seconds."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        page.goto(visit.base + "/courriels")
        first = page.locator("main a[href^='/courriels/']").first
        if first.count():
            first.click()
            if found := re.search(rf"/{path}/[\w-]{{43}}", page.content()):
                return found[0]
        time.sleep(0.5)
    return None


def forgotten(visit: "Visit") -> None:
    """A new password by a link, which opening its page does not use up."""
    with visit.report.test(visit.name("un mot de passe oublié se remplace par un lien")) as problems, visit.context() as context:
        page = context.new_page()
        enter(visit, page, "entreprise", administers=True)
        visit.open(page, "/compte")
        email = re.search(r"[\w.]+@demonstration\.example", page.locator("main").inner_text())[0]
        page.locator(".site-account summary").click()
        press(page, "Se déconnecter")
        visit.open(page, "/connexion")
        page.get_by_role("link", name="Mot de passe oublié").click()
        page.fill("#courriel", email)
        press(page, "Recevoir le lien")
        visit.picture(page, "mot-de-passe-envoye-1280")
        link = sent(visit, page, "connexion/nouveau-mot-de-passe")
        if not link:
            problems.append("no message came")
            return
        look_at = Watch(page, visit.base)
        answer = visit.open(page, link)
        visit.keep("nouveau-mot-de-passe", answer.body())
        visit.look(page, "nouveau-mot-de-passe", True, True, problems)
        page.fill("#nouveau", "court")
        page.get_by_role("button", name="Enregistrer et me connecter").click()
        if "facile à deviner" not in page.locator("main").inner_text() or page.input_value("#nouveau"):
            problems.append("a weak password is not told, or is sent back")
        page.fill("#nouveau", PASSWORD)
        press(page, "Enregistrer et me connecter")
        if page.url != visit.base + "/compte" or not page.locator(".site-account summary").count():
            problems.append(f"the new password led to {page.url}")
        problems += [p for p in look_at.take() if "status of 422" not in p]
        if page.goto(visit.base + link).status != 404:
            problems.append("the link serves twice")
    with visit.report.test(visit.name("le nouveau mot de passe ouvre le compte")) as problems, visit.context() as context:
        page = context.new_page()
        visit.open(page, "/connexion")
        sign_in(page, email, PASSWORD)
        if not page.locator(".site-account summary").count():
            problems.append(f"led to {page.url}")


def invitation(visit: "Visit") -> None:
    with visit.report.test(visit.name("une invitation, de l’envoi à la première page")) as problems:
        with visit.context() as context:
            page = context.new_page()
            enter(visit, page, "donneur d’ordre", administers=True)
            visit.open(page, "/compte")
            own = page.locator("h3 a").first.get_attribute("href")
            visit.open(page, f"{own}/membres")
            address = f"invite.{int(time.time())}@exemple.fr"
            page.fill("#courriel", address)
            page.get_by_role("button", name="Préparer l’invitation").click()
            link = page.locator("code.secret").inner_text()
        path = "/invitation/" + link.rsplit("/", 1)[1]
        with visit.context() as context:
            page = context.new_page()
            visit.open(page, path)
            page.fill("#prenom", "Zoé")
            page.fill("#nom", "O’Brien-<b>")
            page.fill("#nouveau", "court")
            page.get_by_role("button", name="Rejoindre", exact=True).click()
            if page.input_value("#prenom") != "Zoé" or "facile à deviner" not in page.locator("main").inner_text():
                problems.append("a weak password is not told, or what was typed is lost")
            page.fill("#nouveau", PASSWORD)
            press(page, "Rejoindre")
            if "O’Brien-<b>" not in page.locator(".site-account").inner_text():
                problems.append("the new member is not signed in under their name")
            if page.goto(visit.base + path).status != 404:
                problems.append("the invitation serves twice")
