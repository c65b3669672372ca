// Styles of the page: light and dark, from the width of a telephone. Each colour has a contrast of at least 4.5 to
// its background.

export const pageStyle = `
:root { color-scheme: light dark; --ground: #fff; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --panel: #f6f8fa;
  --red: #a40e26; --amber: #7d4e00; --green: #116329; --blue: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --ground: #0d1117; --ink: #e6edf3; --soft: #9da7b1; --line: #30363d; --panel: #161b22;
  --red: #ff9492; --amber: #e3b341; --green: #7ee787; --blue: #79c0ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header, main { max-width: 60rem; margin: 0 auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 1.5rem 0 0; }
h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
small { color: var(--soft); font-weight: normal; }
.verdict { margin: 0 0 1rem; padding: .75rem 1rem; background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; font-weight: 600; }
.estimate { color: var(--soft); }
article { border-top: 1px solid var(--line); padding: .75rem 0; }
ul { list-style: none; margin: 0; padding: 0; }
li { margin: .25rem 0; padding-left: 7.6rem; text-indent: -7.6rem; overflow-wrap: anywhere; }
li * { text-indent: 0; }
summary { text-indent: -7.6rem; }
summary { cursor: pointer; }
li > .verb { margin-left: 1.1rem; }
summary:focus-visible, pre:focus-visible, figure:focus-visible { outline: 2px solid var(--blue); outline-offset: 2px; }
.verb { display: inline-block; min-width: 6.5rem; font: 600 .85rem ui-monospace, monospace; color: var(--amber); }
.fail, .destroy, .replace, .interrupt { color: var(--red); }
.create { color: var(--green); }
.retain { color: var(--blue); }
.guard { color: var(--red); border: 1px solid currentColor; border-radius: .75rem; padding: 0 .5rem; font-size: .85rem; white-space: nowrap; }
pre { margin: .5rem 0; padding: .5rem .75rem; background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; overflow-x: auto;
  font: .85rem/1.5 ui-monospace, monospace; }
li pre { margin-left: -6.5rem; }
.plus { color: var(--green); }
.minus { color: var(--red); }
figure { margin: .5rem 0; overflow-x: auto; border: 1px solid var(--line); border-radius: .5rem; padding: .5rem; }
figure text { fill: var(--ink); }
figure .node path, figure .node polygon { fill: var(--panel); stroke: var(--soft); }
figure .balancer path { stroke: var(--blue); }
figure .volume path { stroke: var(--amber); }
figure .edge path, figure .edge polygon { stroke: var(--soft); }
figure .edge polygon { fill: var(--soft); }
@media (max-width: 30rem) { .verb { min-width: 0; margin-right: .5rem; } li { padding-left: 1.1rem; } li, summary { text-indent: -1.1rem; } li pre { margin-left: 0; } }
`;
