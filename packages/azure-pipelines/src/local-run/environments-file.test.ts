import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readEnvironments } from './environments-file.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'environments-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(text: string, name = 'environments.yml') {
  writeFileSync(path.join(folder, name), text);
  return readEnvironments(path.join(folder, name));
}

test('environments have checks, whose defaults are filled in, and machines', async () => {
  const text = `Production:
  description: what customers see
  checks:
  - { type: branchControl, allowedBranches: main }
  - { type: approval, approvers: [ada, grace], allowSelfApproval: false, timeoutMinutes: 60 }
  resources:
  - name: vm1
  - { name: vm2, tags: [web, eu] }
test:
`;
  const environments = await read(text);
  expect(environments.get('production')).toEqual({
    name: 'Production',
    checks: [
      { type: 'branchControl', allowedBranches: ['main'] },
      {
        type: 'approval',
        approvers: ['ada', 'grace'],
        minimumApprovers: 2,
        allowSelfApproval: false,
        instructions: '',
        timeoutMinutes: 60,
      },
    ],
    resources: [
      { name: 'vm1', type: 'VirtualMachine', tags: [] },
      { name: 'vm2', type: 'VirtualMachine', tags: ['web', 'eu'] },
    ],
  });
  expect(environments.get('test')).toMatchObject({ checks: [], resources: [] });
});

test('JSON is read as YAML is', async () => {
  const environments = await read(
    '{"p": {"checks": [{"type": "exclusiveLock", "timeoutMinutes": 5}]}}',
    'e.json',
  );
  expect(environments.get('p')?.checks).toEqual([{ type: 'exclusiveLock', timeoutMinutes: 5 }]);
});

test.each([
  ['p: x', 'expected its "description", "checks" or "resources"'],
  ['p: { check: [] }', "does not know 'check'"],
  ['p: { checks: x }', "'checks' is no list of names with values"],
  ['p: { checks: [ { type: approvel } ] }', 'Did you mean'],
  ['p: { checks: [ {} ] }', 'is no type of check'],
  ['p: { checks: [ { type: [a] } ] }', "'type' of a check has a value that does not fit"],
  ['p: { checks: [ { type: approval, timeoutMinutes: soon } ] }', "'timeoutMinutes' of a check"],
  ['p: { checks: [ { type: approval, days: [Mon] } ] }', "has no 'days'"],
  ['p: { checks: [ { type: businessHours, start: 25:00 } ] }', "'25:00' is no time"],
  ['p: { resources: [ {} ] }', 'a resource has no name'],
  ['p: { resources: [ { name: a, type: Pod } ] }', '"VirtualMachine" or "Kubernetes"'],
  ['p: { resources: [ { name: a }, { name: A } ] }', 'two of its resources have the same name'],
])('%j is refused', async (text, message) => {
  await expect(read(text)).rejects.toThrow(message);
});

test('all that is wrong is told at once, with its environment', async () => {
  const text = 'a: { checks: [ { type: x } ] }\nb: { other: 1 }\n';
  const error: Error = await read(text).then(
    () => new Error('was read'),
    (thrown: Error) => thrown,
  );
  expect(error.message).toMatch(/environment 'a': .*\n.*environment 'b': /);
});
