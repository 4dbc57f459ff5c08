// The daily digest and the weekly summary, as a lead reads them (MESSAGES.md).
import { causeOf, type Digest, type OpenRow } from "../domain/reports/digest.ts";
import type { Summary } from "../domain/reports/summary.ts";
import type { Block, Button, Card, Text } from "./card.ts";
import { chanceBlocks } from "./chances.ts";
import { duration, firstName, joined, moment, type Reader, say, short } from "./inline.ts";
import { clockSentences } from "./text/clocks.ts";
import { reminderSentences } from "./text/reminders.ts";
import { reportSentences } from "./text/reports.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A window longer than this is no "yesterday": the days off before a Monday, or the time the bot was away. */
const LONG_DAY = 1.5 * DAY;
/** How many broken promises are told one by one; all are counted by their cause. */
const BROKEN = 5;

function section(title: string, rows: readonly Text[]): Block[] {
  if (rows.length === 0) return [];
  return [{ kind: "text", text: [{ bold: title }, "\n", ...joined(rows, "\n")] }];
}

function line(row: OpenRow, reader: Reader): Text {
  const words = reportSentences(reader.lang);
  const due = row.due
    ? words.due(row.due.kind, moment(row.due.at, reader), row.due.broken)
    : [words.nothingDue];
  return say`• ${{ bold: `#${row.number}` }} ${short(row.who, 30)}, ${short(row.title, 50)} · ${row.owner ?? words.noOwner} · ${due}`;
}

export function digestCard(digest: Digest, team: string, reader: Reader): Card {
  const words = reportSentences(reader.lang);
  const heading = words.digestHeading(team, dayOf(digest.at, reader));
  const since = digest.at - digest.from > LONG_DAY ? dayOf(digest.from, reader) : null;
  const lead = words.digestLead(
    digest.needs.length + digest.needsMore,
    digest.broken.length,
    digest.streak,
    since,
  );
  const blocks: Block[] = [
    { kind: "heading", text: heading },
    { kind: "text", text: [lead] },
    ...section(
      words.needsYou,
      digest.needs.map((row) => line(row, reader)),
    ),
  ];
  if (digest.needsMore > 0) blocks.push({ kind: "note", text: [words.more(digest.needsMore)] });
  if (digest.needs.length > 0) {
    blocks.push({
      kind: "actions",
      items: digest.needs.map(
        ({ id, number, owner }): Button => ({
          act: "hand_over",
          args: { request: id },
          label: owner === null ? words.assign(number) : words.reassign(number),
        }),
      ),
    });
  }
  if (digest.alsoDue.length > 0) {
    const owners = digest.alsoDue.map(({ owner, count }) => `${owner} ${count}`).join(", ");
    const next = digest.nextDue === null ? [] : words.next(moment(digest.nextDue, reader));
    blocks.push({ kind: "text", text: [{ bold: words.alsoDue }, ` ${owners}`, ...next] });
  }
  blocks.push(
    ...section(
      words.waitingLongest,
      digest.waitingLongest.map(
        (row): Text =>
          say`• ${{ bold: `#${row.number}` }} ${short(row.who, 30)}, ${duration(digest.at - row.waitingSince, reader.lang)}, ${short(row.title, 50)} · ${row.owner ?? words.noOwner}`,
      ),
    ),
    ...section(
      words.broken(since),
      digest.broken.slice(0, BROKEN).map((row): Text => {
        const why = clockSentences(reader.lang).whyInLine[causeOf(row)];
        const late =
          row.answeredAt === null
            ? [words.stillUnanswered(why)]
            : words.answeredLate(
                duration(row.answeredAt - row.dueAt, reader.lang),
                moment(row.answeredAt, reader),
                why,
              );
        const word = row.word === null ? [] : words.wordOf(firstName(row.word), moment(row.dueAt, reader));
        const off = row.putOff
          ? ` ${reminderSentences(reader.lang).wasPutOff(firstName(row.putOff.by), short(row.putOff.why, 80))}`
          : "";
        return say`• ${{ bold: `#${row.number}` }} ${short(row.who, 30)}: ${word}${late}${off}`;
      }),
    ),
  );
  if (digest.broken.length > 1) {
    const counted = clockSentences(reader.lang).whyCounted;
    const why = digest.brokenBy.map(({ why, count }) => `${counted[why]} ${count}`).join(", ");
    const more = digest.broken.length > BROKEN ? [words.more(digest.broken.length - BROKEN)] : [];
    blocks.push({ kind: "note", text: [[...more, words.whyBroken(why)].join(" · ")] });
  }
  const foot: Text[] = [];
  if (digest.community) {
    foot.push([{ bold: words.community }, ` ${words.communityLine(digest.community)}`]);
  }
  foot.push([
    { bold: words.yesterday(since) },
    ` ${words.yesterdayLine({
      opened: digest.opened,
      closed: digest.closed,
      open: digest.openNow,
      kept: digest.kept,
      promised: digest.promised,
      words: digest.words,
      slowest: digest.slowest === null ? null : duration(digest.slowest, reader.lang),
    })}`,
  ]);
  blocks.push({ kind: "text", text: joined(foot, "\n") });
  if (digest.praise)
    blocks.push({
      kind: "note",
      text: [praiseLine(digest.praise, reader)],
    });
  return {
    blocks,
    summary: `${heading} · ${lead}`,
    tone: digest.needs.length > 0 ? "warn" : "calm",
  };
}

/** “You always tell us the truth.” Olmo · #398, Ana, Tue 24 Nov */
function praiseLine(praise: NonNullable<Digest["praise"]>, reader: Reader): string {
  const { text, who, number, owner, at } = praise;
  const of = [`#${number}`, ...(owner === null ? [] : [firstName(owner)]), dayOf(at, reader)];
  return `${reportSentences(reader.lang).quote(short(text, 120))} ${who} · ${of.join(", ")}`;
}

export function summaryCard(summary: Summary, team: { id: string; name: string }, reader: Reader): Card {
  const words = reportSentences(reader.lang);
  const heading = words.summaryHeading(daysOf(summary.from, summary.to - DAY, reader));
  const lead = words.summaryLead(summary.opened, summary.change, summary.costly.length, summary.explained);
  const blocks: Block[] = [
    { kind: "heading", text: heading },
    { kind: "text", text: [lead] },
    ...section(
      words.takenLast,
      summary.taken.map(
        (cause): Text => [
          `• ${short(cause.name, 60)} (${cause.owner}): ${words.beforeAndSince(cause.before, cause.since)}`,
        ],
      ),
    ),
  ];
  if (summary.notNow) blocks.push({ kind: "note", text: [words.notNowLast(short(summary.notNow, 200))] });
  blocks.push(
    ...section(
      words.costsMost,
      summary.costly.map((cause, index): Text => {
        const cost = `${cause.requests}, ${cause.companies}, ${Math.max(1, Math.round(cause.waited / HOUR))} h`;
        const quote = cause.quote ? [`\n   ${words.quote(cause.quote)}`] : [];
        return [
          `${index + 1}. `,
          { bold: short(cause.name, 60) },
          `: ${cost}. ${cause.owner ?? words.nobody}`,
          ...quote,
        ];
      }),
    ),
  );
  const docs = summary.costly.flatMap((cause, index) => (cause.docs ? [String(index + 1)] : []));
  const foot: Text[] = [];
  if (docs.length > 0) foot.push([{ bold: words.docsCould }, ` ${words.list(docs)}`]);
  if (summary.inOneGo !== null)
    foot.push([{ bold: words.inOneGo }, ` ${words.percent(summary.inOneGo, summary.inOneGoBefore)}`]);
  if (summary.worst) foot.push([{ bold: words.worstServed }, ` ${words.worst(summary.worst)}`]);
  if (foot.length > 0) blocks.push({ kind: "text", text: joined(foot, "\n") });
  blocks.push(...chanceBlocks(summary.chances, reader, (at) => dayOf(at, reader)));
  const take = summary.suggested === null ? null : summary.costly[summary.suggested];
  if (take && summary.suggested !== null) {
    blocks.push(
      { kind: "text", text: [words.takeOne(summary.suggested + 1, take.money && take.requests < 10)] },
      {
        kind: "actions",
        items: [
          {
            act: "take_cause",
            args: { cause: take.id },
            label: words.illTake(summary.suggested + 1),
            style: "primary",
          },
          { act: "choose_cause", args: { team: team.id }, label: words.another },
          { act: "not_now", args: { team: team.id }, label: words.notNowBecause },
        ],
      },
    );
  } else if (summary.costly.length === 0) {
    blocks.push({ kind: "note", text: [words.noCauses] });
  }
  return { blocks, summary: `${heading} · ${lead}`, tone: "calm" };
}

/** "16–22 Nov", in the team's zone. */
function daysOf(from: number, to: number, reader: Reader): string {
  return new Intl.DateTimeFormat(reader.lang === "es" ? "es-ES" : "en-GB", {
    timeZone: reader.timezone,
    day: "numeric",
    month: "short",
  })
    .formatRange(from, to)
    .replace(/^(\d+)\s*–\s*(\d+ )/, "$1–$2");
}

/** "Tue 24 Nov": the day of a report is the team's, whoever reads it. */
function dayOf(at: number, reader: Reader): string {
  return new Intl.DateTimeFormat(reader.lang === "es" ? "es-ES" : "en-GB", {
    timeZone: reader.timezone,
    weekday: "short",
    day: "numeric",
    month: "short",
  })
    .format(at)
    .replace(",", "");
}
