// Who this phone is in a room: random letters made here and kept here, one word for each room, so that a reload goes on
// where it was and nobody can tell that the same phone was in two rooms. It never stands in an address.

const BYTES = 16;
let unkept = {};

const fresh = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(BYTES)), (byte) => byte.toString(16).padStart(2, "0")).join("");

// Without storage (some private windows) the word lives as long as the page.
export const remember = (name, make) => {
  try {
    if (localStorage.getItem(name) === null) localStorage.setItem(name, make());
    return localStorage.getItem(name);
  } catch {
    unkept[name] ??= make();
    return unkept[name];
  }
};

export const recall = (name) => {
  try {
    return localStorage.getItem(name);
  } catch {
    return unkept[name] ?? null;
  }
};

export const tokenOf = (place) => remember(`sagram.token.${place}`, fresh);
export const drawSubmission = fresh;

export default function ({ data, setStateValue }) {
  setStateValue("token", tokenOf(data.place));
}
