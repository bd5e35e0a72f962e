// Reads all that a build's variable groups have in vaults: each connection signs in once, a few secrets
// are asked for at a time, and all of it ends within a minute. What cannot be read is told all at once.
import type { ServiceConnection } from '@ridgeline/azure-pipelines';
import { connectionKind } from '../asset-kind.ts';
import type { AssetProblem } from '../asset-problem.ts';
import { Mistakes } from '../mistakes.ts';
import { SignInRefused } from '../service-connections/azure-token.ts';
import { Unreachable } from '../service-connections/probe.ts';
import type { ReadVaultSecrets, VaultVariable } from '../variable-groups/group-values.ts';
import { readVaultSecret, signInToVaults, type VaultSession } from './vault-secrets.ts';

const allTimeMs = 60_000;
const atOnce = 8;

/** The service connections of the workspace. */
export interface VaultConnections {
  resolve(name: string, pipeline: string): Promise<ServiceConnection | undefined>;
  problems(names: readonly string[], pipeline: string): Promise<readonly AssetProblem[]>;
}

export function vaultReader(connections: VaultConnections, timeMs = allTimeMs): ReadVaultSecrets {
  return async (variables, pipeline) => {
    const signal = AbortSignal.timeout(timeMs);
    const mistakes = new Mistakes();
    const values = new Map<VaultVariable, string>();
    const byConnection = Map.groupBy(variables, ({ connection }) => connection);
    for (const [name, asked] of byConnection) {
      const session = await signIn(name, pipeline, connections, signal).catch(asReason);
      if (typeof session !== 'string') await readAll(asked, session, values, mistakes);
      else for (const { where } of asked) mistakes.add(`${where} cannot be read: ${session}`);
    }
    mistakes.throwIfAny('DELIVERY_SECRET_UNAVAILABLE');
    return variables.map((variable) => values.get(variable) ?? '');
  };
}

/** What is wrong with the connection itself is said in words. */
async function signIn(
  name: string,
  pipeline: string,
  connections: VaultConnections,
  signal: AbortSignal,
): Promise<VaultSession | string> {
  const [problem] = await connections.problems([name], pipeline);
  if (problem !== undefined) return problem.message;
  const connection = await connections.resolve(name, pipeline);
  if (connection === undefined) return `the ${connectionKind.what} '${name}' was deleted just now`;
  return signInToVaults(connection, signal);
}

async function readAll(
  asked: readonly VaultVariable[],
  session: VaultSession,
  values: Map<VaultVariable, string>,
  mistakes: Mistakes,
): Promise<void> {
  const waiting = asked.values();
  const worker = async () => {
    for (const variable of waiting) {
      const { where, vault, secret } = variable;
      try {
        values.set(variable, await readVaultSecret(session, variable));
      } catch (error) {
        const reason = asReason(error);
        mistakes.add(
          `${where} cannot be read: the secret '${secret}' of the vault '${vault}': ${reason}`,
        );
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

function asReason(error: unknown): string {
  if (error instanceof SignInRefused || error instanceof Unreachable) return error.message;
  throw error;
}
