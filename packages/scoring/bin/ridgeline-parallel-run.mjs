#!/usr/bin/env node
import '../src/parallel-run/main.ts';
