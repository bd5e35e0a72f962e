// The programs that delivery needs besides Node: git for the repository, bash for the steps.
import { spawnSync } from 'node:child_process';

const programs = ['git', 'bash'] as const;

/** Their names; none where all are there. */
export function missingPrograms(): readonly string[] {
  return programs.filter(
    (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status !== 0,
  );
}
