import type { Papers, Parameter, PathItem, Schema } from './openapi.ts'
import { limitsText, schemaText } from './schema-text.ts'

interface Entry extends PathItem {
  method: string
  path: string
}

/** Renders the papers as one HTML page without scripts; its style is a file of its own. */
export function renderDocs(papers: Papers): string {
  const entries = Object.entries(papers.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, item]): Entry => ({ ...item, method, path })),
  )
  const tags = [...new Set(entries.flatMap((entry) => entry.tags))].sort()
  const of = (tag: string) => entries.filter((entry) => entry.tags.includes(tag))
  const { title, version, description } = papers.info
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} API</title>
<link rel="stylesheet" href="/docs/style.css">
</head>
<body>
<header>
<h1>${escape(title)} <small>${escape(version)}</small></h1>
<p>${escape(description)}</p>
<p>Machines read <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
</header>
<nav aria-label="Addresses">${tags.map((tag) => renderIndex(tag, of(tag))).join('')}</nav>
<main>
${renderCallers(papers)}
${tags.map((tag) => `<h2 id="tag-${escape(tag)}">${escape(tag)}</h2>${of(tag).map(renderEntry).join('')}`).join('\n')}
</main>
</body>
</html>
`
}

function renderIndex(tag: string, entries: readonly Entry[]): string {
  const links = entries.map(({ operationId, method, path }) => {
    return `<li><a href="#${escape(operationId)}"><b>${escape(method)}</b> ${escape(path)}</a></li>`
  })
  return `<h2><a href="#tag-${escape(tag)}">${escape(tag)}</a></h2><ul>${links.join('')}</ul>`
}

function renderCallers({ components }: Papers): string {
  const schemes = Object.entries((components['securitySchemes'] ?? {}) as Record<string, { description?: string }>)
  const rows = schemes.map(
    ([name, { description = '' }]) => `<dt><code>${escape(name)}</code></dt><dd>${prose(description)}</dd>`,
  )
  const problem = schemaText((components['schemas']?.['Problem'] ?? {}) as Schema)
  return `<section><h2>Callers</h2><dl>${rows.join('')}</dl>
<h2>Errors</h2><p>Every error is <code>application/problem+json</code>:</p><pre>${escape(problem)}</pre></section>`
}

function renderEntry(entry: Entry): string {
  const {
    operationId,
    method,
    path,
    summary,
    description = 'Anybody.',
    parameters = [],
    requestBody,
    responses,
  } = entry
  return `<article id="${escape(operationId)}">
<h3><b>${escape(method)}</b> <code>${escape(path)}</code></h3>
<p>${prose(summary)}</p>
<p class="callers">${prose(description)}</p>
${parameters.length === 0 ? '' : renderParameters(parameters)}
${requestBody === undefined ? '' : `<h4>Body</h4>${Object.values(requestBody.content).map(renderSchema).join('')}`}
<h4>Answers</h4>
<dl>${Object.entries(responses).map(renderResponse).join('')}${renderProblems(responses)}</dl>
</article>`
}

function renderParameters(parameters: readonly Parameter[]): string {
  const rows = parameters.map(({ name, in: place, required, description, schema }) => {
    const words = [description ?? '', limitsText(schema)].filter((text) => text !== '').join('; ')
    const type = escape(schemaText(schema))
    return `<tr><td><code>${escape(name)}</code>${required ? ' *' : ''}</td><td>${place}</td><td><code>${type}</code></td><td>${prose(words)}</td></tr>`
  })
  return `<table><thead><tr><th>Name</th><th>In</th><th>Type</th><th></th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

function renderResponse([status, response]: [string, PathItem['responses'][string]]): string {
  if ('$ref' in response) return ''
  const bodies = Object.entries(response.content ?? {}).map(([type, content]) => {
    return `<p><code>${escape(type)}</code></p>${renderSchema(content)}`
  })
  return `<dt>${escape(status)}</dt><dd>${prose(response.description)}${bodies.join('')}</dd>`
}

function renderProblems(responses: PathItem['responses']): string {
  const statuses = Object.keys(responses).filter((status) => '$ref' in responses[status]!)
  return statuses.length === 0 ? '' : `<dt>else</dt><dd>a problem: ${escape(statuses.join(', '))}</dd>`
}

function renderSchema({ schema }: { schema: Schema }): string {
  return `<pre>${escape(schemaText(schema))}</pre>`
}

/** Escapes, and sets what stands between backticks as code. */
function prose(text: string): string {
  return escape(text).replace(/`([^`]+)`/g, '<code>$1</code>')
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
