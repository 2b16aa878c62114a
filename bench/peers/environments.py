"""Makes each peer's environment below build/peers, and says why where it cannot."""
import os
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / "build" / "peers"
ADAPTERS = Path(__file__).resolve().parent / "adapters"


class NotInstalled(Exception):
    """With the last thing the installer said."""


def _run(command):
    done = subprocess.run([str(part) for part in command], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        raise NotInstalled(last_error(done.stdout) or f"{command[0]} ended with {done.returncode}")
    return done.stdout


def last_error(said):
    """The line that tells most of what went wrong: the last one that speaks of an error, else the
    last one. Without the folders of this machine."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line for line in lines
              if re.search(r"error|fatal|failed|could not|cannot|not found|No module", line, re.I)]
    line = (errors or lines or [""])[-1]
    return line.replace(str(ROOT), "").replace(os.path.expanduser("~"), "~")[:300]


def folder(peer):
    return BUILD / "environments" / peer.environment


def install(peer):
    """Does nothing where it was done. The name of a finished environment is written last."""
    if not peer.environment:
        return
    place = folder(peer)
    wanted = " ".join(peer.packages + peer.git)
    done = place / "installed"
    if done.exists() and done.read_text(encoding="utf-8") == wanted:
        return
    shutil.rmtree(place, ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        if peer.packages:
            if not shutil.which(peer.python):
                raise NotInstalled(f"{peer.python}: not found on PATH")
            _run([peer.python, "-m", "venv", place])
            _run([place / "bin" / "pip", "--disable-pip-version-check", "install", *peer.packages])
        else:
            if not shutil.which("cargo"):
                raise NotInstalled("cargo: not found on PATH")
            address, revision = peer.git
            _run(["cargo", "install", "--root", place, "--git", address,
                  "--rev", revision])
    except OSError as error:
        raise NotInstalled(str(error)) from error
    place.mkdir(exist_ok=True)
    done.write_text(wanted, encoding="utf-8")


def packages(peer):
    """What pip put there, with versions."""
    if not peer.packages:
        return []
    return _run([folder(peer) / "bin" / "pip", "--disable-pip-version-check", "freeze"]).split()


def command(peer, crawl, out, threads):
    """An adapter's command line."""
    python = folder(peer) / "bin" / "python" if peer.packages else "python3"
    return [str(python), str(ADAPTERS / peer.adapter), str(crawl), str(out),
            "--threads", str(threads), *peer.options]


def environ(peer, threads):
    """Holds every library to the same number of threads."""
    each = "1" if peer.processes else str(threads)
    names = ("OMP_NUM_THREADS", "RAYON_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS",
             "POLARS_MAX_THREADS", "NUMEXPR_NUM_THREADS")
    return {**os.environ, **{name: each for name in names}, "PYTHONHASHSEED": "0",
            "PYTHONWARNINGS": "ignore", "DUPLODOCUS": str(folder(peer) / "bin" / "duplodocus"),
            **peer.environ}
