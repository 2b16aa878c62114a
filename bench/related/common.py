"""Runs the two programs that list related documents, kithkin and Lucene's MoreLikeThis."""
import contextlib
import fcntl
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = Path(os.environ.get("KITHKIN_DATA", ROOT / ".." / "shared" / "data"))
KITHKIN = ROOT / "build" / "release" / "kithkin"
PEER = ROOT / "build" / "lucene"
SETTINGS = ("defaults", "best")
# One core for everything the virtual machine does: the collector that needs no threads, and the
# least number of compilers.
JAVA = ("-XX:+UseSerialGC", "-XX:CICompilerCount=2", "-Xms1g")


def has_related(tool):
    """Whether the program is there and has the command `related` already."""
    if not Path(tool).exists():
        return False
    done = subprocess.run([tool, "related", "--help"], capture_output=True, check=False)
    return done.returncode == 0


def build_peer():
    """Compiles the peer, if that was not done yet. Fetches Lucene the first time."""
    ours = Path(__file__).parent / "lucene"
    jar = PEER / "lucene-related-1.jar"
    sources = [ours / "MoreLikeThisLists.java", ours / "pom.xml"]
    if jar.exists() and all(jar.stat().st_mtime > source.stat().st_mtime for source in sources):
        return
    if not shutil.which("mvn"):
        sys.exit("Lucene needs a Java 17 or later and Maven (mvn)")
    subprocess.run(["mvn", "-q", "-B", "-f", str(ours / "pom.xml"), "package"], check=True)


def lucene_command(corpus, index, out, setting, *options, memory="6g"):
    path = f"{PEER / 'lucene-related-1.jar'}:{PEER / 'jars'}/*"
    return ["java", *JAVA, f"-Xmx{memory}", "-cp", path, "MoreLikeThisLists", "--corpus",
            str(corpus), "--index", str(index), "--out", str(out), f"--{setting}", *options]


def kithkin_command(tool, corpus, out, *options):
    return [str(tool), "related", str(corpus), "--out", str(out), "--top", "10", "--threads", "1",
            *options]


@contextlib.contextmanager
def alone(lock):
    """Holds the lock file, if there is one, for as long as a timing takes."""
    if not lock:
        yield
        return
    with open(lock, "a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def run(command, core=None, lock=None):
    """Seconds by the clock for the whole process, the share of them it had a core, and what it
    printed."""
    if core is not None:
        command = ["taskset", "-c", str(core), *command]
    with alone(lock):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begin = time.monotonic()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds = time.monotonic() - begin
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, busy / seconds, done.stdout


def run_lucene(corpus, out, setting, *options, core=None, lock=None, folder=None, memory="6g"):
    """Seconds for the process with what is extrapolated, share with a core, seconds of indexing,
    and seconds that are extrapolated."""
    with tempfile.TemporaryDirectory(dir=folder) as index:
        command = lucene_command(corpus, index, out, setting, *options, memory=memory)
        seconds, busy, said = run(command, core, lock)
    indexing = float(re.search(r"indexed \d+ documents in ([\d.]+) s", said)[1])
    missing = float(re.search(r"([\d.]+) s of them extrapolated", said)[1])
    return seconds + missing, busy, indexing, missing
