import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import './app.css'
import { withoutBase } from './lib/base.ts'
import { keepDocumentLanguage } from './lib/language.ts'
import { createQueries } from './lib/queries.ts'
import { routeOf } from './lib/routes.ts'

keepDocumentLanguage()
// Fetched while it is still being asked who is signed in.
routeOf(withoutBase(location.pathname))?.preload()

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={createQueries()}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
)
