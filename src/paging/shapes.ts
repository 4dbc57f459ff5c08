// A page as the receiver wants it. PagerDuty: Events API v2 (https://developer.pagerduty.com/docs/events-api-v2/trigger-events/).
// Opsgenie: Alert API (https://docs.opsgenie.com/docs/alert-api). Plain: docs/paging.md.
import type { Page } from "./pager.ts";

export const shapes = ["plain", "pagerduty", "opsgenie"] as const;
export type Shape = (typeof shapes)[number];

/** Where the services listen; an EU account of Opsgenie has `https://api.eu.opsgenie.com/v2/alerts`. Plain has no usual place. */
export const usualUrls: Readonly<Record<Shape, string | null>> = {
  plain: null,
  pagerduty: "https://events.pagerduty.com/v2/enqueue",
  opsgenie: "https://api.opsgenie.com/v2/alerts",
};

/** Limits of the services, in characters. */
const SUMMARY_MAX = { pagerduty: 1024, opsgenie: 130 } as const;

export interface PagerRequest {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: unknown;
}

export function requestFor(shape: Shape, url: string, key: string | null, page: Page): PagerRequest {
  switch (shape) {
    case "plain":
      return { url, headers: {}, body: plain(page) };
    case "pagerduty":
      return { url, headers: {}, body: pagerduty(page, key ?? "") };
    case "opsgenie": {
      const headers = { authorization: `GenieKey ${key ?? ""}` };
      if (page.event === "call") return { url, headers, body: opsgenie(page) };
      const alert = `${url.replace(/\/+$/, "")}/${encodeURIComponent(page.id)}/acknowledge?identifierType=alias`;
      return { url: alert, headers, body: { source: "Siempre", note: page.summary } };
    }
    default:
      return shape satisfies never;
  }
}

function plain(page: Page) {
  return { ...page, at: new Date(page.at).toISOString() };
}

function pagerduty(page: Page, routingKey: string) {
  const of = { routing_key: routingKey, dedup_key: page.id };
  if (page.event === "answered") return { ...of, event_action: "acknowledge" };
  const link = page.request?.link ?? null;
  return {
    ...of,
    event_action: "trigger",
    client: "Siempre",
    payload: {
      summary: cut(lineOf(page), SUMMARY_MAX.pagerduty),
      source: page.request ? `#${page.request.channel}` : page.team,
      severity: "critical",
      timestamp: new Date(page.at).toISOString(),
      group: page.team,
      custom_details: detailsOf(page),
    },
    ...(link === null ? {} : { links: [{ href: link, text: page.summary }] }),
  };
}

function opsgenie(page: Page) {
  return {
    message: cut(lineOf(page), SUMMARY_MAX.opsgenie),
    alias: page.id,
    description: page.request?.link ?? "",
    details: detailsOf(page),
    entity: page.request ? `#${page.request.number}` : page.team,
    source: "Siempre",
    priority: "P1",
    tags: ["siempre", page.team],
  };
}

function lineOf({ summary, title }: Page): string {
  return title === null ? summary : `${summary}: ${title}`;
}

/** Opsgenie takes text only as the values of details. */
function detailsOf({ team, request, to }: Page): Record<string, string> {
  const details: Record<string, string | null | undefined> = {
    team,
    request: request && `#${request.number}`,
    company: request?.company,
    channel: request && `#${request.channel}`,
    link: request?.link,
    calls: to?.name,
  };
  return Object.fromEntries(
    Object.entries(details).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}

function cut(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`;
}
