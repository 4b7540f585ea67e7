// Bundle the editor into the package's static files, with the licences of what is in it.
import { readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const folder = new URL("../dateline_ingest/static/", import.meta.url);

const { metafile } = await build({
  entryPoints: ["src/editor.js"],
  outfile: new URL("editor.js", folder).pathname,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});

const packages = new Set(
  Object.keys(metafile.inputs)
    .map((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1])
    .filter(Boolean),
);
const notices = [];
for (const name of [...packages].sort()) {
  const { version } = JSON.parse(await readFile(`node_modules/${name}/package.json`, "utf8"));
  const licence = await readFile(`node_modules/${name}/LICENSE`, "utf8");
  notices.push(`${name} ${version}\n\n${licence.trim()}\n`);
}
await writeFile(new URL("editor.licences.txt", folder), notices.join("\n----\n\n"));
