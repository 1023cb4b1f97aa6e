// Shows a new mail within two seconds of its arrival.

const shown = document.getElementById("mails").dataset.number;

setInterval(async () => {
  if (document.hidden) return;
  const answer = await fetch("/inbox/number", { cache: "no-store" }).catch(() => null);
  if (answer?.ok && String((await answer.json()).number) !== shown) location.reload();
}, 2000);
