"""Runs a command and measures it: seconds by the clock, and the peak memory of it and everything it
started."""
import os
import signal
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass

EVERY = 0.05  # seconds between two looks at the memory
PAGE = os.sysconf("SC_PAGE_SIZE")
TICKS = os.sysconf("SC_CLK_TCK")  # a second


@dataclass
class Run:
    seconds: float
    peak: int          # bytes
    code: int
    said: str          # the end of standard output and error
    stopped: bool      # the time limit was reached
    cpu: float         # seconds of the processor, of it and its children
    others: float      # the share of the machine that others took meanwhile


def _look(session, worked):
    """Bytes resident in all processes of a session; a page that several share counts in each. Notes
    the processor seconds of each in `worked`, since nobody hands on those of a child that is not
    waited for."""
    total = 0
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            if os.getsid(int(entry)) == session:
                with open(f"/proc/{entry}/statm", encoding="ascii") as file:
                    total += int(file.read().split()[1]) * PAGE
                with open(f"/proc/{entry}/stat", encoding="utf-8", errors="replace") as file:
                    ticks = file.read().rpartition(")")[2].split()[11:13]
                worked[entry] = sum(map(int, ticks)) / TICKS
        except (OSError, IndexError):
            pass  # it has just ended
    return total


def _busy():
    """Seconds the processors of the machine have worked, or were taken from it by its host."""
    with open("/proc/stat", encoding="ascii") as file:
        user, nice, system, _, _, irq, softirq, steal = map(int, file.readline().split()[1:9])
    return (user + nice + system + irq + softirq + steal) / TICKS


def run(command, limit, threads, environ=None):
    """Pins the command to as many cores as it may have threads; ends it after `limit` seconds."""
    cores = sorted(os.sched_getaffinity(0))[:threads]
    peak, worked = [0], {}
    stop = threading.Event()

    with tempfile.TemporaryFile() as said:
        busy = _busy()
        begin = time.monotonic()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
                                   env=environ, start_new_session=True,
                                   preexec_fn=lambda: os.sched_setaffinity(0, cores))

        def watch():
            while not stop.wait(EVERY):
                peak[0] = max(peak[0], _look(process.pid, worked))

        watcher = threading.Thread(target=watch)
        watcher.start()
        timer = threading.Timer(limit, lambda: os.killpg(process.pid, signal.SIGKILL))
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - begin
        busy = _busy() - busy
        timer.cancel()
        stop.set()
        watcher.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0, os.SEEK_END)
        said.seek(max(0, said.tell() - 4000))
        text = said.read().decode("utf-8", "replace")
    # A short run may end between two looks; the system's own figure is of the largest process.
    cpu = max(usage.ru_utime + usage.ru_stime, sum(worked.values()))
    return Run(seconds, max(peak[0], usage.ru_maxrss * 1024), process.returncode, text,
               process.returncode == -signal.SIGKILL and seconds >= limit, cpu,
               max(0.0, busy - cpu) / (seconds * os.cpu_count()))
