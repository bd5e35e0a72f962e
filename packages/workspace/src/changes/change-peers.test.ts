import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import type { ChannelEars, ServerChannel } from '../database/server-channel.ts';
import { maxTextBytes } from '../database/server-channel.ts';
import type { Change } from './change.ts';
import { ChangePeers } from './change-peers.ts';
import { packChanges, readMessage } from './peer-message.ts';

/** All servers in one process, and a line that loses what it is told to lose. */
class Line {
  readonly #ears = new Set<ChannelEars>();
  readonly loses: (count: number) => boolean;
  #count = 0;

  constructor(loses: (count: number) => boolean = () => false) {
    this.loses = loses;
  }

  end(): ServerChannel {
    let own: ChannelEars | null = null;
    return {
      listen: (ears) => {
        own = ears;
        this.#ears.add(ears);
        queueMicrotask(() => ears.onListening());
      },
      send: async (texts) => {
        for (const text of texts) {
          this.#count += 1;
          if (this.loses(this.#count)) continue;
          for (const ears of this.#ears) ears.onText(text);
        }
      },
      close: async () => {
        if (own !== null) this.#ears.delete(own);
      },
    };
  }
}

/** What a server has heard: the numbers of builds, and null for "read again". */
class Heard {
  readonly all: (number | null)[] = [];

  receive(change: Change): void {
    if (change.kind === 'build') this.all.push(Number(change.buildId));
  }

  lose(): void {
    this.all.push(null);
  }
}

const build = (number: number): Change => ({ kind: 'build', buildId: String(number) });

it('what one server tells the others hear in order, or are told that they have missed some', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 40 }), async (lost) => {
      const line = new Line((count) => lost[count % (lost.length + 1)] ?? false);
      const heard = new Heard();
      const timing = { pauseMs: 0, beatMs: 1_000_000 };
      const listener = new ChangePeers({ channel: line.end(), feed: heard, ...timing });
      const speaker = new ChangePeers({ channel: line.end(), feed: new Heard(), ...timing });
      for (let number = 1; number <= 20; number += 1) {
        speaker.tell(build(number));
        await new Promise(setImmediate);
      }
      await speaker.close();
      await listener.close();
      let known = 0;
      for (const number of heard.all) {
        // What comes after a gap comes after the word that there is one.
        if (number !== null && known !== -1) expect(number).toBe(known + 1);
        known = number ?? -1;
      }
    }),
    { numRuns: 30 },
  );
});

it('a server that is heard no more has not told all, unless it said goodbye', async () => {
  const line = new Line();
  const heard = new Heard();
  const timing = { pauseMs: 0, beatMs: 20 };
  const listener = new ChangePeers({ channel: line.end(), feed: heard, ...timing });
  await listener.listening;
  const polite = new ChangePeers({ channel: line.end(), feed: new Heard(), ...timing });
  polite.tell(build(1));
  await vi.waitFor(() => expect(heard.all).toContain(1));
  await polite.close();
  const atOnce = heard.all.length;
  let isDead = false;
  const dying = line.end();
  const dead = new ChangePeers({
    channel: { ...dying, send: async (texts) => (isDead ? undefined : dying.send(texts)) },
    ...{ feed: new Heard(), ...timing },
  });
  dead.tell(build(2));
  await vi.waitFor(() => expect(heard.all).toContain(2));
  expect(heard.all.slice(atOnce)).toEqual([2]);
  isDead = true;
  await vi.waitFor(() => expect(heard.all.at(-1)).toBeNull());
  await Promise.all([dead.close(), listener.close()]);
});

it('every message is short enough, and none loses a change', () => {
  const key = fc.string({ unit: 'grapheme', maxLength: 250 });
  const of = { modelId: 'm-1', experimentId: '0' };
  const model = { kind: 'loggedModel', action: 'updated', ...of } as const;
  const change = fc.record({ runId: fc.constant('r'), keys: fc.array(key, { maxLength: 100 }) });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (some) => {
      const changes = some.map(
        ({ runId, keys }, index): Change =>
          index % 2 === 0 ? { kind: 'tags', runId, keys } : { ...model, params: keys, tags: keys },
      );
      const texts = packChanges('a', 7, changes).map((message) => JSON.stringify(message));
      for (const text of texts) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxTextBytes);
      const read = texts.map(readMessage);
      expect(read.map((message) => message?.count)).toEqual(texts.map((_, index) => 8 + index));
      const got = read.flatMap((message) => message?.changes ?? []);
      expect(got).toHaveLength(changes.length);
      for (const [index, each] of got.entries()) {
        const sent = changes[index];
        const short = sent?.kind === 'tags' ? { keys: [] } : { params: [], tags: [] };
        expect([sent, { ...sent, ...short }]).toContainEqual(each);
      }
    }),
  );
});

it('what is no message of a server is not heard', () => {
  for (const text of ['', 'x', 'null', '7', '{}', '{"from":1,"count":1,"changes":[]}']) {
    expect(readMessage(text)).toBeNull();
  }
  const other = '{"from":"a","count":1,"changes":[{"kind":"of a later version"}]}';
  expect(readMessage(other)?.changes).toEqual([]);
});
