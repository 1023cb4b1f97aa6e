// Signing in leads on to the page that was asked for, with the fragment it was asked for with.

for (const form of document.querySelectorAll("form")) form.action += location.hash;
