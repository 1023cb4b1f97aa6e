// The build makes a text of a style sheet.
declare module "*.css" {
  const text: string;
  export default text;
}

/** What build.mjs makes for a section: its texts, those that begin with its name, by language. */
declare module "section-texts" {
  const texts: Record<string, Record<string, string>>;
  export default texts;
}

/** That of package.json, which build.mjs puts in. */
declare const VERSION: string;

/** What build.mjs makes of the files in texts/: each language but English, to be fetched. */
declare module "languages" {
  const languages: Record<string, () => Promise<{ default: Record<string, string> }>>;
  export default languages;
}

/** What build.mjs makes of the files in sections/: each to be fetched. */
declare module "sections" {
  const sections: Record<string, () => Promise<any>>;
  export default sections;
}
