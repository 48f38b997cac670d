import { prepare } from '../scripts/setup.mjs'

/* Apart from the bench, so that its own progress is shown in a terminal as usual. */

await prepare()
