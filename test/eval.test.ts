// The two commands that others measure us with: what they read, what they print, and what they never look at.
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "siempre-eval-"));

function run(script: string, text: string): { out: string[]; error: string; code: number | null } {
  const file = join(folder, `${script}.jsonl`);
  writeFileSync(file, text);
  const { stdout, stderr, status } = spawnSync(process.execPath, [`scripts/eval/${script}.ts`, file], {
    cwd: ROOT,
    encoding: "utf8",
  });
  // Every line counts: an empty one among the answers would be no answer.
  const out = stdout === "" ? [] : stdout.replace(/\n$/, "").split("\n");
  return { out, error: stderr, code: status };
}
const jsonl = (rows: readonly object[]): string => rows.map((row) => JSON.stringify(row)).join("\n");

describe("eval:triage", () => {
  it("prints one answer a line, of the documented shape, whatever line ends and blanks the file has", () => {
    const { out, code } = run(
      "triage",
      '\uFEFF{"text":"nobody can log in","lang":"en"}\r\n\r\n{"text":"me cobraron dos veces"}\n{"text":""}\n',
    );
    expect(code).toBe(0);
    const answers = out.map((line) => JSON.parse(line));
    expect(answers.map(({ tier }) => tier)).toEqual([1, 2, 0]);
    for (const answer of answers) {
      expect(Object.keys(answer)).toEqual(
        "request tier confidence urgency language signals evidence".split(" "),
      );
      expect(answer.request).toBe(answer.tier > 0);
    }
  });

  it.each([
    ["a line that is no JSON", '{"text":"hi"}\n{"text":', "line 2"],
    ["a line without a text", '{"text":"hi"}\n\n{"lang":"en"}', "line 3"],
    ["a text that is a number", '{"text":7}', "line 1"],
  ])("says in one sentence where %s is, and prints no half of the answers", (_what, text, where) => {
    const { out, error, code } = run("triage", text);
    expect({ out, code }).toEqual({ out: [], code: 1 });
    expect(error).toContain(where);
    expect(error.trim().split("\n")).toHaveLength(1);
  });
});

it("eval:triage never looks at the marks of a row", () => {
  const rows = ["my card has not arrived", "hola, cómo exporto las facturas?", "thanks a lot"];
  const bare = run("triage", jsonl(rows.map((text) => ({ text }))));
  const marked = run(
    "triage",
    jsonl(rows.map((text) => ({ text, tier: 1, label: "outage", request: true }))),
  );
  expect(bare.out).toHaveLength(rows.length);
  expect(marked.out).toEqual(bare.out);
});

it.each(["triage", "intake"])("eval:%s prints nothing for an empty file", (script) => {
  expect(run(script, "\n")).toMatchObject({ out: [], code: 0 });
});

describe("eval:intake", () => {
  const rows = [
    ["ana", "hi, the export hangs at 47 percent"],
    ["bea", "does anyone know how to change the logo?"],
    ["cy", "ana: which browser is that?"],
    ["ana", "cy: firefox, also in chrome"],
    ["dan", "my invoice has the wrong VAT number"],
    ["cy", "bea: settings, then branding"],
    ["bea", "thanks!"],
  ].map(([user, text], idx) => ({
    ...{ stream: "room", idx, ts: `2026-01-05T10:0${idx}:00Z`, user, text },
    ...{ system: false, scored: true, conv: "1", start: idx === 0, reply_to: null },
  }));

  it("prints stream, idx, conv and start for each row, and never looks at the marks", () => {
    const { out, code } = run("intake", jsonl(rows));
    expect(code).toBe(0);
    expect(out.map((line) => Object.keys(JSON.parse(line)))).toEqual(
      rows.map(() => ["stream", "idx", "conv", "start"]),
    );
    expect(out.map((line) => JSON.parse(line).start).filter(Boolean).length).toBeGreaterThan(1);
    const marked = rows.map((row) => ({
      ...row,
      conv: `${row.idx}`,
      start: true,
      reply_to: 0,
      scored: false,
    }));
    expect(run("intake", jsonl(marked)).out).toEqual(out);
    const bare = rows.map(({ conv: _, start: __, reply_to: ___, scored: ____, ...row }) => row);
    expect(run("intake", jsonl(bare)).out).toEqual(out);
  });

  it("decides each row from what came before it: what follows changes nothing", () => {
    const { out } = run("intake", jsonl(rows));
    expect(run("intake", jsonl(rows.slice(0, 4))).out).toEqual(out.slice(0, 4));
  });

  it("says in one sentence which line is no row", () => {
    const { error, code } = run("intake", `${jsonl(rows.slice(0, 1))}\n{"text":"no stream"}`);
    expect(code).toBe(1);
    expect(error).toContain("line 2");
    expect(error.trim().split("\n")).toHaveLength(1);
  });
});
