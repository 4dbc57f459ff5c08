// What is promised, as staff read it, and for each value where it came from.
import type { Calendar, Span, Terms, TierPromise } from "../domain/policy.ts";
import { workingDay } from "../domain/promises/calendar.ts";
import { UNTIL_PAGED } from "../domain/terms.ts";
import type { Lang, Tier } from "../domain/words.ts";
import type { Answer, Block, Card, Text } from "./card.ts";
import { joined } from "./inline.ts";
import { type PolicyPeople, peopleLines } from "./policy-people.ts";
import { policySentences } from "./text/policy.ts";
import { sentences } from "./text/sentences.ts";

const TIERS = [1, 2, 3, 4, 5] as const satisfies readonly Tier[];
const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** What the card is about. */
export type PolicyOf =
  | { kind: "request"; number: number; who: string }
  | { kind: "channel"; channel: string }
  | { kind: "team"; team: string }
  | { kind: "company"; company: string; channel: string | null; team: string };

/** `people` null: no team has the request's channel any more. */
export function policyCard(terms: Terms, of: PolicyOf, people: PolicyPeople | null, lang: Lang): Card {
  const words = policySentences(lang);
  const title = titleOf(of, lang);
  const tiers = TIERS.map((tier) => tierLine(terms, tier, lang));
  const others: Text[] = [
    [{ bold: words.hours }, `: ${hoursLine(terms.calendar, lang)}`, from(terms, ["calendar"], lang)],
    [
      { bold: words.acknowledgeAfter },
      `: ${terms.acknowledgeAfter === 0 ? words.atOnce : words.within(length(terms.acknowledgeAfter, terms, lang))}`,
      from(terms, ["acknowledgeAfter"], lang),
    ],
    [
      { bold: words.grace },
      `: ${words.within(length(terms.grace, terms, lang))}`,
      from(terms, ["grace"], lang),
    ],
  ];
  if (terms.alarmedGuidance !== null) {
    others.push([
      { bold: words.alarmedGuidance },
      `: ${words.firstAnswer(length(terms.alarmedGuidance, terms, lang))}`,
      from(terms, ["alarmedGuidance"], lang),
    ]);
  }
  if (terms.reminders.length > 0) {
    others.push([
      { bold: words.reminders },
      `: ${terms.reminders.map(words.reminder).join(", ")}`,
      from(terms, ["reminders"], lang),
    ]);
  }
  for (const tier of TIERS) {
    const own = terms.tiers[tier].reminders;
    if (own === undefined) continue;
    others.push([
      { bold: words.remindersOf(sentences(lang).tiers[tier]) },
      `: ${own.length === 0 ? words.none : own.map(words.reminder).join(", ")}`,
      from(terms, [`tiers.${tier}.reminders`], lang),
    ]);
  }
  const named = (source: string) => ` (${sourceWords(source, lang)})`;
  if (people !== null) others.push(...peopleLines(terms, people, named, lang));
  const blocks: Block[] = [
    { kind: "heading", text: title },
    { kind: "text", text: joined(tiers, "\n") },
    { kind: "text", text: joined(others, "\n") },
    { kind: "note", text: [of.kind === "request" ? words.frozen : words.fileOf] },
  ];
  return { blocks, summary: title };
}

/** No company of that name is in the policy file: it is said which are. */
export function unknownCompany(name: string, known: readonly string[], lang: Lang): Answer {
  return { kind: "error", text: policySentences(lang).noCompany(name, known) };
}

function titleOf(of: PolicyOf, lang: Lang): string {
  const words = policySentences(lang);
  switch (of.kind) {
    case "request":
      return words.onRequest(of.number, of.who);
    case "channel":
      return words.inChannel(of.channel);
    case "team":
      return words.byTeam(of.team);
    case "company":
      return words.toCompany(
        of.company,
        of.channel === null ? words.ofTeam(of.team) : words.inPlace(of.channel),
      );
    default:
      return of satisfies never;
  }
}

/** One tier in one line; where its values come from different places, each says its own. */
function tierLine(terms: Terms, tier: Tier, lang: Lang): Text {
  const words = policySentences(lang);
  const promise = terms.tiers[tier];
  const { firstAnswer, nextUpdate, laterUpdate, thirdPartyUpdate, aroundTheClock } = promise;
  const key = (value: keyof TierPromise) => `tiers.${tier}.${value}`;
  const values: { says: string; key: string }[] = [
    {
      says: firstAnswer === null ? words.noAnswer : words.firstAnswer(length(firstAnswer, terms, lang)),
      key: key("firstAnswer"),
    },
    {
      says: nextUpdate === null ? words.noUpdate : words.nextUpdate(length(nextUpdate, terms, lang)),
      key: key("nextUpdate"),
    },
  ];
  if (laterUpdate != null) {
    const [soon, after] = [length(laterUpdate.minutes, terms, lang), length(laterUpdate.after, terms, lang)];
    values.push({ says: words.thenUpdate(soon, after), key: key("laterUpdate") });
  }
  if (thirdPartyUpdate != null) {
    const says = words.thirdPartyUpdate(length(thirdPartyUpdate, terms, lang));
    values.push({ says, key: key("thirdPartyUpdate") });
  }
  const { workaround, resolution } = promise;
  if (workaround != null) {
    values.push({ says: words.workaround(length(workaround, terms, lang)), key: key("workaround") });
  }
  if (resolution != null) {
    values.push({ says: words.resolution(length(resolution, terms, lang)), key: key("resolution") });
  }
  if (tier === 1 && terms.sources[key("aroundTheClock")] === UNTIL_PAGED) {
    return [...name(tier, lang), ...tierValues(values, terms, lang), `, ${words.waitsForPage}`];
  }
  if (aroundTheClock) values.push({ says: words.aroundTheClock, key: key("aroundTheClock") });
  return [...name(tier, lang), ...tierValues(values, terms, lang)];
}

function name(tier: Tier, lang: Lang): Text {
  return ["• ", { bold: sentences(lang).tiers[tier] }, ": "];
}

/** Values of one source say it once, at the end. */
function tierValues(values: readonly { says: string; key: string }[], terms: Terms, lang: Lang): Text {
  const sources = new Set(values.map((value) => terms.sources[value.key]));
  if (sources.size === 1) {
    return [values.map(({ says }) => says).join(", "), from(terms, [values[0]?.key ?? ""], lang)];
  }
  return joined(
    values.map((value) => [value.says, from(terms, [value.key], lang)]),
    ", ",
  );
}

/** ` (team Support)`: where the first of these values came from. */
function from(terms: Terms, [key = ""]: readonly string[], lang: Lang): string {
  return ` (${sourceWords(terms.sources[key] ?? "default", lang)})`;
}

/** A source as termsFor writes it, in the reader's language. */
function sourceWords(source: string, lang: Lang): string {
  const words = policySentences(lang).source;
  if (source === "default" || source === "workspace") return words[source];
  if (source === "other channels") return words.others;
  const space = source.indexOf(" ");
  const [kind, name] = [source.slice(0, space), source.slice(space + 1)];
  return kind === "company" || kind === "channel" || kind === "team" ? words[kind](name) : source;
}

/** Working minutes as people say them: 15 min, 4 h, 2 working days. */
function length(minutes: number, terms: Terms, lang: Lang): string {
  const day = workingDay(terms.calendar);
  if (minutes % day === 0) return policySentences(lang).days(minutes / day);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

/** `Mon-Thu 9:00-14:00, 15:00-18:00; Fri 8:00-15:00 · Europe/Madrid · holidays of ES-MD`. */
function hoursLine(calendar: Calendar, lang: Lang): string {
  const words = policySentences(lang);
  const { region, days } = calendar.holidays;
  return [
    weekLine(calendar, lang),
    calendar.timezone,
    ...(region === null ? [] : [words.holidaysOf(region)]),
    ...(days.length === 0 ? [] : [words.ownDays(days.length)]),
  ].join(" · ");
}

/** `Mon-Fri 9:00-14:00, 15:00-18:00`. */
export function weekLine(calendar: Calendar, lang: Lang): string {
  const words = policySentences(lang);
  const alike: { first: number; last: number; spans: string }[] = [];
  for (const day of DAYS) {
    const spans = calendar.hours[day].map(spanWords).join(", ");
    const before = alike.at(-1);
    if (before?.spans === spans) before.last = day;
    else alike.push({ first: day, last: day, spans });
  }
  if (alike.length === 1 && alike[0]?.spans === "0:00-24:00") return words.always;
  return alike
    .filter(({ spans }) => spans !== "")
    .map(({ first, last, spans }) => {
      const named =
        first === last ? words.weekdays[first] : `${words.weekdays[first]}-${words.weekdays[last]}`;
      return `${named} ${spans}`;
    })
    .join("; ");
}

function spanWords({ from: start, to: end }: Span): string {
  const clock = (minute: number) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;
  return `${clock(start)}-${clock(end)}`;
}
