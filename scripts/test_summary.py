#!/usr/bin/env python3
"""Reads what `ctest --output-junit` wrote, shows the failures, and ends with a line of counts.

Exits with 1 when a test failed or when there was no test at all.
"""
import sys
import xml.etree.ElementTree as ElementTree

LINES_OF_OUTPUT = 40


def summarize(path):
    cases = list(ElementTree.parse(path).getroot().iter("testcase"))
    failed = [case for case in cases if case.get("status") == "fail"]
    passed = [case for case in cases if case.get("status") == "run"]
    for case in failed:
        output = (case.findtext("system-out") or "").strip().splitlines()
        print(f"--- failed: {case.get('name')}")
        print("\n".join(output[-LINES_OF_OUTPUT:]))
    print(f"{len(passed)} passed, {len(failed)} failed, {len(cases) - len(passed) - len(failed)} skipped")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: test_summary.py RESULTS.xml")
    try:
        sys.exit(summarize(sys.argv[1]))
    except (OSError, ElementTree.ParseError) as error:
        sys.exit(f"no test results: {error}")
