// The forms in which a secret can come up in a log: as it is, trimmed, without its quotes, line by
// line, and in the encodings that tools apply to what they print.

import { escapeData, escapeProperty } from '../command/escape.ts';

/** Encodings of longer ones would cost more memory than they are worth; their lines are masked. */
const maxEncodedLength = 64 * 1024;
/** A line of a secret that is shorter (`}`, `---`) says nothing, and would mask half the log. */
const minLineLength = 5;
/** The base64 of a few bytes in the middle of others is too short to be told from other text. */
const minShiftedLength = 8;

export function secretForms(secret: string): ReadonlySet<string> {
  const forms = new Set<string>();
  for (const plain of plainForms(secret)) {
    forms.add(plain);
    if (plain.length > maxEncodedLength) continue;
    for (const encode of encoders) for (const form of encode(plain)) forms.add(form);
  }
  // Such a form would mask every text; that of a secret of white space alone is all there is.
  for (const form of forms) if (form.trim() === '') forms.delete(form);
  return forms;
}

function plainForms(secret: string): Set<string> {
  const whole = secret.replaceAll('\r\n', '\n');
  const lines = whole.includes('\n') ? whole.split('\n').filter(isTelling) : [];
  const forms = [secret, whole, ...lines].flatMap((text) => [text, text.trim()]);
  return new Set(forms.flatMap((text) => [text, withoutQuotes(text)]));
}

function isTelling(line: string): boolean {
  return line.trim().length >= minLineLength && /[\p{L}\p{N}]/u.test(line);
}

function withoutQuotes(text: string): string {
  return /^(["']).*\1$/s.test(text) && text.length > 2 ? text.slice(1, -1) : text;
}

const encoders: readonly ((text: string) => readonly string[])[] = [
  jsonForms,
  uriForms,
  (text) => [text.replaceAll('\\', '\\\\')],
  (text) => [text.replace(/[\\'"`$ ]/g, '\\$&')],
  (text) => [escapeData(text), escapeProperty(text)],
  (text) => [escapeProperty(text).replaceAll('%AZP25', '%')],
  base64Forms,
];

function jsonForms(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  // Other writers escape more than they must: slashes, all but ASCII, what HTML would mistake.
  const ascii = json.replace(/[<>&'+\u0080-\uffff]/g, escapeUnit);
  return [json, json.replaceAll('/', '\\/'), ascii, ascii.replaceAll('\\"', '\\u0022')];
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function uriForms(text: string): string[] {
  const data = encodeURIComponent(text.toWellFormed());
  const strict = data.replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const lower = strict.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  return [data, strict, lower, strict.replaceAll('%20', '+')];
}

/** The base64 of the secret alone, and what is certain of it when other bytes stand around it. */
function base64Forms(text: string): string[] {
  const bytes = Buffer.from(text);
  const whole = bytes.toString('base64');
  const shifted = [0, 1, 2].map((before) => certainBase64(bytes, before));
  const certain = [...shifted, whole].filter((form) => form.length >= minShiftedLength);
  return [whole, ...certain.flatMap((form) => [form, urlSafe(form)])];
}

function urlSafe(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The characters that hold bits of the secret only, with `before` other bytes in front of it. */
function certainBase64(bytes: Buffer, before: number): string {
  const padded = Buffer.concat([Buffer.alloc(before), bytes]);
  const whole = padded.toString('base64').replaceAll('=', '');
  const first = before === 0 ? 0 : before + 1;
  return whole.slice(first, Math.floor((padded.length * 8) / 6));
}
