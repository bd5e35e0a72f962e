// Run as a process of its own by tests that kill it: a manager on the folder given as argument,
// with a port open to nobody. Prints a line when its endpoints have settled.

import { openEndpointManager } from '../index.ts';
import { TestWorkspace } from './test-workspace.fixture.ts';

const { workspace } = await TestWorkspace.open(process.argv[2] ?? '');
const manager = await openEndpointManager(workspace, { publicUrl: () => 'http://localhost:8080' });
await manager.start();
const endpoints = await manager.list();
await Promise.all(endpoints.map(({ name }) => manager.waitUntilSettled(name)));
process.stdout.write('settled\n');
