/**
 * Reads the JSON reports of vitest, for `.ci/run`.
 *
 *   report.mjs counts REPORT            "passed failed", of the tests; "0 0" where there is no report
 *   report.mjs files REPORT             the files that failed: a test of theirs, or as a whole; a line each
 *   report.mjs unsteady REPORT AGAIN    the tests that failed in the first and passed in the second, a line each
 */
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'

const [command, ...paths] = process.argv.slice(2)

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, testResults: [] }
  }
}

/** A test by its file and its whole name, for two may share a name. */
function* tests(report, status) {
  for (const { name, assertionResults } of report.testResults) {
    for (const test of assertionResults) if (test.status === status) yield `${relative('.', name)}: ${test.fullName}`
  }
}

const reports = paths.map(read)
const [first, again] = reports
if (command === 'counts') console.log(`${first.numPassedTests} ${first.numFailedTests}`)
if (command === 'files') {
  for (const { name, status } of first.testResults) if (status === 'failed') console.log(relative('.', name))
}
if (command === 'unsteady') {
  const passed = new Set(tests(again, 'passed'))
  for (const test of tests(first, 'failed')) if (passed.has(test)) console.log(test)
}
