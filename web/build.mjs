// Makes jenji-dropbox.js of src/: one file with its English, and beside it what few fetch: sharing, and in texts/
// a file for each other language.
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

const later = {
  name: "later",
  setup: (bundler) =>
    bundler.onResolve({ filter: /^\.\/jenji-dropbox-sharing\.js$/ }, ({ path }) => ({
      path,
      external: true,
    })),
};

const here = new URL(".", import.meta.url).pathname;
const output = process.argv[2] ?? here;
const common = {
  minify: true,
  format: /** @type {const} */ ("esm"),
  charset: /** @type {const} */ ("utf8"),
  target: "es2022",
};
const texts = (await readdir(join(here, "src/texts"))).filter((file) => file !== "en.js");

const { version } = JSON.parse(await readFile(join(here, "package.json"), "utf8"));

await build({
  ...common,
  banner: { js: `/*! jenji-dropbox ${version}, Apache-2.0 */` },
  define: { VERSION: JSON.stringify(version) },
  entryPoints: [join(here, "src/jenji-dropbox.js")],
  outfile: join(output, "jenji-dropbox.js"),
  bundle: true,
  plugins: [styles, languages, later],
});
// Fetched by who opens it.
await build({
  ...common,
  entryPoints: [join(here, "src/jenji-dropbox-sharing.js")],
  outfile: join(output, "jenji-dropbox-sharing.js"),
  bundle: true,
});
await build({
  ...common,
  entryPoints: texts.map((file) => join(here, "src/texts", file)),
  outdir: join(output, "texts"),
});
