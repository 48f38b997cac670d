import { OPERATIONS } from '../../shared/api.ts'
import { pathRegExp } from '../routes/problem.ts'

const OTHERS = ['/api/events', '/healthz', '/readyz', '/metrics', '/openapi.json', '/docs', '/docs/style.css']
const LIBRARY = '/lib/'

const fixed = new Set([...OPERATIONS.map(({ path }) => path), ...OTHERS].filter((path) => !path.includes(':')))
const withParameters = OPERATIONS.map(({ path }) => path)
  .filter((path) => path.includes(':'))
  .map(pathRegExp)

/** Tells whether something of the hub lies at a path, whatever the method; the pages apart. */
export function isOwnPath(path: string): boolean {
  if (fixed.has(path) || path.startsWith(LIBRARY)) return true
  return path.startsWith('/api/') && withParameters.some((pattern) => pattern.test(path))
}
