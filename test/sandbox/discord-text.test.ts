import fc from "fast-check";
import { expect, test } from "vitest";
import { plain } from "../../src/sandbox/discord/plain.ts";
import { compareIds, snowflakeAt, snowflakes, snowflakeTime } from "../../src/sandbox/discord/snowflake.ts";
import { Guild } from "../../src/sandbox/discord/state.ts";
import { bob, MORNING } from "./discord-setting.ts";

const clock = { now: () => MORNING };
const guild = new Guild({ clock, id: "1", name: "Sandbox", botName: "Siempre", locale: "en-US" });
guild.putPerson({ id: bob, name: "Bob_the_*Builder*" });
guild.addChannel({ id: "77", type: 0, name: "help_me_please" });
const madrid = { timezone: "Europe/Madrid", locale: "en-GB", now: MORNING };
const read = (text: string): string => plain(guild, text, madrid);
const seconds = MORNING / 1000;

test.each([
  [
    "marks of emphasis",
    "**bold** *it* _it_ __under__ ~~gone~~ ||secret|| ***both***",
    "bold it it under gone secret both",
  ],
  ["headings and small print", "# Big\n-# small\n> # quoted\n- item", "Big\nsmall\n> quoted\n- item"],
  [
    "people and channels",
    `<@${bob}> in <#77>, not <@99>`,
    "@Bob_the_*Builder* in #help_me_please, not @unknown-user",
  ],
  ["escapes", "\\*not bold\\* \\<@1> \\# no \\\\", "*not bold* <@1> # no \\"],
  ["code as it is", "`<@1> **x**` ```js\na_b_c\n```", "<@1> **x** a_b_c"],
  ["masked links by their label", "see **[the *plan*](https://example.com/a_b)**", "see the plan"],
  [
    "addresses whole",
    "https://example.com/a_b_c and <https://example.com>.",
    "https://example.com/a_b_c and https://example.com.",
  ],
  ["sums and names of files", "2 * 3 * 4, my_file_name, a*b", "2 * 3 * 4, my_file_name, a*b"],
  [
    "times",
    `<t:${seconds}:t>, <t:${seconds}:d>, <t:${seconds}>`,
    "09:30, 10/03/2026, 10 March 2026 at 09:30",
  ],
  ["distances", `<t:${seconds + 2700}:R>, <t:${seconds - 7200}:R>`, "in 45 minutes, 2 hours ago"],
  ["commands and emoji", "</request claim:12> <:party:34>", "/request claim :party:"],
])("a reader sees %s", (_what, text, seen) => {
  expect(read(text)).toBe(seen);
});

test("an American reader sees American times", () => {
  const reader = { timezone: "America/New_York", locale: "en-US", now: MORNING };
  expect(plain(guild, `<t:${seconds}:t>`, reader)).toBe("4:30 AM");
});

test("whatever is escaped is read as it was written", () => {
  const escaped = (text: string): string => text.replaceAll(/[\\*_~|`<>#[\]()@:-]/g, "\\$&");
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."ab1 \n*_~|`<>#[]()@:-\\") }), (text) => {
      expect(read(escaped(text))).toBe(text);
    }),
  );
});

test("ids grow and tell the time, whatever the clock does", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: 2, maxLength: 50 }), (steps) => {
      let at = MORNING;
      const next = snowflakes({ now: () => at });
      let before = "0";
      let latest = MORNING;
      for (const step of steps) {
        at += step;
        latest = Math.max(latest, at);
        const id = next();
        expect(compareIds(id, before)).toBeGreaterThan(0);
        expect(snowflakeTime(id)).toBeLessThanOrEqual(latest);
        before = id;
      }
    }),
  );
  expect(snowflakeTime(snowflakeAt(MORNING, 5))).toBe(MORNING);
});
