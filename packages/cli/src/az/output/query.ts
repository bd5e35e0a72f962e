// `--query`: JMESPath.
import { AzError } from '../az-error.ts';

/** @throws AzError AZ_USAGE */
export async function queried(value: unknown, query: string): Promise<unknown> {
  const { search } = await import('@aws-lambda-powertools/jmespath');
  try {
    // It takes what JSON can say.
    return search(query, JSON.parse(JSON.stringify(value)));
  } catch (error) {
    throw new AzError('AZ_USAGE', `argument --query: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
