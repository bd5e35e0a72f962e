// The frame of the sign-in pages: plain HTML without scripts, in light and dark, and the headers by
// which a browser lets nothing else into it.
import { hash } from 'node:crypto';
import type { Words } from './language.ts';
import { css } from './style.ts';

/** Text that has been escaped, or written by us. */
export interface Html {
  readonly html: string;
}

/** Escapes what is filled in, unless it is Html. */
export function html(pieces: TemplateStringsArray, ...values: readonly (string | Html)[]): Html {
  const filled = values.map((value) => (typeof value === 'string' ? escaped(value) : value.html));
  return { html: String.raw({ raw: pieces }, ...filled) };
}

export const nothing: Html = { html: '' };

export function page({ language }: Words, title: string, body: Html): string {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – Ridgeline</title>
<style>${{ html: css }}</style>
</head>
<body>
<main>
<p class="brand">Ridgeline</p>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`.html;
}

const style = `'sha256-${hash('sha256', css, 'base64')}'`;
// A browser checks also where a form's answer sends it on to: to the program that waits on this machine.
const loopback = 'http://127.0.0.1:* http://localhost:*';

export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': `default-src 'none'; style-src ${style}; form-action 'self' ${loopback}; frame-ancestors 'none'; base-uri 'none'`,
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  pragma: 'no-cache',
};

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
