import { expect, test } from "vitest";
import {
  decideInIncident,
  decideLeave,
  decideTold,
  isWithdrawn,
} from "../../../src/domain/request/telling.ts";
import { ANA, at, desk } from "./desk.ts";

const LINE = { id: "row", text: "It works again." };
const INCIDENT = { id: "i1", first: 7 };

test("a line to the customer is an answer, takes what nobody has, and records what was late", () => {
  const plan = decideTold(desk("Tue 10:00").situation(at("Tue 17:00")), ANA, LINE);
  expect(plan.facts.map(({ kind }) => kind)).toEqual(["broken", "owned", "answered"]);
  expect(plan.notices).toEqual([{ kind: "line", words: "row", until: null }, { kind: "card" }]);
  expect(plan.words).toMatchObject([{ kind: "line", text: "It works again.", author: ANA }]);
});

test("nothing is said where the bot is silent, or after the end", () => {
  const quiet = desk("Tue 10:00", { live: false });
  expect(decideTold(quiet.situation(at("Tue 10:30")), ANA, LINE).reply).toMatchObject({ why: "watch_only" });
  const over = desk("Tue 10:00");
  over.resolves("Tue 11:00");
  const plan = decideTold(over.situation(at("Tue 12:00")), ANA, LINE);
  expect(plan).toMatchObject({ facts: [], notices: [], words: [], reply: { why: "already_resolved" } });
});

test("a request is part of one incident at a time, until somebody takes it out", () => {
  const one = desk("Tue 10:00");
  const now = at("Tue 10:10");
  const joined = decideInIncident(one.situation(now), INCIDENT, null, now);
  one.history.push(...joined.facts);
  expect(one.situation(now).state.incident).toEqual(INCIDENT);
  expect(decideInIncident(one.situation(now), { id: "i2", first: 8 }, null, now).facts).toEqual([]);
  one.history.push(...decideLeave(one.situation(now), ANA).facts);
  expect(one.situation(now).state.incident).toBeNull();
  expect(decideLeave(one.situation(now), ANA).reply).toMatchObject({ why: "no_incident" });
});

test("whoever deleted all they wrote has withdrawn; one message left is somebody who waits", () => {
  const one = desk("Tue 10:00");
  one.says("Tue 10:05");
  const [root, more] = one.history.flatMap((fact) =>
    fact.kind === "opened" || fact.kind === "said" ? [fact.message] : [],
  );
  const erased = (message: string | undefined) =>
    ({ kind: "erased", message: message ?? "", at: 0, by: null }) as const;
  expect(isWithdrawn([...one.history, erased(root)])).toBe(false);
  expect(isWithdrawn([...one.history, erased(root), erased(more)])).toBe(true);
});
