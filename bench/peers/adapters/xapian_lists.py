"""Xapian: the ten best of a query that Enquire.get_eset(40) makes of the document's own terms, as
its users' guide finds similar documents, with the default weights; TermGenerator without a
stemmer."""
import tempfile

import jsonl
import xapian

TOP, TERMS = 10, 40


def index(path, texts):
    database = xapian.WritableDatabase(path, xapian.DB_CREATE_OR_OVERWRITE)
    generator = xapian.TermGenerator()
    for text in texts:
        document = xapian.Document()
        generator.set_document(document)
        generator.index_text_without_positions(text)
        database.add_document(document)
    database.commit()
    database.close()


def main():
    options = jsonl.arguments()
    ids, texts = jsonl.titled(options.input)
    with tempfile.TemporaryDirectory() as path:
        index(path, texts)
        database = xapian.Database(path)
        enquire = xapian.Enquire(database)

        def lists():
            for own in range(1, len(ids) + 1):
                like = xapian.RSet()
                like.add_document(own)
                terms = [item.term for item in enquire.get_eset(TERMS, like)]
                enquire.set_query(xapian.Query(xapian.Query.OP_OR, terms))
                yield ids[own - 1], [ids[match.docid - 1] for match in enquire.get_mset(0, TOP + 1)
                                     if match.docid != own][:TOP]
        jsonl.write_lists(options.output, lists())


if __name__ == "__main__":
    main()
