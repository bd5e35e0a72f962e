#!/usr/bin/env node
// Starts the stand-in for the Azure CLI.
import { startOnNewNode } from './start-on-new-node.mjs';

await startOnNewNode(new URL('../src/az/main.ts', import.meta.url));
