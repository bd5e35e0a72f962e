// Finds one CSV record in a text: the whole grammar of our CSV. Counts no rows, reads no file.
//
//   record  := field (delimiter field)* end          end := LF | CRLF | CR | end of file
//   field   := blank* '"' (any but '"' | '""')* '"' blank*    blanks around the quotes are dropped
//            | (any but delimiter, CR, LF)*          a quote inside is an ordinary character
//
// An empty field, quoted or not, is null.

export interface ScannedRecord {
  readonly fields: (string | null)[];
  /** Index after the line end. */
  readonly end: number;
  /** The line end as written; empty at the end of the file. */
  readonly lineEnd: '\n' | '\r\n' | '\r' | '';
  /** True for a line without a single character. */
  readonly isBlank: boolean;
  /** What is wrong inside the record, or null. */
  readonly problem: string | null;
  /** False if other CSV readers are known to read this record in another way. */
  readonly isPlain: boolean;
}

/** What a scan gives when the text ends too early: `inQuotes` if inside a quoted field. */
export interface UnfinishedRecord {
  readonly end: null;
  readonly inQuotes: boolean;
}

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const tab = 0x09;

/**
 * The record of `text` that starts at `start`. Unless `isLast`, more text may follow, and a record
 * that touches the end of `text` is unfinished: its last character may be half of a CRLF or "".
 * @param delimiter code of one ASCII character.
 */
export function scanRecord(
  text: string,
  start: number,
  delimiter: number,
  isLast: boolean,
): ScannedRecord | UnfinishedRecord {
  const fields: (string | null)[] = [];
  let problem: string | null = null;
  let isPlain = true;
  let at = start;
  for (;;) {
    const opening = skipBlanks(text, at, delimiter);
    if (text.charCodeAt(opening) === quote) {
      const closing = findClosingQuote(text, opening + 1);
      if (closing === -1) return { end: null, inQuotes: true };
      const after = skipBlanks(text, closing + 1, delimiter);
      const end = findFieldEnd(text, after, delimiter);
      if (end > after) problem ??= `field ${fields.length + 1} has text after its closing quote`;
      if (opening > at || after > closing + 1) isPlain = false;
      fields.push(text.slice(opening + 1, closing).replaceAll('""', '"') || null);
      at = end;
    } else {
      const end = findFieldEnd(text, opening, delimiter);
      fields.push(text.slice(at, end) || null);
      at = end;
    }
    if (at === text.length) break;
    if (text.charCodeAt(at) !== delimiter) break;
    at++;
  }
  const lineEnd = lineEndAt(text, at);
  const end = at + lineEnd.length;
  if (end === text.length && lineEnd !== '\n' && lineEnd !== '\r\n' && !isLast) {
    return { end: null, inQuotes: false };
  }
  return { fields, end, lineEnd, isBlank: at === start, problem, isPlain };
}

/** Index of the quote that ends the field, or -1; a doubled quote stands for one and goes on. */
function findClosingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text.charCodeAt(at + 1) !== quote) return at;
  }
  return -1;
}

function findFieldEnd(text: string, from: number, delimiter: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === delimiter || code === lineFeed || code === carriageReturn) return at;
  }
  return text.length;
}

function skipBlanks(text: string, from: number, delimiter: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if ((code !== space && code !== tab) || code === delimiter) break;
  }
  return at;
}

function lineEndAt(text: string, at: number): ScannedRecord['lineEnd'] {
  if (text.charCodeAt(at) === lineFeed) return '\n';
  if (text.charCodeAt(at) !== carriageReturn) return '';
  return text.charCodeAt(at + 1) === lineFeed ? '\r\n' : '\r';
}
