// The tables of the results: average ranks and wins a budget, then every score.

import { isBetter, metricOfTask, type Result } from './score.ts';
import type { DataSet } from './split.ts';

export function printTables(
  results: readonly Result[],
  dataSets: readonly DataSet[],
  systems: readonly string[],
): void {
  const budgets = [...new Set(results.map(({ budget }) => budget))].sort((a, b) => a - b);
  for (const budget of budgets) {
    const ofBudget = results.filter((result) => result.budget === budget);
    const compared = systems.filter((name) => ofBudget.some(({ system }) => system === name));
    printRanks(budget, ofBudget, dataSets, compared);
    printScores(ofBudget, dataSets, compared);
  }
}

function printRanks(
  budget: number,
  results: readonly Result[],
  dataSets: readonly DataSet[],
  systems: readonly string[],
): void {
  const rows = systems.map((system) => ({ system, ranks: [] as number[], wins: 0, failures: 0 }));
  for (const { task, name } of dataSets) {
    for (const seed of new Set(results.map((result) => result.seed))) {
      const scores = systems.map((system) => find(results, system, name, seed));
      // Only what all systems have tried can be ranked.
      if (scores.some((result) => result === undefined)) continue;
      const values = scores.map((result) => result?.score ?? null);
      rows.forEach((row, i) => {
        row.ranks.push(rankOf(task, values, i));
        if (rankOf(task, values, i) < 2 && values[i] !== null) row.wins++;
        if (values[i] === null) row.failures++;
      });
    }
  }
  console.log(`\n${budget} seconds, ${rows[0]?.ranks.length ?? 0} comparisons\n`);
  console.log('| system | average rank | wins | failures | median wall s | longest wall s |');
  console.log('| --- | --- | --- | --- | --- | --- |');
  for (const { system, ranks, wins, failures } of rows) {
    const seconds = results.filter((r) => r.system === system).map((r) => r.seconds);
    seconds.sort((a, b) => a - b);
    const rank = ranks.reduce((sum, value) => sum + value, 0) / ranks.length;
    console.log(
      `| ${system} | ${rank.toFixed(2)} | ${wins} | ${failures} | ${(seconds[seconds.length >> 1] ?? 0).toFixed(1)} | ${(seconds.at(-1) ?? 0).toFixed(1)} |`,
    );
  }
}

/** 1 for the best; equal scores share the mean of their ranks, and a failure is last. */
function rankOf(task: DataSet['task'], values: readonly (number | null)[], i: number): number {
  const own = values[i];
  const others = values.filter((_, j) => j !== i);
  const better = others.filter((value) => beats(task, value, own ?? null)).length;
  const equal = others.filter((value) => value === own).length;
  return 1 + better + equal / 2;
}

function beats(task: DataSet['task'], a: number | null, b: number | null): boolean {
  if (a === null) return false;
  return b === null || isBetter(task, a, b);
}

function printScores(
  results: readonly Result[],
  dataSets: readonly DataSet[],
  systems: readonly string[],
): void {
  console.log(`\n| data set | metric, mean of seeds | ${systems.join(' | ')} |`);
  console.log(`| --- | --- |${systems.map(() => ' --- |').join('')}`);
  const measured = new Set(results.map(({ dataSet }) => dataSet));
  for (const { name, task } of dataSets.filter((dataSet) => measured.has(dataSet.name))) {
    const means = systems.map((system) => {
      const scores = results
        .filter((result) => result.system === system && result.dataSet === name)
        .map(({ score }) => score ?? Number.NaN);
      const mean = scores.reduce((sum, value) => sum + value, 0) / scores.length;
      return Number.isFinite(mean) ? mean.toPrecision(5) : 'none';
    });
    console.log(`| ${name} | ${metricOfTask[task]} | ${means.join(' | ')} |`);
  }
}

function find(results: readonly Result[], system: string, dataSet: string, seed: number) {
  return results.find((r) => r.system === system && r.dataSet === dataSet && r.seed === seed);
}
