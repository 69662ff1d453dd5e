#include "experiments/report/page.h"

namespace restock::experiments {

std::string_view page_style() {
  return R"css(
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1b1f24; --muted: #5b6570; --rule: #dfe3e8; --soft: #f5f7f9; --demand: #cfd6dd;
  --learned: #0072b2; --classical: #d55e00; --optimal: #1b1f24; --bundle: #009e73; --neutral: #5b6570;
  --purchase: #9aa4ae; --fixed: #e69f00; --holding: #56b4e9; --shortage: #cc79a7;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171b; --ink: #e8ebee; --muted: #a0a9b3; --rule: #2e353d; --soft: #1c2127; --demand: #3c4650;
    --learned: #56b4e9; --classical: #f08a3c; --optimal: #e8ebee; --bundle: #2bc79b; --neutral: #a0a9b3;
    --holding: #f0e442;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 1080px; background: var(--paper);
  color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { margin: 0; font-size: 2rem; line-height: 1.2; letter-spacing: -.01em; overflow-wrap: anywhere; }
h2 { margin: 0 0 1rem; padding-top: .5rem; font-size: 1.3rem; }
h3 { margin: 1.5rem 0 .5rem; font-size: 1rem; }
p { margin: .5rem 0; max-width: 75ch; overflow-wrap: anywhere; }
.subtitle { color: var(--muted); margin: .4rem 0 0; }
.note { color: var(--muted); font-size: .875rem; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; margin: 1rem 0 0; padding: .6rem 0;
  font-size: .875rem;
  border-block: 1px solid var(--rule); }
nav a { color: var(--muted); text-decoration: none; }
nav a:hover { color: var(--ink); text-decoration: underline; }
section { margin-top: 2.75rem; }
figure { margin: .5rem 0; }
svg { display: block; width: 100%; height: auto; font-family: inherit; }

.learned { --c: var(--learned); } .classical { --c: var(--classical); } .optimal { --c: var(--optimal); }
.bundle { --c: var(--bundle); } .neutral { --c: var(--neutral); } .demand { --c: var(--demand); }
.purchase { --c: var(--purchase); } .fixed { --c: var(--fixed); } .holding { --c: var(--holding); }
.shortage { --c: var(--shortage); }
.series-0 { --c: var(--learned); } .series-1 { --c: #e69f00; } .series-2 { --c: #009e73; }
.series-3 { --c: #cc79a7; } .series-4 { --c: #56b4e9; } .series-5 { --c: var(--ink); }
.series-6 { --c: #b8a900; }
.fill { fill: var(--c); } .ring { stroke: var(--paper); stroke-width: 2; }
.line { fill: none; stroke: var(--c); stroke-width: 2; stroke-linejoin: round; }
.line.small { stroke-width: 1.5; } .dashed { stroke-dasharray: 6 4; }
.line.small.classical { stroke-dasharray: 5 1.5; }
.stroke { stroke: var(--c); } .wide { stroke-width: 3; } .thin { stroke-width: 1.25; }
.grid { stroke: var(--rule); stroke-width: 1; } .axis { stroke: var(--muted); stroke-width: 1; }
.strong { stroke: var(--ink); stroke-width: 1.5; }
.tick, .axis-label { fill: var(--muted); font-size: 13px; }
.label, .value { fill: var(--ink); font-size: 14px; }
.value { font-weight: 600; font-variant-numeric: tabular-nums; }
.small-multiple .tick { font-size: 11px; }

.dot { display: inline-block; width: .7em; height: .7em; margin-right: .45em; border-radius: 50%;
  background: var(--c); }
.policy { display: inline-flex; align-items: baseline; } .policy .dot { flex: none; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .5rem 0; color: var(--muted);
  font-size: .875rem; }
.ink { color: var(--c); }
.hero { display: grid; grid-template-columns: auto 1fr; gap: 1rem 2.25rem; align-items: center;
  padding: 1.5rem 1.75rem; border: 1px solid var(--rule); border-radius: 12px; background: var(--soft); }
.hero-number { font-size: 3.5rem; font-weight: 700; line-height: 1.1; white-space: nowrap;
  letter-spacing: -.02em; font-variant-numeric: tabular-nums; }
.hero-sentence { font-size: 1.3rem; line-height: 1.35; font-weight: 600; }
.badge { display: inline-block; margin-top: .4rem; padding: .15rem .7rem; border: 1.5px solid var(--c);
  border-radius: 99px; color: var(--c); font-size: .85rem; font-weight: 600; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 1rem;
  margin: 1rem 0; }
.tile { padding: .9rem 1.1rem 1rem; border: 1px solid var(--rule); border-radius: 12px; }
.tile h3 { margin: 0 0 .4rem; color: var(--muted); font-size: .85rem; font-weight: 600; }
.tile-row + .tile-row { margin-top: .35rem; }
.tile-value { display: block; font-size: 1.5rem; font-weight: 650; line-height: 1.2;
  font-variant-numeric: tabular-nums; }
.tile-name { display: block; color: var(--muted); font-size: .8rem; line-height: 1.3;
  overflow-wrap: anywhere; }

.scroll { overflow-x: auto; margin: .75rem 0; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
th, td { padding: .45rem .75rem; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--rule); }
thead th { vertical-align: bottom; border-bottom: 2px solid var(--ink); }
.n { text-align: right; font-variant-numeric: tabular-nums; }
td.n { white-space: nowrap; }
th.n button { max-width: 9.5rem; }
td:first-child { min-width: 9rem; max-width: 22rem; overflow-wrap: anywhere; }
tbody tr:hover { background: var(--soft); }
th button { padding: 0; border: 0; background: none; color: inherit; font: inherit; font-weight: 600;
  text-align: inherit;
  cursor: pointer; }
th[aria-sort=ascending] button::after { content: " ▴"; }
th[aria-sort=descending] button::after { content: " ▾"; }
td small { display: block; color: var(--muted); font-size: .8rem; overflow-wrap: anywhere; }
.best { font-weight: 700; } .muted { color: var(--muted); }
.bar { position: relative; display: inline-block; width: 90px; height: .7em; margin-left: .75rem;
  background: linear-gradient(var(--muted), var(--muted)) center / 1px 100% no-repeat; }
.bar i { position: absolute; top: 0; bottom: 0; background: var(--c); }
.words { padding-left: 1.1rem; } .words li { margin: .3rem 0; } .words b { font-weight: 600; }
.tabs > input { position: absolute; opacity: 0; }
.tabs > label { display: inline-block; margin-right: .4rem; padding: .25rem .9rem;
  border: 1px solid var(--rule);
  border-radius: 99px; color: var(--muted); font-size: .9rem; cursor: pointer; }
.tabs > input:checked + label { border-color: var(--ink); color: var(--ink); font-weight: 600; }
.tabs > input:focus-visible + label { outline: 2px solid var(--learned); }
.panel { display: none; } .panel h3 { display: none; }
.tabs:has(#tab-cost:checked) .panel:nth-of-type(1), .tabs:has(#tab-fill:checked) .panel:nth-of-type(2),
.tabs:has(#tab-days:checked) .panel:nth-of-type(3) { display: block; }
.multiples { display: grid; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr));
  gap: 1.1rem 1rem; }
.small-multiple { margin: 0; break-inside: avoid; }
figcaption { font-size: .9rem; font-weight: 600; overflow-wrap: anywhere; }
dl.definitions { display: grid; grid-template-columns: minmax(10rem, auto) 1fr; gap: .3rem 1.5rem;
  font-size: .9rem; }
dt { font-weight: 600; overflow-wrap: anywhere; }
dd { margin: 0; color: var(--muted);
  overflow-wrap: anywhere; }
.mono { font-family: ui-monospace, Menlo, Consolas, monospace; }

@media (max-width: 720px) {
  body { padding-top: 1.25rem; }
  .hero { grid-template-columns: 1fr; }
  dl.definitions { grid-template-columns: 1fr; }
  dd { margin-bottom: .5rem; }
  figure:not(.small-multiple) { overflow-x: auto; }
  figure:not(.small-multiple) svg { min-width: 660px; }
}
@media print {
  :root { color-scheme: light;
    --paper: #ffffff; --ink: #000000; --muted: #444b52; --rule: #c9cfd6; --soft: #ffffff; --demand: #cfd6dd;
    --learned: #0072b2; --classical: #d55e00; --optimal: #000000; --bundle: #009e73; --neutral: #444b52; }
  @page { margin: 14mm; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { max-width: none; padding: 0 1px; font-size: 10.5pt; }
  nav, .tabs > label { display: none; }
  section { margin-top: 1.5rem; }
  h2, h3 { break-after: avoid; }
  figure, .hero, .tile, tr { break-inside: avoid; }
  .tiles { grid-template-columns: repeat(4, 1fr); }
  .multiples { grid-template-columns: repeat(3, 1fr); }
  .panel, .panel h3 { display: block; }
  .scroll { overflow: visible; }
  th, td { padding: .25rem .4rem; font-size: 8.5pt; }
  td small { font-size: 7.5pt; }
  .bar { display: none; }
}
)css";
}

}  // namespace restock::experiments
