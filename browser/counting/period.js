// Periods such as 2025, 2025H1, 2025Q3, 2025-07; as core/values.py.

const CODE = /^(\d{4})(?:-(\d{2})|([QH])(\d))?$/;
const MONTHS = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"];
const two = (number) => String(number).padStart(2, "0");

/** `{code, start, end, label}` with days as texts, or null. */
export function parsePeriod(text) {
  const match = CODE.exec(text.trim());
  if (!match) { return null; }
  const [, year, month, letter, number] = match;
  const length = month ? 1 : { Q: 3, H: 6 }[letter] ?? 12;
  const place = Number(month ?? number ?? 1);
  if (place < 1 || place > 12 / length || Number(year) < 1900 || Number(year) > 2999) { return null; }
  const last = place * length;
  const days = new Date(Date.UTC(Number(year), last, 0)).getUTCDate();
  return {
    code: match[0],
    start: `${year}-${two(last - length + 1)}-01`,
    end: `${year}-${two(last)}-${two(days)}`,
    label: labelOf(year, length, place),
  };
}

function labelOf(year, length, place) {
  if (length === 12) { return year; }
  if (length === 1) { return `${MONTHS[place - 1]} ${year}`; }
  return `${place}. ${length === 3 ? "Quartal" : "Halbjahr"} ${year}`;
}
