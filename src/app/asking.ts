// Reads: what somebody asks to see. No lock, no history; the gate was passed.
import type { RequestView, SaidMessage } from "../domain/request/view.ts";
import { DIRECT } from "../domain/terms.ts";
import type { Answer } from "../messages/card.ts";
import { notTracked } from "../messages/commitments.ts";
import { apologyForm, promiseForm } from "../messages/forms.ts";
import { actionsCard, handOverCard, listCard, queueCard, showCard } from "../messages/lists.ts";
import { refusal } from "../messages/refusals.ts";
import { lastBrief } from "../store/briefs.ts";
import { loadView, loadViews, queueIds } from "../store/view.ts";
import type { Acting } from "./acting.ts";
import { openAgain } from "./again.ts";
import { causeChoice } from "./causes.ts";
import type { Context } from "./context.ts";
import { contactOf, nextPeople } from "./next-person.ts";
import { showOnCall } from "./on-call.ts";
import { showPolicy } from "./policy.ts";
import { showChanges } from "./policy-apply.ts";
import { digestNow } from "./reports.ts";
import { triageReport } from "./triage-report.ts";
import { explain } from "./why.ts";

/** How many requests a list shows before it says how many more there are. */
const SHOWN = 20;

export async function ask(context: Context, acting: Acting): Promise<Answer> {
  const { lang } = acting;
  const now = context.clock.now();
  const shown = { lang, now, timezone: acting.by.timezone ?? acting.home.policy.calendar.timezone };
  switch (acting.act.name) {
    case "list":
    case "queue": {
      const ids = await queueIds(
        context.db,
        acting.reach.map((home) => home.rowId),
        500,
      );
      const views = await loadViews(context.db.direct, ids.slice(0, SHOWN), now);
      const more = ids.length - views.length;
      const card =
        acting.act.name === "list"
          ? listCard(views, { ...shown, more })
          : queueCard(views, { ...shown, more });
      return { kind: "card", card };
    }
    case "digest":
      return { kind: "card", card: await digestNow(context, acting, shown) };
    case "on_call_show":
      return showOnCall(context, acting, shown);
    case "policy_show":
      return showPolicy(context, acting);
    case "policy_apply":
      return showChanges(context, acting);
    case "why":
      return explain(context, acting);
    case "triage_report":
      return triageReport(context, acting);
    case "choose_cause":
      return causeChoice(context, acting);
    default: {
      const view = acting.request ? await loadView(context.db.direct, acting.request, now) : null;
      if (!view) return refusal("not_a_request", lang);
      return about(context, acting, view, shown);
    }
  }
}

async function about(
  context: Context,
  acting: Acting,
  view: RequestView,
  shown: { lang: "en" | "es"; now: number; timezone: string },
): Promise<Answer> {
  switch (acting.act.name) {
    case "show":
      return {
        kind: "card",
        card: showCard(view, {
          ...shown,
          link: await linkTo(context, view),
          brief: await lastBrief(context.db.direct, view.id),
          contact: await contactOf(context, acting, view.company),
        }),
      };
    case "menu":
      return { kind: "card", card: actionsCard(view, shown) };
    case "hand_over":
      return {
        kind: "card",
        card: handOverCard(view, shown, await suggested(context, acting, view, shown.now)),
      };
    case "promise_update":
      return { kind: "modal", modal: promiseForm(view, { of: textOf(acting.args.of), lang: shown.lang }) };
    case "no_track":
      return { kind: "card", card: notTracked(shown.lang) };
    case "again":
      return openAgain(context, acting, view, shown);
    case "draft_apology":
      return { kind: "modal", modal: apologyForm(view, shown) };
    default:
      throw new Error(`The act "${acting.act.name}" is in the catalogue, but nothing answers it.`);
  }
}

/** Whom a request is given to first: the company's contact on our side, who is on call, a colleague who is there. */
async function suggested(context: Context, acting: Acting, view: RequestView, now: number) {
  const contact = await contactOf(context, acting, view.company);
  return nextPeople(context, acting, {
    first: contact ? [contact.id] : [],
    without: [acting.by.id, ...(view.owner ? [view.owner.id] : [])],
    now,
    colleagues: true,
    most: 2,
  });
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** An address that opens the request's first message, or, where that was deleted, another of the customer's; or null. */
export async function linkTo(context: Pick<Context, "platforms">, view: RequestView): Promise<string | null> {
  const { platform, workspace, channel } = view.channel;
  // Nobody but the two of them can open it.
  if (view.channel.name === DIRECT) return null;
  const erased = view.messages.some(({ id, erased }) => id === view.state.root && erased);
  const message = erased ? standing(view)?.id : view.state.root;
  if (message === undefined) return null;
  const where = { platform, workspace, channel, thread: null, message };
  return (await context.platforms.get(platform)?.link(where)) ?? null;
}

/** The first message of the customer that can still be read where it was written. */
function standing(view: RequestView): SaidMessage | undefined {
  return view.messages.find(
    ({ role, erased, id }) => role === "customer" && !erased && !id.startsWith("form:"),
  );
}
