// The here-documents of a shell command: which are announced, and where their bodies end.

interface HereDocument {
  readonly delimiter: string;
  readonly stripTabs: boolean;
  /** Whether the delimiter was quoted, so that the body is taken as it stands. */
  readonly raw: boolean;
}

export class HereDocuments {
  readonly #text: string;
  #announced: HereDocument[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether bodies begin at the next line. */
  get pending(): boolean {
    return this.#announced.length > 0;
  }

  /** Reads `<<WORD` or `<<-WORD` at `at`; the index after it, or null when WORD is not plain. */
  open(at: number): number | null {
    // A carriage return is no space to the shell, but part of the word.
    const match = /^<<(-?)[ \t]*([^ \t\n;&|<>()]+)/.exec(this.#text.slice(at));
    if (match === null) return null;
    const [whole, dash, word = ''] = match;
    if (!/^(?:\\?[\w.-]+|'[\w.-]+'|"[\w.-]+")$/.test(word)) return null;
    const delimiter = word.replace(/["'\\]/g, '');
    this.#announced.push({ delimiter, stripTabs: dash === '-', raw: delimiter !== word });
    return at + whole.length;
  }

  /** The index after the last announced body, or null when a joined line could hide its end. */
  endOfBodies(start: number): number | null {
    let at = start;
    for (const document of this.#announced) {
      const end = this.#endOfBody(document, at);
      if (end === null) return null;
      at = end;
    }
    this.#announced = [];
    return at;
  }

  #endOfBody({ delimiter, stripTabs, raw }: HereDocument, start: number): number | null {
    let at = start;
    while (at < this.#text.length) {
      const newline = this.#text.indexOf('\n', at);
      const end = newline === -1 ? this.#text.length : newline;
      const line = this.#text.slice(at, end);
      if (!raw && line.endsWith('\\')) return null;
      at = Math.min(end + 1, this.#text.length);
      if ((stripTabs ? line.replace(/^\t+/, '') : line) === delimiter) return at;
    }
    return at;
  }
}
