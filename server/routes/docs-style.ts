/** The style of `/docs`; a file of its own in the browser's eyes, since the content policy allows no other. */
export const DOCS_STYLE = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 15%, transparent); --soft: color-mix(in srgb, currentColor 5%, transparent); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem; font: 15px/1.55 system-ui, sans-serif; display: grid; grid-template-columns: 19rem minmax(0, 1fr); gap: 0 2.5rem; }
header { grid-column: 1 / -1; }
h1 small { font-weight: 400; opacity: 0.6; }
h2 { margin: 2.2rem 0 0.6rem; font-size: 1.15rem; }
h3 { margin: 0; font-size: 1rem; overflow-wrap: anywhere; }
h4 { margin: 1rem 0 0.3rem; font-size: 0.85rem; opacity: 0.7; }
b { text-transform: uppercase; font-size: 0.75em; letter-spacing: 0.04em; }
code, pre { font: 13px/1.5 ui-monospace, monospace; }
pre { margin: 0.3rem 0; padding: 0.7rem 0.9rem; overflow-x: auto; background: var(--soft); border-radius: 6px; }
a { color: inherit; text-decoration-color: var(--line); }
a:hover { text-decoration-color: currentColor; }
nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; font-size: 0.85rem; }
nav h2 { margin: 1rem 0 0.2rem; font-size: 0.85rem; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li { overflow-wrap: anywhere; padding: 1px 0; }
article { padding: 1.2rem 0; border-top: 1px solid var(--line); }
article:target h3 { text-decoration: underline; }
.callers { font-size: 0.85rem; opacity: 0.7; }
td:nth-child(-n+2) { white-space: nowrap; }
table { display: block; overflow-x: auto; width: 100%; border-collapse: collapse; font-size: 0.9rem; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.8rem 0.3rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.15rem 1rem; margin: 0; }
dt, dd { margin: 0; }
dd p { margin: 0.3rem 0; }
@media (max-width: 60rem) { body { display: block; padding: 1rem; } nav { position: static; max-height: none; } }
`
