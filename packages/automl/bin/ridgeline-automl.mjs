#!/usr/bin/env node
import '../src/program/main.ts';
