"""The contract of what `kithkin related` writes, held line by line against the documents that went
in and against what `kithkin dedup` says of the same crawl."""
import unicodedata

from harness import Case, read_lines, run

FILES = {"related.jsonl", "stories.jsonl", "stories_log.jsonl", "rejected.jsonl", "summary.json"}
COPIES = {"exact", "near", "contained"}


def flat(text):
    """As words are compared here: case and compatibility forms do not matter."""
    return unicodedata.normalize("NFKC", text).casefold()


class RelatedCase(Case):
    def related(self, *arguments, code=0, out=None, **more):
        done = run("related", *arguments, "--out", out or self.out, **more)
        self.assertEqual(done.returncode, code, done.err)
        return done

    def lists(self, out=None):
        """By id, the ids of its list."""
        return {line["id"]: [entry["id"] for entry in line["related"]]
                for line in self.lines("related.jsonl", out)}

    def scores(self, out=None):
        """By id and entry, the score."""
        return {(line["id"], entry["id"]): entry["score"]
                for line in self.lines("related.jsonl", out) for entry in line["related"]}

    def copies_of(self, paths, *arguments):
        """What dedup says: the cluster of each clustered id, and the pairs of copies."""
        out = self.root / "copies"
        done = run("dedup", *paths, "--out", out, "--pairs", "--overwrite", "--quiet", *arguments)
        self.assertEqual(done.returncode, 0, done.err)
        clusters = {member["id"]: cluster["cluster"] for cluster in read_lines(out / "clusters.jsonl")
                    for member in cluster["members"]}
        pairs = {frozenset((p["id_a"], p["id_b"])) for p in read_lines(out / "pairs.jsonl")
                 if p["relation"] in COPIES}
        return clusters, pairs

    def check_contract(self, documents, *paths, top=10, descending=True, html=False, options=()):
        """Everything that holds for every run over `documents`, readable and with ids of their own,
        which `paths` hold in this order. Returns the lines."""
        self.assertEqual({p.name for p in self.out.iterdir()},
                         FILES | ({"related.html", "related_snippet.html"} if html else set()))
        clusters, pairs = self.copies_of(paths, *options)
        lines = self.lines("related.jsonl")
        self.assertEqual([line["id"] for line in lines], [d["id"] for d in documents])
        by_id = {d["id"]: d for d in documents}
        story_of = {line["id"]: line["story"] for line in lines}
        voices = {}
        for line in lines:
            document = by_id[line["id"]]
            self.check_card(line, document)
            voice = clusters.get(line["id"], line["id"])
            seen = [voice]
            for entry in line["related"]:
                self.check_entry(entry, document, by_id)
                self.assertEqual(entry["same_story"], story_of[entry["id"]] == line["story"])
                cluster = clusters.get(entry["id"], entry["id"])
                self.assertEqual(entry["id"], cluster, "who speaks for a cluster is its first")
                self.assertNotIn(cluster, seen, f"{line['id']}: a copy in its list")
                seen.append(cluster)
            ids = [line["id"]] + [entry["id"] for entry in line["related"]]
            for place, one in enumerate(ids):
                for other in ids[place + 1:]:
                    self.assertNotIn(frozenset((one, other)), pairs, f"in the list of {ids[0]}")
            scores = [entry["score"] for entry in line["related"]]
            self.assertLessEqual(len(scores), top)
            if descending:
                self.assertEqual(scores, sorted(scores, reverse=True))
            told = (line["story"], [(e["id"], e["score"]) for e in line["related"]])
            self.assertEqual(voices.setdefault(voice, told), told, "copies share a list")
        self.check_stories(lines, by_id, clusters)
        self.check_summary(lines, len({clusters.get(i, i) for i in by_id}))
        return lines

    def check_card(self, line, document):
        keys = ["id", "title", "url", "date", "lang", "story", "related"]
        self.assertEqual([k for k in keys if k in line], list(line), "fields, in this order")
        self.assertLessEqual({"id", "story", "related"}, set(line))
        for key in ("title", "url", "date"):
            self.assertEqual(line.get(key), document.get(key) or None)

    def check_entry(self, entry, document, by_id):
        keys = ["id", "title", "url", "date", "score", "same_story", "reasons"]
        self.assertEqual([k for k in keys if k in entry], list(entry), "fields, in this order")
        self.assertLessEqual({"id", "score", "same_story", "reasons"}, set(entry))
        for key in ("title", "url", "date"):
            self.assertEqual(entry.get(key), by_id[entry["id"]].get(key) or None)
        self.assertGreaterEqual(entry["score"], 0)
        self.assertLessEqual(entry["score"], 1)
        self.assertEqual(entry["score"], round(entry["score"], 4))
        self.assertLessEqual(len(entry["reasons"]), 3)
        weights = [reason["weight"] for reason in entry["reasons"]]
        self.assertEqual(weights, sorted(weights, reverse=True))
        self.assertLessEqual(sum(weights), 1.0002)
        own = document.get("title", "") + "\n" + document["text"]
        for reason in entry["reasons"]:
            self.assertEqual(list(reason), ["term", "weight"])
            self.assertGreaterEqual(reason["weight"], 0)
            self.assertNotEqual(reason["term"], "")
            self.assertIn(flat(reason["term"]), flat(own))

    def check_stories(self, lines, by_id, clusters):
        stories = self.lines("stories.jsonl")
        story_of = {line["id"]: line["story"] for line in lines}
        told = {}
        for story in stories:
            keys = ["story", "title", "size", "first", "last", "members"]
            self.assertEqual([k for k in keys if k in story], list(story))
            ids = [member["id"] for member in story["members"]]
            self.assertEqual(story["size"], len(ids))
            self.assertIn(story["story"], ids, "a story's id is that of a member, its founder")
            self.assertEqual(story.get("title"), by_id[story["story"]].get("title") or None)
            for member in story["members"]:
                self.assertEqual(list(member), ["id", "cluster"])
                self.assertEqual(member["cluster"], clusters.get(member["id"], member["id"]))
                self.assertEqual(story_of[member["id"]], story["story"])
                self.assertNotIn(member["id"], told)
                told[member["id"]] = story["story"]
            self.assertGreaterEqual(len({m["cluster"] for m in story["members"]}), 2)
            dates = [by_id[i].get("date") or "~" for i in ids]  # undated ones last
            self.assertEqual(dates, sorted(dates))
            known = [date for date in dates if date != "~"]
            self.assertEqual((story.get("first"), story.get("last")),
                             (min(known), max(known)) if known else (None, None))
        self.assertEqual(len({story["story"] for story in stories}), len(stories))
        for line in lines:  # who is in no story has one of its own
            if line["id"] not in told:
                self.assertEqual(line["story"], clusters.get(line["id"], line["id"]))
        kinds = {"merge": 0, "split": 0}
        for event in self.lines("stories_log.jsonl"):
            self.assertEqual(list(event), ["event", "story", "other", "at", "moved"])
            kinds[event["event"]] += 1
            self.assertGreaterEqual(event["moved"], 1)
            self.assertLessEqual({event["story"], event["other"], event["at"]}, set(by_id))
            self.assertNotEqual(event["story"], event["other"])
        counts = self.summary()["counts"]
        self.assertEqual((counts["stories"], counts["merges"], counts["splits"]),
                         (len(stories), kinds["merge"], kinds["split"]))

    def check_summary(self, lines, articles):
        summary = self.summary()
        keys = ["recipe", "counts", "languages", "precision", "seconds", "bytes", "spilled_bytes",
                "peak_memory", "input_errors"]
        self.assertEqual([k for k in keys if k in summary], list(summary))
        counts = summary["counts"]
        self.assertEqual(list(counts), ["read", "rejected", "articles", "lists", "entries",
                                        "stories", "merges", "splits"])
        self.assertEqual(counts["rejected"], len(self.lines("rejected.jsonl")))
        self.assertEqual(counts["read"], len(lines) + counts["rejected"])
        self.assertEqual(counts["articles"], articles)
        self.assertEqual(sum(summary["languages"].values()), articles)
        self.assertEqual(list(summary["languages"].values()),
                         sorted(summary["languages"].values(), reverse=True))
        self.assertLessEqual(counts["lists"], articles)
        self.assertGreaterEqual(counts["entries"], counts["lists"])
