import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.queries.mlt.MoreLikeThis;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;

/**
 * The ten nearest documents of every document, by Lucene's MoreLikeThis.
 *
 * <p>One thread reads JSON lines, indexes title and text as one field with its term vector, merges
 * to one segment, and then asks for every document what is like it. The document number is the line
 * number: nothing is added out of order and nothing is deleted, so ids stay outside of the index.
 *
 * <p>MoreLikeThis takes the terms of a document from its term vector, keeps those with the highest
 * tf*idf, and searches with them as a disjunction under BM25.
 */
public final class MoreLikeThisLists {
  private static final String FIELD = "text";

  private Path corpus;
  private Path out;
  private Path index;
  private String analyzer = "standard";
  private int top = 10;
  private int queried = Integer.MAX_VALUE;
  private boolean best;
  private boolean merge = true;

  private final List<String> ids = new ArrayList<>();

  public static void main(String[] arguments) throws IOException {
    MoreLikeThisLists lists = new MoreLikeThisLists();
    if (!lists.parse(arguments)) {
      System.err.println(
          "MoreLikeThisLists --corpus JSONL --index EMPTY_FOLDER --out FILE [--defaults | --best]\n"
              + "    [--analyzer standard|english|arabic] [--top 10] [--documents K] [--no-merge]");
      System.exit(2);
    }
    lists.run();
  }

  private boolean parse(String[] arguments) {
    for (int at = 0; at < arguments.length; at++) {
      String name = arguments[at];
      switch (name) {
        case "--defaults" -> best = false;
        case "--best" -> best = true;
        case "--no-merge" -> merge = false;
        default -> {
          if (++at == arguments.length) {
            return false;
          }
          String value = arguments[at];
          switch (name) {
            case "--corpus" -> corpus = Path.of(value);
            case "--out" -> out = Path.of(value);
            case "--index" -> index = Path.of(value);
            case "--analyzer" -> analyzer = value;
            case "--top" -> top = Integer.parseInt(value);
            case "--documents" -> queried = Integer.parseInt(value);
            default -> {
              return false;
            }
          }
        }
      }
    }
    return corpus != null && out != null && index != null;
  }

  private void run() throws IOException {
    try (Directory directory = new MMapDirectory(index);
        Analyzer words = analyzer()) {
      long begin = System.nanoTime();
      build(directory, words);
      double indexing = seconds(begin);
      System.out.printf(Locale.ROOT, "indexed %d documents in %.3f s%n", ids.size(), indexing);

      begin = System.nanoTime();
      int count = Math.min(queried, ids.size());
      double rest = query(directory, words, count);
      double querying = seconds(begin);
      System.out.printf(
          Locale.ROOT,
          "queried %d documents in %.3f s, %.1f documents per second%n",
          count,
          querying,
          count / querying);
      double missing = rest * (ids.size() - count);
      double all = indexing + querying + missing;
      System.out.printf(
          Locale.ROOT,
          "both %.3f s, %.1f documents per second, %.3f s of them extrapolated%n",
          all,
          ids.size() / all,
          missing);
    }
  }

  private Analyzer analyzer() {
    return switch (analyzer) {
      case "standard" -> new StandardAnalyzer();
      case "english" -> new EnglishAnalyzer();
      case "arabic" -> new ArabicAnalyzer();
      default -> throw new IllegalArgumentException("no analyzer " + analyzer);
    };
  }

  private void build(Directory directory, Analyzer words) throws IOException {
    IndexWriterConfig config = new IndexWriterConfig(words);
    config.setOpenMode(IndexWriterConfig.OpenMode.CREATE);
    config.setRAMBufferSizeMB(1024);
    config.setMergeScheduler(new SerialMergeScheduler());
    // Merge once, at the end, instead of again and again on the way.
    config.setMergePolicy(NoMergePolicy.INSTANCE);

    FieldType type = new FieldType();
    type.setTokenized(true);
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    type.setStoreTermVectors(true);
    type.freeze();
    Document document = new Document();
    Field field = new Field(FIELD, "", type);
    document.add(field);

    JsonFactory json = new JsonFactory();
    try (IndexWriter writer = new IndexWriter(directory, config);
        BufferedReader lines = Files.newBufferedReader(corpus, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          continue;
        }
        field.setStringValue(read(json, line));
        writer.addDocument(document);
      }
      if (merge) {
        writer.flush();
        writer.getConfig().setMergePolicy(new TieredMergePolicy());
        writer.forceMerge(1);
      }
      writer.commit();
    }
  }

  /** Remembers the id and returns title and text. */
  private String read(JsonFactory json, String line) throws IOException {
    String id = null;
    String title = "";
    String text = "";
    try (JsonParser parser = json.createParser(line)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.getCurrentName();
        JsonToken value = parser.nextToken();
        if (!value.isScalarValue()) {
          parser.skipChildren();
        } else if (value != JsonToken.VALUE_NULL) {
          switch (name) {
            case "id" -> id = parser.getText();
            case "title" -> title = parser.getText();
            case "text" -> text = parser.getText();
            default -> {}
          }
        }
      }
    }
    ids.add(id == null ? Integer.toString(ids.size()) : id);
    return title.isEmpty() ? text : title + "\n" + text;
  }

  /**
   * Returns the seconds a document takes once the compiler has done its work: those of the second
   * half.
   */
  private double query(Directory directory, Analyzer words, int count) throws IOException {
    try (IndexReader reader = DirectoryReader.open(directory);
        BufferedWriter writer = Files.newBufferedWriter(out, StandardCharsets.UTF_8)) {
      IndexSearcher searcher = new IndexSearcher(reader);
      searcher.setQueryCache(null);
      MoreLikeThis like = new MoreLikeThis(reader);
      like.setAnalyzer(words);
      like.setFieldNames(new String[] {FIELD});
      if (best) {
        like.setMinTermFreq(1);
        like.setMinDocFreq(2);
        like.setMaxQueryTerms(80);
      }
      StringBuilder line = new StringBuilder();
      long half = System.nanoTime();
      for (int at = 0; at < count; at++) {
        if (at == count / 2) {
          half = System.nanoTime();
        }
        // One more than wanted, as the document finds itself. It may skip what cannot get into the
        // list as soon as the list is full; nobody asks how many hits there are.
        ScoreDoc[] hits =
            searcher.search(
                    like.like(at), new TopScoreDocCollectorManager(top + 1, null, top + 1, false))
                .scoreDocs;
        line.setLength(0);
        line.append(ids.get(at)).append('\t');
        int listed = 0;
        for (ScoreDoc hit : hits) {
          if (hit.doc != at && listed < top) {
            line.append(listed++ == 0 ? "" : ",").append(ids.get(hit.doc));
          }
        }
        writer.write(line.append('\n').toString());
      }
      return seconds(half) / (count - count / 2);
    }
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
