// Refuses a build whose pipeline names connections or files that are not there or that it may not use:
// before any job, all at once, each with its place in the file.
import { formatPlace, type Pipeline, type TaskRegistry } from '@ridgeline/azure-pipelines';
import { type AssetProblem, throwProblems } from './asset-problem.ts';
import { type KnownVariables, type NamedAsset, namedInSteps } from './named-in-steps.ts';

type Problems = (names: readonly string[], pipeline: string) => Promise<readonly AssetProblem[]>;

interface Assets {
  readonly connectionProblems: Problems;
  readonly secureFileProblems: Problems;
}

interface Named {
  readonly pipeline: Pipeline;
  readonly tasks: TaskRegistry;
  readonly known: KnownVariables;
  /** The name of the delivery pipeline. */
  readonly definition: string;
}

/**
 * @throws DeliveryError SERVICE_CONNECTION_NOT_FOUND, SERVICE_CONNECTION_NOT_PERMITTED,
 *   SECURE_FILE_NOT_FOUND, SECURE_FILE_NOT_PERMITTED
 */
export async function checkNamed(
  { pipeline, tasks, known, definition }: Named,
  assets: Assets,
): Promise<void> {
  const connections = namedInSteps('connection', pipeline, tasks, known);
  const files = namedInSteps('secureFile', pipeline, tasks, known);
  const problems = [
    ...(await placed(connections, (names) => assets.connectionProblems(names, definition))),
    ...(await placed(files, (names) => assets.secureFileProblems(names, definition))),
  ];
  throwProblems(problems);
}

/** With their places in front. */
async function placed(
  named: readonly NamedAsset[],
  problemsOf: (names: readonly string[]) => Promise<readonly AssetProblem[]>,
): Promise<readonly AssetProblem[]> {
  // Once a name, where it stands first.
  const byName = new Map(named.toReversed().map(({ name, origin }) => [name, origin]));
  const problems = await problemsOf([...byName.keys()].toReversed());
  return problems.map((problem) => {
    const origin = byName.get(problem.name);
    const place = origin === undefined ? '' : `${formatPlace(origin)}: `;
    return { ...problem, message: place + problem.message };
  });
}
