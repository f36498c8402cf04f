"""Makes the models that give Word and LibreOffice files their look: `reference.docx` and `reference.odt`.

    python3 setup/reference.py FOLDER

Pandoc's own models are taken as they are, then the styles that documents use are replaced, and a head and a foot are
added to each page. Words between double braces there (`{{title}}`) are filled in when a document is printed. The set-up
runs this for the pandoc of the machine; the files are not in the repository.
"""

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

INK, GREEN, GREY, RULE, GROUND, GAP = "1B2430", "0B5D55", "55606E", "B9C2CB", "F1F5F4", "FFF0B8"
FONT = "Liberation Sans"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def model(name):
    data = subprocess.run(["pandoc", "--print-default-data-file", name], check=True, capture_output=True).stdout
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry: archive.read(entry) for entry in archive.namelist() if not entry.endswith("/")}


def write(path, files):
    """The same files always give the same bytes; `mimetype` comes first, as OpenDocument wants it."""
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(files, key=lambda name: (name != "mimetype", name)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])


def replaced(text, old, new):
    if old not in text:
        sys.exit(f"reference: pandoc's model no longer holds {old!r}")
    return text.replace(old, new, 1)


# --- Word ---------------------------------------------------------------------------------------------------------


def spacing(before, after, line=None):
    return f'<w:spacing w:before="{before}" w:after="{after}"' + (f' w:line="{line}" w:lineRule="auto"/>' if line else "/>")


def letters(size, colour=None, bold=False):
    """Size in half points."""
    weight = '<w:b/><w:bCs/>' if bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    return weight + (f'<w:color w:val="{colour}"/>' if colour else "") + f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def edge(side, colour, width=8, gap=1):
    return f'<w:{side} w:val="single" w:sz="{width}" w:space="{gap}" w:color="{colour}"/>'


HOLD = "<w:keepNext/><w:keepLines/>"
FRAME = "".join(edge(side, GREY, 8, 6) for side in ("top", "left", "bottom", "right"))
BAR = edge("left", GREEN, 24, 8)
FILL = f'<w:shd w:val="clear" w:color="auto" w:fill="{GROUND}"/>'

# Identifier: (type, name, based on, paragraph, letters); the order inside a paragraph is that of the format's schema.
WORD_STYLES = {
    "Normal": ("paragraph", "Normal", None, "", ""),
    "BodyText": ("paragraph", "Body Text", "Normal", spacing(0, 130), ""),
    "FirstParagraph": ("paragraph", "First Paragraph", "BodyText", "", ""),
    "Compact": ("paragraph", "Compact", "BodyText", spacing(30, 50), ""),
    "Title": ("paragraph", "Title", "Normal", HOLD + spacing(0, 100, 252) + '<w:jc w:val="left"/>', letters(40, INK, True)),
    "Subtitle": ("paragraph", "Subtitle", "Normal", HOLD + spacing(0, 80) + '<w:jc w:val="left"/>', letters(25, GREY)),
    "Author": ("paragraph", "Author", "Normal", HOLD + spacing(0, 0) + '<w:jc w:val="left"/>', letters(20, GREY)),
    "Date": ("paragraph", "Date", "Normal", HOLD + spacing(0, 200) + '<w:jc w:val="left"/>', letters(20, GREY)),
    "Heading1": ("paragraph", "heading 1", "Normal", HOLD + "<w:pBdr>" + edge("bottom", GREEN, 8, 3) + "</w:pBdr>"
                 + spacing(360, 160) + '<w:outlineLvl w:val="0"/>', letters(26, INK, True)),
    "Heading2": ("paragraph", "heading 2", "Normal", HOLD + spacing(260, 110) + '<w:outlineLvl w:val="1"/>',
                 letters(22, GREEN, True)),
    "Heading3": ("paragraph", "heading 3", "Normal", HOLD + spacing(220, 100) + '<w:outlineLvl w:val="2"/>',
                 letters(20, INK, True)),
    "TableCaption": ("paragraph", "Table Caption", "Normal", HOLD + spacing(200, 80), letters(18, GREY, True)),
    "Status": ("paragraph", "Status", "BodyText", f"<w:keepLines/><w:pBdr>{FRAME}</w:pBdr>" + spacing(160, 240)
               + '<w:ind w:left="140" w:right="140"/>', letters(20, INK, True)),
    "NoteTitle": ("paragraph", "Note Title", "BodyText", f"{HOLD}<w:pBdr>{BAR}</w:pBdr>{FILL}" + spacing(200, 60)
                  + '<w:ind w:left="220"/>', letters(20, INK, True)),
    "Note": ("paragraph", "Note", "BodyText", f"<w:pBdr>{BAR}</w:pBdr>{FILL}" + spacing(0, 130)
             + '<w:ind w:left="220"/>', ""),
    "SignatureCell": ("paragraph", "Signature Cell", "Compact", f"<w:keepLines/><w:pBdr>{FRAME}</w:pBdr>" + spacing(120, 240)
                      + '<w:ind w:left="160" w:right="160"/>', ""),
    "Header": ("paragraph", "header", "Normal", "<w:pBdr>" + edge("bottom", RULE, 4, 4)
               + '</w:pBdr><w:tabs><w:tab w:val="right" w:pos="9298"/></w:tabs>' + spacing(0, 0), letters(16, GREY)),
    "Footer": ("paragraph", "footer", "Normal", "<w:pBdr>" + edge("top", RULE, 4, 4)
               + '</w:pBdr><w:tabs><w:tab w:val="right" w:pos="9298"/></w:tabs>' + spacing(0, 0), letters(16, GREY)),
    "Gap": ("character", "Gap", None, "", f'<w:b/><w:bCs/><w:color w:val="{INK}"/><w:u w:val="dotted"/>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{GAP}"/>'),
}
TABLE_STYLE = f"""<w:style w:type="table" w:default="1" w:styleId="Table"><w:name w:val="Table"/><w:basedOn w:val="TableNormal"/>
<w:qFormat/><w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>
{edge("top", GREEN, 8, 0)}{edge("bottom", RULE, 4, 0)}{edge("insideH", RULE, 4, 0)}</w:tblBorders><w:tblCellMar>
<w:top w:w="40" w:type="dxa"/><w:left w:w="100" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="100" w:type="dxa"/>
</w:tblCellMar></w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:tcBorders>
{edge("top", GREEN, 8, 0)}{edge("bottom", GREEN, 4, 0)}</w:tcBorders>{FILL}<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>
</w:style>"""
SIGNATURES = """<w:style w:type="table" w:customStyle="1" w:styleId="Signatures"><w:name w:val="Signatures"/><w:basedOn w:val="TableNormal"/>
<w:tblPr><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"""
DEFAULTS = f"""<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>
<w:color w:val="{INK}"/><w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="fr-FR" w:eastAsia="fr-FR" w:bidi="ar-SA"/></w:rPr>
</w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="130" w:line="269" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>"""


def word_style(identifier, kind, name, based, paragraph, run):
    attributes = ' w:default="1"' if identifier == "Normal" else ""
    based = f'<w:basedOn w:val="{based}"/>' if based else ""
    paragraph = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    run = f"<w:rPr>{run}</w:rPr>" if run else ""
    return (f'<w:style w:type="{kind}"{attributes} w:styleId="{identifier}"><w:name w:val="{name}"/>{based}<w:qFormat/>'
            f"{paragraph}{run}</w:style>")


def field(code, shown):
    parts = [f'<w:fldChar w:fldCharType="begin"/>', f'<w:instrText xml:space="preserve"> {code} </w:instrText>',
             '<w:fldChar w:fldCharType="separate"/>', f"<w:t>{shown}</w:t>", '<w:fldChar w:fldCharType="end"/>']
    return "".join(f"<w:r>{part}</w:r>" for part in parts)


def words(text, bold=False):
    return f'<w:r>{"<w:rPr><w:b/></w:rPr>" if bold else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def word():
    files = model("reference.docx")
    styles = files["word/styles.xml"].decode()
    styles = re.sub(r"<w:docDefaults>.*?</w:docDefaults>", DEFAULTS, styles, flags=re.S)
    made = [word_style(identifier, *style) for identifier, style in WORD_STYLES.items()] + [TABLE_STYLE, SIGNATURES]
    for identifier in [*WORD_STYLES, "Table"]:
        styles = re.sub(rf'\s*<w:style (?:(?!</w:style>).)*?w:styleId="{identifier}">.*?</w:style>', "", styles, flags=re.S)
    styles = replaced(styles, "</w:styles>", "\n".join(made) + "\n</w:styles>")
    files["word/styles.xml"] = styles.encode()

    tab = "<w:r><w:tab/></w:r>"
    head = f'<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{words("{{heading}}")}{tab}{words("{{number}}", True)}</w:p>'
    foot = (f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{words("{{version}}")}{tab}'
            f'{words("Page ")}{field("PAGE", 1)}{words(" sur ")}{field("NUMPAGES", 1)}</w:p>')
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    files["word/header1.xml"] = f"{declaration}<w:hdr {W} {R}>{head}</w:hdr>".encode()
    files["word/footer1.xml"] = f"{declaration}<w:ftr {W} {R}>{foot}</w:ftr>".encode()
    relations = files["word/_rels/document.xml.rels"].decode()
    added = "".join(f'<Relationship Type="{OFFICE}/{kind}" Id="rId{number}" Target="{kind}1.xml" />'
                    for kind, number in (("header", 41), ("footer", 42)))
    files["word/_rels/document.xml.rels"] = replaced(relations, "</Relationships>", added + "</Relationships>").encode()
    types = files["[Content_Types].xml"].decode()
    prefix = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    added = "".join(f'<Override PartName="/word/{kind}1.xml" ContentType="{prefix}.{kind}+xml" />'
                    for kind in ("header", "footer"))
    files["[Content_Types].xml"] = replaced(types, "</Types>", added + "</Types>").encode()
    section = ('<w:sectPr><w:headerReference w:type="default" r:id="rId41"/><w:footerReference w:type="default" r:id="rId42"/>'
               '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1701" w:right="1304" w:bottom="1531" w:left="1304"'
               ' w:header="850" w:footer="680" w:gutter="0"/></w:sectPr>')
    document = files["word/document.xml"].decode()
    files["word/document.xml"] = replaced(document, "<w:sectPr />", section).encode()
    fonts = files["word/fontTable.xml"].decode()
    # Where the font is not installed, Arial has the same widths.
    font = (f'<w:font w:name="{FONT}"><w:altName w:val="Arial"/><w:charset w:val="00"/><w:family w:val="swiss"/>'
            '<w:pitch w:val="variable"/></w:font>')
    files["word/fontTable.xml"] = replaced(fonts, "</w:fonts>", font + "</w:fonts>").encode()
    settings = files["word/settings.xml"].decode()
    settings = replaced(settings, '<w:themeFontLang w:val="en-US" />', '<w:themeFontLang w:val="fr-FR" />')
    settings = replaced(settings, '<w:decimalSymbol w:val="." />', '<w:decimalSymbol w:val="," />')
    settings = replaced(settings, '<w:listSeparator w:val="," />', '<w:listSeparator w:val=";" />')
    files["word/settings.xml"] = settings.encode()
    return files


# --- LibreOffice --------------------------------------------------------------------------------------------------


def margins(top, bottom, more=""):
    return f'fo:margin-top="{top}pt" fo:margin-bottom="{bottom}pt" fo:margin-left="0cm" fo:margin-right="0cm" {more}'


def type_size(size, colour=None, bold=False):
    colour = f'fo:color="#{colour}" style:use-window-font-color="false"' if colour else ""
    weight = "bold" if bold else "normal"
    return (f'style:font-name="{FONT}" fo:font-size="{size}pt" {colour} fo:font-weight="{weight}" fo:font-style="normal" '
            'fo:font-variant="normal" fo:text-transform="none"')


KEEP = 'fo:keep-with-next="always" fo:keep-together="always"'
FLAT = 'fo:padding-left="0cm" fo:padding-right="0cm" fo:padding-top="{0}cm" fo:padding-bottom="{0}cm"'
BOX = f'fo:border="0.75pt solid #{GREY}" fo:padding="0.2cm"'
BESIDE = (f'fo:border-left="3pt solid #{GREEN}" fo:border-top="none" fo:border-right="none" fo:border-bottom="none" '
          f'fo:padding="0.2cm" fo:background-color="#{GROUND}" style:join-border="true"')
TABS = '<style:tab-stops><style:tab-stop style:position="16.4cm" style:type="right"/></style:tab-stops>'
# Name: (parent, paragraph, letters, what the paragraph holds).
WRITER_STYLES = {
    "Standard": (None, margins(0, 0, 'fo:line-height="112%"'), type_size(10, INK), ""),
    "Text_20_body": ("Standard", margins(0, 6.5), "", ""),
    "First_20_paragraph": ("Text_20_body", margins(0, 6.5), "", ""),
    "Title": ("Standard", margins(0, 5, f'fo:text-align="start" {KEEP}'), type_size(20, INK, True), ""),
    "Subtitle": ("Standard", margins(0, 4, f'fo:text-align="start" {KEEP}'), type_size(12.5, GREY), ""),
    "Author": ("Standard", margins(0, 0, f'fo:text-align="start" {KEEP}'), type_size(10, GREY), ""),
    "Date": ("Standard", margins(0, 10, f'fo:text-align="start" {KEEP}'), type_size(10, GREY), ""),
    "Heading_20_1": ("Heading", margins(18, 8, f'{KEEP} fo:border-bottom="1pt solid #{GREEN}" fo:border-top="none" '
                     'fo:border-left="none" fo:border-right="none" ' + FLAT.format(0.1)), type_size(13, INK, True), ""),
    "Heading_20_2": ("Heading", margins(13, 5.5, KEEP), type_size(11, GREEN, True), ""),
    "Heading_20_3": ("Heading", margins(11, 5, KEEP), type_size(10, INK, True), ""),
    "TableCaption": ("Standard", margins(10, 4, KEEP), type_size(9, GREY, True), ""),
    "Table_20_Contents": ("Standard", margins(0, 0), type_size(9), ""),
    "Table_20_Heading": ("Table_20_Contents", margins(0, 0, 'fo:text-align="start"'), type_size(9, INK, True), ""),
    "Status": ("Text_20_body", margins(8, 12, BOX), type_size(10, INK, True), ""),
    "NoteTitle": ("Text_20_body", margins(10, 3, f"{BESIDE} {KEEP}"), type_size(10, INK, True), ""),
    "Note": ("Text_20_body", margins(0, 6.5, BESIDE), "", ""),
    "SignatureCell": ("Text_20_body", margins(6, 12, BOX), "", ""),
    "Header": ("Standard", margins(0, 0, f'fo:border-bottom="0.5pt solid #{RULE}" fo:border-top="none" fo:border-left="none" '
               'fo:border-right="none" ' + FLAT.format(0.12)), type_size(8, GREY), TABS),
    "Footer": ("Standard", margins(0, 0, f'fo:border-top="0.5pt solid #{RULE}" fo:border-bottom="none" fo:border-left="none" '
               'fo:border-right="none" ' + FLAT.format(0.12)), type_size(8, GREY), TABS),
}
LEVELS = {"Heading_20_1": 1, "Heading_20_2": 2, "Heading_20_3": 3}


def writer_style(name, parent, paragraph, run, content):
    parent = f' style:parent-style-name="{parent}"' if parent else ""
    level = f' style:default-outline-level="{LEVELS[name]}"' if name in LEVELS else ""
    display = f' style:display-name="{name.replace("_20_", " ")}"' if "_20_" in name else ""
    return (f'<style:style style:name="{name}"{display} style:family="paragraph"{parent}{level}>'
            f"<style:paragraph-properties {paragraph}>{content}</style:paragraph-properties>"
            f"<style:text-properties {run}/></style:style>")


def writer():
    files = {name: data for name, data in model("reference.odt").items()
             if not name.startswith(("Thumbnails/", "Configurations2/"))}
    styles = files["styles.xml"].decode()
    for name in [*WRITER_STYLES, "Gap", "MP1"]:
        styles = re.sub(rf'<style:style style:name="{name}"(?:\s[^>]*)?(?:/>|>(?:(?!<style:style).)*?</style:style>)', "", styles,
                        flags=re.S)
    made = [writer_style(name, *style) for name, style in WRITER_STYLES.items()]
    made.append(
        f'<style:style style:name="Gap" style:family="text"><style:text-properties fo:font-weight="bold" fo:color="#{INK}" '
        f'fo:background-color="#{GAP}" style:text-underline-style="dotted" style:text-underline-width="auto" '
        'style:text-underline-color="font-color"/></style:style>')
    styles = replaced(styles, "</office:styles>", "\n".join(made) + "\n</office:styles>")
    face = (f'<style:font-face style:name="{FONT}" svg:font-family="\'{FONT}\', Arial" style:font-family-generic="swiss" '
            'style:font-pitch="variable"/>')
    styles = replaced(styles, "</office:font-face-decls>", face + "</office:font-face-decls>")
    styles = styles.replace('fo:language="en" fo:country="US"', 'fo:language="fr" fo:country="FR"')
    styles = re.sub(r'fo:language="en"\s+fo:country="US"', 'fo:language="fr" fo:country="FR"', styles)
    edges = ('fo:margin-top="0.35cm"', 'fo:margin-bottom="0.45cm"')
    layout = (
        '<style:page-layout style:name="Mpm1"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" '
        'style:num-format="1" style:print-orientation="portrait" fo:margin-top="1.5cm" fo:margin-bottom="1.3cm" '
        'fo:margin-left="2.3cm" fo:margin-right="2.3cm" style:writing-mode="lr-tb" style:footnote-max-height="0cm"/>'
        f'<style:header-style><style:header-footer-properties fo:min-height="1cm" {edges[1]}/></style:header-style>'
        f'<style:footer-style><style:header-footer-properties fo:min-height="1cm" {edges[0]}/></style:footer-style>'
        "</style:page-layout>")
    styles = re.sub(r'<style:page-layout style:name="Mpm1">.*?</style:page-layout>', lambda _: layout, styles, flags=re.S)
    page = (
        '<style:master-page style:name="Standard" style:page-layout-name="Mpm1"><style:header>'
        '<text:p text:style-name="Header">{{heading}}<text:tab/><text:span text:style-name="Strong_20_Emphasis">{{number}}'
        '</text:span></text:p></style:header><style:footer><text:p text:style-name="Footer">{{version}}<text:tab/>Page '
        '<text:page-number text:select-page="current">1</text:page-number> sur <text:page-count>1</text:page-count></text:p>'
        "</style:footer></style:master-page>")
    styles = re.sub(r'<style:master-page style:name="Standard".*?</style:master-page>', lambda _: page, styles, flags=re.S)
    files["styles.xml"] = styles.encode()
    manifest = files["META-INF/manifest.xml"].decode()
    manifest = re.sub(r'\s*<manifest:file-entry[^>]*full-path="(?:Thumbnails|Configurations2)[^"]*"[^>]*/>', "", manifest)
    files["META-INF/manifest.xml"] = manifest.encode()
    return files


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    write(folder / "reference.docx", word())
    write(folder / "reference.odt", writer())


if __name__ == "__main__":
    main()
