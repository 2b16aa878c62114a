#!/usr/bin/env python3
"""Ctrl-C, files that cannot grow and a closed pipe: the exit code says so, and nothing is left that
looks whole. full_disk_test.py fills a disk."""
import os
import random
import resource
import signal
import subprocess
import time
import unittest

from harness import OUTPUTS, TOOL, Case, crawl, line_of, run, words


def rows(count, seed=41):
    rng = random.Random(seed)
    base = [words(rng, 60) for _ in range(50)]
    return "".join(line_of(id=n, text=" ".join(base[n % 50] + words(rng, 6)))
                   for n in range(count))


class Interrupts(Case):
    def start(self, *arguments, **more):
        process = subprocess.Popen([TOOL, *map(str, arguments)], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, **more)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.stdout.close)
        self.addCleanup(lambda: process.poll() is None and process.kill())
        return process

    def wait_for(self, condition):
        limit = time.monotonic() + 20
        while not condition():
            self.assertLess(time.monotonic(), limit, "what the test waits for does not come")
            time.sleep(0.01)

    def test_ctrl_c_while_standard_input_is_slow(self):
        for sent in (b"", line_of(id="a", text="one row came through").encode()):
            process = self.start("dedup", "-", "--out", self.out, stdin=subprocess.PIPE)
            process.stdin.write(sent)
            process.stdin.flush()
            self.wait_for(lambda: self.out.exists() and any(
                (p / "input-0").exists() for p in self.out.iterdir() if p.is_dir()))
            time.sleep(0.05)  # it waits in read() now
            process.send_signal(signal.SIGINT)
            self.assertEqual(process.wait(timeout=20), 130, process.stderr.read())
            process.stdin.close()
            self.assert_nothing_left()

    def test_ctrl_c_while_compare_waits_for_standard_input(self):
        temporary = self.root / "tmp"
        temporary.mkdir()
        pairs = self.write("pairs.tsv", "id_a\tid_b\na\tb\n")
        process = self.start("compare", "-", "--pairs", pairs, stdin=subprocess.PIPE,
                             env={**os.environ, "TMPDIR": str(temporary)})
        self.wait_for(lambda: any(temporary.rglob("input-0")))
        time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=20), 130)
        process.stdin.close()
        self.assertEqual(process.stdout.read(), b"")
        self.assertEqual(list(temporary.iterdir()), [])

    def interrupt_at(self, path, line):
        """Presses Ctrl-C when the pass is announced; returns the exit code."""
        process = self.start("dedup", path, "--out", self.out, "--pairs", "--threads", "2",
                             "--overwrite")
        for message in process.stderr:
            if line in message:
                break
        process.send_signal(signal.SIGINT)
        process.stderr.read()
        return process.wait(timeout=60)

    # A pass may be over before the signal comes, on a busy machine the whole run: then the output
    # is whole, and never half.
    def test_ctrl_c_in_any_pass_leaves_all_or_nothing(self):
        path = self.write("in.jsonl", rows(40_000))
        stopped = 0
        for line in (b"read and fingerprint", b"propose", b"read candidates", b"verify",
                     b"cluster", b"write kept", *[b"read and fingerprint"] * 20):
            if line == b"read and fingerprint" and stopped >= 3:
                break
            code = self.interrupt_at(path, line)
            self.assertIn(code, (0, 130), line)
            if code == 130:
                stopped += 1
                self.assert_nothing_left()
            else:
                self.assert_whole("pairs.jsonl")
                for file in self.out.iterdir():
                    file.unlink()
                self.out.rmdir()
        self.assertGreaterEqual(stopped, 3)

    def interrupt_while_it_waits(self, signal_number, former=frozenset()):
        """Sends the signal to a run that cannot end before it: its input stays open."""
        process = self.start("dedup", "-", "--out", self.out, "--overwrite", stdin=subprocess.PIPE)
        process.stdin.write(rows(1000).encode())
        process.stdin.flush()
        self.wait_for(lambda: self.out.exists() and any(
            (p / "input-0").exists() for p in self.out.iterdir() if p.name not in former))
        process.send_signal(signal_number)
        self.assertEqual(process.wait(timeout=20), 130)
        process.stdin.close()

    def test_ctrl_c_leaves_a_former_output_as_it_was(self):
        self.dedup(self.write("small.jsonl", rows(10)))
        before = {p.name: p.read_bytes() for p in self.out.iterdir()}
        self.interrupt_while_it_waits(signal.SIGINT, before.keys())
        self.assertEqual({p.name: p.read_bytes() for p in self.out.iterdir()}, before)

    def test_being_asked_to_terminate_is_no_different(self):
        self.interrupt_while_it_waits(signal.SIGTERM)
        self.assert_nothing_left()

    def test_the_message_says_that_it_was_interrupted(self):
        process = self.start("dedup", "-", "--out", self.out, stdin=subprocess.PIPE)
        self.wait_for(lambda: self.out.exists() and any(self.out.rglob("input-0")))
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
        process.stdin.close()
        self.assertIn(b"interrupted", process.stderr.read())


def limit_files(size):
    """Files may not grow over `size` bytes: what a full disk is like, without one."""
    def apply():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    return {"preexec_fn": apply, "restore_signals": False}


class FullDisk(Case):
    @classmethod
    def setUpClass(cls):
        cls.content = rows(12_000)

    def check(self, out, *arguments, **more):
        """Exit 4 and nothing left, or 0 and all of it. True when it failed."""
        done = run("dedup", *arguments, "--out", out, **more)
        self.assertIn(done.returncode, (0, 4), done.err)
        left = {p.name for p in out.iterdir()} if out.exists() else set()
        if done.returncode == 0:
            self.assertEqual(left, OUTPUTS | {"pairs.jsonl"})
            return False
        self.assertEqual(left, set())
        self.assertIn(str(out), done.err)
        return True

    def test_wherever_the_space_ends_nothing_is_left(self):
        path = self.write("in.jsonl", self.content)
        failed = 0
        for n, size in enumerate((0, 100, 3000, 50_000, 200_000, 500_000, 2_000_000, 50_000_000)):
            failed += self.check(self.root / f"out{n}", path, "--pairs", "--threads", "1",
                                 "--memory", "12M", **limit_files(size))
        self.assertGreaterEqual(failed, 5)
        self.assertLess(failed, 8)

    def test_standard_input_that_does_not_fit_is_output_that_failed(self):
        done = run("dedup", "-", "--out", self.out, stdin=self.content.encode(),
                   **limit_files(100_000))
        self.assertEqual(done.returncode, 4, done.err)
        self.assertIn("File too large", done.err)
        self.assert_nothing_left()

    def test_a_former_output_survives_a_full_disk(self):
        path = self.write("in.jsonl", self.content)
        self.dedup(self.write("small.jsonl", rows(10)))
        before = {p.name: p.read_bytes() for p in self.out.iterdir()}
        for compress in ("none", "gz", "zst"):
            done = run("dedup", path, "--out", self.out, "--overwrite", "--compress", compress,
                       **limit_files(20_000))
            self.assertEqual(done.returncode, 4, done.err)
            self.assertEqual({p.name: p.read_bytes() for p in self.out.iterdir()}, before)


class StandardOutput(Case):
    """Commands that print: what cannot be printed is output that failed."""

    def setUp(self):
        super().setUp()
        documents = crawl(seed=42, families=20, singles=200)
        self.path = self.write_documents("in.jsonl", documents)
        ids = [d["id"] for d in documents]
        self.pairs = self.write("pairs.tsv", "id_a\tid_b\n" + "".join(
            f"{a}\t{b}\n" for a in ids[:60] for b in ids[:60]))
        self.dedup(self.path)
        self.labels = self.write("labels.tsv", "id\tcluster\n" + "".join(
            f"{i}\t{i.split('-')[0]}\n" for i in ids))
        self.commands = [["compare", self.path, "--pairs", self.pairs],
                         ["explain", self.path, ids[0], ids[1]],
                         ["evaluate", "--labels", self.labels, self.out]]

    def exit_code(self, command, stdout):
        done = subprocess.run([TOOL, *map(str, command)], stdout=stdout, stderr=subprocess.PIPE,
                              check=False, timeout=60)
        self.assertIn(b"standard output cannot be written", done.stderr, command)
        return done.returncode

    def test_a_full_disk(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("there is no /dev/full here")
        for command in self.commands:
            with open("/dev/full", "wb") as full:
                self.assertEqual(self.exit_code(command, full), 4, command)

    def test_a_closed_pipe(self):
        for command in self.commands:
            read_end, write_end = os.pipe()
            os.close(read_end)
            try:
                self.assertEqual(self.exit_code(command, write_end), 4, command)
            finally:
                os.close(write_end)

    def test_a_reader_that_goes_away_in_the_middle(self):
        process = subprocess.Popen([TOOL, *map(str, self.commands[0])], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        process.stdout.read(10)
        process.stdout.close()
        message = process.stderr.read()
        process.stderr.close()
        self.assertEqual(process.wait(timeout=60), 4, message)


if __name__ == "__main__":
    unittest.main()
