// Prisma's query compiler, held once. The package brings it as text inside a module, and a module stays in memory for good,
// with its source: 6 MB beside the 2 MB of the compiler itself. Here the text is read, used and let go of.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

// What we use of it; TypeScript knows WebAssembly only together with a browser's whole world.
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<object> };

interface Config {
  compilerWasm?: object;
}

let compiled: Promise<object> | undefined;

/** A client's configuration, as its generated code makes it, with a compiler that all clients of this process share. */
export function withOneCompiler<C extends Config>(config: C): C {
  const getQueryCompilerWasmModule = () => {
    compiled ??= load();
    return compiled;
  };
  return { ...config, compilerWasm: { ...config.compilerWasm, getQueryCompilerWasmModule } };
}

async function load(): Promise<object> {
  const file = createRequire(import.meta.url).resolve(
    "@prisma/client/runtime/query_compiler_small_bg.postgresql.wasm-base64.mjs",
  );
  const text = await readFile(file, "latin1");
  const begin = text.indexOf('"') + 1;
  return WebAssembly.compile(Buffer.from(text.slice(begin, text.indexOf('"', begin)), "base64"));
}
