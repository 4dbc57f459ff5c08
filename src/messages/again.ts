// The same form once more, with what was typed in place of what it proposed.
import type { Named, RequestView } from "../domain/request/view.ts";
import type { Lang } from "../domain/words.ts";
import type { Button, Modal } from "./card.ts";
import { followUpForm } from "./chances.ts";
import { apologyForm, promiseForm, sayBackForm } from "./forms.ts";
import type { Reader } from "./inline.ts";
import { briefForm } from "./ownership.ts";
import { snoozeForm } from "./snooze.ts";
import { commitmentSentences } from "./text/commitments.ts";

type Typed = Readonly<Record<string, string>>;
type Form = (view: RequestView, typed: Typed, actor: Pick<Named, "name">, reader: Reader) => Modal;

/** By act: the forms that a field can be refused of. */
const forms: ReadonlyMap<string, Form> = new Map<string, Form>([
  ["say_back", (view, _, actor, reader) => sayBackForm(view, actor, reader)],
  ["apologise", (view, _, __, reader) => apologyForm(view, reader)],
  ["promise", (view, { of = null }, _, { lang }) => promiseForm(view, { of, lang })],
  ["follow_up", (view, _, __, reader) => followUpForm(view, null, reader)],
  ["give_follow_up", (view, { who = "" }, _, reader) => followUpForm(view, who, reader)],
  ["snooze", (view, { pledge = "" }, _, reader) => snoozeForm(view, pledge, reader)],
  ["handover", (view, { who = "" }, _, reader) => briefForm(view, { who, name: "" }, reader)],
]);

/** Whether the form of an act can be opened again. */
export function reopens(act: string): boolean {
  return forms.has(act);
}

/** The button under a fault that leads back into the form. */
export function tryAgain(request: string, draft: string, lang: Lang): Button {
  return {
    act: "again",
    args: { request, draft },
    label: commitmentSentences(lang).tryAgain,
    style: "primary",
  };
}

/** Null for an act whose form cannot be opened again. */
export function formAgain(
  view: RequestView,
  { act, typed }: { act: string; typed: Typed },
  actor: Pick<Named, "name">,
  reader: Reader,
): Modal | null {
  const form = forms.get(act)?.(view, typed, actor, reader);
  if (!form) return null;
  const fields = form.fields.map((field) => ({ ...field, value: typed[field.name] ?? field.value ?? "" }));
  return { ...form, fields };
}
