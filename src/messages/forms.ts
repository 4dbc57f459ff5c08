// The forms people fill in. A form carries ids; what it proposes is editable and never sent without their tap.
import type { Named, RequestView } from "../domain/request/view.ts";
import type { Instant, Lang } from "../domain/words.ts";
import type { Modal, ModalField } from "./card.ts";
import { clockWords, firstName, goesOn, type Reader } from "./inline.ts";
import { customerReader, newTime } from "./private.ts";
import { titleFor } from "./request-card.ts";
import { stillMissing } from "./signals.ts";
import { commitmentSentences } from "./text/commitments.ts";
import { sentences } from "./text/sentences.ts";

const LINE_MAX = 600;
const HOUR = 3_600_000;
/** A deadline nearer than this, ms, is no time to propose: writing the line takes a moment, and seconds are not typed. */
const SOONEST = 5 * 60_000;

function line(label: string, value: string, options: Partial<ModalField> = {}): ModalField {
  return { name: "line", label, value, multiline: true, required: true, max: LINE_MAX, ...options };
}

function by(words: ReturnType<typeof sentences>, value: string): ModalField {
  return {
    name: "by",
    label: words.byLabel,
    value,
    hint: words.byHint,
    multiline: false,
    required: true,
    max: 60,
  };
}

/**
 * "I'm Ana and I have this. So: …", in the customer's language, around the form in the owner's. The proposed time is the
 * promise made to the customer, or an hour from now where there is none.
 */
export function sayBackForm(view: RequestView, owner: Pick<Named, "name">, reader: Reader): Modal {
  const words = sentences(reader.lang);
  const customer = sentences(view.state.lang);
  const due = view.pledges.find((pledge) => pledge.kind === "first_answer" && pledge.endedAt === null)?.dueAt;
  const soon = due !== undefined && due !== null && due - reader.now >= SOONEST ? due : reader.now + HOUR;
  return {
    act: "say_back",
    args: { request: view.id },
    title: words.sayBackTitle,
    submit: words.sendNow,
    cancel: words.notNow,
    fields: [
      line(words.sayBackLine, customer.sayBack(firstName(owner.name), goesOn(titleFor(view)))),
      by(words, proposed(soon, reader)),
    ],
  };
}

/** The drafted apology, with the time that was missed and a new one. */
export function apologyForm(view: RequestView, reader: Reader): Modal {
  const words = sentences(reader.lang);
  const customer = sentences(view.state.lang);
  const missed = missedAt(view) ?? reader.now;
  return {
    act: "apologise",
    args: { request: view.id },
    title: words.apologyTitle,
    submit: words.sendNow,
    cancel: words.notNow,
    fields: [
      line(words.sayBackLine, customer.apology(clockWords(missed, customerReader(view, reader)))),
      by(words, proposed(newTime(view, reader.now), reader)),
    ],
  };
}

/** When the broken promise that is still owed was due, else the last that was broken; null without any. */
function missedAt(view: RequestView): Instant | null {
  const broken = view.pledges.filter((pledge) => pledge.state === "broken" && pledge.dueAt !== null);
  return (broken.findLast((pledge) => pledge.endedAt === null) ?? broken.at(-1))?.dueAt ?? null;
}

/** A time to be sent as it stands: what is read back must mean the same, and "3:10" would be read as the afternoon. */
function proposed(at: Instant, reader: Reader): string {
  return clockWords(at, reader).replace(/(^| )([0-6]:)/, (_, before, hour) => `${before}0${hour}`);
}

/** "Promise an update": a time, and, where the bot may speak, a line for the customer. */
export function promiseForm(view: RequestView, facts: { of: string | null; lang: Lang }): Modal {
  const words = sentences(facts.lang);
  const own = commitmentSentences(facts.lang);
  const when = { ...by(words, ""), name: "when" };
  const note = line(own.noteLabel, "", { name: "note", required: false, hint: own.noteHint });
  return {
    act: "promise",
    args: { request: view.id, ...(facts.of === null ? {} : { of: facts.of }) },
    title: own.promiseUpdate,
    submit: own.promiseNow,
    cancel: words.notNow,
    fields: view.state.quiet === "watch_only" ? [when] : [when, note],
  };
}

export function resolveForm(view: RequestView, lang: Lang): Modal {
  const words = sentences(lang);
  const missing = stillMissing(view, lang);
  return {
    ...(missing ? { intro: [missing] } : {}),
    act: "resolve",
    args: { request: view.id },
    title: words.resolveTitle,
    submit: words.resolveNow,
    cancel: words.cancel,
    fields: [line(words.resolveLine, "", { name: "note", required: false, hint: words.resolveHint })],
  };
}

export function somethingElseForm(request: string, lang: Lang): Modal {
  const words = sentences(lang);
  return {
    act: "something_else",
    args: { request },
    title: words.elseTitle,
    submit: words.sendNow,
    cancel: words.cancel,
    fields: [line(words.elseLine, "", { name: "text", max: 3000 })],
  };
}

export function otherCauseForm(request: string, lang: Lang): Modal {
  const words = sentences(lang);
  return {
    act: "other_cause",
    args: { request },
    title: words.otherCauseTitle,
    submit: words.save,
    cancel: words.cancel,
    fields: [line(words.otherCauseLine, "", { name: "name", multiline: false, max: 120 })],
  };
}

export function notNowForm(team: string, lang: Lang): Modal {
  const words = sentences(lang);
  return {
    act: "not_now",
    args: { team },
    title: words.notNowTitle,
    submit: words.save,
    cancel: words.cancel,
    fields: [line(words.notNowLine, "", { name: "why", max: 300 })],
  };
}
