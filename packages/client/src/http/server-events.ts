// Server-sent events as they come over a connection: https://html.spec.whatwg.org/#server-sent-events

export interface ServerEvent {
  /** `message` where the server names none. */
  readonly event: string;
  readonly data: string;
  /** Of the last event that had one; empty where none had. */
  readonly id: string;
}

/** Of one event: more is no event of ours. */
const maxEventCharacters = 1024 * 1024;

export class ServerEventParser {
  readonly #decoder = new TextDecoder();
  #rest = '';
  #event = '';
  #data: string[] = [];
  #id = '';

  /** Also of an event that has no data, and is not given. */
  get lastId(): string {
    return this.#id;
  }

  /** @throws RangeError for what has no end. */
  push(bytes: Uint8Array): readonly ServerEvent[] {
    const text = this.#rest + this.#decoder.decode(bytes, { stream: true });
    if (text.length > maxEventCharacters) throw new RangeError('an event is too long');
    // A line break in two halves is read with its second one.
    const lines = text.split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.#line(line) ?? []);
  }

  #line(line: string): ServerEvent | null {
    if (line === '') return this.#dispatch();
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') this.#event = value;
    else if (field === 'data') this.#data.push(value);
    else if (field === 'id' && !value.includes('\0')) this.#id = value;
    return null;
  }

  #dispatch(): ServerEvent | null {
    const data = this.#data;
    const event = this.#event || 'message';
    this.#data = [];
    this.#event = '';
    return data.length === 0 ? null : { event, data: data.join('\n'), id: this.#id };
  }
}
