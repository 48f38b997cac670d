/** Takes case and marks off letters, so that `ozet` finds `Özet` and `IŞIK` finds `ışık`, whatever the keyboard. */
export function foldText(text: string): string {
  return text.replace(/[İIı]/g, 'i').toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
}
