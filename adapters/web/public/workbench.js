import * as api from "./api.js";
import { Clock } from "./clock.js";
import { Pane } from "./pane.js";

const CHOICE = "coord-workbench";

const panes = [];
const clock = new Clock(document.getElementById("clock"));
const lost = document.getElementById("lost");
let refreshing;
let again = false;

/** Reads everything anew; changes that come meanwhile are read once more afterwards. */
function refresh() {
  if (refreshing) {
    again = true;
    return refreshing;
  }
  refreshing = read()
    .then(() => {
      lost.hidden = true;
    })
    .catch(() => {
      lost.hidden = false;
    })
    .finally(() => {
      refreshing = undefined;
      if (again) {
        again = false;
        refresh();
      }
    });
  return refreshing;
}

async function read() {
  const session = await api.session();
  clock.set(session);
  if (panes.length === 0) open(session.personas);
  // One after the other: what was seen in the first pane is not new in the second.
  for (const pane of panes) await pane.load(session.personas, clock);
}

/** Two people of two platforms, where there are such: that is what Coord is for. */
function open(personas) {
  const kept = choice();
  const known = (key) => personas.find((p) => p.key === key);
  const first = known(kept[0]) ?? personas.find((p) => p.flavour === "slack") ?? personas[0];
  const others = personas.filter((p) => p !== first);
  const second =
    known(kept[1]) ??
    others.find((p) => p.flavour !== first?.flavour && p.agency !== first?.agency) ??
    others.find((p) => p.agency !== first?.agency) ??
    others[0];
  const root = document.getElementById("panes");
  for (const [n, persona] of [first, second].entries()) {
    if (!persona) continue;
    const pane = new Pane({
      side: n === 0 ? "start" : "end",
      persona: persona.key,
      changed: chosen,
      taken: (key) => panes.some((p) => p !== pane && p.persona === key),
    });
    panes.push(pane);
    root.append(pane.root);
  }
}

function chosen() {
  try {
    sessionStorage.setItem(CHOICE, JSON.stringify(panes.map((pane) => pane.persona)));
  } catch {
    // A browser that keeps nothing: the next visit begins with the usual two.
  }
  return refresh();
}

function choice() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(CHOICE) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

await refresh();
api.listen({
  hello: refresh,
  screens: refresh,
  clock: refresh,
  lost: () => {
    lost.hidden = false;
  },
});
