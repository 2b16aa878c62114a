// Deduplicates documents that are in memory, and prints each cluster.
#include <iostream>
#include <vector>

#include <kithkin/kithkin.h>

int main() {
  const std::vector<kithkin::Document> documents = {
      {.id = "agency", .text = "أعلنت البلدية افتتاح المكتبة العامة في ٣ أيار بعد ترميم دام سنتين"},
      {.id = "blog",
       .text = "أعلنَتِ البلديّة: افتتاح المكتبـــة العامة في 3 أيار، بعد ترميم دام سنتين!"},
      {.id = "other",
       .text = "The ferry to the islands will run twice a day from the first of June."},
  };

  const auto report = kithkin::deduplicate(documents);
  if (!report) {
    std::cerr << report.error().describe() << '\n';
    return 1;
  }
  for (const auto& cluster : report->clusters) {
    for (const auto& member : cluster.members) {
      std::cout << member.id << ": " << kithkin::to_string(member.relation) << '\n';
    }
  }
}
