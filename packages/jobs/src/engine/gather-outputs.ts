// The outputs of all turns of a `parallel_for` as outputs of its own: a folder with an entry a turn,
// or the JSON list of their values. It can be repeated.
import { constants } from 'node:fs';
import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { turnStepName } from '../composite/child-spec.ts';
import { outputArtifactPath, stepFolder } from '../step/step-folder.ts';
import type { ActiveComposite } from './active-step.ts';
import type { CompositeHost } from './composite-run.ts';
import type { EngineContext } from './engine-context.ts';
import { isLiteral } from './literal-output.ts';
import type { PlacedOutput } from './step-inputs.ts';

export async function gatherOutputs(
  context: EngineContext,
  { step, attempt, result }: ActiveComposite,
  host: CompositeHost,
): Promise<void> {
  if (step.type !== 'parallel_for' || result?.kind !== 'turns' || attempt === null) return;
  const { root } = stepFolder(context.workspace.folder, host.jobId, step.name, 1);
  for (const [name, from] of step.outputsFrom) {
    const turns = Array.from({ length: result.count }, (_, turn) =>
      host.completedRuns.find(turnStepName(step.name, turn, from.step), from.output),
    );
    const place = outputArtifactPath(name);
    const type = turns.find((turn) => turn !== null)?.type;
    const { artifacts } = context.workspace;
    if (type !== undefined && isLiteral(type)) {
      const values = await Promise.all(turns.map((turn) => literalOf(context, turn)));
      await artifacts.write(attempt.runId, place, Buffer.from(JSON.stringify(values)));
    } else {
      const staging = path.join(root, name);
      await copyTurns(context, turns, staging);
      await artifacts.delete(attempt.runId, place);
      await artifacts.adoptFolder(attempt.runId, place, staging);
    }
  }
}

async function literalOf(context: EngineContext, turn: PlacedOutput | null): Promise<unknown> {
  if (turn === null) return null;
  const text = (await readFile(await placeOf(context, turn), 'utf8')).trim();
  return turn.type === 'string' ? text : JSON.parse(text.toLowerCase().replace(/^\+/, ''));
}

async function copyTurns(
  context: EngineContext,
  turns: readonly (PlacedOutput | null)[],
  staging: string,
): Promise<void> {
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true });
  for (const [turn, placed] of turns.entries()) {
    // A turn in which the step was skipped has none.
    if (placed === null) continue;
    const mode = constants.COPYFILE_FICLONE;
    const target = path.join(staging, String(turn));
    await cp(await placeOf(context, placed), target, { recursive: true, mode });
  }
}

function placeOf({ workspace }: EngineContext, { runId, output }: PlacedOutput): Promise<string> {
  return workspace.artifacts.localPath(runId, outputArtifactPath(output));
}
