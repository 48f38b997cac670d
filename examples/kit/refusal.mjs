/** A refusal to tell a page about, in words. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} detail
   * @param {ErrorOptions} [options]
   */
  constructor(status, detail, options) {
    super(detail, options)
    this.status = status
  }
}
