/** "1,200" and "１２００" are amounts as people type them. */
export const plainAmount = (text: string): string =>
  text.replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/[,\s¥元]/g, '');

/** Yuan with at most two decimals; nothing else is sent as an amount. */
export const isAmount = (text: string): boolean => /^\d+(\.\d{1,2})?$/.test(plainAmount(text));
