/** Whether a message says more than its words: an argument, or an escape. `#` and a single quote have a meaning beside braces alone. */
export const isPattern = (message: string): boolean => /[{}]|''/.test(message)
