// What the browser keeps for this page. Where the user forbids that, it is kept until the page is left.

function store(name) {
  const here = new Map();
  const attempt = (work) => {
    try {
      return work(window[name]);
    } catch {
      return null;
    }
  };
  return {
    get: (key) => attempt((kept) => kept.getItem(key)) ?? here.get(key) ?? null,
    set: (key, value) => (here.set(key, value), attempt((kept) => kept.setItem(key, value))),
    remove: (key) => (here.delete(key), attempt((kept) => kept.removeItem(key))),
  };
}

/** Kept for good. */
export const lasting = store("localStorage");

/** Kept as long as the tab. */
export const passing = store("sessionStorage");
