// The host's own session: its server hands out the token for what is signed in by cookie.

export async function getToken(): Promise<string> {
  const answer = await fetch("/session", { cache: "no-store" });
  if (!answer.ok) throw new Error("Nobody is signed in.");
  const { token } = await answer.json();
  return token;
}
