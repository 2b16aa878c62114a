#!/usr/bin/env python3
"""What `clean` takes out of pages and what it leaves: pages rebuilt in six languages, furniture of
hosts, articles that look like furniture, and the files it writes."""
import gzip
import json
import random
import unittest

from clean_pages import CSS, PAGES, crawl, headlines
from formula_test import FAMILIES, members
from harness import Case, line_of, run, words

FILES = {"cleaned.jsonl", "furniture.jsonl", "rejected.jsonl", "summary.json"}
KINDS = {"host-repeat", "related-box", "embedded-article", "code", "page-repeat", "byline"}


def filled(text):
    """Its lines, without those that are blank."""
    return [line for line in text.split("\n") if line.strip()]


def paragraphs(rng, count=3):
    return [" ".join(words(rng, rng.randrange(18, 30), 50_000)).capitalize() + "."
            for _ in range(count)]


def page(name, host, lines, **fields):
    document = {"id": name, "url": f"https://{host}/news/{name}"}
    document.update(fields, text="\n".join(lines))
    return document


def some_pages(rng, host, count, around=lambda lines, n: lines):
    """Articles of three paragraphs on a host, and the paragraphs of each by id."""
    documents, articles = [], {}
    for n in range(count):
        name = f"{host}-{n}"
        articles[name] = paragraphs(rng)
        documents.append(page(name, host, around(articles[name], n)))
    return documents, articles


class CleanCase(Case):
    def clean_file(self, *arguments, code=0, out=None, **more):
        done = run("clean", *arguments, "--out", out or self.out, **more)
        self.assertEqual(done.returncode, code, done.err)
        return done

    def clean(self, documents, *arguments):
        """Cleans them, holds the output against what is documented, and keeps it by id."""
        path = self.write_documents("in.jsonl", documents)
        self.clean_file(path, "--overwrite", *arguments)
        self.spans = {document["id"]: [] for document in documents}
        for span in self.lines("furniture.jsonl"):
            self.spans[span["id"]].append(span)
        rows = self.lines("cleaned.jsonl")
        self.assertEqual([row["id"] for row in rows], [d["id"] for d in documents])
        for row, document in zip(rows, documents):
            self.check_spans(document, row)
        self.row = {row["id"]: row for row in rows}
        self.text = {row["id"]: row["text"] for row in rows}

    def check_spans(self, document, row):
        raw, at, kept = document["text"].encode(), 0, b""
        for span in self.spans[document["id"]]:
            self.assertEqual(set(span), {"id", "kind", "start", "end", "text", "why"})
            self.assertIn(span["kind"], KINDS)
            self.assertTrue(isinstance(span["why"], str) and span["why"], span)
            self.assertTrue(at <= span["start"] < span["end"] <= len(raw), span)
            # Decoding fails where a character is cut.
            self.assertEqual(raw[span["start"]:span["end"]].decode(), span["text"])
            kept += raw[at:span["start"]]
            at = span["end"]
        self.assertEqual((kept + raw[at:]).decode(), row["text"], document["id"])

    def assert_untouched(self, documents):
        touched = [span for spans in self.spans.values() for span in spans]
        self.assertEqual(touched, [])
        self.assertEqual([self.text[d["id"]] for d in documents], [d["text"] for d in documents])

    def kinds(self, name):
        return {span["kind"] for span in self.spans[name]}


class PagesAsServed(CleanCase):
    """A page that holds more of other articles than of its own, among 24 of four hosts."""

    def test_what_is_left_of_the_page_is_its_article(self):
        for language, made in PAGES.items():
            with self.subTest(language):
                self.clean([document for document, _ in crawl(language)])
                self.assertEqual(filled(self.text["page"]), made["article"])
                self.assertLessEqual({"embedded-article", "related-box"}, self.kinds("page"))

    def test_the_box_is_observed_with_the_ids_of_those_that_are_in_the_crawl(self):
        for language, made in PAGES.items():
            with self.subTest(language):
                self.clean([document for document, _ in crawl(language)])
                observed = self.row["page"]["observed_related"]
                ids = {made["other"]: "other"}
                ids.update((title, f"titled-{n}") for n, (title, _) in enumerate(made["titled"]))
                self.assertEqual(observed, [
                    {"title": title, "id": ids[title]} if title in ids else {"title": title}
                    for title in headlines(language)])
                self.assertEqual(sum("id" in seen for seen in observed), 4)

    def test_no_other_article_loses_a_line(self):
        for language in PAGES:
            with self.subTest(language):
                documents = crawl(language)
                self.clean([document for document, _ in documents])
                for document, lines in documents:
                    left = filled(self.text[document["id"]])
                    self.assertEqual([line for line in lines if line not in left], [])

    def test_pages_of_six_languages_in_one_crawl(self):
        documents, articles = [], {}
        for language in PAGES:
            for document, lines in crawl(language):
                document["id"] = f"{language}-{document['id']}"
                documents.append(document)
                articles[document["id"]] = lines
        random.Random(1).shuffle(documents)
        self.clean(documents)
        for language in PAGES:
            with self.subTest(language):
                self.assertEqual(filled(self.text[f"{language}-page"]),
                                 articles[f"{language}-page"])


class Furniture(CleanCase):
    """Lines that a host puts around its articles."""

    HEADER = "Wexcombe Herald  Home  Sport  Weather  Letters"
    FOOTER = "Write to the editor at the old mill in Bridge Street before noon"

    def framed(self, lines, n):
        return [self.HEADER, *lines, self.FOOTER, f"Copyright 2024 Wexcombe Herald {4000 + 37 * n}"]

    def test_header_and_footer_go_and_articles_stay(self):
        documents, articles = some_pages(random.Random(2), "herald.example", 30, self.framed)
        self.clean(documents)
        for name, lines in articles.items():
            self.assertEqual(filled(self.text[name]), lines)

    def test_the_source_is_the_host_where_there_is_no_address(self):
        documents, articles = some_pages(random.Random(3), "herald.example", 30, self.framed)
        for document in documents:
            del document["url"]
            document["source"] = "Wexcombe Herald"
        self.clean(documents)
        for name, lines in articles.items():
            self.assertEqual(filled(self.text[name]), lines)

    def test_a_page_of_nothing_else_becomes_an_empty_article(self):
        documents, _ = some_pages(random.Random(4), "herald.example", 30, self.framed)
        documents.insert(7, page("bare", "herald.example", self.framed([], 99)))
        self.clean(documents)
        self.assertEqual(self.text["bare"], "")
        counts = self.summary()["counts"]
        self.assertEqual([count for name, count in counts.items() if "empt" in name], [1], counts)

    def test_a_template_that_changes_in_mid_crawl(self):
        def before(lines, _):
            return ["Ferry times  Tides  Market prices", *lines,
                    "Printed every morning by the Harbour Press in Saltmarsh"]

        def behind(lines, _):
            return ["Tides and ferries  Prices  Readers write", *lines,
                    "A paper of the Northern Group, founded when the pier was built",
                    "Subscribe for six crowns a month and read without notices"]
        rng = random.Random(5)
        documents, articles = some_pages(
            rng, "saltmarsh.example", 60,
            lambda lines, n: (before if n < 30 else behind)(lines, n))
        self.clean(documents)
        for name, lines in articles.items():
            self.assertEqual(filled(self.text[name]), lines)

    def test_a_host_learns_nothing_from_another(self):
        """What is a footer there is a sentence here."""
        rng = random.Random(6)
        documents, _ = some_pages(rng, "herald.example", 30, self.framed)
        others, articles = some_pages(rng, "gazette.example", 30)
        lines = articles["gazette.example-3"]
        lines.insert(1, self.FOOTER)
        others[3]["text"] = "\n".join(lines)
        self.clean(documents + others)
        self.assertEqual(filled(self.text["gazette.example-3"]), lines)


class OnePage(CleanCase):
    CAPTION = "Divers bring up the bell of the old ferry near Saltmarsh"
    LINES = [
        "Home  News  Letters  Weather",
        "Divers have brought up the bell of a ferry that sank in the lake ninety years ago.",
        "It was lying in eleven metres of water, upright, with the rope still tied to its clapper.",
        "The museum wants to show it from spring, and has asked for a stand of lake oak.",
        "Copyright Saltmarsh Messenger"]

    def test_without_anything_to_learn_from_only_code_and_repeats_go(self):
        a, b, c, d, e = self.LINES
        document = page("only", "messenger.example",
                        [a, b, self.CAPTION, c, CSS, self.CAPTION, d, self.CAPTION, e])
        self.clean([document])
        self.assertEqual(filled(self.text["only"]), [a, b, self.CAPTION, c, d, e])
        self.assertEqual(self.kinds("only"), {"code", "page-repeat"})

    def test_a_page_without_them_stays(self):
        documents = [page("only", "messenger.example", self.LINES)]
        self.clean(documents)
        self.assert_untouched(documents)


class LooksLikeFurniture(CleanCase):
    """What stands on several pages and belongs to articles."""

    def test_two_copies_on_one_host(self):
        for others in (0, 6, 30):
            with self.subTest(others=others):
                rng = random.Random(7)
                documents, _ = some_pages(rng, "herald.example", others)
                copied = paragraphs(rng, 4)
                documents += [page("first", "herald.example", copied, title="The bell is found"),
                              page("second", "herald.example", copied, title="The bell is found")]
                self.clean(documents)
                self.assert_untouched(documents)

    def test_an_agency_text_on_ten_hosts(self):
        rng = random.Random(8)
        agency, documents = paragraphs(rng, 5), []
        for n in range(10):
            host = f"paper{n}.example"
            documents += some_pages(rng, host, 8)[0]
            printed = [line for at, line in enumerate(agency) if n % 2 == 0 or at != n // 2]
            documents.insert(rng.randrange(len(documents)),
                             page(f"agency-{n}", host, printed, title="Lake freezes early"))
        self.clean(documents)
        self.assert_untouched(documents)

    def test_an_agency_text_within_furniture(self):
        """The furniture goes, and the text that all have stays."""
        rng = random.Random(9)
        agency, documents, articles = paragraphs(rng, 4), [], {}
        for n in range(5):
            host = f"paper{n}.example"
            footer = " ".join(words(rng, 9))

            def framed(lines, _, footer=footer):
                return [*lines, footer]
            pages, own = some_pages(rng, host, 25, framed)
            documents += [*pages, page(f"agency-{n}", host, framed(agency, 0))]
            articles.update({**own, f"agency-{n}": agency})
        self.clean(documents)
        for name, lines in articles.items():
            self.assertEqual(filled(self.text[name]), lines)

    def test_formulas(self):
        """Texts of an outlet that share their sentences but for the facts."""
        for family in FAMILIES:
            with self.subTest(family["name"]):
                documents, _ = some_pages(random.Random(10), "outlet.example", 20)
                for name, text in members(family).items():
                    documents.append(page(name, "outlet.example", [text]))
                random.Random(11).shuffle(documents)
                self.clean(documents)
                self.assert_untouched(documents)

    def test_formulas_of_several_lines(self):
        rng = random.Random(12)
        documents, _ = some_pages(rng, "council.example", 60)
        for n in range(15):
            def name():
                return " ".join(word.capitalize() for word in words(rng, 2, 50_000))
            documents.append(page(f"notice-{n}", "council.example", [
                f"The council has named {name()}, {rng.randrange(28, 64)}, as keeper of the "
                f"{name()} bridge from the first of the month, after a vote of the full council.",
                f"The post was held for {rng.randrange(3, 40)} years by {name()}, who moves to "
                f"{name()} and was thanked by all members present.",
                f"Objections may be sent to {name()} within {rng.randrange(10, 60)} days, and will "
                f"be read out at the next meeting in {name()}."]))
        rng.shuffle(documents)
        self.clean(documents)
        self.assert_untouched(documents)

    def test_a_quotation(self):
        """Paragraphs of another article, with no heading before them, between one's own."""
        for count in (1, 2):
            with self.subTest(count=count):
                rng = random.Random(13)
                documents, _ = some_pages(rng, "herald.example", 20)
                report, comment = paragraphs(rng, 6), paragraphs(rng, 4)
                documents += [
                    page("report", "gazette.example", report, title="Report on the piers"),
                    page("comment", "herald.example",
                         comment[:2] + report[2:2 + count] + comment[2:], title="A comment")]
                self.clean(documents)
                self.assert_untouched(documents)

    def test_an_earlier_version_of_the_article_itself(self):
        """The text of another page, whole, at the beginning, in the middle or at the end."""
        rng = random.Random(14)
        earlier, new = paragraphs(rng, 4), paragraphs(rng, 4)
        for where, lines in (("begin", earlier + new), ("middle", new[:2] + earlier + new[2:]),
                             ("end", new + earlier)):
            for title in ("Piers to be closed", "Piers to be closed on Friday"):
                with self.subTest(where=where, title=title):
                    documents, _ = some_pages(rng, "herald.example", 20)
                    documents += [
                        page("earlier", "herald.example", earlier, title="Piers to be closed"),
                        page("later", "herald.example", lines, title=title)]
                    self.clean(documents)
                    self.assert_untouched(documents)


class Code(CleanCase):
    SCRIPT = ("window.lakeQueue = window.lakeQueue || []; function lakeShow(id) { "
              "var box = document.getElementById(id); box.style.display = 'none'; } lakeShow('a');")

    def test_code_between_lines_written_from_right_to_left(self):
        for language in ("ar", "en", "ru", "hi", "zh", "th"):
            with self.subTest(language):
                first, second, third, fourth, fifth = PAGES[language]["article"]
                self.clean([page("mixed", "lake.example",
                                 [first, CSS, second, third, self.SCRIPT, fourth, fifth])])
                self.assertEqual(filled(self.text["mixed"]), PAGES[language]["article"])
                self.assertEqual(self.kinds("mixed"), {"code"})

    def test_code_within_a_line_written_from_right_to_left(self):
        first, second, third = PAGES["ar"]["article"][:3]
        self.clean([page("mixed", "lake.example", [first, CSS + " " + second, third])])
        self.assertEqual([line.strip() for line in filled(self.text["mixed"])],
                         [first, second, third])

    def test_what_is_written_from_left_to_right_need_not_be_code(self):
        documents = [page("mixed", "lake.example", [
            "قال مدير شركة Lakeside Instruments Ltd إن جهاز LX-200 سيباع بسعر 49.90 دينارا.",
            "وتنشر النتائج على الموقع www.lakeside.example وفي مجلة Northern Water (العدد 12).",
            "وأضاف أن النسبة pH 7.4 عادية؛ أما في عام 2019 فقد بلغت 6.8 (انظر الجدول 3)."])]
        self.clean(documents)
        self.assert_untouched(documents)


class Outputs(CleanCase):
    def setUp(self):
        super().setUp()
        self.documents = []
        for language in PAGES:
            for document, _ in crawl(language):
                document["id"] = f"{language}-{document['id']}"
                self.documents.append(document)
        random.Random(15).shuffle(self.documents)

    def test_the_files_are_those_that_are_documented(self):
        self.clean(self.documents)
        self.assertEqual({path.name for path in self.out.iterdir()}, FILES)
        counts = self.summary()["counts"]
        self.assertEqual((counts["read"], counts["rejected"]), (len(self.documents), 0))
        self.assertEqual(self.lines("rejected.jsonl"), [])

    def test_unknown_fields_stay_as_they_are(self):
        for n, document in enumerate(self.documents):
            document.update(author=f"كاتب {n}", depth=n, nested={"a": [1, 2.5, None, True, "\n\t"]},
                            empty="")
        self.clean(self.documents)
        for document in self.documents:
            row = dict(self.row[document["id"]])
            row.pop("observed_related", None)
            row["text"] = document["text"]
            self.assertEqual(row, document)

    def test_the_original_is_kept_on_request(self):
        self.clean(self.documents)
        without = dict(self.row)
        self.assertFalse(any("original_text" in row for row in without.values()))
        self.clean(self.documents, "--keep-original")
        for document in self.documents:
            row = dict(self.row[document["id"]])
            self.assertEqual(row.pop("original_text"), document["text"])
            self.assertEqual(row, without[document["id"]])

    def test_the_input_may_be_compressed_and_in_several_files(self):
        self.clean(self.documents)
        expected = {name: (self.out / name).read_bytes()
                    for name in ("cleaned.jsonl", "furniture.jsonl")}
        half = len(self.documents) // 2
        first = self.write_documents("parts/a.jsonl", self.documents[:half])
        second = self.write("parts/b.jsonl.gz", gzip.compress("".join(
            line_of(**document) for document in self.documents[half:]).encode()))
        self.clean_file(first, second, "--overwrite")
        for name, content in expected.items():
            self.assertEqual((self.out / name).read_bytes(), content)

    def test_rows_that_cannot_be_read_are_rejected_and_the_rest_is_cleaned(self):
        rows = [line_of(**document).encode() for document in self.documents]
        rows.insert(5, b"not json\n")
        rows.insert(9, b'{"id":"broken","text":"\xff"}\n')
        path = self.write("in.jsonl", b"".join(rows))
        self.clean_file(path)
        self.assertEqual([row["line"] for row in self.lines("rejected.jsonl")], [6, 10])
        self.assertEqual([row["id"] for row in self.lines("cleaned.jsonl")],
                         [document["id"] for document in self.documents])
        counts = self.summary()["counts"]
        self.assertEqual((counts["read"], counts["rejected"]), (len(rows), 2))

    def test_lines_of_articles_that_lose_nothing_are_the_same_bytes(self):
        rng = random.Random(16)
        lines, expected = [], []
        for n in range(4000):
            kind = rng.choice(["plain"] * 6 + ["spaced", "code", "broken", "no text", "blank"])
            text = "\n".join(paragraphs(rng, 2))
            if kind == "code":
                text += "\n<div class=\"a\" id=\"b\">\n"
            line = json.dumps({"id": str(n), "text": text, "more": [kind, "\u00e9"]})
            if kind == "spaced":
                line = f'  {{ "text" :  {json.dumps(text)} , "text_": 1.50, "id":"{n}" }}  '
            elif kind == "broken":
                line = line[:-1]
            elif kind == "no text":
                line = json.dumps({"id": str(n)})
            elif kind == "blank":
                line = " \t"
            lines.append(line)
            if kind in ("plain", "spaced", "code"):
                expected.append((kind, line))
        path = self.write("in.jsonl", "\n".join(lines))
        self.clean_file(path)
        rows = (self.out / "cleaned.jsonl").read_text().split("\n")
        self.assertEqual(rows.pop(), "")
        self.assertEqual(len(rows), len(expected))
        for row, (kind, line) in zip(rows, expected):
            if kind == "code":
                text = json.loads(line)["text"]
                self.assertEqual(json.loads(row)["text"], text[:text.index("<div")])
            else:
                self.assertEqual(row.strip(), line.strip())
        kinds = [kind for kind, _ in expected]
        counts = self.summary()["counts"]
        self.assertEqual(counts["cleaned"], kinds.count("code"))
        self.assertEqual(counts["read"] - counts["rejected"], len(expected))
        self.assertEqual(self.summary()["text_bytes"],
                         sum(len(json.loads(line)["text"]) for _, line in expected))

    def test_a_directory_that_is_not_empty_is_refused(self):
        path = self.write_documents("in.jsonl", self.documents)
        kept = self.write("out/mine.txt", "mine")
        done = run("clean", path, "--out", self.out)
        self.assertNotEqual(done.returncode, 0)
        self.assertNotEqual(done.err, "")
        self.assert_nothing_left("mine.txt")
        self.clean_file(path, "--overwrite")
        self.assertTrue(FILES <= {file.name for file in self.out.iterdir()})
        self.assertEqual(kept.read_text(), "mine")

    def test_the_same_bytes_with_one_thread_and_with_two(self):
        path = self.write_documents("in.jsonl", self.documents)
        results = []
        for threads in ("1", "2"):
            self.clean_file(path, "--overwrite", "--threads", threads)
            files = {name: (self.out / name).read_bytes() for name in FILES}
            summary = json.loads(files.pop("summary.json"))
            for what_differs in ("seconds", "peak_memory"):
                summary.pop(what_differs, None)
            results.append((files, summary))
        self.assertEqual(results[0][1], results[1][1])
        for name, content in results[0][0].items():
            self.assertTrue(content == results[1][0][name], f"{name} differs")

    def test_texts_that_are_hardly_any(self):
        documents = [{"id": "empty", "text": ""}, {"id": "blank", "text": " \n\n\t\n"},
                     {"id": "mark", "text": "؟"}, {"id": "word", "text": "слово\r\n"}]
        self.clean(documents)
        self.assertEqual(self.text["mark"], "؟")
        self.assertEqual(self.text["word"], "слово\r\n")


if __name__ == "__main__":
    unittest.main()
