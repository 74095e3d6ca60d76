// Figures as the reader's language writes them. Amounts are whole minor units; money is never a float here.

export const LANGUAGE = document.documentElement.lang || "en";

/** Whole minor units as money. */
export function money(minor, currency, exponent) {
  const digits = String(Math.abs(minor)).padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent);
  const text = exponent ? `${whole}.${digits.slice(-exponent)}` : whole;
  const shape = new Intl.NumberFormat(LANGUAGE, { style: "currency", currency });
  return shape.format(minor < 0 ? `-${text}` : text);
}

/** Whole minor units as people type them: without sign and without needless decimals. */
export function plain(minor, exponent) {
  const digits = String(minor).padStart(exponent + 1, "0");
  const cents = digits.slice(digits.length - exponent);
  const whole = digits.slice(0, digits.length - exponent);
  return exponent && Number(cents) ? `${whole}.${cents}` : whole;
}

/** What somebody typed as whole minor units; null if it is no amount. Full-width digits and grouping are fine. */
export function parseAmount(text, exponent) {
  const typed = text.normalize("NFKC").replace(/[\s¥]/g, "");
  if (!/^(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/.test(typed)) return null;
  const [whole, decimals = ""] = typed.replaceAll(",", "").split(".");
  if (whole.length > 13 || decimals.replace(/0+$/, "").length > exponent) return null;
  return Number(whole + decimals.slice(0, exponent).padEnd(exponent, "0"));
}

/** A whole number with the language's grouping. */
export function count(number) {
  return new Intl.NumberFormat(LANGUAGE).format(number);
}

/** Whole per cent, rounded down: 100 only when it is full. */
export function percent(part, whole) {
  return Math.floor((part * 100) / whole);
}
