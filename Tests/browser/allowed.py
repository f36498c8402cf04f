"""What axe leaves for people to judge (« incomplete ») and that we have judged, each with its reason.

An entry is a rule, a pattern that the element's selector or its HTML must match, and why it is right.
"""

INCOMPLETE: list[tuple[str, str, str]] = [
    (
        "color-contrast",
        r"skip-link",
        "the skip link waits above the window until it has the focus; its colours are those of the main button",
    ),
    (
        "color-contrast",
        r'<text class="|<text x=|class="verdict |<b class="(?:yes|nearly|no|unknown)|class="form-select',
        "axe does not look through a drawing or a background picture, nor at a lone sign: `checks.contrast` measures these",
    ),
]
