// The build makes a text of a style sheet.
declare module "*.css" {
  const text: string;
  export default text;
}

/** What build.mjs makes of the texts `preview.…` of every language. */
declare module "preview-texts" {
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
