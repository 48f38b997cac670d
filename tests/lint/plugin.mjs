import { relative, sep } from 'node:path'
import { faultOf } from './rooms.mjs'

/**
 * @typedef {{ cwd: string, filename: string, report(problem: { node: Node, message: string }): void }} Context
 * @typedef {{ type: string, value?: unknown, name?: string, parent: Node, callee?: Node, computed?: boolean,
 *   object?: Node, property?: Node, source?: Node | null, importKind?: string, exportKind?: string }} Node
 */

/** Enforces rooms.mjs on every way to import. */
const rooms = {
  /** @param {Context} context */
  create(context) {
    const file = pathOf(context)
    const check = (/** @type {Node | null | undefined} */ source, /** @type {boolean} */ typeOnly) => {
      if (typeof source?.value !== 'string') return
      const message = faultOf(file, source.value, typeOnly)
      if (message !== null) context.report({ node: source, message })
    }
    return {
      /** @param {Node} node */
      ImportDeclaration: (node) => check(node.source, node.importKind === 'type'),
      /** @param {Node} node */
      ExportNamedDeclaration: (node) => check(node.source, node.exportKind === 'type'),
      /** @param {Node} node */
      ExportAllDeclaration: (node) => check(node.source, node.exportKind === 'type'),
      /** @param {Node} node */
      ImportExpression: (node) => check(node.source, false),
      /** @param {Node} node */
      TSImportType: (node) => check(node.source, true),
    }
  },
}

/** Where the environment is read: for the server, and for the command line. */
const READERS = ['server/config.ts', 'cli/environment.ts']

/** Keeps the reading of the environment in these files: elsewhere it may only be handed to readConfig. */
const environment = {
  /** @param {Context} context */
  create(context) {
    const file = pathOf(context)
    if (!/^(server|cli|shared|client)\//.test(file) || READERS.includes(file) || /\.test\.tsx?$/.test(file)) return {}
    const message = 'The environment is read by server/config.ts alone; take what you need from the Config.'
    return {
      /** @param {Node} node */
      MemberExpression(node) {
        if (node.object?.name !== 'process') return
        if ((node.property?.name ?? node.property?.value) !== 'env') return
        if (node.parent.type === 'CallExpression' && node.parent.callee?.name === 'readConfig') return
        context.report({ node, message })
      },
      /** @param {Node} node */
      ImportDeclaration(node) {
        if (/^(node:)?process$/.test(String(node.source?.value))) context.report({ node, message })
      },
    }
  },
}

/** @param {Context} context */
function pathOf({ cwd, filename }) {
  return relative(cwd, filename).split(sep).join('/')
}

export default { meta: { name: 'yayin' }, rules: { rooms, environment } }
