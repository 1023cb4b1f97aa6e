// Makes jenji-dropbox.js of src/: one file, so that a page waits for one answer, and a small one.
//   node build.mjs [OUTPUT]

import { readFile } from "node:fs/promises";
import { build, transform } from "esbuild";

const styles = {
  name: "styles",
  setup: (bundler) =>
    bundler.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    }),
};

await build({
  entryPoints: [new URL("src/jenji-dropbox.js", import.meta.url).pathname],
  outfile: process.argv[2] ?? new URL("jenji-dropbox.js", import.meta.url).pathname,
  bundle: true,
  minify: true,
  format: "esm",
  charset: "utf8",
  target: "es2022",
  plugins: [styles],
});
