#!/usr/bin/env python3
"""kithkin related --vectors: articles with vectors of their own, within and across languages."""
import json
import random
import unittest

from harness import run
from related_case import RelatedCase
from related_crawl import Event, date_of

DIMENSIONS = 24


def gauss(rng, scale=1.0, dimensions=DIMENSIONS):
    return [rng.gauss(0, scale) for _ in range(dimensions)]


def plus(*vectors):
    return [round(sum(parts), 4) for parts in zip(*vectors)]


def translations(seed, events, languages=("en", "ar", "zh"), noise=0.3, sentences=6, days=300):
    """An article on each event in each language. Vectors are what a model gives: what the event is,
    something of their own, and a shift of each language. Ids are language-event."""
    rng = random.Random(seed)
    shift = {language: gauss(rng) for language in languages}
    documents = []
    for number in range(events):
        about, day = gauss(rng), rng.randrange(days)
        for language in languages:
            event = Event(rng, language, number % 3)
            documents.append({"id": f"{language}-{number}", "title": event.sentence(rng),
                              "text": event.text(rng, sentences), "lang": language,
                              "date": date_of(day, rng), "url": f"https://{language}.example/{number}",
                              "emb": plus(about, shift[language], gauss(rng, noise))})
    rng.shuffle(documents)
    return documents


def event_of(identity):
    return identity.split("-")[1]


class VectorsCase(RelatedCase):
    def vectors(self):
        return self.summary()["vectors"]

    def entries(self, out=None):
        """(article, entry) for all entries."""
        return [(line, entry) for line in self.lines("related.jsonl", out)
                for entry in line["related"]]

    def files(self, out=None):
        return {p.name: p.read_bytes() for p in (out or self.out).iterdir()
                if p.suffix == ".jsonl"}


class AcrossLanguages(VectorsCase):
    def setUp(self):
        super().setUp()
        self.documents = translations(1, 120)
        self.path = self.write_documents("in.jsonl", self.documents)

    def test_translations_are_the_nearest_in_other_languages(self):
        self.related(self.path, "--vectors", "emb")
        found = 0
        for line in self.lines("related.jsonl"):
            across = [entry["id"] for entry in line["related"] if "by" in entry]
            found += sum(event_of(i) == event_of(line["id"]) for i in across[:2])
        self.assertGreater(found / (2 * len(self.documents)), 0.98)

    def test_without_vectors_there_are_none(self):
        self.related(self.path)
        for line, entry in self.entries():
            self.assertEqual(line["id"][:2], entry["id"][:2])
            self.assertNotIn("by", entry)
        self.assertNotIn("vectors", self.summary())

    def test_an_entry_of_another_language_says_how_it_came(self):
        self.related(self.path, "--vectors", "emb")
        by = {True: 0, False: 0}
        for line, entry in self.entries():
            is_across = line["lang"] != entry["id"][:2]
            by[is_across] += 1
            self.assertEqual("by" in entry, is_across)
            if is_across:
                self.assertEqual(list(entry), ["id", "title", "url", "date", "lang", "score",
                                               "same_story", "by", "reasons"])
                self.assertEqual((entry["by"], entry["lang"]), ("vectors", entry["id"][:2]))
                self.assertEqual(entry["reasons"], [])
            else:
                self.assertNotIn("lang", entry)
        self.assertGreater(min(by.values()), 100)
        for line in self.lines("related.jsonl"):
            scores = [entry["score"] for entry in line["related"]]
            self.assertEqual(scores, sorted(scores, reverse=True))

    def test_the_page_tells_the_language_of_such_entries(self):
        self.related(self.path, "--vectors", "emb", "--html")
        page = (self.out / "related.html").read_text(encoding="utf-8")
        for language in ("en", "ar", "zh"):
            self.assertIn(f'<li lang="{language}">', page)

    def test_the_same_bytes_on_any_threads_and_in_little_memory(self):
        self.related(self.path, "--vectors", "emb", "--threads", "1")
        one = self.files()
        for name, *arguments in (("two", "--threads", "2"), ("three", "--threads", "3"),
                                 ("little", "--threads", "1", "--memory", "12M")):
            out = self.root / name
            self.related(self.path, "--vectors", "emb", *arguments, out=out)
            self.assertEqual(self.files(out), one, name)

    def test_the_scale_of_vectors_does_not_matter(self):
        self.related(self.path, "--vectors", "emb")
        for document in self.documents:  # a power of two: no rounding
            document["emb"] = [x * 1024 for x in document["emb"]]
        self.related(self.write_documents("scaled.jsonl", self.documents), "--vectors", "emb",
                     out=self.root / "scaled")
        self.assertEqual(self.files(), self.files(self.root / "scaled"))

    def test_a_field_may_be_nested(self):
        self.related(self.path, "--vectors", "emb")
        for document in self.documents:
            document["model"] = {"of": {"mine": document.pop("emb")}}
        self.related(self.write_documents("nested.jsonl", self.documents), "--vectors",
                     "model.of.mine", out=self.root / "nested")
        self.assertEqual(self.files(), self.files(self.root / "nested"))

    def test_copies_stay_out_and_share_a_list(self):
        copies = [{**d, "id": d["id"] + "-copy", "url": "https://copies.example/" + d["id"]}
                  for d in self.documents[::4]]
        path = self.write_documents("copies.jsonl", self.documents + copies)
        self.related(path, "--vectors", "emb")
        clusters, _ = self.copies_of([path])
        self.assertEqual(len(clusters), 2 * len(copies))
        lists = {line["id"]: line["related"] for line in self.lines("related.jsonl")}
        for line, entry in self.entries():
            self.assertEqual(clusters.get(entry["id"], entry["id"]), entry["id"])
            self.assertNotEqual(clusters.get(line["id"], line["id"]), entry["id"])
        for document in copies:
            self.assertEqual(lists[document["id"]], lists[document["id"].removesuffix("-copy")])

    def test_options_hold_across_languages(self):
        host = {d["id"]: d["url"].split("/")[2] for d in self.documents}
        self.related(self.path, "--vectors", "emb", "--per-host", "2", "--min-score", "0.05",
                     "--diversity", "0.3")
        across = 0
        for line in self.lines("related.jsonl"):
            hosts = [host[entry["id"]] for entry in line["related"]]
            self.assertLessEqual(max(map(hosts.count, hosts), default=0), 2)
            for entry in line["related"]:
                self.assertGreaterEqual(entry["score"], 0.05)
                across += "by" in entry
        self.assertGreater(across, 100)
        self.related(self.path, "--vectors", "emb", "--window", "0.5", out=self.root / "window")
        date = {d["id"]: d["date"] for d in self.documents}
        for line, entry in self.entries(self.root / "window"):
            self.assertLessEqual(abs(days(date[line["id"]]) - days(date[entry["id"]])), 0.5)

    def test_measure_counts_them(self):
        labels = self.write("labels.tsv", "id\tcluster\n" + "".join(
            f"{d['id']}\t{event_of(d['id'])}\n" for d in self.documents))
        arguments = ("--measure", "P@2", "--labels", labels)
        done = self.related(self.path, "--vectors", "emb", *arguments)
        self.assertGreater(float(done.out.split("\t")[1]), 0.7)
        done = self.related(self.path, *arguments, out=self.root / "without")
        self.assertEqual(done.out, "P@2\t0.0000\n")

    def test_queries_find_their_translations(self):
        is_query = [d["lang"] == "en" and int(event_of(d["id"])) < 60 for d in self.documents]
        english = [d for d, asks in zip(self.documents, is_query) if asks]
        others = [d for d, asks in zip(self.documents, is_query) if not asks]
        crawl = self.write_documents("crawl.jsonl", others)
        query = self.write_documents("query.jsonl", english)
        self.related(crawl, "--query", query, "--vectors", "emb")
        lines = self.lines("related.jsonl")
        self.assertEqual([line["id"] for line in lines], [d["id"] for d in english])
        for line in lines:
            across = [entry["id"] for entry in line["related"] if "by" in entry]
            self.assertEqual(set(across[:2]),
                             {f"ar-{event_of(line['id'])}", f"zh-{event_of(line['id'])}"})
        self.assertFalse((self.out / "stories.jsonl").exists())

    def test_queries_are_not_found_and_teach_nothing(self):
        crawl = self.write_documents("crawl.jsonl", self.documents)
        few = self.write_documents("few.jsonl", [{**d, "id": "q" + d["id"]}
                                                 for d in translations(2, 2)])
        many = self.write_documents("many.jsonl", [{**d, "id": "q" + d["id"]} for d in
                                                   translations(2, 2) + translations(3, 100)])
        for name, query in (("few", few), ("many", many)):
            self.related(crawl, "--query", query, "--vectors", "emb", out=self.root / name)
        first = self.lines("related.jsonl", self.root / "few")
        self.assertEqual(len(first), 6)
        self.assertEqual(first, self.lines("related.jsonl", self.root / "many")[:6])
        for line in first:
            self.assertEqual(len(line["related"]), 10)
            self.assertFalse(any(entry["id"].startswith("q") for entry in line["related"]))


def days(date):
    """Days since the year began; of dates as date_of() writes them."""
    month, day, hour, minute = (int(date[at:at + 2]) for at in (5, 8, 11, 14))
    return sum([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][:month - 1]) + day + hour / 24 \
        + minute / 1440


class Scores(VectorsCase):
    """A random pair has .01 once in ten times and .16 once in a hundred, whatever it is by."""

    def test_mean_the_same_within_and_across_languages(self):
        documents = translations(4, 160, languages=("en", "ar"), noise=3)  # no model at all
        path = self.write_documents("in.jsonl", documents)
        self.related(path, "--vectors", "emb", "--top", "400")
        pairs = {"within": 160 * 159 * 2, "across": 2 * 160 * 160}
        for score, share in ((0.0122, 0.1), (0.1649, 0.01)):
            for kind, of_all in pairs.items():
                found = sum(entry["score"] >= score for _, entry in self.entries()
                            if ("by" in entry) == (kind == "across"))
                self.assertGreater(found / of_all, 0.6 * share, (kind, score))
                self.assertLess(found / of_all, 1.5 * share, (kind, score))


class Within(VectorsCase):
    def test_vectors_find_what_words_do_not(self):
        # Articles on one event share no names here; only their vectors know.
        rng = random.Random(5)
        documents = []
        for number in range(150):
            about = gauss(rng)
            for article in range(2):
                event = Event(rng, "en", number % 3)
                documents.append({"id": f"en-{number}-{article}", "text": event.text(rng, 6),
                                  "emb": plus(about, gauss(rng, 0.1))})
        path = self.write_documents("in.jsonl", documents)

        def share(out):
            return sum(line["related"][0]["id"][:-1] == line["id"][:-1]
                       for line in self.lines("related.jsonl", out)) / len(documents)
        self.related(path, "--vectors", "emb")
        self.related(path, out=self.root / "without")
        self.assertGreater(share(self.out), 0.9)
        self.assertLess(share(self.root / "without"), 0.1)
        for _, entry in self.entries():
            self.assertNotIn("by", entry)


class Stories(VectorsCase):
    def test_of_two_languages_come_together(self):
        # Rare enough to be one event: a few thousand articles, two of which are on it.
        documents = translations(6, 2500, languages=("en", "ar"), noise=0.15, sentences=2)
        path = self.write_documents("in.jsonl", documents)
        self.related(path, "--vectors", "emb", "--top", "3")
        stories = [[member["id"] for member in story["members"]]
                   for story in self.lines("stories.jsonl")]
        mixed = [ids for ids in stories if len({i[:2] for i in ids}) == 2]
        right = [ids for ids in mixed if len({event_of(i) for i in ids}) == 1]
        self.assertGreater(len(right), 250)
        self.assertGreater(len(right) / len(mixed), 0.95)
        story_of = {line["id"]: line["story"] for line in self.lines("related.jsonl")}
        merged = {(event["story"], event["other"]) for event in self.lines("stories_log.jsonl")}
        for ids in right:
            self.assertEqual(len({story_of[i] for i in ids}), 1)
            self.assertIn(story_of[ids[0]], ids)
            self.assertIn((story_of[ids[0]], next(i for i in ids if i != story_of[i])), merged)
        same = [(line["id"], entry["id"]) for line, entry in self.entries()
                if "by" in entry and entry["same_story"]]
        self.assertGreaterEqual(len(same), 2 * len(right))
        self.assertEqual(self.summary()["counts"]["merges"], len(merged))


class BadVectors(VectorsCase):
    def setUp(self):
        super().setUp()
        self.documents = translations(7, 60)

    def spoil(self, number, value):
        self.documents[number]["emb"] = value

    def test_each_kind_is_told_and_nothing_is_lost(self):
        length = DIMENSIONS
        for value, reason in (
                (None, "is missing"), ([], "is empty"), ([0] * length, "is all zeros"),
                ([1] * (length - 1), f"holds {length - 1} numbers where most hold {length}"),
                ([1] * (length + 1), f"holds {length + 1} numbers where most hold {length}"),
                ("1,2,3", "is not an array"), (7, "is not an array"), ({}, "is not an array"),
                ([[1.0] * length], "holds what is no number"),
                ([1.0] * (length - 1) + ["1"], "holds what is no number"),
                ([0.5] * 100_000, "holds more than 16384 numbers")):
            with self.subTest(reason):
                documents = json.loads(json.dumps(self.documents))
                documents[4]["emb"] = value
                out = self.root / "out"
                done = self.related(self.write_documents("in.jsonl", documents), "--vectors", "emb",
                                    "--overwrite", out=out)
                self.assertIn(f'in.jsonl:5: "emb" {reason}; 1 of 180 articles have no usable vector',
                              done.err)
                self.assertEqual(self.lines("rejected.jsonl", out), [])
                lines = self.lines("related.jsonl", out)
                self.assertEqual([line["id"] for line in lines], [d["id"] for d in documents])
                self.assertEqual(len(lines[4]["related"]), 10, "by its text")
                self.assertEqual({entry["id"][:2] for entry in lines[4]["related"]},
                                 {lines[4]["lang"]})
                self.assertEqual(self.vectors(), {
                    "field": "emb", "dimensions": length, "used": 179,
                    "missing": 1 if value is None else 0, "unusable": 0 if value is None else 1})

    def test_numbers_that_doubles_do_not_hold(self):
        lines = [json.dumps(d) for d in self.documents]
        lines[2] = lines[2].replace('"emb": [', '"emb": [1e999, ')
        done = self.related(self.write("in.jsonl", "\n".join(lines)), "--vectors", "emb")
        self.assertIn('in.jsonl:3: "emb" holds a number beyond the range of doubles', done.err)
        lines[2] = json.dumps(self.documents[2]).replace('"emb": [', '"emb": [1e308, -1e308, ')
        documents = [{**d, "emb": [1e308, -1e-308] + d["emb"]} for d in self.documents]
        done = self.related(self.write_documents("huge.jsonl", documents), "--vectors", "emb",
                            out=self.root / "huge")
        self.assertNotIn("usable", done.err)

    def test_a_row_with_nan_is_not_json_and_listed_as_such(self):
        lines = [json.dumps(d) for d in self.documents]
        lines[2] = lines[2].replace('"emb": [', '"emb": [NaN, ')
        self.related(self.write("in.jsonl", "\n".join(lines)), "--vectors", "emb")
        rejected = self.lines("rejected.jsonl")
        self.assertEqual([(r["line"], r["reason"]) for r in rejected], [(3, "not valid JSON")])
        self.assertEqual(self.vectors()["used"], 179)

    def test_the_first_of_many_is_told_once(self):
        for number in range(20, 60):
            del self.documents[number]["emb"]
        self.spoil(13, [1, 2])
        done = self.related(self.write_documents("in.jsonl", self.documents), "--vectors", "emb")
        self.assertEqual(done.err.count('"emb"'), 1)
        self.assertIn('in.jsonl:14: "emb" holds 2 numbers where most hold 24; 41 of 180', done.err)
        self.assertEqual(self.vectors(), {"field": "emb", "dimensions": 24, "used": 139,
                                          "missing": 40, "unusable": 1})

    def test_the_file_is_named_among_several(self):
        self.write_documents("in/a.jsonl", self.documents[:70])
        second = self.documents[70:]
        second[2]["emb"] = []
        self.write_documents("in/b.jsonl", second)
        done = self.related(self.root / "in", "--vectors", "emb")
        self.assertIn('b.jsonl:3: "emb" is empty; 1 of 180', done.err)

    def test_articles_without_vectors_meet_those_with_them_by_their_texts(self):
        for document in self.documents:
            if int(event_of(document["id"])) % 2 == 0:
                del document["emb"]
        self.related(self.write_documents("in.jsonl", self.documents), "--vectors", "emb", "--top",
                     "100")
        has_vector = {d["id"]: "emb" in d for d in self.documents}
        met = set()
        for line, entry in self.entries():
            met.add((has_vector[line["id"]], has_vector[entry["id"]], "by" in entry))
        self.assertEqual(met, {(True, True, True), (True, True, False), (True, False, False),
                               (False, True, False), (False, False, False)})

    def test_no_vector_at_all_is_an_error(self):
        path = self.write_documents("in.jsonl", self.documents)
        for field, reason in (("embedding", "is missing"), ("text", "is not an array"),
                              ("emb.x", "is missing")):
            done = self.related(path, "--vectors", field, code=3)
            self.assertIn(f'in.jsonl:1: "{field}" {reason}; no article to be related to has a '
                          "usable vector", done.err)
            self.assert_nothing_left()

    def test_queries_alone_may_lack_them(self):
        path = self.write_documents("in.jsonl", self.documents)
        query = self.write_documents("q.jsonl", [{k: v for k, v in d.items() if k != "emb"}
                                                 for d in translations(8, 2)])
        done = self.related(path, "--query", query, "--vectors", "emb")
        self.assertIn('q.jsonl:1: "emb" is missing; 6 of 186 articles', done.err)
        self.assertEqual({len(entries) for entries in self.lists().values()}, {10})
        without = self.write_documents("w.jsonl", [{k: v for k, v in d.items() if k != "emb"}
                                                   for d in self.documents])
        done = self.related(without, "--query", path, "--vectors", "emb", code=3,
                            out=self.root / "none")
        self.assertIn("no article to be related to", done.err)

    def test_small_and_strange_crawls(self):
        one = self.documents[0]
        for name, documents in (
                ("empty", []), ("one", [one]), ("two", self.documents[:2]),
                ("same", [{**d, "emb": [0.3, 0.4, 0.5]} for d in self.documents]),
                ("one number", [{**d, "emb": [-2]} for d in self.documents]),
                ("all lengths", [{**d, "emb": [1] * (n + 1)} for n, d in
                                 enumerate(self.documents)]),
                ("opposite", [{**d, "emb": [1 if n % 2 else -1, 0]} for n, d in
                              enumerate(self.documents)]),
                ("no words", [{**d, "text": "", "title": ""} for d in self.documents])):
            with self.subTest(name):
                path = self.write_documents("in.jsonl", documents)
                self.related(path, "--vectors", "emb", "--overwrite")
                self.assertEqual([line["id"] for line in self.lines("related.jsonl")],
                                 [d["id"] for d in documents])

    def test_a_field_is_needed(self):
        path = self.write_documents("in.jsonl", self.documents)
        done = self.related(path, "--vectors", "", code=2)
        self.assertIn("--vectors", done.err)
        self.assertEqual(run("related", path, "--out", self.out, "--vectors").returncode, 2)
        self.assert_nothing_left()


if __name__ == "__main__":
    unittest.main()
