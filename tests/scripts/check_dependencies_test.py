#!/usr/bin/env python3
"""The checker of the dependency rule finds what it is there to find, on small made-up trees."""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "check_dependencies.py"


def run(files):
    """Lays out {path: text} as a tree and checks it. Returns the exit code and the lines."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        done = subprocess.run([sys.executable, SCRIPT, folder], capture_output=True, text=True)
        return done.returncode, done.stdout.splitlines()


class CheckDependencies(unittest.TestCase):
    def assert_break(self, path, text, line, words):
        code, lines = run({path: text})
        self.assertEqual(code, 1)
        self.assertEqual(len(lines), 2, lines)
        self.assertTrue(lines[0].startswith(f"{path}:{line}: "), lines[0])
        self.assertIn(words, lines[0])

    def assert_clean(self, path, text):
        code, lines = run({path: text})
        self.assertEqual((code, lines), (0, ["1 files, 0 breaks of the dependency rule"]))

    def test_a_lower_room_the_own_room_and_public_headers_are_fine(self):
        self.assert_clean("src/match/verify.cpp",
                          '#include "match/verify.h"\n#include <vector>\n#include <unistd.h>\n'
                          '#include <kithkin/result.h>\n#include "text/shingle.h"\n')

    def test_a_higher_room_is_found(self):
        self.assert_break("src/text/tokenize.cpp", '\n\n#include "match/verify.h"\n', 3, "above")

    def test_a_neighbor_is_found(self):
        self.assert_break("src/corpus/jsonl.h", '#include "text/shingle.h"\n', 1, "neighbor")
        self.assert_break("src/report/html.h", '#include "engine/passes.h"\n', 1, "neighbor")

    def test_an_indented_include_is_found(self):
        self.assert_break("src/base/hash.h", '#if 1\n#  include  "text/shingle.h"\n#endif\n', 2,
                          "above")

    def test_a_comment_is_no_include(self):
        self.assert_clean("src/base/hash.h", '// #include "text/shingle.h"\n')

    def test_a_door_uses_public_headers_only(self):
        self.assert_break("src/cli/main.cpp", '#include "base/hash.h"\n', 1, "public headers only")
        self.assert_clean("src/cli/main.cpp", '#include <CLI/CLI.hpp>\n#include "cli/command.h"\n')

    def test_third_parties_stay_in_their_places(self):
        self.assert_break("src/text/tokenize.cpp", "#include <unicode/uchar.h>\n", 1, "ICU")
        self.assert_break("src/text/hash.cpp", "#include <xxhash.h>\n", 1, "xxHash")
        self.assert_break("src/engine/read.cpp", "#include <simdjson.h>\n", 1, "simdjson")
        self.assert_break("src/engine/read.cpp", "#include <CLI/CLI.hpp>\n", 1, "CLI11")
        self.assert_clean("src/text/normalize.cpp", "#include <unicode/uchar.h>\n")
        self.assert_clean("src/corpus/jsonl.cpp", "#include <simdjson.h>\n#include <zstd.h>\n")

    def test_public_headers_name_no_third_party_and_no_private_header(self):
        self.assert_break("include/kithkin/text.h", "#include <simdjson.h>\n", 1, "third party")
        self.assert_break("include/kithkin/text.h", '#include "base/hash.h"\n', 1, "public header")
        self.assert_clean("include/kithkin/text.h", "#include <vector>\n#include <kithkin/a.h>\n")

    def test_a_room_without_a_level_is_found(self):
        self.assert_break("src/attic/old.cpp", '#include "attic/old.h"\n', 1, "no level")

    def test_a_header_without_its_room_is_found(self):
        self.assert_break("src/base/hash.cpp", '#include "hash.h"\n', 1, "names no room")

    def test_an_empty_tree_is_no_success(self):
        self.assertEqual(run({})[0], 1)


if __name__ == "__main__":
    unittest.main()
