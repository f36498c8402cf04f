"""Assembles what browsers receive into one folder: hashed names, precompressed copies, licences and `assets.json`.

Bootstrap is taken out of the downloaded wheel, Inter out of Debian's package (subset, then woff2), and our
own files out of `share/web`. A file's name carries the hash of its bytes, so the server may let browsers keep it for
ever; `assets.json` maps the plain name to the hashed one.
"""

import argparse
import gzip
import hashlib
import io
import json
import re
import shutil
import sys
import zipfile
from pathlib import Path

import brotli
from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path("/usr/share/fonts/opentype/inter")
FACES = {"inter-400.woff2": "Inter-Regular.otf", "inter-600.woff2": "Inter-SemiBold.otf"}
FONT_LICENCE = Path("/usr/share/doc/fonts-inter/copyright")
# What French and the State's neighbours write, then the signs our pages use.
UNICODES = [
    *range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x1E80, 0x1E86), 0x1E9E, *range(0x2010, 0x2016), *range(0x2018, 0x201F),
    0x2020, 0x2022, 0x2026, 0x202F, 0x2030, 0x2039, 0x203A, 0x2044, 0x20AC, 0x2116, 0x2122, *range(0x2190, 0x2194),
    0x2212, 0x2215, 0x221E, 0x2248, 0x2260, 0x2264, 0x2265, 0x2713, 0x2717, 0x25B2, 0x25BC,
]
FEATURES = ["kern", "tnum", "ccmp", "locl", "mark", "mkmk", "calt", "case"]


def out_of_wheel(downloads: Path, project: str, suffix: str, banner: bytes) -> bytes:
    """The one file of a wheel that ends in `suffix`; `banner` must appear in it (the version that we name)."""
    wheels = sorted(downloads.glob(f"{project}-*.whl"))
    if not wheels:
        sys.exit(f"assets: no wheel of {project} in {downloads}")
    with zipfile.ZipFile(wheels[-1]) as wheel:
        names = [name for name in wheel.namelist() if name.endswith(suffix)]
        if len(names) != 1:
            sys.exit(f"assets: {len(names)} files end in {suffix} in {wheels[-1].name}; one was expected")
        data = wheel.read(names[0])
    if banner not in data:
        sys.exit(f"assets: {names[0]} does not carry {banner!r}")
    return data


def matching_brace(css: str, opening: int) -> int:
    depth = 0
    for index in range(opening, len(css)):
        if css[index] == "{":
            depth += 1
        elif css[index] == "}":
            depth -= 1
            if depth == 0:
                return index
    sys.exit("assets: unbalanced braces in the style sheet")


def dark_follows_system(css: str) -> str:
    """Adds the dark rules once more under `prefers-color-scheme`.

    Bootstrap turns dark with an attribute on the page, which needs a script before the first paint; our pages
    allow no inline script, so the system's preference chooses, in CSS alone.
    """
    mark = "[data-bs-theme=dark]"
    rules = []
    position = 0
    while True:
        opening = css.find("{", position)
        if opening < 0:
            break
        prelude = css[position:opening].rsplit("}", 1)[-1].rsplit(";", 1)[-1].strip()
        closing = matching_brace(css, opening)
        if mark in prelude and not prelude.startswith("@"):
            rules.append(prelude.replace(mark, ":root") + css[opening : closing + 1])
        position = closing + 1
    if len(rules) < 5:
        sys.exit(f"assets: only {len(rules)} dark rules found; the style sheet has changed")
    return css + "\n@media screen and (prefers-color-scheme:dark){" + "".join(rules) + "}\n"


def without_source_map(text: str) -> str:
    return re.sub(r"\n?/[*/][#@] sourceMappingURL=.*?(\*/|\n|$)", "", text)


def woff2(face: str) -> bytes:
    source = FONTS / face
    if not source.exists():
        sys.exit(f"assets: {source} is missing (Debian package fonts-inter)")
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = FEATURES
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.hinting = False
    options.desubroutinize = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=UNICODES)
    subsetter.subset(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def hashed(name: str, data: bytes) -> str:
    stem, _, extension = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(data).hexdigest()[:10]}.{extension}"


def compact(css: str) -> str:
    """Our own style sheet without comments and indentation (its meaning is left alone)."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return "\n".join(line.strip() for line in css.splitlines() if line.strip()) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for option in ("--downloads", "--sources", "--licences", "--out"):
        parser.add_argument(option, type=Path, required=True)
    arguments = parser.parse_args()

    bootstrap = "django_js_lib_bootstrap5"
    version = b"v5.3.3"
    files: dict[str, bytes] = {}
    css = out_of_wheel(arguments.downloads, bootstrap, "/css/bootstrap.min.css", version).decode()
    files["bootstrap.css"] = dark_follows_system(without_source_map(css)).encode()
    script = out_of_wheel(arguments.downloads, bootstrap, "/js/bootstrap.bundle.min.js", version).decode()
    files["bootstrap.js"] = without_source_map(script).encode()
    for name, face in FACES.items():
        files[name] = woff2(face)
    for source in sorted(arguments.sources.iterdir()):
        if source.is_file() and source.suffix in {".css", ".js", ".svg", ".png", ".ico"}:
            files[source.name] = source.read_bytes()

    names = {name: hashed(name, data) for name, data in files.items() if not name.endswith(".css")}
    for name in [name for name in files if name.endswith(".css")]:
        text = files[name].decode()
        if name != "bootstrap.css":
            text = compact(text)
        for plain, final in names.items():
            text = text.replace(f'url("{plain}")', f'url("{final}")')
        files[name] = text.encode()
    names |= {name: hashed(name, data) for name, data in files.items() if name.endswith(".css")}

    fresh = arguments.out.with_name(arguments.out.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name, data in files.items():
        target = fresh / names[name]
        target.write_bytes(data)
        if target.suffix in {".css", ".js", ".svg"}:
            target.with_name(target.name + ".gz").write_bytes(gzip.compress(data, 9, mtime=0))
            target.with_name(target.name + ".br").write_bytes(brotli.compress(data, quality=11))
    licences = fresh / "licences"
    licences.mkdir()
    for licence in sorted(arguments.licences.iterdir()):
        shutil.copyfile(licence, licences / licence.name)
    shutil.copyfile(FONT_LICENCE, licences / "inter.txt")
    (fresh / "assets.json").write_text(json.dumps(dict(sorted(names.items())), indent=2) + "\n")

    shutil.rmtree(arguments.out, ignore_errors=True)
    fresh.rename(arguments.out)


if __name__ == "__main__":
    main()
