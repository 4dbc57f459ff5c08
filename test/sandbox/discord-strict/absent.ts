// What Discord documents and the local Discord does not send, with the reason.

type Reasons = Readonly<Record<string, string>>;

export const unsentDispatches: Reasons = {};

/** By dispatch; `*`: in every one. */
export const absentFromDispatches: Readonly<Record<string, Reasons>> = {};

/** By fixture. */
export const absentFromFixtures: Readonly<Record<string, Reasons>> = {};
