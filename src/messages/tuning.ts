// What /siempre tune found, as a lead reads it: what the team did, what would fit better, and what that would change.
import type { IntakeSettings } from "../domain/intake/replay.ts";
import { ENOUGH, type Score } from "../domain/intake/tuning.ts";
import type { Named } from "../domain/request/view.ts";
import type { Instant, Lang } from "../domain/words.ts";
import type { Answer, Block, Button, Card, Text } from "./card.ts";
import { joined, moment, type Reader, who } from "./inline.ts";
import { tuningSentences } from "./text/tuning.ts";

/** The usual strictness, in percent, for the button's arguments (intake/link.ts). */
const USUAL = 50;

export interface TuningFacts {
  channel: { id: string; name: string };
  weeks: number;
  team: { messages: number; requests: number; joined: number; answered: number; corrected: number };
  compared: number;
  tried: number;
  now: Score;
  better: Score | null;
  policy: IntakeSettings;
  override: { by: Named | null; at: Instant } | null;
}

export function tuningCard(facts: TuningFacts, reader: Reader): Card {
  const words = tuningSentences(reader.lang);
  const { channel, now, better, override } = facts;
  const title = words.heading(channel.name, facts.weeks);
  const blocks: Block[] = [
    { kind: "heading", text: title },
    { kind: "text", text: [words.made(facts.team)] },
  ];
  const verdict = better
    ? words.better(changeOf(now.settings, better.settings, reader.lang))
    : facts.compared < ENOUGH
      ? words.tooFew(facts.compared)
      : words.nothingBetter(facts.tried);
  blocks.push({ kind: "text", text: [better ? { bold: verdict } : verdict] });
  if (better) blocks.push({ kind: "text", text: [effectOf(facts, better, reader.lang)] });
  const notes: Text[] = [[words.policySays(settingsWords(facts.policy, reader.lang))]];
  if (override?.by)
    notes.push(
      words.setBy(settingsWords(now.settings, reader.lang), who(override.by), moment(override.at, reader)),
    );
  blocks.push({ kind: "note", text: joined(notes, " · ") });
  const items: Button[] = [];
  if (better)
    items.push({
      act: "use_tuning",
      args: argsOf(channel.id, better.settings),
      label: words.useThese,
      style: "primary",
    });
  if (override) items.push({ act: "use_tuning", args: { channel: channel.id }, label: words.backToPolicy });
  if (items.length > 0) blocks.push({ kind: "actions", items });
  return { blocks, summary: `${title}: ${verdict}` };
}

function argsOf(channel: string, { joinWithin, opensFrom }: IntakeSettings): Record<string, string> {
  const opens = opensFrom === null ? USUAL : Math.round(opensFrom * 100);
  return { channel, join: String(joinWithin), opens: String(opens) };
}

/** "31 → 26 requests; 4 of 5 corrections would not have been needed; decides like the team in 40 → 44 of 45 messages". */
function effectOf({ now, compared }: TuningFacts, better: Score, lang: Lang): string {
  const words = tuningSentences(lang);
  const parts = [words.effect(now.opened, better.opened)];
  if (now.needed > 0) parts.push(words.corrections(now.needed - better.needed, now.needed));
  parts.push(words.agreement(now.agreed, better.agreed, compared));
  return `${parts.join("; ")}.`;
}

function changeOf(from: IntakeSettings, to: IntakeSettings, lang: Lang): string {
  const words = tuningSentences(lang);
  const parts: string[] = [];
  if (from.joinWithin !== to.joinWithin) parts.push(words.joinChange(from.joinWithin, to.joinWithin));
  if (from.opensFrom !== to.opensFrom)
    parts.push(words.opensChange(opensWord(from.opensFrom, lang), opensWord(to.opensFrom, lang)));
  return parts.join(", ");
}

function settingsWords({ joinWithin, opensFrom }: IntakeSettings, lang: Lang): string {
  return tuningSentences(lang).settings(joinWithin, opensWord(opensFrom, lang));
}

/** As the policy file says it. */
function opensWord(opensFrom: number | null, lang: Lang): string {
  const { opens } = tuningSentences(lang);
  if (opensFrom === null || opensFrom === USUAL / 100) return opens.usual;
  return opensFrom < USUAL / 100 ? opens.easily : opens.rarely;
}

export function unreadableCard(channel: string, lang: Lang): Card {
  return shown(tuningSentences(lang).unreadable(channel));
}

export function lookingAnswer(channel: string, weeks: number, lang: Lang): Answer {
  return { kind: "card", card: shown(tuningSentences(lang).looking(channel, weeks)) };
}

export function tunedAnswer(facts: {
  channel: string;
  name: string;
  policy: IntakeSettings;
  joinWithin: number | null;
  lang: Lang;
}): Answer {
  const words = tuningSentences(facts.lang);
  const policy = settingsWords(facts.policy, facts.lang);
  if (facts.joinWithin === null) return { kind: "card", card: shown(words.usedPolicy(facts.name, policy)) };
  const card = shown(words.used(facts.name, facts.joinWithin, policy));
  const back: Button = { act: "use_tuning", args: { channel: facts.channel }, label: words.backToPolicy };
  return { kind: "card", card: { ...card, blocks: [...card.blocks, { kind: "actions", items: [back] }] } };
}

function shown(text: string): Card {
  return { blocks: [{ kind: "text", text: [text] }], summary: text };
}
