// Acts as people reach them: what is typed, what buttons carry, and what somebody sends who means no good.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Act } from "../../src/acts/act.ts";
import { checkArgs } from "../../src/acts/act.ts";
import { actNamed, acts, shortcuts, slashCommands } from "../../src/acts/catalogue.ts";
import { PACKED_MAX, packAct, unpackAct } from "../../src/acts/packing.ts";
import { parseTyped, usageOf } from "../../src/acts/slash.ts";

function act(name: string): Act {
  const found = actNamed(name);
  if (!found) throw new Error(`There is no act "${name}".`);
  return found;
}

describe("the catalogue", () => {
  test("names each act once, in words both platforms take", () => {
    expect(new Set(acts.map(({ name }) => name)).size).toBe(acts.length);
    for (const each of acts) {
      expect(each.name).toMatch(/^[a-z_]{1,32}$/);
      for (const lang of ["en", "es"] as const) {
        expect(each.words[lang].length, each.name).toBeGreaterThan(0);
        expect(each.words[lang].length, each.name).toBeLessThanOrEqual(100);
        for (const arg of each.args) expect(arg.words[lang].length).toBeLessThanOrEqual(100);
      }
      for (const arg of each.args) expect(arg.name).toMatch(/^[a-z_]{1,32}$/);
    }
  });

  test("has at most five shortcuts, of at most 32 characters (Slack: 24 would be shown in full)", () => {
    expect(shortcuts().length).toBeLessThanOrEqual(5);
    for (const { shortcut, name } of shortcuts()) {
      for (const lang of ["en", "es"] as const) {
        expect(shortcut?.[lang].length ?? 99, name).toBeLessThanOrEqual(24);
      }
    }
    for (const lang of ["en", "es"] as const) {
      expect(new Set(shortcuts().map(({ shortcut }) => shortcut?.[lang])).size).toBe(shortcuts().length);
    }
  });

  test("asks for required arguments before optional ones, and takes all the rest only at the end", () => {
    for (const each of acts.filter(({ slash }) => slash)) {
      const optional = each.args.findIndex(({ required }) => !required);
      if (optional >= 0) expect(each.args.slice(optional).every(({ required }) => !required)).toBe(true);
      const rest = each.args.findIndex(({ kind }) => kind === "rest");
      // Only somebody named at the very end can be told from the words before.
      const after = each.args.slice(rest + 1);
      if (rest >= 0) expect(after.every(({ kind, required }) => kind === "person" && !required)).toBe(true);
    }
  });

  test("lets customers do only what answers what they were asked", () => {
    const theirs = acts.filter(({ may }) => may === "customer").map(({ name }) => name);
    expect(theirs).toEqual(["good", "not_fixed", "something_else", "it_helped", "not_yet"]);
  });

  test("has a command for every step of the road", () => {
    const request = slashCommands().get("request") ?? [];
    expect(request.map(usageOf)).toEqual([
      "/request list",
      "/request show N",
      "/request claim N",
      "/request assign N @who",
      "/request handover N @who [brief]",
      "/request release N",
      "/request tier N 1-5",
      "/request wait N",
      "/request answered N",
      "/request workaround N [line]",
      "/request engineering N [back]",
      "/request resolve N [note]",
      "/request reopen N",
      "/request page N",
      "/request answer N [line]",
    ]);
    expect(usageOf(act("queue"))).toBe("/queue");
    expect(usageOf(act("digest"))).toBe("/digest now");
    expect(usageOf(act("policy_show"))).toBe("/siempre policy show [N] [company]");
    expect(usageOf(act("good"))).toBe("");
  });
});

describe("what is typed", () => {
  const typed = (text: string) => {
    const [, command = "", rest = ""] = /^\/(\S+)\s*(.*)$/s.exec(text) ?? [];
    const read = parseTyped(`/${command}`, rest);
    return read.ok ? { act: read.act.name, ...read.args } : { usage: read.acts.map(({ name }) => name) };
  };

  test("is understood as people write it", () => {
    expect(typed("/request claim 42")).toEqual({ act: "claim", number: "42" });
    expect(typed("/request  CLAIM   #42 ")).toEqual({ act: "claim", number: "#42" });
    expect(typed("/request assign 42 <@U1|ana>")).toEqual({ act: "assign", number: "42", who: "U1" });
    expect(typed("/request assign 42 <@!123>")).toEqual({ act: "assign", number: "42", who: "123" });
    expect(typed("/request assign 42 U1")).toEqual({ act: "assign", number: "42", who: "U1" });
    expect(typed("/request tier 42 2")).toEqual({ act: "tier", number: "42", tier: "2" });
    expect(typed("/request resolve 42 we refunded it, twice")).toEqual({
      act: "resolve",
      number: "42",
      note: "we refunded it, twice",
    });
    expect(typed("/queue")).toEqual({ act: "queue" });
    expect(typed("/digest now")).toEqual({ act: "digest" });
    expect(typed("/digest")).toEqual({ act: "digest" });
  });

  test("in two words names an act in a group, and an optional number may be left out", () => {
    expect(typed("/siempre policy show")).toEqual({ act: "policy_show" });
    expect(typed("/siempre  POLICY  show #42")).toEqual({ act: "policy_show", number: "#42" });
    expect(typed("/siempre policy show Ferro Bikes")).toEqual({
      act: "policy_show",
      company: "Ferro Bikes",
    });
    expect(typed("/siempre policy")).toEqual({ act: "policy_show" });
    expect(typed("/siempre oncall")).toEqual({ act: "on_call_show" });
    expect(typed("/siempre oncall test")).toEqual({ act: "on_call_test" });
    expect(typed("/siempre oncall tset")).toMatchObject({ usage: expect.arrayContaining(["on_call_test"]) });
    expect(typed("/siempre show")).toHaveProperty("usage");
    expect(typed("/siempre hours mon-fri 9-14")).toEqual({ act: "hours", hours: "mon-fri 9-14" });
  });

  test("somebody named at the end of a sentence is not part of it", () => {
    expect(typed("/away until Mon 9:00 <@U1|marc>")).toEqual({ act: "away", when: "Mon 9:00", backup: "U1" });
    expect(typed("/away until Mon 9:00")).toEqual({ act: "away", when: "Mon 9:00" });
    expect(typed("/away off")).toEqual({ act: "back" });
    expect(typed("/away")).toHaveProperty("usage");
  });

  test("for a time takes what stands in quotation marks, however a keyboard writes them, and what follows is the note", () => {
    const bare = { act: "promise", number: "42" };
    expect(typed("/promise 42 tomorrow 15:00")).toEqual({ ...bare, when: "tomorrow 15:00" });
    expect(typed('/promise 42 "in 2h"')).toEqual({ ...bare, when: "in 2h" });
    for (const [open, close] of ["“”", "«»", "„“", '""'].map((pair) => [...pair]))
      expect(typed(`/promise 42 ${open}el viernes a las 10${close}  Te escribo yo.`)).toEqual({
        ...bare,
        when: "el viernes a las 10",
        note: "Te escribo yo.",
      });
    expect(typed("/promise 42 in 30'")).toEqual({ ...bare, when: "in 30'" });
    expect(usageOf(act("promise"))).toBe('/promise N "when" [note]');
    const long = parseTyped("promise", `1 ${'"'.repeat(100_000)}${" ".repeat(100_000)}`);
    expect(long.ok && checkArgs(long.act, long.args).ok).toBe(false);
  });

  test("and not understood is answered with the right usage", () => {
    expect(typed("/request claim 42 43")).toEqual({ usage: ["claim"] });
    expect(typed("/queue please")).toEqual({ usage: ["queue"] });
    expect(typed("/digest tomorrow")).toEqual({ usage: ["digest"] });
    expect(typed("/request frobnicate")).toMatchObject({ usage: expect.arrayContaining(["list", "claim"]) });
    expect(typed("/request")).toMatchObject({ usage: expect.arrayContaining(["list"]) });
    expect(typed("/nothing at all")).toEqual({ usage: [] });
  });

  test("names of the language itself are no commands", () => {
    for (const word of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
      expect(typed(`/request ${word} 1`)).toHaveProperty("usage");
      expect(parseTyped(word, word).ok).toBe(false);
      expect(actNamed(word)).toBeUndefined();
    }
  });

  test("however hostile or long ends in an act or in usage, in linear time", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("request", "queue", "digest", "siempre", "x"),
        fc.string({ unit: "binary-ascii" }),
        (command, text) => {
          const read = parseTyped(command, text);
          if (read.ok) checkArgs(read.act, read.args);
        },
      ),
    );
    const long = `claim ${" ".repeat(200_000)}<@${"|".repeat(200_000)}`;
    const read = parseTyped("request", long);
    expect(read.ok && checkArgs(read.act, read.args).ok).toBe(false);
  });
});

describe("arguments", () => {
  const fault = (name: string, raw: Record<string, string>) => {
    const checked = checkArgs(act(name), raw);
    return checked.ok ? checked.args : checked.fault.name;
  };

  test("become numbers where they are numbers", () => {
    expect(fault("tier", { number: "#42", tier: " 2 " })).toEqual({ number: 42, tier: 2 });
  });

  test("that are missing or malformed are named", () => {
    expect(fault("claim", {})).toBe("number");
    expect(fault("claim", { number: "   " })).toBe("number");
    for (const number of ["abc", "-1", "1.5", "1e9", "9999999999", "4 2", "٤٢", "0x10", "#", "42; DROP"]) {
      expect(fault("claim", { number })).toBe("number");
    }
    for (const tier of ["0", "6", "two", "1.0", "15"])
      expect(fault("tier", { number: "1", tier })).toBe("tier");
    expect(fault("assign", { number: "1", who: "x".repeat(65) })).toBe("who");
    expect(fault("resolve", { number: "1", note: "x".repeat(4001) })).toBe("note");
  });

  test("that are optional may be empty, and then are not there", () => {
    expect(fault("resolve", { number: "1", note: "  " })).toEqual({ number: 1 });
  });

  test("a button carries its request instead of a number", () => {
    expect(fault("claim", { request: "r1" })).toEqual({ request: "r1" });
    expect(fault("tier", { request: "r1", tier: "3" })).toEqual({ request: "r1", tier: 3 });
    expect(fault("tier", { request: "r1" })).toBe("tier");
  });

  test("may not reach into the language", () => {
    const raw = unpackAct("claim?__proto__=x&number=1").args;
    expect(Object.getPrototypeOf(raw)).toBe(Object.prototype);
    const checked = checkArgs(act("claim"), raw);
    expect(checked.ok && checked.args.number).toBe(1);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

describe("a control's id", () => {
  test("comes back as it was packed, whatever is in it", () => {
    const args = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string({ maxLength: 12 }), {
      maxKeys: 2,
    });
    fc.assert(
      fc.property(fc.constantFrom(...acts.map(({ name }) => name)), args, (name, values) => {
        let packed: string;
        try {
          packed = packAct(name, values);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          return;
        }
        expect(packed.length).toBeLessThanOrEqual(PACKED_MAX);
        expect(unpackAct(packed)).toEqual({ act: name, args: { ...values } });
      }),
    );
  });

  test("that carries words instead of ids is refused with its length", () => {
    expect(() => packAct("claim", { request: "x".repeat(100) })).toThrow(
      /control of act "claim" needs 114 characters, 100 are allowed/,
    );
  });

  test("that nobody packed still gives an act name for the gate to refuse", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary-ascii", maxLength: 200 }), (packed) => {
        expect(typeof unpackAct(packed).act).toBe("string");
      }),
    );
  });
});
