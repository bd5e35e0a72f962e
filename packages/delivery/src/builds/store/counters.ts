// Numbers that count on: of builds, of revisions in build numbers, of counter() in expressions.
// They are given out at once and written with the build that took them: one process has a workspace.
import type { DeliveryDatabase, DeliveryWriter } from '../../database/delivery-database.ts';

export type CounterKind = 'build' | 'revision' | 'counter';

interface Counter {
  readonly pipeline_id: number;
  readonly kind: CounterKind;
  readonly prefix: string;
  readonly value: number;
}

export class Counters {
  readonly #values = new Map<string, Counter>();
  readonly #unwritten = new Set<string>();

  static async open({ reader }: DeliveryDatabase): Promise<Counters> {
    const counters = new Counters();
    for (const row of await reader.selectFrom('build_counters').selectAll().execute()) {
      const counter = { ...row, kind: row.kind as CounterKind };
      counters.#values.set(keyOf(counter), counter);
    }
    return counters;
  }

  /** `seed` the first time, one more each other time. */
  take(pipelineId: number, kind: CounterKind, prefix: string, seed: number): number {
    const place = { pipeline_id: pipelineId, kind, prefix };
    const key = keyOf(place);
    const last = this.#values.get(key)?.value;
    const value = last === undefined ? seed : last + 1;
    this.#values.set(key, { ...place, value });
    this.#unwritten.add(key);
    return value;
  }

  /** Writes what was given out since the last time. */
  async write(tables: DeliveryWriter): Promise<void> {
    for (const key of this.#unwritten) {
      const row = this.#values.get(key);
      if (row === undefined) continue;
      await tables
        .insertInto('build_counters')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['pipeline_id', 'kind', 'prefix']).doUpdateSet({ value: row.value }),
        )
        .execute();
    }
    this.#unwritten.clear();
  }
}

function keyOf({ pipeline_id, kind, prefix }: Omit<Counter, 'value'>): string {
  return `${pipeline_id} ${kind} ${prefix}`;
}
