// The ladder as people write it.
import { describe, expect, test } from "vitest";
import { reminder } from "../src/policy-file/reminder-words.ts";

describe("a step of the ladder", () => {
  test.each([
    ["at 75% tell owner", { used: 0.75, whom: "owner" }],
    ["75%, tell the leads", { used: 0.75, whom: "lead" }],
    ["30 min before tell on-call", { before: 30, whom: "on-call" }],
    ["1 h 30 min before the end, tell backup", { before: 90, whom: "backup" }],
    [
      "2 h after tell lead every 4 h until answered",
      { after: 120, whom: "lead", every: 240, until: "answered" },
    ],
    [
      "at 50% tell owner in the channel every 15 min 3 times",
      { used: 0.5, whom: "owner", how: "channel", every: 15, until: 3 },
    ],
    ["at 50% tell owner in private every 15 min until the end", { used: 0.5, whom: "owner", every: 15 }],
    ["10 min before tell on call every 5 min", { before: 10, whom: "on-call", every: 5 }],
  ])("%s", (written, step) => {
    expect(reminder(written)).toEqual({ value: step });
  });

  test.each([
    "at 0% tell owner",
    "at 75% tell everyone",
    "soon tell owner",
    "30 min tell owner",
    "1 working day before tell owner",
    "at 75% tell owner until answered",
    "at 75% tell owner every now and then",
    "at 75% tell owner every 15 min until midnight",
    "",
  ])("is refused, with what would be right: %s", (written) => {
    const read = reminder(written);
    expect("fault" in read && read.fault).toContain('is not a reminder such as "at 75% tell owner"');
  });
});
