// What is shown is described as a tree and the page is changed to match: what stays the same keeps its
// node, and so the focus. Nothing is ever parsed as markup.

const SVG = new Set(["svg", "path"]);
const PROPERTIES = new Set(["checked", "value"]);
const described = new WeakMap();

/**
 * A node to be: a tag, attributes (`on…` are handlers, `key` tells siblings apart), and children. `null` and
 * `false` are children that are absent, and keep their place.
 */
export function h(tag, attributes, ...children) {
  return { tag, attributes: attributes ?? {}, children: children.flat(Infinity) };
}

/** Make the children of `parent` those described. */
export function render(parent, children) {
  const before = described.get(parent) ?? new Map();
  const after = new Map();
  children.forEach((child, index) => {
    if (child == null || child === false || child === "") return;
    const key = child.tag ? `${child.tag} ${child.attributes.key ?? index}` : index;
    const node = before.get(key) ?? create(child);
    if (child.tag) {
      if (node.described !== child) change(node, child);
      node.described = child;
    } else if (node.data !== String(child)) node.data = child;
    after.set(key, node);
  });
  before.forEach((node, key) => after.has(key) || node.remove());
  let place = parent.firstChild;
  after.forEach((node) => {
    if (node === place) place = place.nextSibling;
    else parent.insertBefore(node, place);
  });
  described.set(parent, after);
}

function create(child) {
  if (!child.tag) return document.createTextNode(child);
  return SVG.has(child.tag)
    ? document.createElementNS("http://www.w3.org/2000/svg", child.tag)
    : document.createElement(child.tag);
}

function change(node, { attributes, children }) {
  const past = node.attributesGiven ?? {};
  for (const name of Object.keys({ ...past, ...attributes })) {
    const value = attributes[name];
    if (name === "key") continue;
    if (name.startsWith("on") || PROPERTIES.has(name)) {
      if (node[name] !== value) node[name] = value ?? null;
    } else if (value == null || value === false) node.removeAttribute(name);
    else if (value !== past[name]) node.setAttribute(name, value === true ? "" : value);
  }
  node.attributesGiven = attributes;
  render(node, children);
}

// Controls, line and paragraph separators, and what reorders or hides text; the joiners of scripts and emoji stay.
const UNSEEN = /([\p{Cc}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf})/u;

const codePoint = (character) => `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;

/** A name somebody else chose: set apart from the text around it, with what cannot be seen spelt out. */
export const name = (text) =>
  h(
    "bdi",
    { class: "name" },
    String(text)
      .split(UNSEEN)
      .map((part, index) => (index % 2 ? h("span", { class: "unseen" }, codePoint(part)) : part)),
  );

/** The same within a sentence. */
export const plain = (text) =>
  `\u2068${String(text)
    .split(UNSEEN)
    .map((part, index) => (index % 2 ? codePoint(part) : part))
    .join("")}\u2069`;
