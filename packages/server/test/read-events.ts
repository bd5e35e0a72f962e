// Reads server-sent events as any client would: over a connection, one after the other.

export interface ReadEvent {
  readonly id: string;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface EventReader extends AsyncDisposable {
  readonly status: number;
  readonly headers: Headers;
  /** Null at the end. */
  next(): Promise<ReadEvent | null>;
  take(count: number): Promise<[ReadEvent, ...ReadEvent[]]>;
  /** All up to the one that fits. */
  until(fits: (event: ReadEvent) => boolean): Promise<readonly ReadEvent[]>;
}

export async function readEvents(
  url: string,
  token: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<EventReader> {
  const ending = new AbortController();
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    signal: ending.signal,
  });
  const events = parse(answer);
  const reader: EventReader = {
    ...{ status: answer.status, headers: answer.headers },
    next: async () => (await events.next()).value ?? null,
    take: async (count) => {
      const taken: ReadEvent[] = [];
      while (taken.length < count) taken.push((await reader.next()) ?? ended(taken));
      return taken as [ReadEvent, ...ReadEvent[]];
    },
    until: async (fits) => {
      const taken: ReadEvent[] = [];
      for (;;) {
        const event = (await reader.next()) ?? ended(taken);
        taken.push(event);
        if (fits(event)) return taken;
      }
    },
    [Symbol.asyncDispose]: async () => ending.abort(),
  };
  return reader;
}

function ended(taken: readonly ReadEvent[]): never {
  throw new Error(`the stream has ended after ${JSON.stringify(taken)}`);
}

async function* parse({ body }: Response): AsyncGenerator<ReadEvent, null> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const bytes of body ?? []) {
    const blocks = `${rest}${decoder.decode(bytes, { stream: true })}`.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(
        block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]),
      );
      const data = fields.get('data');
      if (data === undefined) continue;
      yield {
        id: fields.get('id') ?? '',
        event: fields.get('event') ?? '',
        data: JSON.parse(data),
      };
    }
  }
  return null;
}
