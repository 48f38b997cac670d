import { useEffect, useState } from 'react'

/** The value once it has not changed for `waitMs`: for what is typed, so that not every letter is asked for. */
export function useSettled<T>(value: T, waitMs: number): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), waitMs)
    return () => clearTimeout(timer)
  }, [value, waitMs])
  return settled
}
