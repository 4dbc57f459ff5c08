// `/siempre triage report`: how often triage and the team agree, for whoever asked.
import type { Agreement, TriageReport } from "../domain/reports/triage.ts";
import type { Lang, Tier } from "../domain/words.ts";
import type { Block, Card } from "./card.ts";
import type { Reader } from "./inline.ts";
import { sentences } from "./text/sentences.ts";
import { triageReportSentences } from "./text/triage-report.ts";

function day(at: number, { lang, timezone }: Reader): string {
  const locale = lang === "es" ? "es-ES" : "en-GB";
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: timezone }).format(at);
}

const percent = ({ requests, agreed }: Agreement): string => `${Math.round((agreed / requests) * 100)} %`;

function called(tier: Tier | 0, lang: Lang): string {
  return tier === 0 ? sentences(lang).statuses.dismissed : sentences(lang).tiers[tier];
}

export function triageReportCard(report: TriageReport, reader: Reader): Card {
  const words = triageReportSentences(reader.lang);
  const { weeks, byTier, bySource, corrected } = report;
  if (weeks.length === 0) {
    return { blocks: [{ kind: "text", text: [words.nothing] }], summary: words.nothing };
  }
  const rows = (lines: readonly [string, Agreement][]): string =>
    lines.map(([name, of]) => `${percent(of).padStart(5)}  ${name} (${of.agreed}/${of.requests})`).join("\n");
  const blocks: Block[] = [
    { kind: "text", text: [{ bold: words.title }] },
    { kind: "note", text: [words.what] },
    { kind: "table", text: rows(weeks.map((week) => [words.weekOf(day(week.from, reader)), week])) },
    { kind: "table", text: rows(byTier.map((of) => [sentences(reader.lang).tiers[of.tier], of])) },
    { kind: "table", text: rows(bySource.map((of) => [words.sources[of.source], of])) },
  ];
  if (corrected.length > 0) {
    const lines = corrected.map(
      ({ from, to, count }) => `${count} × ${called(from, reader.lang)} → ${called(to, reader.lang)}`,
    );
    blocks.push({ kind: "text", text: [words.corrected, "\n", lines.join("\n")] });
  }
  return { blocks, summary: words.title };
}
