"""Plants the furniture of invented hosts around real articles, and knows where it stands.

The articles of a corpus are dealt onto hosts of 3 to 3,000 pages. Every host has lines of its own
around and inside its articles, made of the corpus's vocabulary by chance, so that nothing but where
and how often a line stands tells it from an article. A page is a list of lines, a line a list of
parts, and a part a (class, text); what is written as truth is where the parts came to stand. Classes
in FURNITURE are to be removed and those in ARTICLE to stay. NATIVE is neither: what the corpus itself
brought along that stands in several of its articles or twice in one.

    crawl = Planter("related_en_bbc_topics.jsonl.gz", data).crawl()
    crawl.pages[0]  # {"id", "url", "title", "text", ...}
    crawl.truth[0]  # {"id", "host", "size", "spans": [[class, start, end]...], "related", "also"}

`spans` cover the whole text in half-open offsets into its UTF-8. `related` are the titles of the box
in order, and `also` those titles that stand in other furniture of the page.
"""
import json
import random
import re
import subprocess
from collections import Counter
from pathlib import Path

CORPORA = ("ar_khaleej_nodup.jsonl.zst", "related_en_bbc_topics.jsonl.gz", "th_thaigov.jsonl.zst")

#: The pages of a host, and which share of a corpus goes to hosts of that size.
SIZES = {3000: .25, 1000: .25, 200: .17, 50: .12, 20: .09, 10: .05, 5: .04, 3: .03}

FURNITURE = ("menu", "breadcrumbs", "date line", "byline", "source line", "sharing buttons", "tags",
             "footer", "changing footer", "header or footer of a changed template", "advertisement",
             "read more", "box heading", "box title of the crawl", "box title of elsewhere",
             "box date", "embedded article", "code", "page repeat")
ARTICLE = ("article", "agency copy", "formula", "quotation", "version", "caption")
#: A sentence of a formula that has no name and no number: any host's furniture looks like that.
UNDECIDED = ("formula, fixed sentence",)
NATIVE = "of the corpus itself"

HELD_OUT = .03    # articles that are in no crawl, for titles that none of its articles has
AGENCY = .05      # articles printed by 2 to 10 hosts
EMBEDDED = .10    # pages that hold another article whole
DAMAGED = .25     # of these, with code, a caption and headlines of a third article among its lines
CAPTIONS = .10    # pages with a caption that stands two or three times
CODE = .05
QUOTATIONS = .03  # pages that quote a paragraph or two of another article
VERSIONS = .03    # articles of which an earlier version is a page too
FORMULAS = 15

#: Not behind "د." and other letters that stand for a word.
SENTENCE_END = re.compile(r"(?:(?<=[\w\"»”)][\w\"»”)][.!?؟])|(?<=\s[.!?؟]))\s+(?=[^\W\d]|[\"'«“(])"
                          r"|(?<=\s\.)(?=[^\W\d])")
SPACES = re.compile(r"\s+")
DIGITS = re.compile(r"\d+")


def read(path):
    program = {".zst": ["zstd", "-dc"], ".gz": ["gzip", "-dc"]}[path.suffix]
    raw = subprocess.run([*program, str(path)], capture_output=True, check=True)
    return [json.loads(line) for line in raw.stdout.splitlines()]


def sentences(text):
    return [s for s in (s.strip() for s in SENTENCE_END.split(text)) if s]


# Wording ---------------------------------------------------------------------------------------

class Wording:
    """Words and phrases made of a corpus's own by chance."""

    def __init__(self, rng, language, texts):
        self.rng = rng
        self.spaced = language != "th"
        count = Counter()
        for text in texts[:3000]:
            if self.spaced:
                count.update(re.findall(r"\b[^\W\d_]{3,11}\b", text))
            else:
                count.update(w for w in text.split() if re.fullmatch(r"[ก-ฮ][ก-๎]{2,13}", w))
        self.words = sorted(word for word, times in count.items() if times >= 3)

    def word(self):
        """One of the corpus's, or the halves of two."""
        a, b = self.rng.choice(self.words), self.rng.choice(self.words)
        if self.rng.random() < .5:
            return a
        return a[:(len(a) + 1) // 2] + b[len(b) // 2:] if self.spaced else a + b

    def phrase(self, least, most=None):
        count = self.rng.randrange(least, (most or least) + 1)
        if self.spaced:
            return " ".join(self.word() for _ in range(count))
        out = ""
        for n in range((count + 1) // 2):
            out += (" " if n % 3 == 2 else "") + self.word()
        return out

    def sentence(self, least, most):
        return self.phrase(least, most) + ("." if self.spaced else "")


# What changes from page to page within a line. A line is a list of texts and of these.

def number(digits):
    return lambda rng: str(rng.randrange(10 ** (digits - 1), 10 ** digits))


def pick(choices):
    return lambda rng: rng.choice(choices)


def some(choices, most):
    return lambda rng: ", ".join(rng.sample(choices, rng.randrange(2, most + 1)))


def date(rng):
    return f"{rng.randrange(1, 29):02}/{rng.randrange(1, 13):02}/{rng.randrange(2015, 2026)}"


def clock(rng):
    return f"{rng.randrange(24):02}:{rng.randrange(60):02}"


class Line:
    """A line of a host, on a share of its pages."""

    def __init__(self, rng, kind, *parts):
        self.kind, self.parts = kind, parts
        self.rate = rng.choice([1, 1, rng.uniform(.6, 1)])

    def on(self, rng):
        """Its text on a page, or none."""
        if rng.random() >= self.rate:
            return []
        text = "".join(p if isinstance(p, str) else p(rng) for p in self.parts)
        return [[(self.kind, text)]]


class Template:
    """What stands around an article."""

    def __init__(self, rng, w):
        def line(kind, *parts):
            return Line(rng, kind, *parts)
        arrow = rng.choice([" > ", " / ", " » ", " :: "])
        bar = rng.choice([" | ", " - ", "  "])
        sections = [w.phrase(1, 2) for _ in range(rng.randrange(4, 9))]
        inner = [w.phrase(1, 2) for _ in range(rng.randrange(5, 15))]
        authors = [w.phrase(2) for _ in range(rng.randrange(3, 13))]
        agencies = [w.phrase(1, 3) for _ in range(rng.randrange(2, 6))]
        topics = [w.phrase(1, 2) for _ in range(rng.randrange(30, 80))]
        header = [line("menu", bar.join(sections)),
                  line("breadcrumbs", w.phrase(1) + arrow, pick(sections), arrow, pick(inner)),
                  line("date line", w.phrase(1, 3) + rng.choice([": ", " "]), date, " ", clock),
                  line("byline", w.phrase(1) + rng.choice([": ", " "]), pick(authors))]
        rng.shuffle(header)
        self.header = header[:rng.randrange(4)]
        footer = [line("changing footer", "© ", number(4), " " + w.phrase(3, 7)),
                  line("changing footer", w.phrase(2, 4) + ": ", number(6)),
                  line("footer", w.sentence(8, 15)),
                  line("footer", w.phrase(1, 2) + ": +" + " ".join(number(3)(rng)
                                                                  for _ in range(4))),
                  line("footer", bar.join(w.phrase(1, 2) for _ in range(rng.randrange(3, 8))))]
        rng.shuffle(footer)
        self.footer = footer[:rng.randrange(1, 6)]
        sharing = line("sharing buttons", w.word() + " (", number(2), ")" + bar + w.word() + " (",
                       number(3), ")" + bar + w.phrase(1, 2))
        if rng.random() < .6:
            self.header.insert(rng.randrange(len(self.header) + 1), sharing)
        self.behind = []
        if rng.random() < .4:
            self.behind.append(line("source line", w.phrase(1) + ": ", pick(agencies)))
        if rng.random() < .6:
            self.behind.append(line("tags", w.phrase(1) + rng.choice([": ", " - "]),
                                    some(topics, 5)))

    def mark_changed(self):
        for line in self.header + self.footer:
            line.kind = "header or footer of a changed template"


class Host:
    def __init__(self, rng, w, number_, size):
        self.size = size
        self.name = f"h{number_:04}.example"
        self.templates = [Template(rng, w)]
        if size >= 10 and rng.random() < .25:
            self.templates.append(Template(rng, w))
            for template in self.templates:
                template.mark_changed()
        self.single = rng.random() < .3   # texts stay on one line where the corpus has them so
        self.gap = rng.choice(["\n", "\n", "\n\n"])
        self.named_by_source = rng.random() < .1
        self.inside = [Line(rng, "advertisement", w.phrase(1, 3))] if rng.random() < .6 else []
        self.more = w.phrase(1, 2) + ": " if rng.random() < .5 else None
        self.more_rate = rng.uniform(.6, 1)
        self.embeds_behind = w.phrase(1, 3) + ":"
        self.box = w.phrase(2, 4) if rng.random() < .7 else None
        self.box_rate = rng.uniform(.6, 1)
        self.bullet = rng.choice(["", "", "- ", "• ", "  • ", "* "])
        self.dated = rng.random() < .25
        self.elsewhere = rng.choice([0, 0, .3, .6])  # share of the box's titles not in the crawl


class Item:
    """An article as it is to stand on a page."""

    def __init__(self, name, base, title, paragraphs, kind, whole=None):
        self.name, self.base, self.title, self.kind = name, base, title, kind
        self.paragraphs = paragraphs
        self.whole = whole  # its text on one line, where the corpus had it so
        self.host = None

    def lines(self):
        if self.whole is not None and self.host is not None and self.host.single:
            return [self.whole]
        return self.paragraphs


class Crawl:
    def __init__(self, name, pages, truth):
        self.name, self.pages, self.truth = name, pages, truth

    def write(self, folder):
        """Writes NAME.jsonl and NAME.truth.jsonl; returns the first."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.name}.jsonl"
        for file, rows in ((path, self.pages), (folder / f"{self.name}.truth.jsonl", self.truth)):
            with open(file, "w", encoding="utf-8", newline="\n") as out:
                out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        return path


class Planter:
    """A crawl out of a corpus; the same one for the same seed."""

    def __init__(self, corpus, data, seed=1, limit=None):
        self.name = corpus.split(".jsonl")[0]
        self.rng = random.Random(f"{self.name} {seed}")
        documents = [d for d in read(Path(data) / corpus) if d["text"].strip()]
        self.language = documents[0]["lang"]
        self.rng.shuffle(documents)
        documents = documents[:limit]
        self.w = Wording(self.rng, self.language, [d["text"] for d in documents])
        held = int(HELD_OUT * len(documents))
        items = [self.item(d) for d in documents]
        self.items = items[held:]
        known = {item.title for item in self.items}
        self.titles_of_elsewhere = [i.title for i in items[:held] if i.title not in known]

    def item(self, document):
        """The article without its headline: its own or else its first words."""
        text = document["text"].replace("\r", "")
        whole = None
        if document.get("title"):
            title = document["title"]
            if self.name == "th_thaigov":  # the site's name and the section's stand in front
                title = title.split("-", 2)[-1]
            title = SPACES.sub(" ", title).strip()
            lines = [line for line in text.split("\n")
                     if SPACES.sub(" ", line).strip() not in ("", title)]
        else:
            words = text.split()
            count = self.rng.randrange(6, 11)
            title = " ".join(words[:count])
            whole = " ".join(words[count:] if len(words) > 3 * count else words)
            lines = self.cut(whole)
        return Item(document["id"], document["text"], title, lines or [text.strip()], "article",
                    whole)

    def cut(self, text):
        """Paragraphs of one to three sentences."""
        rest, out = sentences(text), []
        while rest:
            count = self.rng.randrange(1, 4)
            out.append(" ".join(rest[:count]))
            del rest[:count]
        return out

    # Articles that look like furniture ---------------------------------------------------------

    def agency_copies(self):
        """Further pages that print an article of the crawl, whole or without a sentence."""
        out = []
        for item in self.rng.sample(self.items, int(AGENCY * len(self.items))):
            item.kind = "agency copy"
            for n in range(self.rng.randrange(1, 10)):
                paragraphs, whole, title = list(item.paragraphs), item.whole, item.title
                if self.rng.random() < .5:
                    self.drop_sentence(paragraphs)
                    whole = None if whole is None else " ".join(paragraphs)
                if self.rng.random() < .3 and len(title.split()) > 5:
                    title = " ".join(title.split()[:-1])
                out.append(Item(f"{item.name}-agency{n}", item.base, title, paragraphs,
                                "agency copy", whole))
        return out

    def drop_sentence(self, paragraphs):
        at = self.rng.randrange(len(paragraphs))
        inside = sentences(paragraphs[at])
        if len(inside) > 1:
            del inside[self.rng.randrange(len(inside))]
            paragraphs[at] = " ".join(inside)
        elif len(paragraphs) > 2:
            del paragraphs[at]

    def earlier_versions(self):
        """Pages with the first or the last part of an article of the same host."""
        able = [i for i in self.items if i.kind == "article" and len(i.paragraphs) > 3
                and i.host.size >= 20 and not (i.whole and i.host.single)]
        out = []
        for item in self.rng.sample(able, min(len(able), int(VERSIONS * len(self.items)))):
            item.kind = "version"
            count = max(2, round(len(item.paragraphs) * self.rng.uniform(.5, .85)))
            part = (item.paragraphs[:count] if self.rng.random() < .5
                    else item.paragraphs[-count:])
            title = item.title if self.rng.random() < .5 else item.title + " (1)"
            version = Item(f"{item.name}-earlier", item.base, title, part, "version")
            version.host = item.host
            out.append(version)
        return out

    def formulas(self, host):
        """Texts of one template on the host, different in names and numbers."""
        w = self.w
        fixed = w.sentence(10, 16)

        def slot():
            return [lambda: w.phrase(2), lambda: str(self.rng.randrange(10, 10000))][
                self.rng.randrange(2)]
        template = [[(w.phrase(4, 8), slot(), w.sentence(4, 8)) for _ in range(2)]
                    for _ in range(4)]
        heading = w.phrase(4, 6)
        out = []
        for n in range(FORMULAS):
            paragraphs = [" ".join(f"{a} {fact()} {b}" for a, fact, b in paragraph)
                          for paragraph in template]
            paragraphs.insert(2, fixed)
            item = Item(f"{self.name}-formula{n}", f"formula {n}", f"{heading} {w.phrase(2)}",
                        paragraphs, "formula")
            item.host, item.fixed = host, fixed
            out.append(item)
        return out

    # The crawl ---------------------------------------------------------------------------------

    def crawl(self):
        rng = self.rng
        copies = self.agency_copies()
        self.deal(copies)
        pages = self.items + copies + self.earlier_versions()
        pages += self.formulas(max(self.hosts, key=lambda host: host.size))
        rng.shuffle(pages)
        self.on_host, self.names = {}, {}
        for item in pages:
            self.on_host.setdefault(item.host.name, []).append(item)
            self.names.setdefault(item.title, []).append(item.name)
        self.embeddable = [i for i in self.items if 200 <= sum(map(len, i.paragraphs)) <= 6000
                           and i.kind in ("article", "agency copy")
                           and len({n.split("-agency")[0] for n in self.names[i.title]}) == 1]
        self.pages = pages
        self.find_native()
        place, rows, truth = Counter(), [], []
        for item in pages:
            host = item.host
            at = place[host.name] / len(self.on_host[host.name])
            place[host.name] += 1
            row, known = self.page(item, host.templates[int(at * len(host.templates))])
            rows.append(row)
            truth.append(known)
        return Crawl(self.name, rows, truth)

    def deal(self, copies):
        """Gives every article a host; no two copies the same one."""
        total = len(self.items) + len(copies)
        sizes = [size for size, share in SIZES.items() for _ in range(round(share * total / size))]
        if sum(sizes) < total:
            sizes += [20] * -(-(total - sum(sizes)) // 20)
        self.hosts = [Host(self.rng, self.w, n, size) for n, size in enumerate(sizes)]
        places = [host for host in self.hosts for _ in range(host.size)]
        # Small hosts are filled first, so that every host has the pages it is said to have.
        places = places[::-1][:total]
        self.rng.shuffle(places)
        taken = {}
        for item in copies + self.items:
            used = taken.setdefault(item.base, set()) if item.kind == "agency copy" else ()
            for at in range(len(places) - 1, max(-1, len(places) - 50), -1):
                if places[at].name not in used:
                    break
            item.host = places.pop(at)
            if item.kind == "agency copy":
                used.add(item.host.name)

    def find_native(self):
        """Lines that the corpus has in three articles or more, digits aside, or as a title."""
        base_of = {}
        for item in self.pages:
            if item.kind == "formula":
                continue
            for line in {self.key(line) for line in item.lines()}:
                base_of.setdefault(line, set()).add(item.base)
        self.native = {line for line, bases in base_of.items() if len(bases) > 2}
        self.native |= {self.key(title) for title in self.names}

    @staticmethod
    def key(line):
        return DIGITS.sub("0", SPACES.sub(" ", line).strip())

    def classified(self, item):
        """The article's lines, each a list of one part."""
        seen, out = set(), []
        for line in item.lines():
            kind, key = item.kind, self.key(line)
            if kind == "formula":
                kind = UNDECIDED[0] if line == item.fixed else kind
            elif key in self.native or key in seen or not any(c.isalpha() for c in key):
                kind = NATIVE
            seen.add(key)
            out.append([(kind, line)])
        return out

    def other(self, item, pool):
        for _ in range(20):
            found = self.rng.choice(pool)
            if found.base != item.base and found.title != item.title:
                return found
        return None

    def page(self, item, template):
        """The row of the crawl and where everything stands in it."""
        rng, host, also = self.rng, item.host, []
        on_host = self.on_host[host.name]
        blocks = [[line] for line in self.classified(item)]
        if item.kind == "article":
            self.plant_quotation(item, blocks)
        if item.kind in ("article", "agency copy"):
            self.plant_caption(blocks)
        self.plant_code(blocks)
        for line in host.inside:
            if len(blocks) > 1:
                for _ in range(rng.randrange(1, 3)):
                    blocks.insert(rng.randrange(1, len(blocks)), line.on(rng))
        if host.more and len(blocks) > 1 and rng.random() < host.more_rate:
            found = self.other(item, on_host if len(on_host) > 2 else self.pages)
            if found:
                also.append(found.title)
                blocks.insert(rng.randrange(1, len(blocks)),
                              [[("read more", host.more + found.title)]])
        if rng.random() < EMBEDDED and item.kind != "formula":
            also += self.plant_embedded(item, blocks)
        lines = [line for element in template.header for line in element.on(rng)]
        lines += [line for block in blocks for line in block]
        lines += [line for element in template.behind for line in element.on(rng)]
        related = []
        if host.box and rng.random() < host.box_rate:
            related = self.plant_box(item, on_host, lines)
        lines += [line for element in template.footer for line in element.on(rng)]
        text, spans = self.join(lines, host.gap)
        row = {"id": item.name, "url": f"https://{host.name}/news/{number(9)(rng)}"}
        if host.named_by_source:
            del row["url"]
        row.update(title=item.title, text=text, date=f"2024-{rng.randrange(1, 13):02}-"
                   f"{rng.randrange(1, 29):02}", lang=self.language, source=host.name)
        return row, {"id": item.name, "host": host.name, "size": host.size, "spans": spans,
                     "related": [{"title": t, "ids": self.names.get(t, [])} for t in related],
                     "also": also}

    def plant_quotation(self, item, blocks):
        if self.rng.random() >= QUOTATIONS or len(blocks) < 2:
            return
        found = self.other(item, self.items)
        if found is None or len(found.paragraphs) < 4 or found.kind != "article":
            return
        count = self.rng.randrange(1, 3)
        at = self.rng.randrange(len(found.paragraphs) - count + 1)
        quoted = [[("quotation" if self.key(line) not in self.native else NATIVE, line)]
                  for line in found.paragraphs[at:at + count]]
        blocks.insert(self.rng.randrange(1, len(blocks)), quoted)

    def plant_caption(self, blocks):
        if self.rng.random() >= CAPTIONS:
            return
        caption, kind = self.w.phrase(4, 12), "caption"
        at = self.rng.randrange(len(blocks) + 1)
        for _ in range(self.rng.randrange(2, 4)):
            blocks.insert(at, [[(kind, caption)]])
            kind = "page repeat"
            at = self.rng.randrange(at + 1, len(blocks) + 1)

    def plant_code(self, blocks):
        """A line of code, or code in front of what is there."""
        if self.rng.random() >= CODE:
            return
        code = self.code()
        at = self.rng.randrange(len(blocks))
        if self.rng.random() < .5:
            blocks[at][0].insert(0, ("code", code + " "))
        else:
            blocks.insert(at, [[("code", code)]])

    def code(self):
        name = "".join(self.rng.choice("abcdefghijkmnoprstuvw") for _ in range(7))
        wide = self.rng.randrange(10, 99)
        css = (f".{name}-img{{ display:block; padding-bottom: {wide}%; position:relative; }} "
               f".{name}-img img{{ object-fit: contain; height: 100% !important; margin: auto; }}")
        js = (f"window.{name} = window.{name} || []; function {name}_run() {{ "
              f"{name}.push({{ slot: {wide}, lazy: true }}); }} {name}_run();")
        return self.rng.choice([css, css, js])

    def plant_embedded(self, item, blocks):
        """Another article whole behind the host's heading for it, between lines or behind them."""
        found = self.other(item, self.embeddable) if self.embeddable else None
        if found is None:
            return []
        lines = list(found.lines())
        if self.rng.random() < DAMAGED:
            picture = f"{self.code()} {self.w.phrase(4, 10)}"
            for _ in range(self.rng.randrange(1, 4)):
                lines.insert(self.rng.randrange(1, len(lines) + 1), picture)
            third = self.other(found, self.pages)
            at = self.rng.randrange(len(lines))
            if third:  # in front of a line, without a space between
                lines[at] = f"{self.w.phrase(1, 2)} {third.title}{lines[at]}"
        lines = [item.host.embeds_behind, found.title] + lines
        at = self.rng.choice([self.rng.randrange(1, len(blocks) + 1), len(blocks)])
        blocks.insert(at, [[("embedded article", line)] for line in lines])
        return [found.title]

    def plant_box(self, item, on_host, lines):
        host, titles = item.host, []
        for _ in range(self.rng.randrange(3, 11)):
            if self.titles_of_elsewhere and self.rng.random() < host.elsewhere:
                title = self.rng.choice(self.titles_of_elsewhere)
            else:
                found = self.other(item, on_host if len(on_host) > 12 else self.pages)
                if found is None:
                    continue
                title = found.title
            if title in titles or title == item.title:
                continue
            titles.append(title)
        if titles:
            lines.append([("box heading", host.box)])
        for title in titles:
            kind = "box title of " + ("the crawl" if title in self.names else "elsewhere")
            lines.append([(kind, host.bullet + title)])
            if host.dated:
                lines.append([("box date", f"{date(self.rng)} {clock(self.rng)}")])
        return titles

    @staticmethod
    def join(lines, gap):
        """The text, and the spans that cover it; a line's break belongs to the line."""
        text, spans, at = "", [], 0
        parts = [part for line in lines for part in line[:-1] + [(line[-1][0], line[-1][1] + gap)]]
        if parts:
            parts[-1] = (parts[-1][0], parts[-1][1].removesuffix(gap))
        for kind, part in parts:
            end = at + len(part.encode())
            if spans and spans[-1][0] == kind:
                spans[-1][2] = end
            else:
                spans.append([kind, at, end])
            text, at = text + part, end
        return text, spans
