// A connection can look alive and be silent. Whoever receives says so here; when nothing came for too long, somebody
// is told, again and again until something comes.

export interface Silence {
  /** Something came, whatever it was. */
  heard(): void;
  stop(): void;
}

/** Calls `silent` after every `ms` (real time) in which nothing was heard, from now on. */
export function watchSilence(ms: number, silent: () => void): Silence {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const heard = () => {
    clearTimeout(timer);
    if (stopped) return;
    timer = setTimeout(() => {
      silent();
      heard();
    }, ms);
    timer.unref();
  };
  heard();
  return {
    heard,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
