// Gives the integration's element what only the host has: the session of whoever is signed in.

import "/web/jenji-dropbox.js";

async function session() {
  const answer = await fetch("/session", { cache: "no-store" });
  if (!answer.ok) throw new Error("Nobody is signed in.");
  return (await answer.json()).token;
}

for (const element of document.querySelectorAll("jenji-dropbox")) element.session = session;

document.addEventListener("jenji-open-expense", ({ detail }) => {
  location.assign(`/expenses/${encodeURIComponent(detail.expenseId)}`);
});
