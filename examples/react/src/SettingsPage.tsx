import { useState } from "react";
import "jenji-dropbox-element";
import type {} from "jenji-dropbox-element/jsx";
import { getToken } from "./session";

/** Where the integration's API is: without it, under the page's own origin. */
const API: string | undefined = import.meta.env.VITE_JENJI_API;

const LANGUAGES = ["en", "fr"];

export function SettingsPage() {
  const [lang, setLang] = useState("en");
  const [isCompany, setIsCompany] = useState(false);
  const [badge, setBadge] = useState(0);
  const [expense, setExpense] = useState<string>();

  return (
    <main>
      <nav>
        Integrations {badge > 0 && <output aria-label="To look at">{badge}</output>}{" "}
        <select aria-label="Language" value={lang} onChange={({ target }) => setLang(target.value)}>
          {LANGUAGES.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>{" "}
        <label>
          <input
            type="checkbox"
            checked={isCompany}
            onChange={({ target }) => setIsCompany(target.checked)}
          />
          The company's
        </label>
      </nav>
      <jenji-dropbox
        // A new function each time it renders: it is used from the next request on, and nothing begins again.
        session={() => getToken()}
        scope={isCompany ? "company" : "personal"}
        api={API}
        lang={lang}
        onjenji-status={({ detail }) => setBadge(detail.attention ?? 0)}
        onjenji-open-expense={({ detail }) => setExpense(detail.expenseId)}
      />
      {expense && <aside aria-label="Expense">{expense}</aside>}
    </main>
  );
}
