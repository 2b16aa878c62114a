#!/usr/bin/env python3
"""kithkin related: what it writes, and each of its options."""
import gzip
import json
import random
import re
import unittest
from datetime import datetime

from harness import line_of, run
from related_case import RelatedCase
from related_crawl import LANGUAGES, Event, date_of, news


def events_of(documents):
    """The event of each id, and its topic: language-topic-event-article."""
    parts = {d["id"]: d["id"].split("-") for d in documents}
    return ({i: tuple(p[:3]) for i, p in parts.items()}, {i: tuple(p[:2]) for i, p in parts.items()})


def host(url):
    return url.split("/")[2]


def days_between(a, b):
    read = [datetime.fromisoformat(date.replace("Z", "+00:00")) for date in (a, b)]
    return abs((read[0] - read[1]).total_seconds()) / 86400


class Contract(RelatedCase):
    @classmethod
    def setUpClass(cls):
        cls.documents = news(seed=1)

    def setUp(self):
        super().setUp()
        self.path = self.write_documents("in.jsonl", self.documents)

    def test_every_line_keeps_the_contract(self):
        done = self.related(self.path)
        lines = self.check_contract(self.documents, self.path)
        counts = self.summary()["counts"]
        self.assertEqual((counts["read"], counts["articles"], counts["lists"]), (432, 360, 360))
        self.assertEqual(counts["entries"], 3600)
        self.assertEqual(self.summary()["languages"], dict.fromkeys(LANGUAGES, 60))
        self.assertEqual({line["lang"] for line in lines}, set(LANGUAGES))
        self.assertIn("432 read, 360 articles without their copies, 360 with a list (10.0 entries)",
                      done.err)
        self.assertEqual(done.out, "")
        self.assertGreater(counts["stories"], 0)

    def test_what_is_listed_is_on_the_same_event_or_topic(self):
        self.related(self.path)
        event, topic = events_of(self.documents)
        on_event, on_topic, first = {}, {}, {}
        for line in self.lines("related.jsonl"):
            language = line["id"][:2]
            first[language] = first.get(language, 0) + 4
            for entry in line["related"][:4]:  # four others are on the event
                on_event[language] = on_event.get(language, 0) + (
                    event[entry["id"]] == event[line["id"]])
                on_topic[language] = on_topic.get(language, 0) + (
                    topic[entry["id"]] == topic[line["id"]])
        for language, all_of in first.items():
            self.assertGreater(on_topic[language] / all_of, 0.95, language)
            if language != "th":  # its invented names are bits of common words
                self.assertGreater(on_event[language] / all_of, 0.85, language)

    def test_no_story_holds_two_topics_of_different_languages(self):
        self.related(self.path)
        for story in self.lines("stories.jsonl"):
            self.assertEqual(len({m["id"][:2] for m in story["members"]}), 1)

    def test_files_are_read_in_order_and_compressed_ones_too(self):
        half = len(self.documents) // 2
        first = self.write_documents("a/one.jsonl", self.documents[:half])
        second = self.write("a/two.jsonl.gz", gzip.compress("".join(
            line_of(**d) for d in self.documents[half:]).encode()))
        self.related(self.root / "a")
        self.check_contract(self.documents, first, second)
        one = {p.name: p.read_bytes() for p in self.out.iterdir() if p.suffix == ".jsonl"}
        self.related(self.path, out=self.root / "whole")
        for name, content in one.items():
            self.assertEqual(content, (self.root / "whole" / name).read_bytes(), name)

    def test_titles_of_eight_words_get_lists(self):
        rng = random.Random(3)
        documents = []
        for number in range(60):
            event = Event(rng, "en", number % 3)
            for article in range(4):
                title = " ".join((event.sentence(rng)).split()[:8])
                documents.append({"id": f"en-{number % 3}-{number}-{article}", "text": title})
        self.related(self.write_documents("titles.jsonl", documents))
        lists = self.lists()
        self.assertGreater(sum(1 for entries in lists.values() if entries) / len(lists), 0.97)
        _, topic = events_of(documents)
        right = [topic[e] == topic[i] for i, entries in lists.items() for e in entries[:3]]
        self.assertGreater(sum(right) / len(right), 0.65)  # a third by chance

    def test_snippets_of_eight_words_in_every_language_get_lists(self):
        rng = random.Random(4)
        documents = []
        for language in LANGUAGES:
            for number in range(30):
                event = Event(rng, language, number % 3)
                documents += [{"id": f"{language}-{number % 3}-{number}-{article}",
                               "text": event.sentence(rng)} for article in range(3)]
        path = self.write_documents("snippets.jsonl", documents)
        self.related(path)
        self.check_contract(documents, path)
        for language in LANGUAGES:
            lists = [entries for i, entries in self.lists().items() if i.startswith(language)]
            self.assertGreater(sum(map(bool, lists)) / len(lists), 0.97, language)


class Stories(RelatedCase):
    def grown(self, share):
        documents = sorted(news(seed=5, languages=["en", "ar"], events=12), key=lambda d: d["date"])
        return documents[:int(len(documents) * share)]

    def result(self, documents, name):
        out = self.root / name
        self.related(self.write_documents(f"{name}.jsonl", documents), out=out)
        story_of = {line["id"]: line["story"] for line in self.lines("related.jsonl", out)}
        return story_of, {s["story"]: [m["id"] for m in s["members"]]
                          for s in self.lines("stories.jsonl", out)}

    def test_ids_stay_when_the_crawl_grows_at_its_end(self):
        before_of, before = self.result(self.grown(0.7), "before")
        after_of, after = self.result(self.grown(1), "after")
        self.assertGreater(len(before), 10)
        self.assertGreater(len(after), len(before))
        same = sum(after_of[i] == story for i, story in before_of.items())
        self.assertGreater(same / len(before_of), 0.85)
        date = {d["id"]: d["date"] for d in self.grown(1)}
        for story, members in before.items():  # who is still with the founder is in its story,
            now = after_of[story]               # and only an older story can have taken it in
            self.assertTrue(now == story or date[now] <= date[story], story)
            if now == story:
                for member in members:
                    if after_of[member] in before and after_of[member] != story:
                        self.fail(f"{member} has gone from {story} to {after_of[member]}")

    def test_a_story_is_told_within_days(self):
        rng = random.Random(6)
        event = Event(rng, "en", 0)
        documents = news(seed=7, languages=["en"], events=10)
        for part, day in (("spring", 60), ("autumn", 260)):
            documents += [{"id": f"en-0-{part}-{n}", "lang": "en", "date": date_of(day),
                           "text": ". ".join(" ".join(rng.sample(event.names, 3) + [event.number])
                                             for _ in range(4)) + ". " + event.text(rng, 9)}
                          for n in range(4)]
        self.related(self.write_documents("in.jsonl", documents))
        told = {line["id"]: line["story"] for line in self.lines("related.jsonl")}
        spring = {told[f"en-0-spring-{n}"] for n in range(4)}
        autumn = {told[f"en-0-autumn-{n}"] for n in range(4)}
        self.assertEqual(spring & autumn, set())
        self.assertLess(len(spring | autumn), 8)  # some of either are together

    def test_the_founder_is_the_first_by_date_whatever_the_order_of_lines(self):
        documents = news(seed=8, languages=["en"], events=12, copies=False)
        date = {d["id"]: d["date"] for d in documents}
        self.related(self.write_documents("in.jsonl", documents))
        merged = {e["story"] for e in self.lines("stories_log.jsonl")}
        stories = [s for s in self.lines("stories.jsonl") if s["story"] not in merged]
        self.assertGreater(len(stories), 3)
        for story in stories:
            self.assertEqual(date[story["story"]], story["first"])


class SameBytes(RelatedCase):
    @classmethod
    def setUpClass(cls):
        cls.documents = news(seed=2, events=17)  # four blocks of input

    def result(self, *arguments, spills=None):
        self.related(self.path, "--overwrite", *arguments)
        files = {p.name: p.read_bytes() for p in sorted(self.out.iterdir())}
        summary = json.loads(files["summary.json"])
        if spills is not None:
            self.assertEqual(summary["spilled_bytes"] > 1_000_000, spills, summary["spilled_bytes"])
        for key in ("seconds", "peak_memory", "spilled_bytes"):
            del summary[key]
        files["summary.json"] = json.dumps(summary).encode()
        return files

    def check(self, *arguments):
        self.path = self.write_documents("in.jsonl", self.documents)
        reference = self.result("--threads", "1", *arguments)
        self.assertGreater(reference["stories.jsonl"].count(b"\n"), 100)
        runs = [(("--threads", "1"), None), (("--threads", "2"), None), (("--threads", "2"), None),
                (("--threads", "1", "--memory", "12M"), True),
                (("--threads", "2", "--memory", "16M"), True),
                (("--threads", "1", "--memory", "200M"), False)]
        for more, spills in runs:
            other = self.result(*more, *arguments, spills=spills)
            self.assertEqual(list(reference), list(other))
            for name, content in reference.items():
                self.assertTrue(content == other[name], f"{name} differs with {more}")

    def test_with_default_options(self):
        self.check()

    def test_with_all_that_shapes_a_list(self):
        self.check("--diversity", "0.3", "--half-life", "20", "--per-host", "3", "--html",
                   "--no-clean", "--top", "7")


class Options(RelatedCase):
    @classmethod
    def setUpClass(cls):
        cls.documents = news(seed=9, languages=["en", "ar"], events=10, days=40)
        cls.by_id = {d["id"]: d for d in cls.documents}

    def setUp(self):
        super().setUp()
        self.path = self.write_documents("in.jsonl", self.documents)

    def both(self, *arguments):
        """The lists without and with options."""
        self.related(self.path, out=self.root / "plain")
        self.related(self.path, *arguments)
        return self.lists(self.root / "plain"), self.lists()

    def test_top(self):
        plain, many = self.both("--top", "25")
        self.check_contract(self.documents, self.path, top=25)
        self.assertEqual(max(map(len, many.values())), 25)
        for i, entries in plain.items():
            self.assertEqual(entries, many[i][:10])
        self.related(self.path, "--top", "1", "--overwrite")
        self.assertEqual(self.lists(), {i: entries[:1] for i, entries in plain.items()})

    def test_min_score_leaves_out_what_is_below_and_nothing_else(self):
        plain, less = self.both("--min-score", "0.5")
        scores = self.scores(self.root / "plain")
        for i, entries in plain.items():
            self.assertEqual(less[i], [e for e in entries if scores[i, e] >= 0.5])
        self.assertLess(sum(map(len, less.values())), sum(map(len, plain.values())))
        self.assertGreater(sum(map(len, less.values())), 0)
        self.check_contract(self.documents, self.path)

    def test_window(self):
        plain, near = self.both("--window", "10")
        dates = {i: d["date"] for i, d in self.by_id.items()}
        far = sum(days_between(dates[i], dates[e]) > 10 for i, es in plain.items() for e in es)
        self.assertGreater(far, 100)
        for i, entries in near.items():
            for e in entries:  # copies have one list: that of the article that speaks for them
                self.assertLessEqual(days_between(dates[i.replace("-copy", "")], dates[e]), 10)
        self.check_contract(self.documents, self.path)

    def test_undated_articles_stay_in_a_window(self):
        documents = [dict(d) for d in self.documents if not d["id"].endswith("-copy")]
        for d in documents[::3]:
            del d["date"]
        path = self.write_documents("undated.jsonl", documents)
        self.related(path, "--window", "1")
        undated = {d["id"] for d in documents if "date" not in d}
        listed = {e for entries in self.lists().values() for e in entries}
        self.assertGreater(len(listed & undated), len(undated) / 2)
        self.check_contract(documents, path)

    def test_half_life_halves_a_score(self):
        plain, _ = self.both("--half-life", "20", "--top", "30")
        scores, faded = self.scores(self.root / "plain"), self.scores()
        checked = 0
        for pair, score in scores.items():
            if pair not in faded:
                continue
            i, e = pair
            days = days_between(self.by_id[i]["date"], self.by_id[e]["date"])
            self.assertLessEqual(faded[pair], score + 0.0001)
            if score > 0.2:
                self.assertAlmostEqual(faded[pair] / score, 2 ** (-days / 20), delta=0.02)
                checked += 1
        self.assertGreater(checked, 100)
        self.check_contract(self.documents, self.path, top=30)

    def test_per_host(self):
        plain, capped = self.both("--per-host", "2")

        def most(lists):
            return max(max(map([host(self.by_id[e]["url"]) for e in entries].count,
                               [host(self.by_id[e]["url"]) for e in entries]), default=0)
                       for entries in lists.values())
        self.assertGreater(most(plain), 2)
        self.assertEqual(most(capped), 2)
        self.assertEqual({len(entries) for entries in capped.values()}, {10})
        self.check_contract(self.documents, self.path)

    def test_cross_host_only(self):
        plain, crossed = self.both("--cross-host-only")

        def own(lists):
            return sum(host(self.by_id[i.replace("-copy", "")]["url"]) == host(self.by_id[e]["url"])
                       for i, entries in lists.items() for e in entries)
        self.assertGreater(own(plain), 100)
        self.assertEqual(own(crossed), 0)
        self.check_contract(self.documents, self.path)

    def test_diversity_makes_the_entries_of_a_list_less_alike(self):
        plain, diverse = self.both("--diversity", "0.7")
        self.check_contract(self.documents, self.path, descending=False)
        event, _ = events_of(self.documents)

        def events(lists):
            return sum(len({event[e] for e in entries}) for entries in lists.values())
        self.assertGreater(events(diverse), events(plain) * 1.1)
        for i, entries in plain.items():
            self.assertEqual(diverse[i][0], entries[0], "the nearest comes first")
        none = self.root / "none"
        self.related(self.path, "--diversity", "0", out=none)
        self.assertEqual((none / "related.jsonl").read_bytes(),
                         (self.root / "plain" / "related.jsonl").read_bytes())

    def test_fields_decide_what_counts(self):
        # Titles are on one matter, texts on another: which of them is followed is to be seen.
        rng = random.Random(10)
        documents = []
        for n in range(120):
            title, text = n % 3, n // 3 % 3
            documents.append({"id": f"{title}-{text}-{n}", "lang": "en",
                              "title": Event(rng, "en", title).sentence(rng),
                              "text": Event(rng, "en", text).text(rng, 2)})
        path = self.write_documents("fields.jsonl", documents)

        def alike(part, *fields):
            out = self.root / "-".join(("f", *fields)).replace(":", "_").replace(",", "_")
            self.related(path, "--top", "5", "--fields", *fields, out=out)
            pairs = [(i.split("-")[part], e.split("-")[part])
                     for i, entries in self.lists(out).items() for e in entries]
            return sum(a == b for a, b in pairs) / len(pairs)
        self.assertGreater(alike(0, "title:1"), 0.9)
        self.assertGreater(alike(1, "text:1"), 0.9)
        self.assertLess(alike(1, "title"), 0.6)
        self.assertGreater(alike(0, "title:20,text:1"), alike(0, "title:1,text:5"))
        default, named = self.root / "default", self.root / "named"
        self.related(path, out=default)
        self.related(path, "--fields", "title:2,text:1", out=named)
        self.assertEqual((default / "related.jsonl").read_bytes(),
                         (named / "related.jsonl").read_bytes())

    def test_query_lists_the_crawl_for_new_documents(self):
        new = [d for d in self.documents if d["id"].endswith(("-3", "-4"))]
        old = [d for d in self.documents if not d["id"].endswith(("-3", "-4"))]
        crawl = self.write_documents("crawl.jsonl", old)
        query = self.write_documents("new/1.jsonl", new[:20])
        more = self.write_documents("new/2.jsonl", new[20:])
        self.related(crawl, "--query", query, "--query", more)
        self.assertEqual({p.name for p in self.out.iterdir()},
                         {"related.jsonl", "rejected.jsonl", "summary.json"})
        lists = self.lists()
        self.assertEqual(list(lists), [d["id"] for d in new])
        event, _ = events_of(self.documents)
        known = {d["id"] for d in old}
        right = []
        for i, entries in lists.items():
            self.assertEqual(len(entries), 10)
            self.assertLessEqual(set(entries), known)
            for e in entries:  # copies share a voice, so both would be too many
                self.assertNotIn(e + "-copy", entries)
            right.append(event[entries[0]] == event[i])
        self.assertGreater(sum(right) / len(right), 0.9)
        self.assertEqual(self.summary()["counts"]["read"], len(new))

    def test_a_query_that_is_in_the_crawl_does_not_find_itself(self):
        query = self.write_documents("q.jsonl", [
            {**d, "id": "q-" + d["id"]} for d in self.documents[:30]])
        self.related(self.path, "--query", query)
        for i, entries in self.lists().items():
            source = i[2:].replace("-copy", "")
            self.assertNotIn(source, [e.replace("-copy", "") for e in entries])
            self.assertEqual(len(entries), 10)

    def test_a_query_is_told_of_the_crawl_alone(self):
        first = self.write_documents("q1.jsonl", [{**self.documents[0], "id": "q"}])
        many = self.write_documents("q2.jsonl", [{**self.documents[0], "id": "q"}] + [
            {**d, "id": "q-" + d["id"]} for d in self.documents[1:40]])
        crawl = self.write_documents("crawl.jsonl", self.documents[40:])
        self.related(crawl, "--query", first, "--no-clean", out=self.root / "one")
        self.related(crawl, "--query", many, "--no-clean", out=self.root / "many")
        self.assertEqual(self.lines("related.jsonl", self.root / "one")[0],
                         self.lines("related.jsonl", self.root / "many")[0])

    def labels(self, label_of, ids=None):
        return self.write("labels.tsv", "id\tcluster\n" + "".join(
            f"{i}\t{label_of(i)}\n" for i in ids or self.by_id))

    def test_measure(self):
        event, topic = events_of(self.documents)
        for label_of, k in ((lambda i: "-".join(topic[i]), 10), (lambda i: "-".join(event[i]), 4),
                            (lambda i: "-".join(event[i]) + "|" + topic[i][0], 10)):
            done = self.related(self.path, "--overwrite", "--measure", f"P@{k}",
                                "--labels", self.labels(label_of))
            lists = self.lists()
            right = [bool(set(label_of(i).split("|")) & set(label_of(e).split("|")))
                     for i, entries in lists.items() for e in entries[:k]]
            self.assertEqual(done.out, f"P@{k}\t{sum(right) / k / len(lists):.4f}\n")
            self.assertAlmostEqual(self.summary()["precision"], sum(right) / k / len(lists))
        self.check_contract(self.documents, self.path)

    def test_measure_asks_only_who_has_a_label_and_what_is_missing_is_wrong(self):
        asked = [d["id"] for d in self.documents[:50]]
        labels = self.labels(lambda i: "one", asked)
        done = self.related(self.path, "--measure", "P@5", "--labels", labels)
        right = [e in asked for i in asked for e in self.lists()[i][:5]]
        self.assertEqual(done.out, f"P@5\t{sum(right) / 250:.4f}\n")
        done = self.related(self.path, "--overwrite", "--measure", "P@5", "--labels", labels,
                            "--min-score", "1")
        self.assertEqual(done.out, "P@5\t0.0000\n")

    def test_html(self):
        done = self.related(self.path, "--html")
        self.assertEqual(done.out, "")
        self.check_contract(self.documents, self.path, html=True)
        page = (self.out / "related.html").read_text(encoding="utf-8")
        self.assertIn('dir="rtl"', page)
        self.assertEqual(re.findall(r"https?://[^\"'<> ]+\.(?:js|css)", page), [])
        self.assertNotIn("<script", page)
        snippet = (self.out / "related_snippet.html").read_text(encoding="utf-8")
        self.assertGreater(len(snippet), 500)
        self.related(self.path, "--overwrite")  # a page of a former run does not stay behind
        self.check_contract(self.documents, self.path)

    def test_no_clean_takes_texts_as_they_are(self):
        menu = "Harbour weather ferry timetable subscribe newsletter\n"
        documents = [{**d, "text": menu + d["text"]} if d["id"].startswith("en") else d
                     for d in self.documents]
        path = self.write_documents("menu.jsonl", documents)
        for options, cleaning in (((), "crawl/"), (("--no-clean",), "none")):
            self.related(path, "--overwrite", *options)
            self.check_contract(documents, path, options=options)
            self.assertTrue(self.summary()["recipe"]["cleaning"].startswith(cleaning))

    def test_what_a_copy_is_dedups_options_say(self):
        options = ("--profile", "news", "--shingle", "4")
        self.related(self.path, *options)
        self.check_contract(self.documents, self.path, options=options)
        self.assertEqual(self.summary()["recipe"]["threshold"], 0.3)


class Compare(RelatedCase):
    def test_the_column_related_score(self):
        documents = news(seed=12, languages=["en", "ru"], events=6)
        path = self.write_documents("in.jsonl", documents)
        self.related(path, "--top", "80")
        scores = self.scores()
        ids = [d["id"] for d in documents]
        pairs = [(a, b) for a in ids[:40] for b in ids]
        table = self.write("pairs.tsv", "id_a\tid_b\n" + "".join(f"{a}\t{b}\n" for a, b in pairs))
        done = run("compare", path, "--pairs", table, "--quiet")
        self.assertEqual(done.returncode, 0, done.err)
        rows = [row.split("\t") for row in done.out.splitlines()]
        self.assertEqual(rows[0][-1], "related_score")
        found = 0
        event = events_of(documents)[0]
        for (a, b), row in zip(pairs, rows[1:], strict=True):
            self.assertEqual((row[0], row[1], len(row)), (a, b, 7))
            score = float(row[6])
            self.assertTrue(0 <= score <= 1)
            if a[:2] != b[:2]:
                self.assertEqual(score, 0, "languages have no terms in common")
            if (a, b) in scores:
                self.assertAlmostEqual(scores[a, b], score, delta=0.00011)
                found += 1
            if row[2] == "exact":  # nothing is nearer
                self.assertGreaterEqual(score, max(scores[x, y] for x, y in scores if x == a))
        self.assertGreater(found, 1000)
        means = {same: [float(r[6]) for r in rows[1:] if r[0][:2] == r[1][:2] and r[2] == "none"
                        and (event[r[0]] == event[r[1]]) == same] for same in (True, False)}
        self.assertGreater(sum(means[True]) / len(means[True]),
                           3 * sum(means[False]) / len(means[False]))

    def test_it_is_symmetric_and_empty_for_unknown_ids(self):
        documents = news(seed=13, languages=["zh"], events=5)
        path = self.write_documents("in.jsonl", documents)
        a, b = documents[0]["id"], documents[7]["id"]
        table = self.write("pairs.tsv", f"id_a\tid_b\n{a}\t{b}\n{b}\t{a}\n{a}\tnobody\n")
        done = run("compare", path, "--pairs", table)
        rows = [row.split("\t") for row in done.out.splitlines()[1:]]
        self.assertEqual(rows[0][6], rows[1][6])
        self.assertEqual(rows[2], [a, "nobody", "", "", "", "", ""])


if __name__ == "__main__":
    unittest.main()
