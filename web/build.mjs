// Makes jenji-dropbox.js of src/, and beside it in texts/ a file for each language,
// and what few fetch: sharing, proofs, company.js, and preview.js, with the texts `preview.…` of all languages.
//   node build.mjs [DIRECTORY]

import { readFile, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { build, transform } from "esbuild";

const styles = {
  name: "styles",
  setup: (bundler) =>
    bundler.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    }),
};

const languages = {
  name: "languages",
  setup(bundler) {
    bundler.onResolve({ filter: /^languages$/ }, ({ path }) => ({ path, namespace: "languages" }));
    bundler.onResolve({ filter: /^\.\/texts\//, namespace: "languages" }, ({ path }) => ({
      path,
      external: true,
    }));
    bundler.onLoad({ filter: /./, namespace: "languages" }, () => ({
      contents: `export default {${texts.map((file) => `${basename(file, ".js")}: () => import("./texts/${file}")`)}}`,
    }));
  },
};

const isOfPreview = (key) => key.startsWith("preview.");
const textsOf = async (file) => (await import(join(here, "src/texts", file))).default;
const some = (texts, wanted) => Object.fromEntries(Object.entries(texts).filter(([key]) => wanted(key)));

/** Of the texts of a language, what is wanted before anybody looks at a document. */
const withoutPreview = {
  name: "texts",
  setup(bundler) {
    bundler.onLoad({ filter: /\/texts\/\w+\.js$/ }, async ({ path }) => ({
      contents: `export default ${JSON.stringify(some(await textsOf(basename(path)), (key) => !isOfPreview(key)))}`,
    }));
  },
};

const previewTexts = {
  name: "preview-texts",
  setup(bundler) {
    bundler.onResolve({ filter: /^preview-texts$/ }, ({ path }) => ({ path, namespace: "preview-texts" }));
    bundler.onLoad({ filter: /./, namespace: "preview-texts" }, async () => {
      const all = await Promise.all(
        texts.map(async (file) => [basename(file, ".js"), some(await textsOf(file), isOfPreview)]),
      );
      return { contents: JSON.stringify(Object.fromEntries(all)), loader: "json" };
    });
  },
};

const later = {
  name: "later",
  setup: (bundler) =>
    bundler.onResolve(
      { filter: /^\.\/(jenji-dropbox-(sharing|proof)|company|preview)\.js$/ },
      ({ path }) => ({
        path,
        external: true,
      }),
    ),
};

const here = new URL(".", import.meta.url).pathname;
const output = process.argv[2] ?? here;
const common = {
  minify: true,
  format: /** @type {const} */ ("esm"),
  charset: /** @type {const} */ ("utf8"),
  target: "es2022",
};
const texts = await readdir(join(here, "src/texts"));

const { version } = JSON.parse(await readFile(join(here, "package.json"), "utf8"));

await build({
  ...common,
  banner: { js: `/*! jenji-dropbox ${version}, Apache-2.0 */` },
  define: { VERSION: JSON.stringify(version) },
  entryPoints: [join(here, "src/jenji-dropbox.js")],
  outfile: join(output, "jenji-dropbox.js"),
  bundle: true,
  plugins: [styles, languages, later, withoutPreview],
});
// Fetched by who opens it.
await build({
  ...common,
  entryPoints: [join(here, "src/preview.js")],
  outfile: join(output, "preview.js"),
  bundle: true,
  plugins: [styles, previewTexts],
});
await build({
  ...common,
  entryPoints: [join(here, "src/jenji-dropbox-sharing.js")],
  outfile: join(output, "jenji-dropbox-sharing.js"),
  bundle: true,
  external: ["./preview.js"],
});
await build({
  ...common,
  entryPoints: [join(here, "src/jenji-dropbox-proof.js")],
  outfile: join(output, "jenji-dropbox-proof.js"),
  bundle: true,
  external: ["./preview.js"],
});
await build({
  ...common,
  entryPoints: [join(here, "src/company.js")],
  outfile: join(output, "company.js"),
  bundle: true,
});
await build({
  ...common,
  entryPoints: texts.map((file) => join(here, "src/texts", file)),
  outdir: join(output, "texts"),
  bundle: true,
  plugins: [withoutPreview],
});
