#!/usr/bin/env python3
"""Holds the #include lines of src/ and include/ against the levels of the rooms.

A room may include itself and rooms of lower levels, never a neighbor on its own level, never a
higher one. Third parties have their places too. Prints file:line of every break.

    scripts/check_dependencies.py [ROOT]
"""
import re
import sys
from pathlib import Path

# A new room gets its place here first; docs/architecture.md explains the order.
LEVELS = {
    "base": 0,
    "text": 1, "corpus": 1,
    "sketch": 2,
    "match": 3,
    "clean": 4, "cluster": 4, "relate": 4,
    "evaluate": 5, "synth": 5,
    "engine": 6, "report": 6,
    "cli": 7,
}
DOORS = {"cli"}  # these see the public headers and nothing else of the library

# Who may include whom outside: pattern of the header, its name, and the files or rooms allowed.
THIRD_PARTIES = [
    (r"unicode/", "ICU", ["text/normalize.cpp", "text/tables_generator.cpp", "text/width.cpp",
                          "text/language.cpp"]),
    (r"cld2/", "CLD2", ["text/language.cpp"]),
    (r"libstemmer", "Snowball", ["text/stem.cpp"]),
    (r"xxh", "xxHash", ["base/hash.cpp"]),
    (r"simdjson", "simdjson", ["corpus/"]),
    (r"(zstd|zlib|zdict)", "zstd and zlib", ["corpus/"]),
    (r"CLI/", "CLI11", ["cli/"]),
    (r"Eigen/", "Eigen", ["relate/latent.cpp"]),
    (r"hwy/", "Highway", ["base/simd.cpp", "relate/kernels.cpp", "text/text_kernels.cpp"]),
    (r"gumbo", "Gumbo", ["clean/html.cpp"]),
    (r"(gtest|gmock|benchmark)/", "test libraries", []),
]

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def break_of_public_header(bracket, header):
    """What is wrong with an #include in a public header; None when nothing is."""
    if bracket == '"':
        return "a public header includes the public headers as <kithkin/...>"
    if header.startswith("kithkin/"):
        return None
    if "/" in header or "." in header:
        return f"a public header names a third party: <{header}>"
    return None


def break_of_third_party(file, header):
    for pattern, name, places in THIRD_PARTIES:
        if re.match(pattern, header) and not any(file == p or (p.endswith("/") and file.startswith(p))
                                                 for p in places):
            return f"{name} belongs to {', '.join(places) or 'no file here'}: <{header}>"
    return None


def break_of_room(file, bracket, header):
    """The same for a file under src, given its path from there."""
    room = file.split("/")[0]
    if room not in LEVELS:
        return f"the room '{room}' has no level in scripts/check_dependencies.py"
    if bracket == "<":
        return None if header.startswith("kithkin/") else break_of_third_party(file, header)
    other, slash, _ = header.partition("/")
    if not slash or other not in LEVELS:
        return f'"{header}" names no room: write "room/file.h"'
    if other == room:
        return None
    if room in DOORS:
        return f'{room} is a door and uses public headers only, not "{header}"'
    if LEVELS[other] < LEVELS[room]:
        return None
    how = "a neighbor of" if LEVELS[other] == LEVELS[room] else "above"
    return f'{other} (level {LEVELS[other]}) is {how} {room} (level {LEVELS[room]}): "{header}"'


def includes(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match[1], match[2]


def sources(folder):
    return sorted(p for p in folder.rglob("*") if p.suffix in {".h", ".cpp"})


def check(root):
    """The breaks as lines of text, and how many files were read."""
    breaks, files = [], 0
    for path in sources(root / "include") + sources(root / "src"):
        files += 1
        public = root / "include" in path.parents
        for number, bracket, header in includes(path):
            if public:
                problem = break_of_public_header(bracket, header)
            else:
                problem = break_of_room(path.relative_to(root / "src").as_posix(), bracket, header)
            if problem:
                breaks.append(f"{path.relative_to(root)}:{number}: {problem}")
    return breaks, files


def main(arguments):
    if len(arguments) > 1:
        sys.exit("usage: check_dependencies.py [ROOT]")
    root = Path(arguments[0]) if arguments else Path(__file__).resolve().parent.parent
    breaks, files = check(root)
    for line in breaks:
        print(line)
    if not files:
        print(f"{root}: no sources")
        return 1
    print(f"{files} files, {len(breaks)} breaks of the dependency rule")
    return 1 if breaks else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
