// Conditions as questions to a record: true, false, or a flaw; as conditions.py.

import { Flaw, useIn } from "./columns.js";
import { UNIT } from "./values.js";

/** Whether all of them hold. One that does not hold settles it, whatever the others say. */
export function asks(conditions, columns, period) {
  return settled(conditions.map((one) => ask(one, columns, period)), false);
}

function ask(condition, columns, period) {
  if (condition.either.length) {
    return settled(condition.either.map((one) => ask(one, columns, period)), true);
  }
  const number = columns.number(condition.column, useIn(condition));
  const holds = test(condition, period);
  return (record) => (record[number] instanceof Flaw ? record[number] : holds(record[number]));
}

/** The answer that settles it where one part gives it, else the first flaw, else the other. */
function settled(parts, by) {
  return (record) => {
    let unknown = !by;
    for (const part of parts) {
      const answer = part(record);
      if (answer === by) { return by; }
      if (answer instanceof Flaw && !(unknown instanceof Flaw)) { unknown = answer; }
    }
    return unknown;
  };
}

function test({ test: asked, against }, period) {
  const limit = OF_LIMIT[asked];
  if (asked === "ist" || asked === "ist_nicht") { return (said) => against.includes(said) === (asked === "ist"); }
  if (asked === "leer") { return (said) => (said === "") === against; }
  if (asked === "im_zeitraum") {
    return (said) => said !== null && (period.start <= said && said <= period.end) === against;
  }
  const edge = typeof against === "number" ? BigInt(against) * UNIT : dayAt(against, period);
  return (said) => said !== null && limit(said, edge);
}

const OF_LIMIT = {
  vor: (said, edge) => said < edge,
  nach: (said, edge) => said > edge,
  ab: (said, edge) => said >= edge,
  bis: (said, edge) => said <= edge,
  mindestens: (said, edge) => said >= edge,
  hoechstens: (said, edge) => said <= edge,
};

/** The day of a moment. */
export function dayAt({ edge, day }, period) {
  if (day) { return day; }
  return edge === "zeitraum_anfang" ? period.start : period.end;
}
