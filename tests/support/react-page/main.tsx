import { StrictMode, useReducer, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { useChannel, useConnection, usePresence, YayinProvider } from '../../../client/src/react/index.ts'

const CHANNEL = 'public/hooks'

function Room() {
  const { status } = useConnection()
  const { messages, loading, publish } = useChannel(CHANNEL, { types: ['chat', 'bell'], history: 10, keep: 20 })
  const { members } = usePresence(CHANNEL)
  const [renders, renderAgain] = useReducer((count: number) => count + 1, 0)
  return (
    <>
      <p id="state">{`${status}${loading ? ', loading' : ''}`}</p>
      <p id="members">{members.length}</p>
      <p id="renders">{renders}</p>
      <ul>
        {messages.map((message) => (
          <li key={message.id}>{String(message['text'])}</li>
        ))}
      </ul>
      <button onClick={renderAgain}>Render</button>
      <button onClick={() => void publish({ type: 'chat', text: 'from the page' })}>Publish</button>
    </>
  )
}

/** What the page follows all the time. */
function Frame() {
  const { messages } = useChannel('public/frame')
  return <p id="frame">{messages.length}</p>
}

function Page() {
  const [isOpen, setOpen] = useState(true)
  return (
    <YayinProvider options={{ token: new URLSearchParams(location.hash.slice(1)).get('token') ?? '' }}>
      <button onClick={() => setOpen(!isOpen)}>Toggle</button>
      <Frame />
      {isOpen && <Room />}
    </YayinProvider>
  )
}

const root = document.body.appendChild(document.createElement('div'))
createRoot(root).render(
  <StrictMode>
    <Page />
  </StrictMode>,
)
