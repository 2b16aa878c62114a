// Three documents in memory, two of them the same article: one cluster, or the exit code says no.
#include <iostream>
#include <vector>

#include <kithkin/kithkin.h>

int main() {
  std::vector<kithkin::Document> documents(3);
  documents[0].id = "original";
  documents[0].text = "غادرت السفينة الميناء فجر اليوم وعلى متنها خمسون طالبا في رحلة حول الخليج";
  documents[1].id = "copy";
  documents[1].text =
      "غَادَرَتِ السفينةُ المينــاء فجرَ اليوم، وعلى متنها خمسون طالبًا في رحلة حول الخليج!";
  documents[2].id = "other";
  documents[2].text = "The bakery on the corner has closed after forty years of morning bread.";

  const auto report = kithkin::deduplicate(documents);
  if (!report) {
    std::cerr << report.error().describe() << '\n';
    return 1;
  }
  for (const auto& cluster : report->clusters) {
    for (const auto& member : cluster.members) {
      std::cout << member.id << ' ' << kithkin::to_string(member.relation) << '\n';
    }
  }
  const bool as_expected = report->clusters.size() == 1 && report->removed.size() == 1 &&
                           report->clusters[0].members.size() == 2;
  return as_expected ? 0 : 1;
}
