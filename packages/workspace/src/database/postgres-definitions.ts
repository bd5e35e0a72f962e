// Statements that define tables go to Postgres many at a time, with the first statement after them: a
// new workspace has some 250 of them, each of which a migration awaits before it asks for the next.
import type { QueryResult } from 'pg';
import type { PostgresClient } from './postgres-pool.ts';

/** A definition that fails does so in the next statement of another kind, at the latest in the commit. */
export function gatherDefinitions(client: PostgresClient): PostgresClient {
  const waiting: string[] = [];
  return {
    release: () => client.release(),
    query: async (text, parameters) => {
      if (parameters.length === 0 && isDefinition(text)) {
        waiting.push(text);
        return nothing;
      }
      const before = waiting.splice(0);
      // They would be undone at once; and one that fails would keep the rollback from its turn.
      if (before.length === 0 || isRollback(text)) return client.query(text, parameters);
      if (parameters.length === 0) return lastOf(await client.query(joined([...before, text]), []));
      await client.query(joined(before), []);
      return client.query(text, parameters);
    },
  };
}

const nothing: QueryResult = { command: '', rowCount: 0, oid: 0, fields: [], rows: [] };

function isDefinition(sql: string): boolean {
  return /^\s*(create|alter|drop)\b/i.test(sql);
}

function isRollback(sql: string): boolean {
  return /^\s*rollback\b/i.test(sql);
}

function joined(statements: readonly string[]): string {
  return statements.join(';\n');
}

/** The driver gives a list where there were several. */
function lastOf(results: QueryResult | readonly QueryResult[]): QueryResult {
  return [results].flat().at(-1) ?? nothing;
}
