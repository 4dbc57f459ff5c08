// Whatever happens, in whatever order: the clocks of a request obey their rules.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pledgesOf } from "../../../src/domain/promises/pledges.ts";
import { alarmsOf, wakeAt } from "../../../src/domain/promises/reminders.ts";
import type { Fact } from "../../../src/domain/request/facts.ts";
import { isActive, replay } from "../../../src/domain/request/state.ts";
import { at, reading } from "../request/desk.ts";
import { holds, onwards, play, running, sane, story } from "./story.ts";

describe("whatever happens to a request", () => {
  test("there is at most one clock of a kind, and its key is its own", () => {
    holds((it, now) => {
      const pledges = pledgesOf(it.history, it.terms, now);
      sane(pledges);
      expect(running(pledges, "commitment").length).toBeLessThanOrEqual(1);
    });
  });

  test("no use is negative, and nothing ends before it began", () => {
    holds((it, now) => {
      for (const pledge of pledgesOf(it.history, it.terms, now)) {
        expect(pledge.usedMs).toBeGreaterThanOrEqual(0);
        expect(pledge.endedAt ?? pledge.startedAt).toBeGreaterThanOrEqual(pledge.startedAt);
        expect(pledge.state === "paused").toBe(pledge.endedAt === null && pledge.dueAt === null);
        if (pledge.state === "met" || pledge.state === "void") expect(pledge.endedAt).not.toBeNull();
      }
    });
  });

  test("replaying gives what folding gave, and asking twice gives the same", () => {
    holds((it, now) => {
      const again = structuredClone(it.history) as Fact[];
      expect(pledgesOf(again, it.terms, now)).toEqual(pledgesOf(it.history, it.terms, now));
      expect(replay(again)).toEqual(replay(it.history));
    });
  });

  test("whatever comes twice, or in another order, the clocks stay sane and nobody owns it with somebody else", () => {
    const shuffled = fc.tuple(story, fc.infiniteStream(fc.nat()), fc.boolean());
    fc.assert(
      fc.property(shuffled, ([told, chance, twice]) => {
        const it = play(told, () => undefined);
        const [first, ...rest] = it.history;
        if (!first) return;
        const again = rest.flatMap((fact) => (twice ? [fact, fact] : [fact]));
        const order = again
          .map((fact) => ({ fact, place: chance.next().value ?? 0 }))
          .sort((a, b) => a.place - b.place)
          .map(({ fact }) => fact);
        for (const history of [
          [first, ...again],
          [first, ...order],
        ]) {
          sane(pledgesOf(history, it.terms, at("Fri 18:00")));
          const owners = history.flatMap((fact) => (fact.kind === "owned" ? [fact.owner] : []));
          const { owner } = replay(history);
          expect(owner === null ? owners.length === 0 : owner === owners.at(-1)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("nobody is reminded of a clock that has stopped, or that waits", () => {
    holds((it, now) => {
      const told = it.plan.notices.filter(({ kind }) => kind === "reminder" || kind === "breach");
      for (const notice of told) {
        if (notice.kind !== "reminder" && notice.kind !== "breach") continue;
        const pledge = pledgesOf(it.history, it.terms, now).find(({ key }) => key === notice.pledge);
        expect(pledge).toMatchObject({ endedAt: null, dueAt: notice.due });
      }
      for (const alarm of alarmsOf(replay(it.history), pledgesOf(it.history, it.terms, now), it.terms)) {
        if (!("pledge" in alarm)) continue;
        expect(alarm.pledge).toMatchObject({ endedAt: null });
        expect(alarm.pledge.state).not.toBe("paused");
      }
    });
  });

  test("what is over sounds no alarm", () => {
    holds((it, now) => {
      const state = replay(it.history);
      if (isActive(state)) return;
      const pledges = pledgesOf(it.history, it.terms, now);
      expect(alarmsOf(state, pledges, it.terms)).toEqual([]);
      expect(pledges.filter(({ endedAt }) => endedAt === null)).toEqual([]);
    });
  });

  test("nothing is paused unless the customer owes us, and then nothing of the tier runs on in time", () => {
    holds((it, now) => {
      const waiting = replay(it.history).status === "waiting";
      for (const pledge of pledgesOf(it.history, it.terms, now)) {
        if (pledge.state === "paused") expect(waiting).toBe(true);
        if (waiting && pledge.kind !== "commitment") expect(pledge.state).not.toBe("running");
      }
    }, onwards);
  });

  test("a customer who wrote last is owed something, unless their tier promises nothing", () => {
    holds((it, now) => {
      const state = replay(it.history);
      const owed = state.answeredAt === null ? "firstAnswer" : "nextUpdate";
      if (state.status !== "open" || it.terms.tiers[state.tier][owed] === null) return;
      if (state.staffAt !== null && state.customerAt <= state.staffAt) return;
      const open = pledgesOf(it.history, it.terms, now).filter(
        ({ endedAt, kind }) => endedAt === null && kind !== "commitment",
      );
      expect(open).not.toEqual([]);
    }, onwards);
  });

  test("a tick at the wake-up always does something, so that the sweep falls asleep again", () => {
    holds((it) => {
      for (let ticks = 0; ; ticks += 1) {
        const state = replay(it.history);
        const wake = wakeAt(state, pledgesOf(it.history, it.terms, 0), it.terms);
        if (wake === null) return;
        expect(ticks).toBeLessThan(40);
        const plan = it.ticks(wake);
        expect(plan.facts).not.toEqual([]);
      }
    });
  });

  test("the same tick twice tells nobody twice", () => {
    holds((it, now) => {
      it.ticks(now);
      expect(it.ticks(now)).toMatchObject({ facts: [], notices: [] });
    });
  });

  test("a request that has an owner keeps one", () => {
    let owned = false;
    holds((it) => {
      const { owner } = replay(it.history);
      if (it.history.length <= 2) owned = false;
      if (owned) expect(owner).not.toBeNull();
      owned = owner !== null;
    });
  });

  test("watch only, and a new account with a link, never hear from the bot", () => {
    fc.assert(
      fc.property(story, (told) => {
        const silent = { ...told, opening: { ...told.opening, live: false } };
        const heard: string[] = [];
        play(silent, (it) => heard.push(...it.plan.notices.map(({ kind }) => kind)));
        const toCustomer = ["eyes", "acknowledge", "late", "line", "close", "workaround"];
        expect(heard.filter((kind) => toCustomer.includes(kind))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test("words, edits and courtesies alone never make a deadline later", () => {
    holds((it, now) => {
      const open = pledgesOf(it.history, it.terms, now).find(
        ({ endedAt, kind }) => endedAt === null && kind === "first_answer",
      );
      if (open?.dueAt == null) return;
      const before = it.history;
      it.says(now, reading(1, "alarmed"));
      it.edits(now, reading(1, "alarmed"));
      it.thanks(now);
      const after = pledgesOf(it.history, it.terms, now).find(({ key }) => key === open.key);
      expect(after?.dueAt ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(open.dueAt);
      it.history = before;
    }, onwards);
  });
});
