// The style of related.html. Sides are logical (inline-start, not left), so that lists from the
// right are mirrored, bars and all, by their dir alone.
#pragma once

#include <string_view>

namespace kithkin {

inline constexpr std::string_view kRelatedStyle = R"(
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #5b6470; --paper: #fff; --line: #dfe3e8;
  --link: #0b57b0; --bar: #3b82c4; --track: #e6eaef; --mark: #e3f1e4; --mark-ink: #1d5a2a; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e7eb; --soft: #9aa4b0; --paper: #14171b; --line: #2c323a; --link: #8ab8f0;
    --bar: #5a9bdc; --track: #2a3038; --mark: #1f3a26; --mark-ink: #a5dcb2; }
}
* { box-sizing: border-box; }
body { max-inline-size: 46rem; margin-inline: auto; padding: 1.5rem 1rem 4rem;
  font: 1rem/1.5 system-ui, "Noto Sans", sans-serif; color: var(--ink); background: var(--paper);
  overflow-wrap: anywhere; }
:lang(ar), :lang(fa), :lang(ur), :lang(und-Arab) { line-height: 1.7; }
h1 { font-size: 1.7rem; line-height: 1.2; margin-block: 0 .3rem; }
h2 { font-size: 1.3rem; margin-block: 3rem .3rem; }
h3 { font-size: 1.1rem; line-height: 1.4; margin-block: 0; }
p, ul, ol { margin-block: 0; }
a { color: var(--link); text-decoration: none; }
a:hover, a:focus-visible { text-decoration: underline; }
nav { margin-block-start: .6rem; display: flex; gap: 1.2rem; }
article { padding-block: 1.4rem; border-block-end: 1px solid var(--line);
  overflow: clip; overflow-clip-margin: .3rem; }
.soft { color: var(--soft); font-size: .875rem; }
ol, ul { padding: 0; list-style: none; }
li { margin-block-start: .7rem; }
ol > li { display: grid; grid-template-columns: 4.5rem minmax(0, 1fr); column-gap: .9rem; }
.score { display: block; padding-block-start: .35em; font-size: .8rem; line-height: 1.3;
  color: var(--soft); font-variant-numeric: tabular-nums; }
.bar { display: block; block-size: .4rem; border-radius: .2rem; background: var(--track);
  overflow: hidden; margin-block-end: .15rem; }
.bar > span { display: block; block-size: 100%; background: var(--bar); }
.same { background: var(--mark); color: var(--mark-ink); border-radius: .25rem;
  padding-inline: .4em; white-space: nowrap; }
@media (max-width: 30rem) { ol > li { grid-template-columns: 3rem minmax(0, 1fr); column-gap: .7rem; } }
@media print { body { max-inline-size: none; } article, li { break-inside: avoid; } }
)";

}  // namespace kithkin
