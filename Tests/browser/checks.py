"""What must hold of every page: structure, accessibility, width, typography. Each check returns its problems."""

import re
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

import allowed

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]

STRUCTURE = """() => {
  const problems = [];
  const count = (selector) => document.querySelectorAll(selector).length;
  if (document.documentElement.lang !== "fr") problems.push(`lang is « ${document.documentElement.lang} »`);
  if (count("h1") !== 1) problems.push(`${count("h1")} h1`);
  if (!document.title.trim()) problems.push("no title");
  if (count("main") !== 1) problems.push(`${count("main")} main`);
  if (count("header") < 1 || count("footer") < 1) problems.push("no header or no footer");
  const first = document.querySelector("a[href]");
  const target = first && first.getAttribute("href").startsWith("#") && document.getElementById(first.hash.slice(1));
  if (!target) problems.push("the first link does not skip to the content");
  for (const field of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    // A placeholder is no label (RGAA 11.1), although axe takes it for one.
    const named = field.labels?.length || field.getAttribute("aria-label") || field.getAttribute("aria-labelledby");
    if (!named && !["submit", "button", "image"].includes(field.type)) problems.push(`field without label: ${field.outerHTML.slice(0, 120)}`);
  }
  for (const form of document.querySelectorAll("form")) {
    if (!form.querySelector("button:not([type=button]), input[type=submit]")) problems.push("a form has no button to send it");
  }
  for (const svg of document.querySelectorAll(".chart svg")) {
    const figure = svg.closest("figure, section");
    if (svg.getAttribute("role") !== "img" && svg.getAttribute("aria-hidden") !== "true") problems.push("a chart without role=img");
    if (figure && !figure.querySelector("table") && !figure.parentElement.querySelector("table")) problems.push("a chart without a table beside it");
  }
  for (const table of document.querySelectorAll("table")) {
    if (!table.querySelector("th")) problems.push("a table without header cells");
    if (!table.caption && !table.getAttribute("aria-label") && !table.getAttribute("aria-labelledby")) problems.push("a table without caption");
  }
  if (count("[style]")) problems.push(`${count("[style]")} elements with an inline style`);
  return problems;
}"""

# The page is as wide as its window: nothing to scroll sideways but what says so (a .table-scroll frame, a .raw record).
WIDTH = """() => {
  const wide = document.documentElement.scrollWidth, window_ = document.documentElement.clientWidth;
  if (wide <= window_) return [];
  const culprits = [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > window_ + 1 && !e.closest(".table-scroll, .raw"))
    .slice(-3).map((e) => `${e.tagName.toLowerCase()}.${e.className}`);
  return [`${wide} px wide in a window of ${window_} px: ${culprits.join(", ")}`];
}"""

# Contrast of what axe leaves undecided (text in drawings, marks, selects): at least 4.5 against the nearest painted ground.
CONTRAST = """() => {
  const parse = (c) => { const n = c.match(/[\\d.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n; };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (e) => {
    for (let at = e; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour[3] === 1) return colour;
    }
    return [255, 255, 255, 1];
  };
  const problems = [];
  for (const e of document.querySelectorAll("svg text, .verdict, .marks b, select, .status, .field-error")) {
    const style = getComputedStyle(e);
    const ink = parse(e.namespaceURI.endsWith("svg") ? style.fill : style.color);
    const [a, b] = [light(ink), light(ground(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) problems.push(`contrast ${ratio.toFixed(2)}: ${e.outerHTML.slice(0, 120)}`);
  }
  return problems;
}"""

# Visible text of the page without what other people wrote (raw records, quoted objects marked data-verbatim, code).
TEXT = """() => {
  const clone = document.body.cloneNode(true);
  for (const e of clone.querySelectorAll("script, style, .raw, code, pre, [data-verbatim], svg title")) e.remove();
  for (const e of clone.querySelectorAll("p, li, td, th, dt, dd, h1, h2, h3, h4, label, option, a, button, summary, caption, div")) e.append("\\n");
  return document.title + "\\n" + clone.textContent;
}"""

WORDS_OF_MACHINES = re.compile(r"Optional\(|\bnil\b|\bnull\b|\bundefined\b|\bNaN\b|\[object|%@|\\\(|lorem ipsum", re.I)
STRAIGHT_APOSTROPHE = re.compile(r"[A-Za-zÀ-ÿ]'[A-Za-zÀ-ÿ]")
PLAIN_SPACE_BEFORE_MARK = re.compile(r"[\w»)] (?:[;!?%€»]|:(?=\s|$))|« ")
PLAIN_SPACE_IN_NUMBER = re.compile(r"(?<![\d/.-])\d{1,3}(?: \d{3})+(?!\d)")
AMERICAN_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def structure(page: Page) -> list[str]:
    return page.evaluate(STRUCTURE)


def width(page: Page) -> list[str]:
    return page.evaluate(WIDTH)


def contrast(page: Page) -> list[str]:
    return page.evaluate(CONTRAST)


def typography(page: Page) -> list[str]:
    text = page.evaluate(TEXT)
    problems = []
    for name, pattern in (
        ("a machine’s word", WORDS_OF_MACHINES),
        ("a straight apostrophe", STRAIGHT_APOSTROPHE),
        ("a plain space where French wants a narrow no-break one", PLAIN_SPACE_BEFORE_MARK),
        ("a plain space inside a number", PLAIN_SPACE_IN_NUMBER),
        ("a date that is not written in French", AMERICAN_DATE),
    ):
        for match in list(pattern.finditer(text))[:3]:
            around = text[max(0, match.start() - 25) : match.end() + 25]
            problems.append(f"{name}: « {' '.join(around.split(chr(10)))} »")
    return problems


def axe(page: Page, rules: list[str] | None = None) -> list[str]:
    """Violations, and what axe could not decide unless `allowed.py` explains it."""
    page.evaluate(AXE)
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    result = page.evaluate(
        "(options) => axe.run(document, options)",
        {"resultTypes": ["violations", "incomplete", "passes", "inapplicable"], "runOnly": only},
    )
    problems = []
    for finding in result["violations"]:
        for node in finding["nodes"]:
            problems.append(f"axe {finding['id']}: {node['html'][:160]} — {finding['help']}")
    for finding in result["incomplete"]:
        for node in finding["nodes"]:
            where = f"{node['target']} {node['html']}"
            if not any(rule == finding["id"] and re.search(pattern, where) for rule, pattern, _ in allowed.INCOMPLETE):
                reason = "; ".join(check["message"] for check in node["any"] + node["all"] + node["none"])
                problems.append(f"axe (to judge) {finding['id']}: {node['html'][:160]} — {reason[:160]}")
    return problems
