import { readFileSync } from 'node:fs'

// Prints how many tests of a run passed and failed: `count-tests.mjs <vitest's JSON report> <vitest's exit code>`.
const [path = '', exitCode = '1'] = process.argv.slice(2)
const { passed, failed } = count(path)
// A run that broke without a failed test (no report, an error outside of tests) has failed all the same.
process.stdout.write(`${passed} ${failed === 0 && exitCode !== '0' ? 1 : failed}\n`)

/** @param {string} file */
function count(file) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'))
    return { passed: report.numPassedTests, failed: report.numFailedTests }
  } catch {
    return { passed: 0, failed: 0 }
  }
}
