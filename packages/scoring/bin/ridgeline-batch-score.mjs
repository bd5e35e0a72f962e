#!/usr/bin/env node
import '../src/batch-score/main.ts';
