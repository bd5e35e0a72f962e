// Scoring scripts as users might write them, good and bad.

/** Answers `{result, pid}`. */
export function answering(result: string): string {
  return scriptWith(`return { result: '${result}', pid: process.pid };`);
}

/** `body` is that of `run(data, requestHeaders)`. */
export function scriptWith(body: string, initBody = ''): string {
  return `
    export const inputSchema = { type: 'object', properties: { data: { type: 'array' } } };
    export const outputSchema = { type: 'object' };
    export async function init(): Promise<void> { ${initBody} }
    export async function run(data: unknown, requestHeaders: unknown): Promise<unknown> { ${body} }
  `;
}

export const failingAtInit = scriptWith('return {};', "throw new Error('no weights today');");

/** Ends the process when it is asked to. */
export const endingOnRequest = scriptWith('process.exit(7);');
