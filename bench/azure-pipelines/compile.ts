// Compiles a pipeline of 100 templates with 50 steps each, from texts in memory to the expanded tree.
// Run: node bench/azure-pipelines/compile.ts [--templates 99] [--steps 50] [--rounds 5]
// The first round is a cold start, as `ridgeline ci validate` has it; the others are a server's.

import { parseArgs } from 'node:util';
import {
  DiagnosticSink,
  expandTemplates,
  sourceOf,
} from '../../packages/azure-pipelines/src/index.ts';

const { values } = parseArgs({
  options: {
    // With the main file these are the 100 files that a pipeline may have.
    templates: { type: 'string', default: '99' },
    steps: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '5' },
  },
});
const templates = Number(values.templates);
const steps = Number(values.steps);

const files = { 'main.yml': mainFile(), ...Object.fromEntries(templateFiles()) };
const bytes = Object.values(files).join('').length;
console.log(`${templates} templates of ${steps} steps, ${(bytes / 1024).toFixed(0)} KiB`);
for (let round = 1; round <= Number(values.rounds); round += 1) {
  const sink = new DiagnosticSink();
  const start = performance.now();
  const cpuStart = process.cpuUsage();
  await expandTemplates({ file: 'main.yml', source: sourceOf(files) }, sink);
  const elapsedMs = performance.now() - start;
  const { user, system } = process.cpuUsage(cpuStart);
  // On a machine that does other work too, and above one for the threads that collect garbage.
  const cpuMs = (user + system) / 1000;
  if (sink.diagnostics.length > 0) throw new Error(sink.diagnostics[0]?.message);
  console.log(
    `round ${round}: ${elapsedMs.toFixed(0)} ms, ${cpuMs.toFixed(0)} ms of processor time`,
  );
}

function mainFile(): string {
  const jobs = Array.from(
    { length: templates },
    (_, at) => `- job: job_${at}
  steps:
  - template: steps/template-${at}.yml
    parameters:
      name: job_${at}
      isRelease: ${at % 2 === 0}`,
  );
  return ['variables: {folder: out}', 'jobs:', ...jobs].join('\n');
}

function templateFiles(): [string, string][] {
  const head = `parameters:
- name: name
  type: string
- name: isRelease
  type: boolean
  default: false
steps:`;
  return Array.from({ length: templates }, (_, at) => {
    const all = Array.from({ length: steps }, (_, step) => stepText(at, step));
    return [`steps/template-${at}.yml`, [head, ...all].join('\n')];
  });
}

/** One in five steps stands under a condition. */
function stepText(at: number, step: number): string {
  if (step % 5 === 0) {
    return `- \${{ if parameters.isRelease }}:
  - script: ./release.sh \${{ parameters.name }} ${at} ${step}
    displayName: Release ${step}`;
  }
  return `- task: CopyFiles@2
  displayName: Copy \${{ parameters.name }} ${step}
  inputs:
    contents: '**/*.${step}'
    targetFolder: $(Build.ArtifactStagingDirectory)/\${{ variables.folder }}`;
}
