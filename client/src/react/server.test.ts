import { createElement, type ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { afterEach, expect, it, vi } from 'vitest'
import { useChannel, useClient, useConnection, usePresence, YayinProvider } from './index.ts'

afterEach(() => vi.unstubAllGlobals())

function Page(): ReactNode {
  const { messages, loading } = useChannel('news', { history: 5 })
  const parts = [
    useConnection().status,
    messages.length,
    loading,
    usePresence('news').members.length,
    useClient() === null,
  ]
  return parts.join(' ')
}

it('renders on a server, where there is no window, and connects to nothing', async () => {
  const fetch = vi.fn<typeof globalThis.fetch>()
  vi.stubGlobal('fetch', fetch)
  const html = renderToString(
    createElement(YayinProvider, { options: { url: 'http://localhost:1' } }, createElement(Page)),
  )
  expect(html).toBe('connecting 0 true 0 true')
  await new Promise((resolve) => setImmediate(resolve))
  expect(fetch).not.toHaveBeenCalled()
})

it('says what is missing when there is no provider', () => {
  expect(() => renderToString(createElement(Page))).toThrow('YayinProvider')
})
