import { readFileSync } from "node:fs";
import { defineConfig } from "vite";
import { gzipSync } from "node:zlib";

const icons = "node_modules/lucide-static";

// Icons are part of the pages that the server writes: it gets those that we have names for, as paths.
function drawn() {
  return {
    name: "icons",
    buildStart() {
      this.addWatchFile("icons.json");
    },
    generateBundle() {
      const names = JSON.parse(readFileSync("icons.json", "utf8"));
      const paths = {};
      for (const [name, theirs] of Object.entries(names)) {
        const source = readFileSync(`${icons}/icons/${theirs}.svg`, "utf8");
        paths[name] = source
          .match(/<svg[^>]*>(.*)<\/svg>/s)[1]
          .replace(/\s+/g, " ")
          .replace(/> </g, "><")
          .trim();
      }
      this.emitFile({ type: "asset", fileName: "icons.json", source: JSON.stringify(paths) });
    },
  };
}

// What is drawn into pages is not bundled, so its licence is not found by itself.
function licences() {
  return {
    name: "licences",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const found = bundle["licences.md"];
        const { name, version, license } = JSON.parse(readFileSync(`${icons}/package.json`, "utf8"));
        const text = readFileSync(`${icons}/LICENSE`, "utf8").trim();
        found.source = `${found.source.trimEnd()}\n\n## ${name} - ${version} (${license})\n\n${text}\n`;
      },
    },
  };
}

// A server that compresses nothing itself hands out the file beside the file.
function packed() {
  return {
    name: "packed",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        for (const [fileName, made] of Object.entries(bundle)) {
          if (!/^assets\/.*\.(js|css|svg)$/.test(fileName)) continue;
          const source = gzipSync(made.type === "chunk" ? made.code : made.source, { level: 9 });
          this.emitFile({ type: "asset", fileName: `${fileName}.gz`, source });
        }
      },
    },
  };
}

export default defineConfig({
  base: "/static/dist/",
  publicDir: false,
  plugins: [drawn(), licences(), packed()],
  build: {
    outDir: "../static/dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    license: { fileName: "licences.md" },
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    rolldownOptions: { input: { app: "src/app.js" } },
  },
});
