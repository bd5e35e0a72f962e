// The file of a pipeline of which only the triggers matter.

export const steps = 'steps: [{ script: echo }]\n';

export function withSteps(triggers: string): Readonly<Record<string, string>> {
  return { 'azure-pipelines.yml': `${triggers}\n${steps}` };
}
