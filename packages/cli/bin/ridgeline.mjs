#!/usr/bin/env node
// Starts the CLI.
import { startOnNewNode } from './start-on-new-node.mjs';

await startOnNewNode(new URL('../src/main.ts', import.meta.url));
