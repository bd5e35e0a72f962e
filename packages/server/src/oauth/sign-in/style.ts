// The looks of the sign-in pages. Contrast of text is over 4.5 to 1 in both schemes.

export const css = `
:root { color-scheme: light dark; --back: #f3f4f6; --card: #fff; --text: #1b1f24; --soft: #57606a;
  --line: #868e96; --accent: #0b5cad; --on-accent: #fff; --bad: #a4262c; }
@media (prefers-color-scheme: dark) { :root { --back: #15181c; --card: #1f2429; --text: #e8eaed;
  --soft: #aab2bb; --line: #7b848d; --accent: #7ab7f5; --on-accent: #10243a; --bad: #ff9a9a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text);
  font: 1rem/1.5 system-ui, "Segoe UI", "Noto Sans JP", sans-serif; }
main { max-width: 25rem; margin: 6vh auto 2rem; padding: 1.75rem 2rem; background: var(--card);
  border-radius: .5rem; box-shadow: 0 1px 6px #0003; }
.brand { margin: 0; color: var(--soft); font-weight: 600; letter-spacing: .02em; }
h1 { margin: .25rem 0 1rem; font-size: 1.5rem; line-height: 1.25; }
label { display: block; margin: 1rem 0 .25rem; font-weight: 600; }
input { width: 100%; padding: .55rem .7rem; font: inherit; color: inherit; background: transparent;
  border: 1px solid var(--line); border-radius: .3rem; }
.code { font: 600 1.75rem/1.3 ui-monospace, monospace; letter-spacing: .1em; text-align: center; }
input.code { text-transform: uppercase; }
button { width: 100%; margin-top: 1.25rem; padding: .65rem; font: inherit; font-weight: 600; cursor: pointer;
  color: var(--on-accent); background: var(--accent); border: 1px solid var(--accent); border-radius: .3rem; }
button.other { margin-top: .75rem; color: var(--accent); background: transparent; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
hr { margin: 1.75rem 0 .5rem; border: 0; border-top: 1px solid var(--line); }
.soft { color: var(--soft); }
.bad { color: var(--bad); font-weight: 600; }
@media (max-width: 30rem) { main { margin: 0; min-height: 100vh; border-radius: 0; box-shadow: none; } }
`;
