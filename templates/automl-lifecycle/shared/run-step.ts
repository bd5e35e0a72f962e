// Runs a script's work and turns what it throws into an exit code and one clear line.

/** Runs `work`; where it fails, says why on stderr and lets the process end with code 1. */
export async function runStep(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(describeError(error));
    process.exitCode = 1;
  }
}

/** An error with a code is for the user, who needs no stack; any other is a mistake in code. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return `Error: ${String(error)}`;
  if ('code' in error) return `Error ${error.code}: ${error.message}`;
  return error.stack ?? error.message;
}
