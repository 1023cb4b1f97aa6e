// Makes jenji-dropbox.js of src/; beside it a file for each language in texts/, and one for each of src/sections/
// in sections/, with the texts `NAME.…` of all languages.
//   node build.mjs [DIRECTORY]

import { readFile, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { build, transform } from "esbuild";

const here = new URL(".", import.meta.url).pathname;
const output = process.argv[2] ?? here;
const filesIn = async (folder) => (await readdir(join(here, folder))).filter((file) => file.endsWith(".js"));
const languages = await filesIn("src/texts");
const sections = await filesIn("src/sections");
const nameOf = (path) => basename(path, ".js");

const styles = {
  name: "styles",
  setup: (bundler) =>
    bundler.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    }),
};

/** The module `name`: by the name of each file of a folder what fetches it. */
const fetchers = (name, folder, files) => ({
  name,
  setup(bundler) {
    const entries = files.map((file) => `"${nameOf(file)}": () => import("./${folder}/${file}")`);
    bundler.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: name, namespace: name }));
    bundler.onResolve({ filter: /./, namespace: name }, ({ path }) => ({ path, external: true }));
    bundler.onLoad({ filter: /./, namespace: name }, () => ({ contents: `export default {${entries}}` }));
  },
});

const textsOf = async (file) => Object.entries((await import(join(here, "src/texts", file))).default);
const sectionOf = (key) => sections.map(nameOf).find((name) => key.startsWith(`${name}.`));
const some = async (file, section) =>
  Object.fromEntries((await textsOf(file)).filter(([key]) => sectionOf(key) === section));

/** The texts of a language, but those of sections. */
const ownTexts = {
  name: "texts",
  setup: (bundler) =>
    bundler.onLoad({ filter: /\/texts\/\w+\.js$/ }, async ({ path }) => ({
      contents: `export default ${JSON.stringify(await some(basename(path)))}`,
    })),
};

/** The module `section-texts`: by language the texts of the section that imports it. */
const sectionTexts = {
  name: "section-texts",
  setup(bundler) {
    bundler.onResolve({ filter: /^section-texts$/ }, ({ importer }) => ({
      path: nameOf(importer),
      namespace: "section-texts",
    }));
    bundler.onLoad({ filter: /./, namespace: "section-texts" }, async ({ path }) => {
      const all = await Promise.all(languages.map(async (file) => [nameOf(file), await some(file, path)]));
      return { contents: JSON.stringify(Object.fromEntries(all)), loader: "json" };
    });
  },
};

const common = {
  bundle: true,
  minify: true,
  format: /** @type {const} */ ("esm"),
  charset: /** @type {const} */ ("utf8"),
  target: "es2022",
  plugins: [styles, ownTexts, sectionTexts],
};
const { version } = JSON.parse(await readFile(join(here, "package.json"), "utf8"));
const inside = (folder, files) => files.map((file) => join(here, "src", folder, file));

await build({
  ...common,
  banner: { js: `/*! jenji-dropbox ${version}, Apache-2.0 */` },
  define: { VERSION: JSON.stringify(version) },
  entryPoints: inside("", ["jenji-dropbox.js"]),
  plugins: [
    ...common.plugins,
    fetchers("languages", "texts", languages),
    fetchers("sections", "sections", sections),
  ],
  outfile: join(output, "jenji-dropbox.js"),
});
await build({ ...common, entryPoints: inside("texts", languages), outdir: join(output, "texts") });
await build({ ...common, entryPoints: inside("sections", sections), outdir: join(output, "sections") });
