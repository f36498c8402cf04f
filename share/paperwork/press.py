"""Lays out a batch of documents as PDF: `press.py JOB`, where JOB is a JSON file of the caller's private folder.

The job names the fonts' folders, the limit of a file's size, and for each document its data, its day and where to
write it. The data reach the template as a value, so no sign in them is ever read as markup. What is wrong is told by
the exit code, the details by standard error:
3 the compiler is not installed, 4 a file is missing (its path is on standard error), 5 a document was refused,
6 a file is too large.
"""

import json
import sys
import unicodedata
from datetime import datetime, timezone
from pathlib import Path

HERE = Path(__file__).resolve().parent
STANDARDS = ["a-3a", "ua-1"]
# A sign that the fonts lack and that another one says as well.
TWINS = {"\u2010": "-", "\u2011": "-", "\u2043": "-", "\ufffd": "?"}


class Charset:
    """The signs that every face of the fonts can print; PDF/A and PDF/UA refuse the others."""

    def __init__(self, files):
        from fontTools.ttLib import TTFont

        faces = [set(TTFont(file, lazy=True).getBestCmap()) for file in files]
        self.signs = set.intersection(*faces) | {0x0A}

    def text(self, text):
        """The text with what cannot be printed named by its code in brackets: `[U+1F600]`."""
        if all(ord(sign) in self.signs for sign in text):
            return text
        parts, lacking = [], []
        for sign in unicodedata.normalize("NFC", text):
            if ord(sign) in self.signs or sign in TWINS:
                if lacking:
                    parts.append(f"[{' '.join(lacking)}]")
                    lacking = []
                parts.append(TWINS.get(sign, sign) if ord(sign) not in self.signs else sign)
            elif not "\ufe00" <= sign <= "\ufe0f":  # These only choose how the sign before them looks.
                lacking.append(f"U+{ord(sign):04X}")
        if lacking:
            parts.append(f"[{' '.join(lacking)}]")
        return "".join(parts)

    def value(self, value):
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.value(item) for item in value]
        if isinstance(value, dict):
            return {key: self.value(item) for key, item in value.items()}
        return value


def stop(code, words):
    print(words, file=sys.stderr)
    sys.exit(code)


def main(job_path):
    try:
        import typst
    except ImportError as error:
        stop(3, error)
    job = json.loads(Path(job_path).read_text("utf-8"))
    template = HERE / "paper.typ"
    if not template.is_file():
        stop(4, template)
    files = []
    for folder in job["fonts"]:
        found = sorted(Path(folder).glob("LiberationSans-*.ttf"))
        if not found:
            stop(4, folder)
        files += found
    charset = Charset(files)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=job["fonts"])
    compiler = typst.Compiler(str(template), root=str(HERE), font_paths=fonts)
    for index, document in enumerate(job["documents"]):
        data = json.dumps(charset.value(document["data"]), ensure_ascii=False)
        day = datetime.fromisoformat(document["day"]).replace(tzinfo=timezone.utc)
        try:
            pdf = compiler.compile(format="pdf", sys_inputs={"data": data}, pdf_standards=STANDARDS, timestamp=day)
        except typst.TypstError as error:
            stop(5, f"document {index}: {error.message} {error.hints}")
        if len(pdf) > job["limit"]:
            stop(6, f"document {index}: {len(pdf)} bytes")
        Path(document["output"]).write_bytes(pdf)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        stop(2, "usage: press.py JOB")
    main(sys.argv[1])
