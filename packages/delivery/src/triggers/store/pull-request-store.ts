// What is known of a repository's pull requests: what was seen of each, and what signed hooks said.
import type { DeliveryDatabase, DeliveryWriter } from '../../database/delivery-database.ts';
import type { PullRequestFacts } from '../pull-request-facts.ts';
import type { SeenPull } from './put-findings.ts';

export interface KnownPull extends SeenPull {
  readonly facts: PullRequestFacts | null;
}

/** A sender may tell of so many that the repository does not show. */
const maxUnseen = 5_000;

export class PullRequestStore {
  readonly #database: DeliveryDatabase;

  constructor(database: DeliveryDatabase) {
    this.#database = database;
  }

  async of(pipelineId: number): Promise<ReadonlyMap<number, KnownPull>> {
    const query = this.#database.reader.selectFrom('delivery_pull_requests').selectAll();
    const rows = await query.where('pipeline_id', '=', pipelineId).execute();
    return new Map(
      rows.map(({ number, tip, decided, facts }) => {
        return [number, { tip, decided, facts: facts === null ? null : JSON.parse(facts) }];
      }),
    );
  }

  /** False: what is known is newer, as where an old hook is sent once more. */
  async tell(pipelineId: number, facts: PullRequestFacts): Promise<boolean> {
    return this.#database.write(async (tables) => {
      const own = tables.selectFrom('delivery_pull_requests').selectAll();
      const query = own.where('pipeline_id', '=', pipelineId).where('number', '=', facts.number);
      const before = await query.executeTakeFirst();
      if (before !== undefined && before.facts_at > facts.changedAt) return false;
      const { target }: Partial<PullRequestFacts> = JSON.parse(before?.facts ?? '{}');
      // With another target it is another merge, though its head is as before.
      const isMoved = target !== undefined && target !== facts.target;
      const change = {
        tip: '',
        decided: isMoved ? '' : (before?.decided ?? ''),
        facts: JSON.stringify(facts),
        facts_at: facts.changedAt,
      };
      await tables
        .insertInto('delivery_pull_requests')
        .values({ pipeline_id: pipelineId, number: facts.number, ...change })
        .onConflict((conflict) => conflict.columns(['pipeline_id', 'number']).doUpdateSet(change))
        .execute();
      await prune(tables, pipelineId);
      return true;
    });
  }
}

async function prune(tables: DeliveryWriter, pipelineId: number): Promise<void> {
  const own = tables.selectFrom('delivery_pull_requests').select('facts_at');
  const unseen = own.where('pipeline_id', '=', pipelineId).where('tip', '=', '');
  const newest = unseen.orderBy('facts_at', 'desc').offset(maxUnseen).limit(1);
  const first = await newest.executeTakeFirst();
  if (first === undefined) return;
  await tables
    .deleteFrom('delivery_pull_requests')
    .where('pipeline_id', '=', pipelineId)
    .where('tip', '=', '')
    .where('facts_at', '<=', first.facts_at)
    .execute();
}
