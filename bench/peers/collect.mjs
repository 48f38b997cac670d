/* Loaded into servers that run on Node: what is garbage is not to be counted as somebody's memory. */

const { gc } = globalThis
if (gc) {
  process.on('SIGUSR2', () => {
    gc()
    gc()
  })
}
