// What few people need is a section: a file of its own in sections/, with its texts, fetched when it is wanted.

import { h } from "./dom.js";
import { button, section } from "./parts.js";

/** @typedef {import("./jenji-dropbox.js").JenjiDropbox} JenjiDropbox */
/** @typedef {{ view: () => any, open: () => Promise<void> }} Content */

/**
 * The module of a section, if it is there, once its texts are known in the element's language.
 * @param {JenjiDropbox} el
 */
export function sectionOf(el, name) {
  const known = el.sections.get(name);
  if (known) el.words.learn(known.TEXTS[el.words.locale]);
  return known;
}

/**
 * A section behind a button: its title and a sentence, and what it holds once somebody has opened it.
 * The texts `door.NAME`, `door.NAME.text` and `door.NAME.open` come with the page.
 * @param {JenjiDropbox} el
 */
export function door(el, name) {
  const { t } = el.words;
  const content = sectionOf(el, name) && el.doors.get(name);
  const closed = () => [
    h("p", null, t(`door.${name}.text`)),
    button(el, t(`door.${name}.open`), name, () => openDoor(el, name)),
  ];
  return section(name, t(`door.${name}`), content ? content.view() : closed());
}

/**
 * Fetch the section, show what it holds and go there.
 * @param {JenjiDropbox} el
 */
export async function openDoor(el, name) {
  const { default: Content } = await el.fetchSection(name);
  const content = new Content(el);
  el.doors.set(name, content);
  await el.showAt(name);
  await content.open();
}
