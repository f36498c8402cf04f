"""Takes one picture of the real program with the demonstration loaded, for the README."""

import argparse
from pathlib import Path

from browser import chromium
from server import Server

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--program", type=Path, required=True)
parser.add_argument("--page", default="/reperage")
parser.add_argument("--out", type=Path, required=True)
options = parser.parse_args()

with Server(options.program, "sqlite") as base, chromium() as browser:
    page = browser.new_page(viewport={"width": 1280, "height": 860}, device_scale_factor=1.5, locale="fr-FR")
    page.goto(base + options.page)
    page.evaluate("document.fonts.ready")
    page.screenshot(path=options.out)
