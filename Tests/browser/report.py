"""Counts the tests of a run and keeps what failed; leaves the result file that `scripts/tally` reads."""

import json
import sys
import traceback
from contextlib import contextmanager
from pathlib import Path


class Report:
    def __init__(self, suite: str) -> None:
        self.suite = suite
        self.counts = {"passed": 0, "failed": 0, "skipped": 0}
        self.failures: list[str] = []

    def record(self, name: str, problems: list[str]) -> None:
        """One test: passed when it has no problem."""
        self.counts["failed" if problems else "passed"] += 1
        if problems:
            self.failures.append(f"{name}: {problems[0]}")
            print(f"✘ {name}", file=sys.stderr)
            for problem in problems[:20]:
                print(f"    {problem}", file=sys.stderr)
            if len(problems) > 20:
                print(f"    … and {len(problems) - 20} more", file=sys.stderr)

    def skip(self, name: str, why: str) -> None:
        self.counts["skipped"] += 1
        print(f"➜ {name}: {why}", file=sys.stderr)

    @contextmanager
    def test(self, name: str):
        """One test whose body appends its problems to the list that it receives; an exception is one more problem."""
        problems: list[str] = []
        try:
            yield problems
        except Exception as error:  # noqa: BLE001: whatever went wrong is this test's failure, never the run's
            problems.append("".join(traceback.format_exception_only(error)).strip())
        self.record(name, problems)

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        result = {"suite": self.suite, **self.counts, "failures": self.failures}
        (folder / f"{self.suite}.json").write_text(json.dumps(result, ensure_ascii=False) + "\n", encoding="utf-8")
        line = f"{self.counts['passed']} passed, {self.counts['failed']} failed, {self.counts['skipped']} skipped"
        print(f"{self.suite}: {line}", file=sys.stderr)
