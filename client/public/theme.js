// Runs before the first paint, so that a chosen theme does not flash in the system's one.
try {
  const base = document.documentElement.dataset.base || ''
  const isRoom = /^\/rooms(\/|$)/.test(location.pathname.slice(base.length))
  const theme = isRoom ? localStorage.getItem('yayin:room-theme') || 'dark' : localStorage.getItem('yayin:theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage is blocked: the system's theme holds.
}
