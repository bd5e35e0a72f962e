// Writers that log all that MLflow's routes take, note what was acknowledged and what was refused,
// and compare that with what a server has afterwards.
import { newRun, type Reply, type TrackingClient } from './tracking-client.ts';

type Outcome = 'kept' | 'refused' | 'unknown';

/** One thing that was asked for; its number is in all that it writes. */
interface Asked {
  readonly kind: Kind;
  readonly number: number;
  readonly outcome: Outcome;
}

const kinds = ['metric', 'batch', 'badBatch', 'param', 'tag', 'run', 'model', 'artifact'] as const;
type Kind = (typeof kinds)[number];

const artifactBytes = 100_000;

export class Writer {
  readonly #name: string;
  readonly #asked: Asked[] = [];
  #runId = '';
  #number = 0;

  constructor(name: string) {
    this.#name = name;
  }

  /** Makes the run that it logs to. */
  async begin(client: TrackingClient): Promise<void> {
    this.#runId = await newRun(client, this.#name);
    const fixed = { run_id: this.#runId, key: 'fixed', value: 'first' };
    if ((await client.post('runs/log-parameter', fixed))?.status !== 200)
      throw new Error('no param');
  }

  /** @param goesOn asked with each answer; null where the server gave none. */
  async work(client: TrackingClient, goesOn: (reply: Reply | null) => boolean): Promise<void> {
    for (;;) {
      this.#number += 1;
      const number = this.#number;
      const kind = kinds[number % kinds.length] ?? 'metric';
      const reply = await this.#ask(client, kind, number);
      this.#asked.push({ kind, number, outcome: outcomeOf(reply) });
      if (!goesOn(reply)) return;
    }
  }

  /** What is wrong with what the server has: acknowledged and not there, half there, or never taken. */
  async problems(client: TrackingClient): Promise<readonly string[]> {
    const found: string[] = [];
    const there = await this.#numbersThere(client);
    for (const { kind, number, outcome } of this.#asked) {
      const parts = there[kind];
      const has = parts.map((numbers) => numbers.has(number));
      const what = `${this.#name}: ${kind} ${number}, ${outcome}, is there: ${has.join(', ')}`;
      const isWhole = has.every(Boolean);
      const isAbsent = !has.some(Boolean);
      const isRight =
        outcome === 'kept' ? isWhole : outcome === 'refused' ? isAbsent : isWhole || isAbsent;
      if (!isRight) found.push(what);
    }
    return found;
  }

  #ask(client: TrackingClient, kind: Kind, number: number): Promise<Reply | null> {
    const run_id = this.#runId;
    const name = `${this.#name}-${number}`;
    const points = (keys: readonly string[]) =>
      keys.map((key) => ({ key, value: number / 7, timestamp: number, step: number }));
    const pair = (key: string) => ({ key, value: String(number) });
    switch (kind) {
      case 'metric':
        return client.post('runs/log-metric', { run_id, ...points(['metric'])[0] });
      case 'batch':
        return client.post('runs/log-batch', {
          run_id,
          metrics: points(['first', 'second']),
          params: [pair(`batch-${number}`)],
          tags: [pair(`batch-${number}`)],
        });
      case 'badBatch':
        // A param is written once, so that the whole batch is refused.
        return client.post('runs/log-batch', {
          run_id,
          metrics: points(['refused']),
          params: [pair(`refused-${number}`), { key: 'fixed', value: 'second' }],
          tags: [pair(`refused-${number}`)],
        });
      case 'param':
        return client.post('runs/log-parameter', { run_id, ...pair(`param-${number}`) });
      case 'tag':
        return client.post('runs/set-tag', { run_id, ...pair(`tag-${number}`) });
      case 'run': {
        const tags = [pair('number'), { key: 'writer', value: this.#name }];
        return client.post('runs/create', { experiment_id: '0', run_name: name, tags });
      }
      case 'model':
        return this.#register(client, name, number);
      case 'artifact':
        return client.upload(`0/${run_id}/artifacts/${name}`, contentOf(number));
    }
  }

  async #register(client: TrackingClient, name: string, number: number): Promise<Reply | null> {
    const tags = [{ key: 'number', value: String(number) }];
    const model = await client.post('registered-models/create', { name, tags });
    if (model?.status !== 200) return model;
    const source = `runs:/${this.#runId}/model`;
    const version = await client.post('model-versions/create', { name, source, tags });
    if (version?.status !== 200) return version;
    return client.post('registered-models/alias', { name, alias: 'best', version: '1' });
  }

  /** Of each kind, the numbers that each of its parts has. */
  async #numbersThere(client: TrackingClient): Promise<Record<Kind, readonly Set<number>[]>> {
    const run_id = this.#runId;
    const { data } = (await client.get('runs/get', { run_id })).json.run as WireRun;
    const numbered = (pairs: readonly Pair[] = [], kind: string) =>
      numbersOf(pairs.filter(({ key, value }) => key === `${kind}-${value}`));
    const history = (metric: string) => this.#steps(client, metric);
    const runs = await this.#runs(client);
    return {
      metric: [await history('metric')],
      batch: [
        await history('first'),
        await history('second'),
        numbered(data.params, 'batch'),
        numbered(data.tags, 'batch'),
      ],
      badBatch: [
        await history('refused'),
        numbered(data.params, 'refused'),
        numbered(data.tags, 'refused'),
      ],
      param: [numbered(data.params, 'param')],
      tag: [numbered(data.tags, 'tag')],
      run: [new Set(runs.map((run) => Number(run.info.run_name.split('-')[1]))), runTags(runs)],
      model: [await this.#models(client)],
      artifact: [await this.#artifacts(client)],
    };
  }

  async #steps(client: TrackingClient, metric_key: string): Promise<Set<number>> {
    const query = { run_id: this.#runId, metric_key };
    const { json } = await client.get('metrics/get-history', query);
    const points = (json.metrics ?? []) as readonly { step: number; value: number }[];
    return new Set(points.filter(({ step, value }) => value === step / 7).map(({ step }) => step));
  }

  async #runs(client: TrackingClient): Promise<readonly WireRun[]> {
    const filter = `tags.writer = '${this.#name}'`;
    const body = { experiment_ids: ['0'], filter, max_results: 50_000 };
    return ((await client.post('runs/search', body))?.json.runs ?? []) as WireRun[];
  }

  /** Those that can be read through their alias: the last thing that each of them gets. */
  async #models(client: TrackingClient): Promise<Set<number>> {
    const found = new Set<number>();
    for (const { kind, number, outcome } of this.#asked) {
      if (kind !== 'model' || outcome !== 'kept') continue;
      const query = { name: `${this.#name}-${number}`, alias: 'best' };
      const { json } = await client.get('registered-models/alias', query);
      const version = json.model_version as { version: string; tags: Pair[] } | undefined;
      if (version?.version === '1' && numbersOf(version.tags).has(number)) found.add(number);
    }
    return found;
  }

  async #artifacts(client: TrackingClient): Promise<Set<number>> {
    const found = new Set<number>();
    for (const { kind, number } of this.#asked) {
      if (kind !== 'artifact') continue;
      const place = `0/${this.#runId}/artifacts/${this.#name}-${number}`;
      const content = await client.download(place);
      if (content === null) continue;
      // A part of a file is no state that anybody may ever see.
      if (!contentOf(number).equals(content)) throw new Error(`half a file: ${place}`);
      found.add(number);
    }
    return found;
  }
}

interface Pair {
  readonly key: string;
  readonly value: string;
}

interface WireRun {
  readonly info: { readonly run_id: string; readonly run_name: string };
  readonly data: { readonly params?: readonly Pair[]; readonly tags?: readonly Pair[] };
}

function outcomeOf(reply: Reply | null): Outcome {
  // Whether what was answered by 503 was kept, the documents say, nobody knows.
  if (reply === null || reply.status === 503) return 'unknown';
  if (reply.status === 200) return 'kept';
  if (reply.status === 400) return 'refused';
  throw new Error(`an answer that nobody expects: ${JSON.stringify(reply)}`);
}

function numbersOf(pairs: readonly Pair[]): Set<number> {
  return new Set(pairs.map(({ value }) => Number(value)));
}

function runTags(runs: readonly WireRun[]): Set<number> {
  return numbersOf(
    runs.flatMap(({ data }) => (data.tags ?? []).filter(({ key }) => key === 'number')),
  );
}

function contentOf(number: number): Buffer<ArrayBuffer> {
  return Buffer.alloc(artifactBytes, `${number} `);
}
