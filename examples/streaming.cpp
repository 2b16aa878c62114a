// Deduplicates the lines of a file as they come. Texts are fingerprinted and let go, so there may
// be more of them than memory holds.
#include <fstream>
#include <iostream>
#include <string>

#include <kithkin/kithkin.h>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  auto deduplicator = kithkin::Deduplicator::create({.keep = kithkin::Keep::first});
  if (!deduplicator) return 1;

  std::ifstream lines(argv[1]);
  for (std::string line; std::getline(lines, line);) {
    if (!deduplicator->add({.text = line})) return 1;
  }

  const auto report = deduplicator->finish();
  if (!report) return 1;
  for (const auto& cluster : report->clusters) {
    for (std::size_t i = 1; i < cluster.members.size(); ++i) {
      std::cout << "line " << cluster.members[i].id << " is a copy of line "
                << cluster.members[0].id << '\n';
    }
  }
}
